"""Numbers laid out for people: a row for each group, and a column for each party where parties are compared."""

from dataclasses import dataclass
from typing import Final, Self

from graph.question import Group, Question, Tally

HEADS: Final = {
    Group.FIELD: "field",
    Group.ACTOR: "who",
    Group.TO: "to whom",
    Group.KIND: "kind",
    Group.YEAR: "year",
    Group.INITIATIVE: "initiative",
    Group.CURRENCY: "currency",
}
_UNNAMED: Final = {Group.YEAR: "undated"}


@dataclass(frozen=True, slots=True)
class Row:
    """What the row is about, and the number in each column; None where a party has no act."""

    labels: tuple[str, ...]
    cells: tuple[Tally | None, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of numbers: what its rows are about, the parties side by side (none where nothing is compared)."""

    heads: tuple[str, ...]
    parties: tuple[str, ...]
    money: bool
    rows: tuple[Row, ...]

    @classmethod
    def of(cls, question: Question, tallies: tuple[Tally, ...]) -> Self:
        """The numbers that answer a question."""
        by = question.by or ()
        parties = _compared(question)
        rows: dict[tuple[str, ...], dict[str, Tally]] = {}
        for tally in tallies:
            *row, column = tally.keys if parties else (*tally.keys, "")
            rows.setdefault(tuple(row), {})[column] = tally
        groups = by[:-1] if parties else by
        columns = tuple(parties) or ("",)
        return cls(
            heads=tuple(HEADS[group] for group in groups),
            parties=tuple(parties.values()),
            money=Group.CURRENCY in by,
            rows=tuple(_row(groups, cells, columns) for cells in rows.values()),
        )


def _row(groups: tuple[Group, ...], cells: dict[str, Tally], columns: tuple[str, ...]) -> Row:
    some = next(iter(cells.values()))
    labels = zip(groups, some.labels, strict=False)
    return Row(
        tuple(label or _UNNAMED.get(group, "") for group, label in labels), tuple(cells.get(each) for each in columns)
    )


def _compared(question: Question) -> dict[str, str]:
    """The parties that stand side by side, by IRI: those that are asked for, counted by last."""
    last = question.by[-1] if question.by and len(question.by) > 1 else None
    named = {Group.ACTOR: question.actors, Group.TO: question.counterparts}.get(last or Group.KIND, ())
    parties = {actor.iri: actor.name for actor in named}
    return parties if len(parties) > 1 else {}
