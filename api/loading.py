"""From statements to the graph: read, mint, write. The one way in, for the command line and for `POST /statements`."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from graph.store import Change, Store
from loaders.reading.read import Reader
from ontology.minting import minted
from ontology.records import Act, Statement
from ontology.triples import triples

# One transaction takes about this many characters: enough to write fast, little enough to lose when interrupted.
BATCH: Final = 100_000
E = TypeVar("E", bound=Exception)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading statements gave: their acts, and how much of it the store did not have yet."""

    statements: tuple[Statement, ...]
    acts: tuple[Act, ...]
    change: Change


async def load(statements: Sequence[Statement], reader: Reader, store: Store) -> Loaded:
    """Reads statements and writes them with their acts in one transaction, so that none is ever half there.

    Idempotent. Reading runs beside the event loop, so that a service goes on answering. Raises StoreError.
    """
    acts = await asyncio.to_thread(_acts, statements, reader)
    change = await store.add(triples([*acts, *statements]))
    return Loaded(tuple(statements), acts, change)


async def load_all(found: Iterable[Statement | E], reader: Reader, store: Store) -> AsyncIterator[Loaded | E]:
    """Loads any number of statements, batch by batch; an error in place of a statement is passed on in its turn."""
    for batch in _batches(found):
        yield batch if isinstance(batch, Exception) else await load(batch, reader, store)


def _acts(statements: Sequence[Statement], reader: Reader) -> tuple[Act, ...]:
    return tuple(minted(utterance) for statement in statements for utterance in reader.read(statement))


def _batches(found: Iterable[Statement | E]) -> Iterator[list[Statement] | E]:
    batch: list[Statement] = []
    size = 0
    for item in found:
        if isinstance(item, Exception):
            yield item
            continue
        batch.append(item)
        size += len(item.text or "")
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
