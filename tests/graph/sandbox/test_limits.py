"""On both back ends: what a statement may cost is what it costs, and meanwhile others are served as always."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from graph.bolt import BoltStore
from graph.raw import BusyError, CypherError, LimitError, RefusedError
from ontology.records import Act
from ontology.triples import triples
from tests.graph.sandbox.conftest import Ask

pytestmark = pytest.mark.anyio

SECONDS = 1.0
HOARDING = 3.0
SLACK = 0.5
QUIET = 0.4
FLOOR = 0.1
RUNAWAYS = {
    "rows of a product": "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN count(a + b)",
    "a product of nodes": "MATCH (a), (b), (c), (d), (e), (f) WHERE a.iri + b.iri <> c.iri RETURN count(*)",
    "a product of relations": "MATCH ()-[a]-(), ()-[b]-(), ()-[c]-(), ()-[d]-(), ()-[e]-() RETURN count(a.x)",
    "paths": "MATCH p = (a:Field)-[:BROADER*0..3]-(b:Field)-[:BROADER*0..3]-(c:Field)-[:BROADER*0..3]-(:Field), "
    "(x:Field), (y:Field) WHERE a.iri + x.iri <> c.iri + y.iri RETURN count(length(p))",
    "subqueries": "UNWIND range(1, 1000000) AS a CALL (a) { UNWIND range(1, 1000000) AS b RETURN sum(a * b) AS s } "
    "RETURN max(s)",
    "counting": "UNWIND range(1, 1000000) AS a RETURN sum(COUNT { MATCH (b:Field), (c:Field) WHERE b.iri < c.iri })",
    "existence": "UNWIND range(1, 1000000) AS a WITH a WHERE EXISTS { MATCH (b:Field), (c:Field), (d:Field) "
    "WHERE b.iri + c.iri = d.iri } RETURN count(a)",
    "groups": "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000) AS b RETURN (a * b) % 7 AS k, avg(a) ORDER BY k",
    "quarrels": "UNWIND range(1, 1000000) AS a WITH a WHERE any(x IN range(1, 5000) WHERE x < 0) RETURN a",
    "words": "MATCH (a:Field), (b:Field), (c:Field), (d:Field) WHERE toLower(a.iri) CONTAINS toUpper(b.iri + c.iri) "
    "RETURN d.iri",
    "unions": "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000) AS b WITH a, b WHERE a < 0 RETURN a UNION "
    "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000) AS b WITH a, b WHERE a < 0 RETURN a",
    "skipping": "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN a SKIP 999999999 LIMIT 1",
}
HOARDS = {
    "collecting": "UNWIND range(1, 1000000) AS a UNWIND range(1, 100) AS b RETURN size(collect(a * b))",
    "sorting": "UNWIND range(1, 1000000) AS a UNWIND range(1, 100) AS b RETURN a * b AS c ORDER BY c DESC "
    "SKIP 50000000 LIMIT 1",
    "telling apart": "UNWIND range(1, 1000000) AS a UNWIND range(1, 100) AS b "
    "RETURN count(DISTINCT toString(a) + '-' + b)",
    "grouping": "UNWIND range(1, 1000000) AS a UNWIND range(1, 100) AS b WITH a * 1000 + b AS k, count(*) AS n "
    "RETURN max(k)",
}


WRITING = (
    "CREATE (n:Intruder)",
    "MATCH (n) DETACH DELETE n",
    "MATCH (f:Field) SET f.name = 'x' RETURN f",
    "MERGE (n:Intruder {iri: 'x'}) RETURN n",
    "MATCH (f:Field) REMOVE f.name",
    "FOREACH (x IN [1] | CREATE (:Intruder))",
    "CREATE INDEX intruder FOR (n:Field) ON (n.name)",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "CREATE USER intruder SET PASSWORD 'something'",
)
NESTED = "(" * 20_000 + "1" + ")" * 20_000
FAULTY = (
    "RETURN",
    "MATCH (n RETURN n",
    "RETURN $missing",
    "RETURN 1/0",
    "RETURN toUpper(1, 2)",
)
DEEP = (f"RETURN {NESTED}", f"RETURN {'-' * 20_000} 1")


class Bystander:
    """Somebody who asks the store for something small all the while, and remembers how long each answer took.

    What happened while nothing else ran is kept apart, a little of it from before and after everything else, so that
    a machine which is busy with other things does not make the difference.
    """

    def __init__(self, store: BoltStore) -> None:
        self._store = store
        self._undisturbed, self._disturbed = list[float](), list[float]()
        self._times = self._undisturbed

    async def __aenter__(self) -> "Bystander":
        self._task = asyncio.create_task(self._going_on())
        await asyncio.sleep(QUIET)
        return self

    async def __aexit__(self, *exception: object) -> None:
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
        if exception == (None, None, None):
            usual, meanwhile = _p95(self._undisturbed), _p95(self._disturbed)
            print(f"p95 {usual * 1000:.1f} ms, meanwhile {meanwhile * 1000:.1f} ms")
            assert meanwhile <= max(2 * usual, FLOOR)

    async def _going_on(self) -> None:
        while True:
            times, begun = self._times, time.perf_counter()
            assert len(await self._store.read("MATCH (f:Field {slug: 'security'}) RETURN f.iri AS iri", {})) == 1
            times.append(time.perf_counter() - begun)
            await asyncio.sleep(0.02)

    @asynccontextmanager
    async def disturbed(self) -> AsyncIterator[None]:
        self._times = self._disturbed
        try:
            yield
        finally:
            self._times = self._undisturbed
        await asyncio.sleep(QUIET)


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


async def stopped(ask: Ask, name: str, text: str, seconds: float) -> LimitError:
    """The error of a statement that does not keep its limits, in time."""
    begun = time.monotonic()
    with pytest.raises(LimitError) as error:
        await ask(text, seconds=seconds)
    assert time.monotonic() - begun < seconds + SLACK, name
    return error.value


async def test_what_runs_away_is_stopped_in_time(store: BoltStore, ask: Ask) -> None:
    async with Bystander(store) as bystander:
        for name, text in RUNAWAYS.items():
            assert await ask("RETURN 1") == [[1]], "the next one is served"
            async with bystander.disturbed():
                assert (await stopped(ask, name, text, SECONDS)).limit == "time", name


def unsure_on_neo4j(request: pytest.FixtureRequest) -> None:
    """There the statement shares a heap with everybody else; how long its collector pauses is the server's affair."""
    if "neo4j" in request.node.nodeid:
        request.applymarker(
            pytest.mark.xfail(reason="a Neo4j pauses to collect what one statement hoards", strict=False)
        )


