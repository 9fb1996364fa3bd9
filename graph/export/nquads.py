"""The graph as N-Quads: one fact a line, in the default graph."""

from typing import BinaryIO

from graph.export.terms import written
from graph.store import Store


async def write(store: Store, out: BinaryIO) -> None:
    """Writes every triple of a store. Raises StoreError."""
    async for triple in store.triples():
        out.write(f"{' '.join(written(term, {}) for term in triple)} .\n".encode())
