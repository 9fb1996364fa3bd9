"""Records as JSON and CSV, the same on the command line and over HTTP; `ontology.context` has Turtle and JSON-LD."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, Final

from pydantic_core import to_json as json_of

from graph.question import Group, Question, Tally
from ontology.records import Act, Actor, Call, Utterance

# fmt: off
COLUMNS: Final = (
    "iri", "kind", "actors", "counterparts", "action", "fields", "date", "force", "negated", "reaffirmed",
    "deadline", "due", "quantity", "amount", "unit", "condition", "speaker", "event", "initiatives", "said", "quote",
    "document", "title", "issuer", "url",
)
# fmt: on
_NAMED: Final = frozenset({Group.FIELD, Group.ACTOR, Group.TO, Group.INITIATIVE})
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def to_json(value: Any) -> Any:
    """A record, an answer or a collection of them as what `json.dumps` takes; sets are sorted, so equal means equal."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(map(to_json, value))
    return [to_json(item) for item in value] if isinstance(value, tuple | list) else value


def json_bytes(value: Any) -> bytes:
    """The same as JSON text. What consists of many records is written without the way through dictionaries."""
    if is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
        # Only a question has sets, which need sorting.
        value = {name: part if isinstance(part, tuple) else to_json(part) for name, part in parts.items()}
    return json_of(value)


def csv_rows(acts: Iterable[Act]) -> Iterator[dict[str, object]]:
    """One row an act, under `COLUMNS`. Slots and quote are those of its first utterance; `said` counts them all.

    Several values of a cell are joined by "; ". A cell that a spreadsheet would run as a formula begins with an
    apostrophe.
    """
    for act in acts:
        yield {name: _harmless(value) for name, value in _row(act).items()}


def csv_text(acts: Iterable[Act]) -> str:
    """The rows of `csv_rows` as an RFC 4180 document with a header line."""
    return table(COLUMNS, csv_rows(acts))


def tallies_csv(question: Question, tallies: Iterable[Tally]) -> str:
    """Numbers as an RFC 4180 document: a column for each group, with its name where it has one, and the numbers."""
    by = question.by or ()
    columns = [name for group in by for name in (group.value, f"{group.value}_name")[: 1 + (group in _NAMED)]]
    columns += ["acts"] + ["amount"] * (Group.CURRENCY in by)
    return table(columns, (_tally_row(by, each, columns) for each in tallies))


def _tally_row(by: tuple[Group, ...], tally: Tally, columns: list[str]) -> dict[str, object]:
    row: dict[str, object] = {"acts": tally.acts, "amount": tally.amount}
    for group, key, label in zip(by, tally.keys, tally.labels, strict=True):
        row |= {group.value: key, f"{group.value}_name": label}
    return {name: _harmless(row[name]) for name in columns}


def table(columns: Iterable[str], rows: Iterable[dict[str, object]]) -> str:
    """Rows as an RFC 4180 document with a header line."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(columns))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def first_utterance(act: Act) -> Utterance:
    """The utterance by which an act is shown: the earliest by date, then by place."""
    return min(act.utterances, key=lambda said: (said.statement.date or "9999", said.statement.iri, said.start))


def _row(act: Act) -> dict[str, object]:
    said = first_utterance(act)
    statement = said.statement
    return {
        "iri": act.iri,
        "kind": act.kind.value,
        "actors": _names(act.actors),
        "counterparts": _names(act.counterparts),
        "action": act.action,
        "fields": "; ".join(act.fields),
        "date": act.date,
        "force": None if isinstance(act, Call) else int(act.force),
        "negated": _flag(act.negated),
        "reaffirmed": _flag(said.reaffirmed),
        **{name: getattr(said, name) for name in ("deadline", "due", "quantity", "amount", "unit", "condition")},
        "speaker": said.speaker.name if said.speaker else None,
        "event": said.event.name if said.event else None,
        "initiatives": "; ".join(initiative.name for initiative in act.initiatives),
        "said": len(act.utterances),
        "quote": said.quote,
        **{name: getattr(statement, name) for name in ("document", "title", "issuer", "url")},
    }


def _names(actors: Iterable[Actor]) -> str:
    return "; ".join(actor.name for actor in actors)


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
