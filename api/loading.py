"""From statements to the graph: read, mint, write. The one way in, for the command line and for `POST /statements`."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from graph.store import Change, Store
from loaders.reading.read import Reader
from ontology.minting import minted
from ontology.records import Act, Statement
from ontology.triples import triples


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


def _acts(statements: Sequence[Statement], reader: Reader) -> tuple[Act, ...]:
    return tuple(minted(utterance) for statement in statements for utterance in reader.read(statement))
