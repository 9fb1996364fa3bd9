"""`pledgegraph ask`: a question in plain words, answered from the graph."""

import asyncio
import json
from collections.abc import Callable

from typer import echo

from api.asking import Asked, ask
from api.cli.failures import report
from api.cli.formats import AnswerFormat
from api.cli.store import opened
from api.cli.tables import Line, figures, show, show_acts
from api.counting import Sheet
from api.rendering import csv_text, tallies_csv, to_json
from api.settings import Settings
from graph.find import lexicon
from graph.question import Question, QuestionError, Suggestion
from loaders.reading.registry import Registry
from ontology.context import turtle
from ontology.records import Act


def run(question: str, store: str | None, format_: AnswerFormat, limit: int, explain: bool) -> None:
    """Prints the acts that answer and how the question was read; what was not understood goes to stderr."""
    asked = asyncio.run(_ask(question, Settings.of(store=store), limit))
    _PRINTERS[format_](asked)
    if explain and format_ is not AnswerFormat.JSON:  # JSON holds all of it anyhow
        echo(_explained(asked), err=format_ is not AnswerFormat.TABLE)
    if not asked.acts and not asked.tallies and format_ is not AnswerFormat.TABLE:
        report(_counted(0))
    for unknown in asked.unknown:
        report(_left_out(unknown))
    if asked.next or asked.more:
        report(f"There is more than these {limit}: ask for more with --limit.")


async def _ask(question: str, settings: Settings, limit: int) -> Asked:
    async with opened(settings) as store:
        return await ask(question, await lexicon(store, Registry.load().actors()), store, limit=limit)


def _table(asked: Asked) -> None:
    if asked.question.by is not None:
        _numbers(asked)
    else:
        if asked.acts:
            show_acts(Line.of_act(act, _asked_for(act, asked.question)) for act in asked.acts)
        echo(_counted(len(asked.acts)))
    width = max(len(words) for words, _ in asked.readings)
    echo("Read as")
    for words, meaning in asked.readings:
        echo(f"  {words.ljust(width)}  {meaning}")


def _numbers(asked: Asked) -> None:
    sheet = Sheet.of(asked.question, asked.tallies)
    if sheet.heads and sheet.rows:
        show(figures(sheet))
        echo()
    else:
        echo(_counted(sum(tally.acts for tally in asked.tallies)))


def _asked_for(act: Act, question: Question) -> str:
    """The amounts and conditions of an act, where the question is about them."""
    amounts = [said.quantity for said in act.utterances if question.amount and said.quantity]
    conditions = [said.condition for said in act.utterances if question.conditional and said.condition]
    named = [("amount", amounts), ("condition", conditions)]
    return "; ".join(f"{name}: {', '.join(dict.fromkeys(some))}" for name, some in named if some)


def _json(asked: Asked) -> None:
    echo(json.dumps(to_json(asked), ensure_ascii=False, indent=2))


def _turtle(asked: Asked) -> None:
    if asked.question.by is not None:
        raise QuestionError("numbers cannot be written as Turtle; ask for them with --format json or --format csv")
    echo(turtle(asked.acts), nl=False)


def _csv(asked: Asked) -> None:
    numbers = asked.question.by is not None
    echo(tallies_csv(asked.question, asked.tallies) if numbers else csv_text(asked.acts), nl=False)


def _counted(acts: int) -> str:
    if not acts:
        return "No act in the graph answers this."
    return f"{acts} {'act' if acts == 1 else 'acts'}."


def _left_out(unknown: Suggestion) -> str:
    what = f"{unknown.word!r} was not understood and is left out"
    near = f" Did you mean {' or '.join(unknown.near)}?" if unknown.near else ""
    return f"{what}{f': {unknown.note}' if unknown.note else ''}.{near}"


def _explained(asked: Asked) -> str:
    parameters = json.dumps(to_json(asked.parameters), ensure_ascii=False, indent=2)
    return f"\nCypher:\n{asked.cypher.strip()}\n\nParameters:\n{parameters}"


_PRINTERS: dict[AnswerFormat, Callable[[Asked], None]] = {
    AnswerFormat.TABLE: _table,
    AnswerFormat.JSON: _json,
    AnswerFormat.TURTLE: _turtle,
    AnswerFormat.CSV: _csv,
}
