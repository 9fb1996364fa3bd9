"""How fast the replica for SPARQL is made, against the floor, and how soon it has what was written.

Run with `pytest -s tests/benchmarks/bench_replica.py`; `filled` says how to give it a store of another size and kind.
The floor is what cannot be spared: reading every node from the store, and Oxigraph's own loading of the same triples.
"""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.replica.build import build
from graph.replica.follower import following
from graph.replica.lines import lines
from ontology.triples import triples
from tests.benchmarks.filled import addresses, opened
from tests.benchmarks.invented import statements


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    return addresses(tmp_path_factory.mktemp("filled"))[0]


def test_making_a_replica_costs_little_beside_reading_and_loading(store: str, tmp_path: Path) -> None:
    async def compared() -> tuple[float, float, int]:
        async with await opened(store) as source:
            begun = time.perf_counter()
            nodes = [node async for node in source.nodes()]
            floor = time.perf_counter() - begun
            text = "".join(map(lines, nodes)).encode()
            begun = time.perf_counter()
            loaded = ox.Store(str(tmp_path / "floor"))
            loaded.bulk_load(text, format=ox.RdfFormat.N_TRIPLES)
            floor += time.perf_counter() - begun
            with ThreadPoolExecutor(1) as thread:
                begun = time.perf_counter()
                await build(source, tmp_path / "replica", thread)
                return time.perf_counter() - begun, floor, len(loaded)

    took, floor, many = asyncio.run(compared())
    print(f"\n{many:,} triples: {many / took:,.0f}/s, {floor / took:.2f} of the rate of reading and loading alone")
    assert floor / took >= 0.5


def test_the_replica_has_a_write_within_a_second(tmp_path: Path) -> None:
    async def followed() -> tuple[float, int]:
        async with await opened(f"embedded:{tmp_path / 'store'}") as source:
            await source.prepare()
            async with following(source, tmp_path / "cache") as replica:
                assert await replica.reaches(await source.sequence(), 60)
                waits = []
                for statement, acts in statements(120):
                    await source.add(triples([*acts, statement]))
                    begun = time.perf_counter()
                    assert await replica.reaches(await source.sequence(), 60)
                    waits.append(time.perf_counter() - begun)
                return max(waits), len(waits)

    longest, many = asyncio.run(followed())
    print(f"\n{many} statements, one after the other: the replica has each after at most {longest * 1000:.0f} ms")
    assert longest <= 1
