"""What a store holds, and what changed in it, write after write.

A node carries the sequence of the last write that changed it, as `changed`, under an index. Reading goes along that
index: pages in the order of the iris would be as many, but the embedded store sorts all that is left for each of them.
"""

from collections.abc import AsyncIterator
from typing import Final

from graph.schema import written_between
from graph.store import Store, StoredNode
from ontology.mapping import SHAPES, Shape
from ontology.records import Statement

_FEW: Final = 500
_MANY: Final = 3000
_FOREVER: Final = 2**62


async def everything(store: Store) -> AsyncIterator[StoredNode]:
    """Every node; leaves before what refers to them, save for what changes while this is read, which comes again."""
    aim = await store.sequence()
    async for node in _between(store, -1, aim):
        yield node
    async for node in _between(store, aim, _FOREVER):
        yield node


async def changes(store: Store, after: int) -> AsyncIterator[StoredNode]:
    """The nodes that changed since a sequence, and at the end those that changed while this was read."""
    aim = await store.sequence()
    async for node in _between(store, after, aim):
        yield node
    # Their stamps have moved on, so they may not have been met above.
    if (now := await store.sequence()) > aim:
        async for node in _between(store, aim, now):
            yield node
        async for node in _between(store, now, _FOREVER):
            yield node


async def _between(store: Store, since: int, until: int) -> AsyncIterator[StoredNode]:
    for shape in SHAPES:
        async for node in _of(store, shape, since, until):
            yield node


async def _of(store: Store, shape: Shape, since: int, until: int) -> AsyncIterator[StoredNode]:
    """As many writes at a time as give neither too few nodes nor too many; nobody writes more than memory holds."""
    cypher = written_between(shape)
    few, many = (_FEW // 10, _MANY // 10) if shape.record is Statement else (_FEW, _MANY)  # these have whole texts
    width = until - since if until == _FOREVER else 1
    while since < until:
        upto = min(since + width, until)
        rows = await store.read(cypher, {"since": since, "until": upto})
        for row in rows:
            yield StoredNode(shape, row["properties"], row)
        since = upto
        width = 2 * width if len(rows) < few else max(1, width // 2) if len(rows) > many else width
