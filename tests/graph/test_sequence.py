"""The number by which a replica follows a store, on the embedded one and on a real Neo4j alike."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from graph.bolt import BoltStore
from graph.store import Mark
from graph.stores import open_store
from ontology.records import Act, Actor
from ontology.triples import Triple, triples

pytestmark = pytest.mark.anyio

Clear = Callable[[], Awaitable[None]]


async def changed(store: BoltStore, after: int) -> set[str]:
    return {node.iri async for node in store.changes(after)}


async def test_each_write_that_brings_something_raises_the_sequence(store: BoltStore, acts: tuple[Act, ...]) -> None:
    before = await store.sequence()
    await store.add(triples(acts[:1]))
    assert await store.sequence() == before + 1
    await store.add(triples(acts))
    assert await store.sequence() == before + 2


async def test_a_repeated_load_raises_nothing(store: BoltStore, acts: tuple[Act, ...]) -> None:
    await store.add(triples(acts))
    before = await store.mark()
    await store.add(triples(acts))
    await store.add(triples([acts[0].utterances[0].statement.cited()]))
    await store.prepare()
    assert await store.mark() == before
    assert await changed(store, before.sequence) == set()


async def test_what_came_is_what_changed(store: BoltStore, acts: tuple[Act, ...]) -> None:
    await store.add(triples(acts[:1]))
    before = await store.sequence()
    known = {triple[0] for triple in triples(acts[:1])}
    await store.add(triples(acts))
    new = {str(triple[0]) for triple in triples(acts) if triple[0] not in known}
    assert await changed(store, before) == new
    assert await changed(store, before - 1) >= {str(iri) for iri in known if "/fields/" not in iri} | new


async def test_a_changed_node_comes_whole(store: BoltStore, acts: tuple[Act, ...]) -> None:
    await store.add(triples(acts))
    before = await store.sequence()
    await store.add(triples([replace(acts[0].actors[0], names=("Islamabad",))]))
    nodes = [node async for node in store.changes(before)]
    assert [node.properties["names"] for node in nodes] == [["Islamabad", "Pakistani"]]
    kept: set[Triple] = {triple async for triple in store.triples()}
    assert set(nodes[0].triples()) < kept


async def test_a_node_that_gains_a_link_it_owns_has_changed(store: BoltStore, acts: tuple[Act, ...]) -> None:
    await store.add(triples(acts))
    before = await store.sequence()
    linked = replace(acts[0], actors=(*acts[0].actors, *acts[1].actors))
    await store.add(triples([linked]))
    assert await store.sequence() == before + 1
    nodes = [node async for node in store.changes(before)]
    assert [node.iri for node in nodes] == [acts[0].iri], "the actors did not change"
    assert set(nodes[0].links["actors"]) == {actor.iri for actor in linked.actors}


async def test_all_changes_together_are_the_store(store: BoltStore, acts: tuple[Act, ...]) -> None:
    for number in range(25):
        await store.add(triples([_actor(acts, number)]))
    await store.add(triples(acts))
    told = {triple async for node in store.changes(0) for triple in node.triples()}
    kept = {triple async for triple in store.triples() if "/fields/" not in triple[0]}
    assert kept <= told


async def test_a_node_that_changes_while_changes_are_read_is_not_missed(
    store: BoltStore, acts: tuple[Act, ...]
) -> None:
    for number in range(30):
        await store.add(triples([_actor(acts, number)]))
    found = store.changes(0)
    seen = {(await anext(found)).iri}
    await store.add(triples([replace(_actor(acts, 29), names=("renamed",))]))
    seen |= {node.iri async for node in found}
    assert seen >= {_actor(acts, number).iri for number in range(30)}


async def test_a_store_keeps_its_identity_until_it_is_wiped(
    store: BoltStore, store_url: str, clear: Clear, acts: tuple[Act, ...]
) -> None:
    assert await store.mark() == Mark("", 0, ""), "nothing was written since the store was emptied"
    await store.add(triples(acts))
    mark = await store.mark()
    async with await open_store(store_url) as again:
        assert await again.mark() == mark
    await clear()
    await store.add(triples(acts))
    assert (await store.mark()).identity != mark.identity


async def test_marks_of_this_store_are_remembered_and_no_others(store: BoltStore, acts: tuple[Act, ...]) -> None:
    await store.add(triples(acts[:1]))
    first = await store.mark()
    await store.add(triples(acts))
    second = await store.mark()
    assert await store.remembers(first)
    assert await store.remembers(second)
    assert not await store.remembers(replace(first, token="another")), "it went another way from a backup on"
    assert not await store.remembers(replace(second, sequence=second.sequence + 1)), "it was set back to a backup"
    assert not await store.remembers(replace(second, identity="another"))


async def test_a_mark_of_long_ago_is_believed(store: BoltStore, acts: tuple[Act, ...]) -> None:
    await store.add(triples([_actor(acts, 0)]))
    first = await store.mark()
    for number in range(1, 103):
        await store.add(triples([_actor(acts, number)]))
    assert await store.remembers(first)


async def test_writers_at_once_count_one_after_another(store: BoltStore, store_url: str, acts: tuple[Act, ...]) -> None:
    async with await open_store(store_url) as second:
        work = [(store, second)[number % 2].add(triples([_actor(acts, number)])) for number in range(10)]
        await asyncio.gather(*work)
    assert await store.sequence() == 10
    rows = await store.read("MATCH (a:Actor) RETURN a.changed AS changed ORDER BY changed", {})
    assert [row["changed"] for row in rows] == list(range(1, 11))


async def test_a_store_of_before_can_be_loaded_into(store: BoltStore, acts: tuple[Act, ...]) -> None:
    await store.add(triples(acts))
    driver, database = store._driver, store._backend.database
    for forget in (
        "MATCH (n) WHERE NOT n:Ledger REMOVE n.changed",
        "MATCH (l:Ledger) REMOVE l.sequence, l.identity, l.tokens SET l.prepared = 'an older edition'",
    ):
        await driver.execute_query(forget, database_=database)
    assert (await store.mark()).sequence == 0
    await store.prepare()
    before = await store.mark()
    assert before.identity
    assert await store.remembers(before)
    await store.add(triples([_actor(acts, 1)]))
    assert await changed(store, before.sequence) == {_actor(acts, 1).iri}
    assert await store.remembers(before)


def _actor(acts: tuple[Act, ...], number: int) -> Actor:
    actor = acts[0].actors[0]
    return replace(actor, iri=f"{actor.iri}-{number}", code=None)