async def test_who_hoards_is_stopped(store: BoltStore, ask: Ask, request: pytest.FixtureRequest) -> None:
    unsure_on_neo4j(request)
    async with Bystander(store) as bystander:
        for name, text in HOARDS.items():
            assert await ask("RETURN 1") == [[1]], "the next one is served"
            async with bystander.disturbed():
                assert (await stopped(ask, name, text, HOARDING)).limit in ("memory", "time"), name


async def test_a_long_answer_is_an_error_and_not_a_shorter_answer(ask: Ask) -> None:
    assert len(await ask("UNWIND range(1, 100) AS a RETURN a", rows=100)) == 100
    with pytest.raises(LimitError, match="more than 100 rows; add a LIMIT") as rows:
        await ask("UNWIND range(1, 101) AS a RETURN a", rows=100)
    assert rows.value.limit == "rows"
    with pytest.raises(LimitError, match="larger than 10,000 bytes; return fewer rows") as size:
        await ask("UNWIND range(1, 1000) AS a RETURN 'long enough to be noticed'", size=10_000)
    assert size.value.limit == "size"


async def test_a_giant_value_does_not_reach_who_asks(
    store: BoltStore, ask: Ask, request: pytest.FixtureRequest
) -> None:
    unsure_on_neo4j(request)
    assert await ask("RETURN 1") == [[1]]
    async with Bystander(store) as bystander, bystander.disturbed():
        with pytest.raises(LimitError) as error:
            await ask("UNWIND range(1, 1000000) AS a RETURN collect(a), collect([])", size=1_000_000, seconds=8)
    assert error.value.limit in ("size", "memory", "time")


async def test_whoever_writes_is_refused_and_nothing_is_written(store: BoltStore, ask: Ask) -> None:
    before = await content(store)
    for text in WRITING:
        with pytest.raises((RefusedError, CypherError)):
            await ask(text)
        assert await content(store) == before, text


async def content(store: BoltStore) -> list[str]:
    return sorted(" ".join(map(str, triple)) for triple in [each async for each in store.triples()])


async def test_answers_follow_the_store(store: BoltStore, ask: Ask, acts: tuple[Act, ...]) -> None:
    count = "MATCH (c) WHERE c:Commitment OR c:Call RETURN count(c)"
    assert await ask(count) == [[0]]
    for many, act in enumerate(acts, 1):
        await store.add(triples([act]))
        assert await ask(count) == [[many]]


async def test_parameters_are_given_to_the_server(ask: Ask) -> None:
    given = {"text": "it's", "list": [1, 2.5, None, True], "map": {"a": {"b": "'\"`"}}}
    assert await ask("RETURN $text, $list, $map", given) == [list(given.values())]


async def test_a_faulty_statement_is_the_fault_of_who_asks(ask: Ask) -> None:
    for text in FAULTY:
        with pytest.raises(CypherError, match=r"\w"):
            await ask(text)
    assert await ask("RETURN 1") == [[1]]


async def test_what_is_nested_beyond_measure_is_given_up_or_stopped(ask: Ask) -> None:
    for text in DEEP:
        with pytest.raises((CypherError, LimitError), match=r"\w"):
            await ask(text, seconds=3)
    assert await ask("RETURN 1") == [[1]]


async def test_who_finds_no_free_place_is_told_so(store: BoltStore, ask: Ask) -> None:
    assert await ask("RETURN 1") == [[1]]
    long = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN count(a + b)"
    running = [asyncio.create_task(ask(long, seconds=4)) for _ in range(4)]
    await asyncio.sleep(1)
    with pytest.raises(BusyError, match=r"try again in \d+ s") as error:
        await ask("RETURN 1", wait=0.2)
    assert error.value.after >= 1
    ended = await asyncio.gather(*running, return_exceptions=True)
    assert all(isinstance(each, LimitError | BusyError) for each in ended)


async def test_a_client_that_goes_away_stops_its_statement(store: BoltStore, ask: Ask) -> None:
    assert await ask("RETURN 1") == [[1]]
    task = asyncio.create_task(ask("UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN count(a + b)"))
    await asyncio.sleep(0.5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await ask("RETURN 1") == [[1]]
