"""How fast acts are written, against the floor: the bare driver sending the same rows by `UNWIND`; and against a peer.

Run with `pytest -s tests/benchmarks/bench_loading.py`, under `.ci/neo4j run` for Neo4j too, whose content is deleted.

Both sides send everything several times before they are timed, and then take turns: a server that has just begun
interprets what it later compiles, and so would be measured instead of them. Of each side's rounds the quickest counts.
The peer runs once, so its time also depends on how warm the server has become by then, by a factor of two and more.

The peer is `rdflib-neo4j`, which keeps RDF in Neo4j. It has a virtual environment of its own, whose Python is named by
PLEDGEGRAPH_BENCH_RDFLIB_NEO4J: `python -m venv peer && peer/bin/pip install rdflib-neo4j==1.1`, then `peer/bin/python`.
"""

import asyncio
import json
import os
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from rdflib import Graph

from graph.bolt import BoltStore
from ontology.property_graph import Edge, Node, graph_of
from ontology.triples import Triple, triples
from tests.benchmarks.filled import opened
from tests.benchmarks.invented import records

ACTS = 2500
PEERS_ACTS = 300
WARM = 3
TIMED = 4
WIPE = "MATCH (n) WHERE NOT n:Field AND NOT n:Ledger CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 1000 ROWS"
PEER = """
import json, sys, time
from rdflib import Graph
from rdflib_neo4j import HANDLE_VOCAB_URI_STRATEGY, Neo4jStore, Neo4jStoreConfig
given = json.load(sys.stdin)
auth = {"uri": given["uri"], "database": "neo4j", "user": given["user"], "pwd": given["password"]}
config = Neo4jStoreConfig(auth_data=auth, handle_vocab_uri_strategy=HANDLE_VOCAB_URI_STRATEGY.IGNORE, batching=True)
local, remote = Graph().parse(data=given["triples"], format="nt"), Graph(store=Neo4jStore(config=config))
begun = time.perf_counter()
for triple in local:
    remote.add(triple)
remote.close(True)
print(time.perf_counter() - begun)
"""


@pytest.fixture(params=["embedded", "neo4j"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "embedded":
        yield f"embedded:{tmp_path}"
        return
    found = os.environ.get("PLEDGEGRAPH_TEST_NEO4J")
    if not found:
        pytest.skip("PLEDGEGRAPH_TEST_NEO4J gives no Neo4j server; `.ci/neo4j run` starts one")
    yield found


async def wiped(store: BoltStore) -> None:
    database = store._backend.database
    async with store._driver.session(database=database) as session:
        if store._backend.reader is None:
            await (await session.run(WIPE)).consume()
        else:
            await (await session.run("MATCH (n) WHERE NOT n:Field AND NOT n:Ledger DETACH DELETE n")).consume()


async def ours(store: BoltStore, batches: list[list[Triple]]) -> float:
    begun = time.perf_counter()
    for batch in batches:
        await store.add(batch)
    return time.perf_counter() - begun


async def bare(store: BoltStore, batches: list[tuple[list[Node], list[Edge]]]) -> float:
    """Seconds that the driver alone needs for the same rows, in as many transactions."""
    begun = time.perf_counter()
    for nodes, edges in batches:
        async with (
            store._driver.session(database=store._backend.database) as session,
            await session.begin_transaction() as transaction,
        ):
            for query, rows in _writes(nodes, edges):
                for start in range(0, len(rows), 1000):
                    await (await transaction.run(query, rows=rows[start : start + 1000])).consume()
            await transaction.commit()
    return time.perf_counter() - begun


def _writes(nodes: list[Node], edges: list[Edge]) -> list[tuple[str, list[object]]]:
    by_label: dict[str, list[object]] = defaultdict(list)
    by_kind: dict[tuple[str, str, str], list[object]] = defaultdict(list)
    for node in nodes:
        by_label[node.label].append(node.properties)
    for edge in edges:
        by_kind[edge.source_label, edge.type, edge.target_label].append([edge.source, edge.target])
    merges = [
        (f"UNWIND $rows AS row MERGE (n:{label} {{iri: row.iri}}) SET n += row", rows)
        for label, rows in by_label.items()
    ]
    # From the side with few edges, as everything here is written.
    links = [
        (
            f"UNWIND $rows AS row MATCH (b:{target} {{iri: row[1]}}) MATCH (a:{source} {{iri: row[0]}}) "
            + (f"MERGE (b)<-[:{kind}]-(a)" if source == "Actor" else f"MERGE (a)-[:{kind}]->(b)"),
            rows,
        )
        for (source, kind, target), rows in by_kind.items()
    ]
    return [*merges, *links]


def test_loading_costs_little_beside_the_bare_driver(url: str) -> None:
    batches = [list(triples(batch)) for batch in records(ACTS)]
    rows = [graph_of(batch) for batch in batches]

    async def compared() -> tuple[float, float]:
        async with await opened(url) as store:
            await store.prepare()
            taken: tuple[list[float], list[float]] = ([], [])
            for _ in range(WARM + TIMED):
                await wiped(store)
                taken[0].append(await ours(store, batches))
                await wiped(store)
                taken[1].append(await bare(store, rows))
            await wiped(store)
            return min(taken[0][WARM:]), min(taken[1][WARM:])

    took, floor = asyncio.run(compared())
    print(f"\n{ACTS / took:,.0f} acts/s, {floor / took:.2f} of the bare driver's rate ({ACTS / floor:,.0f} acts/s)")
    assert floor / took >= 0.7


def test_loading_is_ten_times_as_fast_as_a_store_for_rdflib() -> None:
    url, python = os.environ.get("PLEDGEGRAPH_TEST_NEO4J"), os.environ.get("PLEDGEGRAPH_BENCH_RDFLIB_NEO4J")
    if not url or not python:
        pytest.skip("needs PLEDGEGRAPH_TEST_NEO4J, which `.ci/neo4j run` sets, and PLEDGEGRAPH_BENCH_RDFLIB_NEO4J")
    batches = [list(triples(batch)) for batch in records(PEERS_ACTS)]
    graph = Graph()
    for batch in batches:
        for triple in batch:
            graph.add(triple)

    async def timed() -> float:
        async with await opened(url) as store:
            await store.prepare()
            await wiped(store)
            await store._driver.execute_query(
                "CREATE CONSTRAINT n10s_unique_uri IF NOT EXISTS FOR (r:Resource) REQUIRE r.uri IS UNIQUE"
            )
            taken = []
            for _ in range(4):
                taken.append(await ours(store, batches))
                await wiped(store)
            return min(taken)

    took = asyncio.run(timed())
    parts = urlsplit(url)
    given = {
        "uri": f"bolt://{parts.hostname}:{parts.port}",
        "user": parts.username,
        "password": parts.password,
        "triples": graph.serialize(format="nt"),
    }
    said = subprocess.run(
        [python, "-c", PEER], input=json.dumps(given), capture_output=True, text=True, check=True, timeout=1800
    )
    peer = float(said.stdout.split()[-1])
    print(f"\n{len(graph):,} triples: {len(graph) / took:,.0f}/s, {peer / took:.1f} times as fast as rdflib-neo4j")
    assert peer / took >= 10
