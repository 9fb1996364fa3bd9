"""Annotated acts as the guideline writes them: one JSON object a line, that evaluation compares."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from loaders.reading.annotated import AnnotationError, rows
from ontology.records import Utterance
from ontology.terms import Kind

_NEEDED: Final = ("document", "kind", "actors", "start", "end", "fields")
_LISTS: Final = ("actors", "counterparts", "fields")
_TEXTS: Final = ("deadline", "quantity", "condition", "speaker")


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """One act of one document, by names; offsets in code points, `end` exclusive."""

    document: str
    kind: Kind
    actors: tuple[str, ...]
    counterparts: tuple[str, ...] = ()
    start: int
    end: int
    fields: tuple[str, ...]
    deadline: str | None = None
    quantity: str | None = None
    condition: str | None = None
    negated: bool = False
    reaffirmed: bool = False
    speaker: str | None = None

    @classmethod
    def of(cls, utterance: Utterance) -> Self:
        """What a reader found, as an annotation."""
        return cls(
            document=utterance.statement.document,
            kind=utterance.kind,
            actors=tuple(actor.name for actor in utterance.actors),
            counterparts=tuple(actor.name for actor in utterance.counterparts),
            start=utterance.start,
            end=utterance.end,
            fields=utterance.fields,
            deadline=utterance.deadline,
            quantity=utterance.quantity,
            condition=utterance.condition,
            negated=utterance.negated,
            reaffirmed=utterance.reaffirmed,
            speaker=utterance.speaker.name if utterance.speaker else None,
        )


def read_annotations(path: Path) -> tuple[Annotation, ...]:
    """All annotations of a file or folder (see `annotated`); raises AnnotationError at the first line that is none."""
    return tuple(_annotation(row, where) for where, row in rows(path, _NEEDED))


def _annotation(row: dict[str, Any], where: str) -> Annotation:
    _check(row, where)
    return Annotation(
        document=str(row["document"]),
        kind=Kind(row["kind"]),
        actors=tuple(row["actors"] or ()),
        counterparts=tuple(row.get("counterparts") or ()),
        start=row["start"],
        end=row["end"],
        fields=tuple(row["fields"] or ()),
        deadline=row.get("deadline"),
        quantity=row.get("quantity"),
        condition=row.get("condition"),
        negated=bool(row.get("negated")),
        reaffirmed=bool(row.get("reaffirmed")),
        speaker=row.get("speaker"),
    )


def _check(row: dict[str, Any], where: str) -> None:
    if not all(type(row[key]) is int for key in ("start", "end")) or not 0 <= row["start"] < row["end"]:
        raise AnnotationError("start and end are no stretch of text", where, "Count code points, end exclusive.")
    for key in _LISTS:
        value = row.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise AnnotationError(f"{key} is {value!r}", where, "Give a list of strings.")
    for key in _TEXTS:
        if not isinstance(row.get(key), str | None):
            raise AnnotationError(f"{key} is {row[key]!r}", where, "Give a text or null.")
