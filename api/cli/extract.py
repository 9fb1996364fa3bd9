"""`pledgegraph extract`: who commits to what in a statement, without any store."""

import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from typer import Argument, Exit, Option, echo

from api.cli.failures import FAILED, report
from ontology.records import Utterance

EXAMPLES = """Examples:

pledgegraph extract statement.txt

pledgegraph extract statements/ --format table

pledgegraph extract *.md | jq -r 'select(.kind == "pledge") | .action'"""


class Format(StrEnum):
    """How acts are printed."""

    JSONL = "jsonl"
    TURTLE = "turtle"
    TABLE = "table"


def extract(
    files: Annotated[
        list[str], Argument(help="Statements in plain text or Markdown, or folders of them.", show_default=False)
    ],
    format_: Annotated[
        Format, Option("--format", help="One JSON object a line, RDF, or a table to look at.")
    ] = Format.JSONL,
    model: Annotated[
        Path | None, Option(envvar="PLEDGEGRAPH_MODEL", help="A folder that `pledgegraph train` wrote.")
    ] = None,
) -> None:
    """Print every act in statements: who commits to what, and the words that say so. Needs no store."""
    problems: list[Exception] = []
    _PRINTERS[format_](_utterances(files, model, problems))
    if problems:
        raise Exit(FAILED)


def _utterances(files: Iterable[str], model: Path | None, problems: list[Exception]) -> Iterator[Utterance]:
    from api.cli.inputs import statements
    from loaders.reading.read import Reader

    reader = Reader.load(model)
    for found in statements(files):
        if isinstance(found, Exception):
            problems.append(found)
            report(found)
        else:
            yield from reader.read(found)


def line(act: Utterance) -> dict[str, Any]:
    """An act as one flat JSON object; the keys and their order are a promise, what follows `rule` may grow."""
    return {
        "document": act.statement.document,
        "kind": act.kind,
        "actors": [actor.name for actor in act.actors],
        "counterparts": [actor.name for actor in act.counterparts],
        "action": act.action,
        "start": act.start,
        "end": act.end,
        "fields": list(act.fields),
        "deadline": act.deadline,
        "quantity": act.quantity,
        "condition": act.condition,
        "negated": act.negated,
        "reaffirmed": act.reaffirmed,
        "speaker": act.speaker.name if act.speaker else None,
        "quote": act.quote,
        "rule": act.rule,
        "cue": act.cue,
        "force": int(act.force),
        "due": act.due,
        "amount": act.amount,
        "unit": act.unit,
        "initiatives": [initiative.name for initiative in act.initiatives],
        "event": act.event.name if act.event else None,
        "date": act.statement.date,
        "extractor": act.extractor,
        "confidence": act.confidence,
    }


def _print_lines(acts: Iterable[Utterance]) -> None:
    for act in acts:
        echo(json.dumps(line(act), ensure_ascii=False))


def _print_turtle(acts: Iterable[Utterance]) -> None:
    from api.rendering import turtle
    from ontology.minting import minted

    echo(turtle(minted(act) for act in acts), nl=False)


def _print_table(acts: Iterable[Utterance]) -> None:
    from api.cli.tables import of_utterances, show

    show(of_utterances(acts))


_PRINTERS = {Format.JSONL: _print_lines, Format.TURTLE: _print_turtle, Format.TABLE: _print_table}
