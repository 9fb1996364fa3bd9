"""How fast everything is counted by field and year.

Run with `pytest -s tests/benchmarks/bench_counting.py`; `filled` says how to give it stores of other sizes and kinds.
"""

import asyncio
import time
from collections import Counter
from statistics import median

import pytest

from graph.question import Group, Question
from graph.tally import tally
from ontology.terms import COMMITMENT_KINDS
from tests.benchmarks.filled import addresses, opened

EVERYTHING = Question(kinds=COMMITMENT_KINDS, by=(Group.FIELD, Group.YEAR), limit=1000)
COUNTED = """
MATCH (c:Commitment)-[:IN_FIELD]->(:Field)-[:BROADER*0..]->(f:Field)
WITH DISTINCT c, f.slug AS slug, substring(coalesce(c.date, ''), 0, 4) AS year
RETURN slug, year, count(*) AS acts
""".strip()


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    return addresses(tmp_path_factory.mktemp("filled"))


def test_counts_that_are_kept_are_those_of_the_acts(stores: tuple[str, str]) -> None:
    async def both() -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
        async with await opened(stores[0]) as store:
            rows = await store.read(COUNTED, {})
            counted = Counter({(row["slug"], row["year"]): row["acts"] for row in rows})
            answer = await tally(store, EVERYTHING)
            return counted, Counter({(found.keys[0], found.keys[1]): found.acts for found in answer.tallies})

    counted, kept = asyncio.run(both())
    assert all(counted[key] == acts for key, acts in kept.items())
    assert sorted(kept.values()) == sorted(counted.values())[-len(kept) :]


def test_everything_is_counted_within_a_second(stores: tuple[str, str]) -> None:
    async def timed() -> tuple[float, int]:
        async with await opened(stores[1]) as store:
            taken = []
            for _ in range(8):
                begun = time.perf_counter()
                await tally(store, EVERYTHING)
                taken.append(time.perf_counter() - begun)
            rows = await store.read("MATCH (c:Commitment) RETURN count(c) AS many", {})
            return median(taken), rows[0]["many"]

    taken, many = asyncio.run(timed())
    print(f"\n{many:,} commitments by field and year: {taken * 1000:.0f} ms")
    assert taken < 1
