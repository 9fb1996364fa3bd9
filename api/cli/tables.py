"""Acts for people to look at: a table where there is room for one, else one block an act; and tables of figures."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields, replace
from shutil import get_terminal_size
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from typer import echo

from api.counting import Sheet
from ontology.records import Act, Actor, Commitment, Utterance

# As wide as the terminal is (or COLUMNS says); a file or pipe gets this.
_NO_TERMINAL: Final = (160, 0)
_ROOM: Final = 120
_RATIOS: Final = {"action": 5, "quote": 7}
_WIDTHS: Final = {"kind": 11, "date": 10, "fields": 17}


@dataclass(frozen=True, slots=True)
class Line:
    """One act as it is shown; the names are the headings. Below the action stands what was asked for by name."""

    actor: str
    kind: str
    action: str
    fields: str
    to: str
    date: str
    quote: str

    @classmethod
    def of_act(cls, act: Act, asked_for: str = "") -> "Line":
        """A commitment or call with the sentence of its first utterance, and what else is to be shown of it."""
        kind = act.kind if isinstance(act, Commitment) else "call"
        line = cls._of(act, kind, act.date, act.utterances[0].quote)
        return replace(line, action=f"{line.action}\n{asked_for}") if asked_for else line

    @classmethod
    def of_utterance(cls, act: Utterance) -> "Line":
        """An act of a statement."""
        return cls._of(act, act.kind, act.statement.date, act.quote)

    @classmethod
    def _of(cls, act: Act | Utterance, kind: str, date: str | None, quote: str) -> "Line":
        return cls(
            actor=_names(act.actors),
            kind=f"{kind} (not)" if act.negated else str(kind),
            action=" ".join(act.action.split()),
            fields=", ".join(act.fields),
            to=_names(act.counterparts),
            date=date or "",
            quote=" ".join(quote.split()),
        )


def show_acts(lines: Iterable[Line], title: str | None = None) -> None:
    """Prints acts to stdout."""
    if title:
        show(Text(title, style="bold underline"))
    if _width() >= _ROOM:
        show(_table(lines))
    else:
        for line in lines:
            show(_block(line))


def show(renderable: RenderableType) -> None:
    """Prints something to stdout, without the blanks that rich puts behind each line."""
    console = Console(width=_width(), highlight=False)
    with console.capture() as captured:
        console.print(renderable)
    for line in captured.get().splitlines():
        echo(line.rstrip())


def plain(*columns: str) -> Table:
    """A table of figures: the first column says what, the others stand to the right."""
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="bold")
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    return table


def figures(sheet: Sheet) -> Table:
    """Numbers: a row for each group, and a column for each party where parties are compared."""
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="bold")
    for head in sheet.heads:
        table.add_column(head, overflow="fold")
    for party in sheet.parties or ("acts",):
        table.add_column(party, justify="right")
        if sheet.money:
            table.add_column("sum", justify="right")
    for row in sheet.rows:
        cells = [str(tally.acts) if tally else "0" for tally in row.cells]
        if sheet.money:
            sums = [f"{tally.amount:,.0f}" if tally and tally.amount is not None else "" for tally in row.cells]
            cells = [text for pair in zip(cells, sums, strict=True) for text in pair]
        table.add_row(*map(Text, (*row.labels, *cells)))
    return table


def _table(lines: Iterable[Line]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 1, 0), expand=True, header_style="bold")
    for field in fields(Line):
        name = field.name
        if name in _WIDTHS:
            table.add_column(name, width=_WIDTHS[name], overflow="fold")
        else:
            table.add_column(name, ratio=_RATIOS.get(name, 2), overflow="fold")
    for line in lines:
        # `Text`, so that square brackets in a statement are no markup.
        table.add_row(*map(Text, astuple(line)))
    return table


def _block(line: Line) -> Group:
    towards = f" to {line.to}" if line.to else ""
    date = f", {line.date}" if line.date else ""
    return Group(
        Text.assemble((line.actor, "bold"), f": {line.kind}{towards} ({line.fields}{date})"),
        Padding(Text(line.action), (0, 0, 0, 2)),
        Padding(Text(f"“{line.quote}”", style="dim"), (0, 0, 1, 2)),
    )


def _width() -> int:
    return get_terminal_size(_NO_TERMINAL).columns


def _names(actors: Iterable[Actor]) -> str:
    return ", ".join(actor.name for actor in actors)
