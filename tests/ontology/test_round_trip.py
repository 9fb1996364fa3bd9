"""Nothing is lost between records, triples and a property graph, in memory and in a real store."""

import asyncio
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from rdflib import Graph

from graph.bolt import BoltStore
from graph.stores import open_store
from ontology.property_graph import graph_of, triple_of_edge, triples_of_node
from ontology.records import Field, Record
from ontology.taxonomy import fields
from ontology.triples import Triple, records, triples
from tests.ontology.worlds import worlds


def described(triples: set[Triple]) -> set[Record]:
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    return set(records(graph))


def everything(world: tuple[Record, ...]) -> set[Record]:
    """A world's records and the utterances within its acts."""
    utterances = {utterance for record in world for utterance in getattr(record, "utterances", ())}
    return {*world, *utterances}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_records_survive_triples(world: tuple[Record, ...]) -> None:
    assert described(set(triples(world))) == everything(world)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_triples_survive_a_property_graph(world: tuple[Record, ...]) -> None:
    given_triples = set(triples(world))
    nodes, edges = graph_of(given_triples)
    back = {triple for node in nodes for triple in triples_of_node(node.label, node.properties)}
    back |= {triple_of_edge(edge.type, edge.source, edge.target) for edge in edges}
    assert back == given_triples


def test_the_taxonomy_survives_both() -> None:
    assert described(set(triples(fields()))) == set(fields())


def test_records_survive_a_real_store(tmp_path: Path) -> None:
    """One event loop and one server for all examples; the property is the same as above, with the store between."""
    with asyncio.Runner() as runner:
        store = runner.run(open_store(f"embedded:{tmp_path / 'data'}"))
        assert isinstance(store, BoltStore)
        runner.run(store.prepare())

        @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
        @given(worlds())
        def survives(world: tuple[Record, ...]) -> None:
            found = runner.run(kept(store, world))
            assert found == everything(world)

        try:
            survives()
        finally:
            runner.run(store.close())


async def kept(store: BoltStore, world: tuple[Record, ...]) -> set[Record]:
    database = store._backend.database
    await store._driver.execute_query("MATCH (n) WHERE NOT n:Field DETACH DELETE n", database_=database)
    await store.add(triples(world))
    stored = described({triple async for triple in store.triples()})
    assert {record for record in stored if isinstance(record, Field)} == set(fields())
    return {record for record in stored if not isinstance(record, Field)}
