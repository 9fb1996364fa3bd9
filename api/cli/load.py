"""`pledgegraph load`: statements into the graph."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from typer import Exit, echo

from api.cli.failures import FAILED, report
from api.cli.inputs import sources, statement
from api.cli.progress import progress
from api.cli.store import opened
from api.loading import Loaded, load_all
from api.reading import loaded as reader_of
from api.settings import Settings
from ontology.records import Call


@dataclass(slots=True)
class _Sum:
    """What all batches gave together."""

    statements: int = 0
    commitments: int = 0
    calls: int = 0
    nodes: int = 0
    relationships: int = 0
    problems: int = 0

    def take(self, loaded: Loaded) -> None:
        calls = sum(isinstance(act, Call) for act in loaded.acts)
        self.statements += len(loaded.statements)
        self.calls += calls
        self.commitments += len(loaded.acts) - calls
        self.nodes += loaded.change.nodes
        self.relationships += loaded.change.relationships

    def __str__(self) -> str:
        held = f"{_many(self.statements, 'statement')} with {_many(self.commitments, 'commitment')}"
        held += f" and {_many(self.calls, 'call')}"
        if not self.nodes and not self.relationships:
            return f"{held}: all of it was there already."
        return f"{held}: {_many(self.nodes, 'new node')}, {_many(self.relationships, 'new relationship')}."


def run(inputs: Sequence[str], store: str | None, model: str | None) -> None:
    """Loads every statement that can be read; leaves with 1 when there was one that cannot."""
    total = asyncio.run(_load(inputs, Settings.of(store=store, model=model)))
    echo(f"Loaded {total}")
    if total.problems:
        report(f"{_many(total.problems, 'source')} could not be read, see above; the rest is loaded.")
        raise Exit(FAILED)


async def _load(inputs: Sequence[str], settings: Settings) -> _Sum:
    total = _Sum()
    found = list(sources(inputs))
    reader = reader_of(settings.model)
    async with opened(settings) as store:
        with progress() as shown:
            task = shown.add_task("reading", total=len(found))
            async for loaded in load_all(map(statement, found), reader, store):
                if isinstance(loaded, Loaded):
                    total.take(loaded)
                    shown.advance(task, len(loaded.statements))
                else:
                    total.problems += 1
                    report(loaded)
                    shown.advance(task)
    return total


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
