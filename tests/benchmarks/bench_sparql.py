"""What the SPARQL endpoint adds to Oxigraph in the same process, for the same queries over the same graph.

Run with `pytest -s tests/benchmarks/bench_sparql.py`. Both are measured in turns, since machines are noisy.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import httpx2
import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, Store

from graph.sparql.limits import Limits
from tests.api.sparql.instance import serving_apart

EX = "http://example.org/"
COMMITMENTS = 20_000
ROUNDS = 200
MOST_ADDED = 0.003
# A route that does nothing takes less than this on a machine with nothing else to do; on another all takes longer.
QUIET = 0.001
MEDIA = "application/sparql-results+json"
PREFIX = f"PREFIX ex: <{EX}> "
QUERIES = {
    "one act": PREFIX + "SELECT ?p ?o { ex:act77 ?p ?o }",
    "a party's acts in a field, page of 100": PREFIX
    + "SELECT ?act ?action { ?act ex:by ex:party7 ; ex:field ex:field3 ; ex:action ?action } LIMIT 100",
    "whether there are any": PREFIX + "ASK { ?act ex:by ex:party3 ; ex:field ex:field5 }",
    "how many by field": PREFIX
    + "SELECT ?field (COUNT(*) AS ?n) { ?act ex:by ex:party9 ; ex:field ?field } GROUP BY ?field",
}


def quads() -> Iterator[Quad]:
    by, of, action, date = (NamedNode(EX + name) for name in ("by", "field", "action", "date"))
    for n in range(COMMITMENTS):
        act = NamedNode(f"{EX}act{n}")
        yield Quad(act, by, NamedNode(f"{EX}party{n % 97}"))
        yield Quad(act, of, NamedNode(f"{EX}field{n % 19}"))
        yield Quad(act, action, Literal(f"do the {n}th thing that was agreed upon"))
        yield Quad(act, date, Literal(f"20{n % 25:02}-{n % 12 + 1:02}"))


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench")
    store = Store(folder / "store")
    store.bulk_extend(quads())
    store.backup(folder / "snapshot")
    return folder / "snapshot"


@pytest.fixture(scope="module")
def client(snapshot: Path) -> Iterator[httpx2.Client]:
    with serving_apart(snapshot, Limits()) as url, httpx2.Client(base_url=url, trust_env=False) as client:
        yield client


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


@pytest.mark.parametrize("name", QUERIES)
def test_the_endpoint_adds_little(snapshot: Path, client: httpx2.Client, name: str) -> None:
    store, query = Store.read_only(str(snapshot)), QUERIES[name]

    def in_process() -> bytes:
        return store.query(query).serialize(format=QueryResultsFormat.JSON)

    def over_http() -> bytes:
        return client.get("/sparql", params={"query": query}, headers={"Accept": MEDIA}).content

    def nothing() -> bytes:
        return client.get("/same").content

    for _ in range(20):
        assert len(over_http()) == len(in_process()) > 20
    taken = [(seconds(in_process), seconds(over_http), seconds(nothing)) for _ in range(ROUNDS)]
    floor, whole, route = (median(each) for each in zip(*taken, strict=True))
    print(
        f"\n{name}: {floor * 1000:.2f} ms in process, {whole * 1000:.2f} ms over HTTP, "
        f"so {(whole - floor) * 1000:.2f} ms are added; a route that does nothing takes {route * 1000:.2f} ms"
    )
    assert whole - floor <= MOST_ADDED * max(1, route / QUIET)
