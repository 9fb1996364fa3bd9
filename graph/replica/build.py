"""A replica from nothing: all nodes of the store, one batch in memory at a time."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from graph.replica.copy import Copy
from graph.store import Mark, Store, StoredNode
from ontology.mapping import SHAPES

_BATCH: Final = 1000
T = TypeVar("T")

Told = Callable[[int, int], None]
"""What is told of progress: how many nodes are copied, of about how many."""


def untold(done: int, total: int) -> None:
    """For those who do not want to know."""


async def build(store: Store, folder: Path, thread: Executor, told: Told = untold) -> tuple[Copy, Mark]:
    """Copy a store into a new folder, which only `thread` touches. Raises `StoreError` and `OSError`.

    What is written meanwhile may be in the copy or not: it stands where the store stood when this began.
    """
    run = asyncio.get_running_loop().run_in_executor
    mark = await store.mark()
    total = await _count(store)
    copy = await run(thread, partial(Copy, folder, new=True))
    done = 0
    told(done, total)
    async for batch in batches(store.nodes()):
        await run(thread, _copy, copy, batch, mark.sequence)
        done += len(batch)
        told(done, max(done, total))
    await run(thread, copy.flush)
    return copy, mark


def _copy(copy: Copy, batch: list[StoredNode], sequence: int) -> None:
    # Only what has changed since this began can come twice, and looking for what is there already takes its time.
    later = [node.properties["changed"] > sequence for node in batch]
    copy.add(node for node, again in zip(batch, later, strict=True) if not again)
    copy.replace(node for node, again in zip(batch, later, strict=True) if again)


async def batches(items: AsyncIterator[T]) -> AsyncIterator[list[T]]:
    """Items, a thousand at a time."""
    batch: list[T] = []
    async for item in items:
        batch.append(item)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


async def _count(store: Store) -> int:
    counts = [await store.read(f"MATCH (n:{shape.label}) RETURN count(n) AS many", {}) for shape in SHAPES]
    return sum(rows[0]["many"] for rows in counts)
