"""Annotated statements to learn from: texts in a folder, acts as JSON Lines that point into them."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from loaders.reading.annotated import AnnotationError, rows
from loaders.sources.text import paths, read
from ontology.terms import Kind

_NEEDED: Final = ("document", "kind", "start", "end", "fields")


@dataclass(frozen=True, slots=True)
class GoldAct:
    """One annotated act: `text[start:end]` of its document, in code points."""

    start: int
    end: int
    kind: Kind
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its acts in reading order, none overlapping another. Without acts it teaches what is no act."""

    document: str
    text: str
    acts: tuple[GoldAct, ...]


def read_gold(texts: Path, gold: Path) -> tuple[Annotated, ...]:
    """Every text of a folder with its acts.

    Raises AnnotationError at the first line that does not fit, and SourceError for a text that cannot be read.
    """
    found = _texts(texts)
    acts: dict[str, list[GoldAct]] = defaultdict(list)
    for where, row in rows(gold, _NEEDED):
        document, act = _act(where, row, found, texts)
        acts[document].append(act)
    return tuple(Annotated(name, text, without_overlaps(acts[name])) for name, text in found.items())


def without_overlaps(acts: list[GoldAct]) -> tuple[GoldAct, ...]:
    """A token has one label, so of two overlapping acts the one that begins first stays, the longer on a tie."""
    kept: list[GoldAct] = []
    for act in sorted(acts, key=lambda act: (act.start, -act.end)):
        if not kept or act.start >= kept[-1].end:
            kept.append(act)
    return tuple(kept)


def _texts(folder: Path) -> dict[str, str]:
    if not folder.is_dir():
        raise AnnotationError("is not a folder", str(folder), "Give the folder that holds the annotated texts.")
    return {path.stem: read(path).text or "" for path in paths([folder])}


def _act(where: str, row: dict[str, Any], texts: dict[str, str], folder: Path) -> tuple[str, GoldAct]:
    document, text = str(row["document"]), texts.get(str(row["document"]))
    if text is None:
        remedy = f"{folder} has no such file; add it or mend the name."
        raise AnnotationError(f"names the text {document!r}", where, remedy)
    start, end, fields = row["start"], row["end"], row["fields"]
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
        said = f"start {start!r} and end {end!r} lie outside the text"
        raise AnnotationError(said, where, f"It has {len(text)} code points.")
    if "action" in row and text[start:end] != row["action"]:
        raise AnnotationError(
            f"the offsets cut {text[start:end][:60]!r}, the action is {str(row['action'])[:60]!r}",
            where,
            "Count Unicode code points of the text after any front matter, end exclusive.",
        )
    if not (isinstance(fields, list) and fields and all(isinstance(field, str) for field in fields)):
        raise AnnotationError(f"fields is {fields!r}", where, "Give a list with at least one field's slug.")
    return document, GoldAct(start, end, Kind(row["kind"]), tuple(fields))
