"""Acts as tables for people: narrow columns for who and what kind, the rest for the words themselves."""

from collections.abc import Iterable
from shutil import get_terminal_size
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ontology.records import Act, Actor, Commitment, Utterance

PLAIN_WIDTH: Final = 160


def show(table: Table) -> None:
    """Prints to stdout, as wide as the terminal (or COLUMNS) is, and at a fixed width into a file or pipe."""
    width = get_terminal_size((PLAIN_WIDTH, 0)).columns
    Console(width=width, highlight=False).print(table)


def of_utterances(document: str, acts: Iterable[Utterance]) -> Table:
    """One row an act of one statement."""
    table = _table("actor", "kind", "action", "fields", "to", "deadline", title=document)
    for act in acts:
        _row(
            table,
            _names(act.actors),
            _kind(act.kind, act.negated),
            act.action,
            ", ".join(act.fields),
            _names(act.counterparts),
            act.deadline or "",
        )
    return table


def of_acts(acts: Iterable[Act]) -> Table:
    """One row a commitment or call, with the sentence that it was first found in."""
    table = _table("actor", "kind", "action", "fields", "to", "date", "quote")
    for act in acts:
        _row(
            table,
            _names(act.actors),
            _kind(act.kind if isinstance(act, Commitment) else "call", act.negated),
            act.action,
            ", ".join(act.fields),
            _names(act.counterparts),
            act.date or "",
            act.utterances[0].quote,
        )
    return table


def plain(*columns: str) -> Table:
    """A table of figures: the first column says what, the others stand to the right."""
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="bold")
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    return table


_RATIOS: Final = {"action": 5, "quote": 7}
_WIDTHS: Final = {"kind": 11, "date": 10}


def _table(*columns: str, title: str | None = None) -> Table:
    table = Table(
        title=Text(title, style="bold") if title else None,
        title_justify="left",
        box=None,
        pad_edge=False,
        padding=(0, 2, 1, 0),
        expand=True,
        header_style="bold",
    )
    for column in columns:
        if column in _WIDTHS:
            table.add_column(column, width=_WIDTHS[column])
        else:
            table.add_column(column, ratio=_RATIOS.get(column, 2))
    return table


def _row(table: Table, *cells: str) -> None:
    # `Text` and no markup: a statement may hold square brackets.
    table.add_row(*(Text(" ".join(cell.split())) for cell in cells))


def _names(actors: Iterable[Actor]) -> str:
    return ", ".join(actor.name for actor in actors)


def _kind(kind: str, negated: bool) -> str:
    return f"{kind} (not)" if negated else str(kind)
