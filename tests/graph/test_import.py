"""What is exported and imported again is the same graph; what is not sound is not there at all."""

import asyncio
import gzip
import io
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Graph

from api.importing import import_file
from graph.bolt import BoltStore
from graph.export import jsonld, nquads, turtle
from graph.store import Change
from graph.stores import open_store
from ontology.context import turtle as as_turtle
from ontology.identifiers import field_iri
from ontology.records import Act, Field, Record
from ontology.triples import records, triples
from tests.ontology.worlds import sound_worlds

FORMATS = {".ttl": turtle, ".jsonld": jsonld, ".nq": nquads}


async def written(store: BoltStore, ending: str = ".nq") -> bytes:
    out = io.BytesIO()
    await FORMATS[ending].write(store, out)
    return out.getvalue()


async def canonical(store: BoltStore) -> list[bytes]:
    """Every fact as N-Quads writes it, in order; there are no blank nodes, so equal graphs are equal lists."""
    return sorted((await written(store)).splitlines())


async def emptied(store: BoltStore) -> None:
    database = store._backend.database
    await store._driver.execute_query("MATCH (n) WHERE NOT n:Field DETACH DELETE n", database_=database)


def save(path: Path, content: bytes) -> None:
    path.write_bytes(content)


async def there_and_back(store: BoltStore, world: tuple[Record, ...], path: Path) -> None:
    await emptied(store)
    await store.add(triples(world))
    before = await canonical(store)
    save(path, await written(store, path.suffix))
    assert (await import_file(path, store)).change == Change(0, 0)
    await emptied(store)
    imported = await import_file(path, store)
    assert [str(violation) for violation in imported.violations] == []
    assert imported.left_out == []
    assert await canonical(store) == before


def test_every_sound_world_comes_back(store_url: str, tmp_path: Path) -> None:
    with asyncio.Runner() as runner:
        store = runner.run(open_store(store_url))
        assert isinstance(store, BoltStore)
        runner.run(store.prepare())

        @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
        @given(sound_worlds(), st.sampled_from(sorted(FORMATS)))
        def comes_back(world: tuple[Record, ...], ending: str) -> None:
            runner.run(there_and_back(store, world, tmp_path / f"world{ending}"))

        try:
            comes_back()
        finally:
            runner.run(emptied(store))
            runner.run(store.close())


@pytest.fixture
def sound(acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """The acts, with no amount for which there are no words."""
    return tuple(replace(act, utterances=(replace(act.utterances[0], amount=None),)) for act in acts)


@pytest.fixture
def whole(sound: tuple[Act, ...]) -> tuple[Record, ...]:
    """The same, and their statements with the texts, which are the quotes here."""
    said = [act.utterances[0] for act in sound]
    return (*sound, *(replace(each.statement, text=each.quote) for each in said))


@pytest.mark.anyio
@pytest.mark.parametrize("ending", FORMATS)
async def test_acts_come_back(store: BoltStore, whole: tuple[Record, ...], ending: str, tmp_path: Path) -> None:
    await there_and_back(store, whole, tmp_path / f"acts{ending}")


@pytest.mark.anyio
async def test_a_file_with_one_fault_writes_nothing(
    store: BoltStore, whole: tuple[Record, ...], tmp_path: Path
) -> None:
    before = await canonical(store)
    good, bad = tmp_path / "good.ttl", tmp_path / "bad.ttl"
    good.write_text(as_turtle(whole))
    assert 'pg:kind "pledge"' in good.read_text()
    bad.write_text(good.read_text().replace('pg:kind "pledge"', 'pg:kind "promise"', 1))
    refused = await import_file(bad, store)
    assert {violation.rule for violation in refused.violations} & {"commitment-kind", "utterance-kind"}
    assert refused.change == Change(0, 0)
    assert await canonical(store) == before
    assert (await import_file(good, store)).change.nodes == 9
    assert (await import_file(good, store)).change == Change(0, 0)


@pytest.mark.anyio
async def test_a_store_lends_the_texts_that_it_has(
    store: BoltStore, sound: tuple[Act, ...], whole: tuple[Record, ...], tmp_path: Path
) -> None:
    cited = tmp_path / "cited.ttl"
    cited.write_text(as_turtle(sound))
    refused = await import_file(cited, store)
    assert {violation.message for violation in refused.violations} == {"It is not proved: its text is missing."}
    await store.add(triples(whole))
    imported = await import_file(cited, store)
    assert imported.violations == []
    assert imported.change == Change(0, 0)


@pytest.mark.anyio
async def test_a_store_lends_parties_and_statements_that_a_file_only_names(
    store: BoltStore, sound: tuple[Act, ...], whole: tuple[Record, ...], tmp_path: Path
) -> None:
    lines = [
        line for line in as_turtle(whole).split("\n\n") if line.startswith(("@prefix", "utterance:", "commitment:"))
    ]
    pledges = "actor:PK pg:pledges " + next(line for line in lines if line.startswith("commitment:")).split()[0]
    bare = tmp_path / "bare.ttl"
    calls = [line for line in lines if not (line.startswith("utterance:") and '"call"' in line)]
    bare.write_text("\n\n".join((*calls, pledges + " .")))
    assert (await import_file(bare, store)).refused > 0
    await store.add(triples(each for each in whole if not isinstance(each, Act)))
    await store.add(triples((*sound[0].actors, *sound[0].counterparts)))
    speaker = sound[0].utterances[0].speaker
    assert speaker
    await store.add(triples([speaker]))
    imported = await import_file(bare, store)
    assert [str(each) for each in imported.violations] == []
    assert imported.change.nodes == 2
    assert set(sound[:1]) <= {each async for each in _acts(store)}


async def _acts(store: BoltStore) -> AsyncIterator[Record]:
    graph = Graph()
    async for triple in store.triples():
        graph.add(triple)
    for record in records(graph):
        yield record


@pytest.mark.anyio
async def test_a_text_too_long_for_a_store_is_told_before_anything_is_written(store: BoltStore, tmp_path: Path) -> None:
    before = await canonical(store)
    names = tuple(f"{number}" * 1_100_000 for number in range(1, 9))
    path = tmp_path / "long.ttl.gz"
    field = Field(
        iri=field_iri("long-names"), slug="long-names", label="Long", names=(*names, *(f"{n}x" for n in names))
    )
    path.write_bytes(gzip.compress(as_turtle([field]).encode()))
    refused = await import_file(path, store)
    assert [violation.rule for violation in refused.violations] == ["store"]
    assert "split the text" in refused.violations[0].message
    assert await canonical(store) == before
