"""Stores that hold an invented graph: filled before the benchmarks run, or by them.

`python -m tests.benchmarks.filled ADDRESS ACTS` fills one and says how fast. An address is what `--store` takes.

- PLEDGEGRAPH_BENCH_SMALL, PLEDGEGRAPH_BENCH_LARGE: addresses of stores that were filled so, for example with 13 000 and
  1 300 000 acts, of which 10 000 and a million are commitments. What is not given is an embedded store for the run,
- with 13 000 acts, and PLEDGEGRAPH_BENCH_ACTS (52 000) acts.
"""

import asyncio
import os
import sys
import time
from pathlib import Path

from graph.bolt import BoltStore
from graph.merging import merge
from graph.stores import open_store
from tests.benchmarks.invented import records, rows

SMALL = 13_000
LARGE = int(os.environ.get("PLEDGEGRAPH_BENCH_ACTS", "52000"))


async def opened(url: str) -> BoltStore:
    store = await open_store(url)
    assert isinstance(store, BoltStore)
    return store


async def fill(url: str, acts: int) -> None:
    """Write the invented graph of this size, by the product's own way in after the triples."""
    async with await opened(url) as store:
        await store.prepare()
        begun, done = time.perf_counter(), 0
        for batch in records(acts):
            await store._transact(merge, *rows(batch))
            done += len(batch)
            if done % 100_000 < len(batch):
                print(f"{done:,} records, {done / (time.perf_counter() - begun):,.0f}/s", flush=True)


def addresses(folder: Path) -> tuple[str, str]:
    """The addresses of a small and a large store."""
    found = []
    for name, acts in (("SMALL", SMALL), ("LARGE", LARGE)):
        url = os.environ.get(f"PLEDGEGRAPH_BENCH_{name}")
        if url is None:
            url = f"embedded:{folder / name.lower()}"
            asyncio.run(fill(url, acts))
        found.append(url)
    return found[0], found[1]


if __name__ == "__main__":
    asyncio.run(fill(sys.argv[1], int(sys.argv[2])))
