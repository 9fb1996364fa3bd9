"""`pledgegraph extract`: who commits to what in a statement, without any store."""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby
from typing import Any, TypeVar

from typer import BadParameter, Exit, echo

from api.cli.failures import FAILED, report
from api.cli.formats import ActFormat
from api.cli.inputs import sources, statement
from api.reading import loaded
from loaders.reading.finder import is_service
from loaders.reading.pool import readings
from loaders.reading.read import Reader
from loaders.sources.text import SourceError
from ontology.records import Utterance

T = TypeVar("T")


def run(
    inputs: Iterable[str], format_: ActFormat, model: str | None, explained: bool, floor: float, workers: int
) -> None:
    """Prints the acts of every statement that can be read; leaves with 1 when there was one that cannot."""
    problems: list[SourceError] = []
    found = map(statement, sources(inputs))
    reader = loaded(model)
    if explained:
        from api.cli.explain import explain

        for whole in _sound(found, problems):
            explain(whole, reader)
    else:
        acts = (
            act for acts in _sound(readings(found, _loading(reader, model, workers), workers), problems) for act in acts
        )
        _PRINTERS[format_](act for act in acts if act.confidence >= floor)
    for remark in reader.finder.remarks():
        report(remark)
    if problems:
        raise Exit(FAILED)


def _loading(reader: Reader, model: str | None, workers: int) -> Callable[[], Reader]:
    """How each process comes by its reader."""
    if workers == 1:
        return lambda: reader
    if is_service(model):
        raise BadParameter("A service is asked by one process.", param_hint="--workers")
    return partial(Reader.load, model)


def _sound(found: Iterable[T | SourceError], problems: list[SourceError]) -> Iterator[T]:
    """What came out well; the rest is told and kept among the problems."""
    for item in found:
        if isinstance(item, SourceError):
            problems.append(item)
            report(item)
        else:
            yield item


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
    from ontology.context import turtle  # here and below: the default format shall not wait for rdflib and rich
    from ontology.minting import minted

    echo(turtle(minted(act) for act in acts), nl=False)


def _print_table(acts: Iterable[Utterance]) -> None:
    from api.cli.tables import Line, show_acts

    for document, found in groupby(acts, key=lambda act: act.statement.document):
        show_acts(map(Line.of_utterance, found), title=document)


_PRINTERS = {ActFormat.JSONL: _print_lines, ActFormat.TURTLE: _print_turtle, ActFormat.TABLE: _print_table}
