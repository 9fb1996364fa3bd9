"""How fast "security pledges by X" is answered, newest first, and whether a graph that grows makes it slower.

Run with `pytest -s tests/benchmarks/bench_paging.py`; `filled` says how to give it stores of other sizes and kinds.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from statistics import median

import pytest

from graph.bolt import BoltStore
from graph.cypher import query
from graph.find import find
from graph.question import Question
from ontology.records import Actor
from ontology.terms import Kind
from tests.benchmarks.filled import addresses, opened
from tests.benchmarks.invented import FREQUENT, TYPICAL

PLEDGES = frozenset({Kind.PLEDGE, Kind.WILLINGNESS})
ROUNDS = 15


def asked(actor: Actor) -> Question:
    return Question(kinds=PLEDGES, actors=(actor,), fields=("security",))


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    return addresses(tmp_path_factory.mktemp("filled"))


async def seconds(*works: Callable[[], Awaitable[object]]) -> list[float]:
    """The median of some rounds of each, in turns, because machines are noisy, after two that nobody counts."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS + 2):
        for work, times in zip(works, taken, strict=True):
            begun = time.perf_counter()
            await work()
            times.append(time.perf_counter() - begun)
    return [median(times[2:]) for times in taken]


async def bare(store: BoltStore, question: Question) -> list[dict[str, object]]:
    """The same rows, asked for through the driver."""
    plain = query(question)
    records, _, _ = await store._driver.execute_query(
        plain.text, plain.parameters, database_=store._backend.database, routing_="r"
    )
    return [record.data() for record in records]


@pytest.mark.parametrize("actor", [TYPICAL, FREQUENT], ids=["typical", "most frequent"])
def test_a_question_costs_little_beside_its_cypher(stores: tuple[str, str], actor: Actor) -> None:
    async def compared() -> list[float]:
        async with await opened(stores[0]) as store:
            rows, answer = await bare(store, asked(actor)), await find(store, asked(actor))
            assert [act.iri for act in answer.acts] == [row["act"]["iri"] for row in rows[:100]]
            return await seconds(lambda: find(store, asked(actor)), lambda: bare(store, asked(actor)))

    ours, floor = asyncio.run(compared())
    print(f"\n{actor.name}: {ours * 1000:.1f} ms, {ours / floor:.2f} times its Cypher through the driver")
    assert ours / floor <= 1.5


@pytest.mark.parametrize("actor", [TYPICAL, FREQUENT], ids=["typical", "most frequent"])
def test_growing_makes_a_page_little_slower(stores: tuple[str, str], actor: Actor) -> None:
    async def compared() -> tuple[list[float], list[int]]:
        async with await opened(stores[0]) as small, await opened(stores[1]) as large:
            sizes = []
            for store in (small, large):
                assert len((await find(store, asked(actor))).acts) == 100
                sizes.append((await store.read("MATCH (c:Commitment) RETURN count(c) AS many", {}))[0]["many"])
            return await seconds(lambda: find(small, asked(actor)), lambda: find(large, asked(actor))), sizes

    (small, large), (few, many) = asyncio.run(compared())
    print(f"\n{actor.name}: {few:,} commitments {small * 1000:.1f} ms, {many:,} {large * 1000:.1f} ms", end="")
    print(f", {large / small:.2f} times as long")
    assert large / small <= 3


def test_the_last_page_costs_what_the_first_does(stores: tuple[str, str]) -> None:
    """A page far down the list, where an offset would count all rows before it."""

    async def compared() -> list[float]:
        async with await opened(stores[1]) as store:
            question = asked(FREQUENT)
            deep = question
            for _ in range(12):
                answer = await find(store, deep)
                if answer.next is None:
                    break
                deep = Question(kinds=PLEDGES, actors=(FREQUENT,), fields=("security",), cursor=answer.next)
            return await seconds(lambda: find(store, question), lambda: find(store, deep))

    first, last = asyncio.run(compared())
    print(f"\nfirst page {first * 1000:.1f} ms, a later one {last * 1000:.1f} ms")
    assert last / first <= 3
