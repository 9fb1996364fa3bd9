"""How fast acts are written, against the floor: the bare driver sending the same rows by `UNWIND`.

Run with `pytest -s tests/benchmarks/bench_*.py`. The graph is made up, with few actors and fields in many acts, as
real ones are.
"""

import asyncio
import random
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from neo4j import AsyncGraphDatabase

from graph.bolt import BoltStore
from graph.embedded import Embedded
from ontology.identifiers import actor_iri, sha256, statement_iri, utterance_iri
from ontology.minting import minted
from ontology.property_graph import Edge, Node, graph_of
from ontology.records import Act, Actor, Statement, Utterance
from ontology.taxonomy import TOP, fields
from ontology.terms import ActorType, Force, Kind
from ontology.triples import Triple, triples

ACTS = 5000
BATCH = 500


def invented(count: int) -> list[tuple[Statement, list[Act]]]:
    dice = random.Random(7)
    names = [f"State {number}" for number in range(150)]
    actors = [Actor(iri=actor_iri(name), name=name, type=ActorType.STATE) for name in names]
    made: list[tuple[Statement, list[Act]]] = []
    for number in range(count // 10):
        text = " ".join(f"Party {place} will carry out plan {number}-{place}." for place in range(10))
        statement = Statement(iri=statement_iri(text), document=f"d{number}", sha256=sha256(text), text=text)
        made.append((statement, [_act(statement, place, actors, dice) for place in range(10)]))
    return made


def _act(statement: Statement, place: int, actors: list[Actor], dice: random.Random) -> Act:
    text = statement.text or ""
    start = text.index(f"Party {place} ")
    action = text[start : text.index(".", start)]
    skewed = [actors[min(int(dice.paretovariate(0.7)) - 1, len(actors) - 1)] for _ in range(2)]
    return minted(
        Utterance(
            iri=utterance_iri(statement.iri, start, start + len(action), Kind.PLEDGE),
            statement=statement,
            kind=Kind.PLEDGE,
            actors=(skewed[0],),
            counterparts=(skewed[1],),
            action=action,
            start=start,
            end=start + len(action),
            quote=action,
            quote_start=start,
            fields=(dice.choice(TOP[:4]), dice.choice(TOP)),
            force=Force.FIRM,
            rule="benchmark",
            extractor="benchmark",
            confidence=1.0,
        )
    )


async def bare(backend: Embedded, batches: list[tuple[list[Node], list[Edge]]]) -> float:
    """Seconds that the driver alone needs for the same rows, in as many transactions."""
    begun = time.perf_counter()
    async with AsyncGraphDatabase.driver(backend.address, auth=backend.writer) as driver:
        for nodes, edges in batches:
            async with (
                driver.session(database=backend.database) as session,
                await session.begin_transaction() as transaction,
            ):
                for query, rows in _writes(nodes, edges):
                    await (await transaction.run(query, rows=rows)).consume()
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


async def compared(folder: Path) -> tuple[float, float]:
    made = invented(ACTS)
    batches: list[list[Triple]] = []
    for place in range(0, len(made), BATCH // 10):
        part = made[place : place + BATCH // 10]
        batches.append(list(triples([record for statement, acts in part for record in (*acts, statement)])))
    backend = await Embedded.in_folder(folder / "ours")
    async with await BoltStore.connect(backend) as store:
        await store.prepare()
        begun = time.perf_counter()
        for batch in batches:
            await store.add(batch)
        ours = time.perf_counter() - begun
    backend = await Embedded.in_folder(folder / "bare")
    async with await BoltStore.connect(replace(backend)) as store:
        await store.prepare()
        return ours, await bare(backend, [graph_of(batch) for batch in batches])


def test_loading_costs_little_beside_the_bare_driver(tmp_path: Path) -> None:
    ours, floor = asyncio.run(compared(tmp_path))
    print(f"\n{ACTS / ours:,.0f} acts/s, {floor / ours:.2f} of the bare driver's rate ({ACTS / floor:,.0f} acts/s)")
    assert len(fields()) > 0
    assert floor / ours >= 0.5
