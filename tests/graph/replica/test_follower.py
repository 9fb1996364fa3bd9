"""A replica follows its store: soon, its own in every process, rebuilt where it cannot be trusted."""

import asyncio
import json
import shutil
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.bolt import BoltStore
from graph.replica.follower import following, home_of
from graph.replica.rebuild import rebuild
from graph.replica.replica import Replica, ReplicaError
from graph.stores import open_store
from ontology.records import Act, Actor
from ontology.triples import triples
from tests.graph.replica.comparing import copied, kept, same

pytestmark = pytest.mark.anyio

Clear = Callable[[], Awaitable[None]]
SKOS = "http://www.w3.org/2004/02/skos/core#"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


async def ready(replica: Replica) -> None:
    assert await replica.reaches(0, 30), replica.problem


def numbered(acts: tuple[Act, ...], number: int) -> Actor:
    actor = acts[0].actors[0]
    return replace(actor, iri=f"{actor.iri}-{number}", code=None)


async def test_it_begins_with_what_is_there(store: BoltStore, cache: Path, acts: tuple[Act, ...]) -> None:
    await store.add(triples(acts))
    async with following(store, cache) as replica:
        assert await same(replica, store)


async def test_it_follows_within_a_second(store: BoltStore, cache: Path, acts: tuple[Act, ...]) -> None:
    async with following(store, cache) as replica:
        await store.add(triples(acts[:1]))  # so that the server knows what it will be asked
        assert await same(replica, store)
        await store.add(triples(acts))
        sequence, begun = await store.sequence(), time.monotonic()
        while replica.sequence != sequence:  # noqa: ASYNC110 - not by `reaches`, which hurries it
            await asyncio.sleep(0.01)
        assert time.monotonic() - begun < 1
        assert await same(replica, store)


async def test_who_waits_for_a_sequence_need_not_wait_for_the_next_look(
    store: BoltStore, cache: Path, acts: tuple[Act, ...]
) -> None:
    async with following(store, cache) as replica:
        await ready(replica)
        waiting = asyncio.create_task(replica.reaches(await store.sequence() + 1, 30))
        await store.add(triples(acts))
        assert await waiting
        assert not await replica.reaches(await store.sequence() + 1, 0.3)


async def test_what_is_replaced_goes_and_what_is_added_stays(
    store: BoltStore, cache: Path, acts: tuple[Act, ...]
) -> None:
    await store.add(triples(acts))
    async with following(store, cache) as replica:
        await ready(replica)
        statement = replace(acts[0].utterances[0].statement, title="A better title")
        await store.add(triples([statement, replace(acts[0].actors[0], names=("Islamabad",))]))
        await store.add(triples([replace(acts[0], actors=(*acts[0].actors, *acts[1].actors))]))
        assert await same(replica, store)
        with replica.snapshot() as snapshot:
            titles = f"SELECT ?t {{ <{statement.iri}> <https://w3id.org/pledgegraph/ontology#title> ?t }}"
            assert len(list(ox.Store.read_only(str(snapshot.folder)).query(titles))) <= 1


async def test_many_changes_come_in_many_batches(store: BoltStore, cache: Path, acts: tuple[Act, ...]) -> None:
    async with following(store, cache) as replica:
        await ready(replica)
        for hundred in range(0, 2500, 500):
            await store.add(triples([numbered(acts, number) for number in range(hundred, hundred + 500)]))
        await store.add(triples([replace(numbered(acts, number), names=("x",)) for number in range(1500)]))
        assert await same(replica, store)


async def test_a_snapshot_stays_while_it_is_held_and_goes_afterwards(
    store: BoltStore, cache: Path, acts: tuple[Act, ...]
) -> None:
    async with following(store, cache) as replica:
        await ready(replica)
        with replica.snapshot() as held:
            before = copied(held.folder)
            reader = ox.Store.read_only(str(held.folder))
            for number in range(5):
                await store.add(triples([numbered(acts, number)]))
                assert await replica.reaches(await store.sequence(), 30)
            assert copied(held.folder) == before == {quad.triple for quad in reader}
        await store.add(triples(acts))
        assert await replica.reaches(await store.sequence(), 30)
        assert await gone(held.folder)
        with replica.snapshot() as newest:
            assert await gone(*(other for other in held.folder.parent.iterdir() if other != newest.folder))


async def gone(*folders: Path) -> bool:
    for _ in range(200):
        if not any(folder.exists() for folder in folders):
            return True
        await asyncio.sleep(0.02)
    return False


async def test_nothing_can_be_read_before_there_is_something(store: BoltStore, cache: Path) -> None:
    async with following(store, cache) as replica:
        with pytest.raises(ReplicaError, match="try again in a moment"):
            replica.snapshot()
        assert replica.sequence is None
        assert not await replica.reaches(0, 0)


async def test_a_restart_goes_on_where_the_last_one_stopped(
    store: BoltStore, cache: Path, acts: tuple[Act, ...]
) -> None:
    await store.add(triples(acts[:1]))
    async with following(store, cache) as replica:
        await ready(replica)
    place = home_of(cache, await store.mark()) / "0"
    (first,) = place.glob("copy-*")
    await store.add(triples(acts))
    async with following(store, cache) as replica:
        assert await same(replica, store)
    assert list(place.glob("copy-*")) == [first]
    assert list(place.parent.iterdir()) == [place]


async def test_two_at_once_have_a_replica_each(store: BoltStore, cache: Path, acts: tuple[Act, ...]) -> None:
    async with following(store, cache) as one, following(store, cache) as other:
        await store.add(triples(acts))
        assert await same(one, store)
        assert await same(other, store)
        with one.snapshot() as first, other.snapshot() as second:
            assert first.folder.parent != second.folder.parent


async def test_a_wiped_store_is_another_store(
    store: BoltStore, clear: Clear, cache: Path, acts: tuple[Act, ...]
) -> None:
    await store.add(triples(acts))
    async with following(store, cache) as replica:
        await ready(replica)
        with replica.snapshot() as old:
            await clear()
            await store.add(triples(acts[1:]))
            for _ in range(200):
                if replica.shelf.newest not in (None, old):
                    break
                await asyncio.sleep(0.02)
            assert copied(old.folder), "whoever reads it goes on doing so"
        assert await same(replica, store)


async def test_a_store_set_back_to_a_backup_is_noticed(store: BoltStore, cache: Path, acts: tuple[Act, ...]) -> None:
    await store.add(triples(acts[:1]))
    async with following(store, cache) as replica:
        await ready(replica)
    # As if another had been written from the same backup on.
    await _written(store, "MATCH (l:Ledger) SET l.tokens = ['another'] + l.tokens[1..]")
    await _written(store, f"MATCH (c:Commitment {{iri: '{acts[0].iri}'}}) SET c.action = 'another action'")
    await store.add(triples(acts[1:]))
    async with following(store, cache) as replica:
        assert await same(replica, store)


async def _written(store: BoltStore, cypher: str) -> None:
    await store._driver.execute_query(cypher, database_=store._backend.database)


def _no_state(place: Path) -> None:
    (place / "state.json").unlink()


def _half_a_state(place: Path) -> None:
    (place / "state.json").write_text('{"format": 1, "copy":')


def _another_format(place: Path) -> None:
    told = json.loads((place / "state.json").read_text())
    (place / "state.json").write_text(json.dumps({**told, "format": 0}))


def _no_copy(place: Path) -> None:
    shutil.rmtree(_copy(place))


def _an_empty_copy(place: Path) -> None:
    for file in _copy(place).iterdir():
        file.unlink()


def _no_current(place: Path) -> None:
    (_copy(place) / "CURRENT").write_text("rubbish")


def _no_tables(place: Path) -> None:
    for table in _copy(place).glob("*.sst"):
        table.unlink()


def _broken_tables(place: Path) -> None:
    for table in _copy(place).glob("*.sst"):
        table.write_bytes(b"\0" * table.stat().st_size)


def _a_half_made_offer(place: Path) -> None:
    (place / "incoming").mkdir()


def _copy(place: Path) -> Path:
    (copy,) = place.glob("copy-*")
    return copy


@pytest.mark.parametrize(
    "broken",
    [
        _no_state,
        _half_a_state,
        _another_format,
        _no_copy,
        _an_empty_copy,
        _no_current,
        _no_tables,
        _broken_tables,
        _a_half_made_offer,
    ],
)
async def test_a_broken_folder_is_built_anew(
    store: BoltStore, cache: Path, acts: tuple[Act, ...], broken: Callable[[Path], None]
) -> None:
    await store.add(triples(acts))
    async with following(store, cache) as replica:
        await ready(replica)
    broken(home_of(cache, await store.mark()) / "0")
    async with following(store, cache) as replica:
        assert await same(replica, store)


async def test_a_folder_that_cannot_be_made_is_told(store: BoltStore, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    async with following(store, tmp_path / "file") as replica:
        while replica.problem is None:  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.02)
        with pytest.raises(ReplicaError, match="file"):
            replica.snapshot()


async def test_all_are_rebuilt_at_once_running_or_not(store: BoltStore, cache: Path, acts: tuple[Act, ...]) -> None:
    await store.add(triples(acts[:1]))
    told: list[tuple[int, int]] = []
    async with following(store, cache) as one:
        async with following(store, cache) as other:
            await ready(other)
            await ready(one)
        with one.snapshot() as before:
            await _written(store, f"MATCH (c:Commitment {{iri: '{acts[0].iri}'}}) SET c.action = 'by hand'")
            assert await rebuild(store, cache, lambda *come: told.append(come)) == 2
            for _ in range(200):
                if one.shelf.newest != before:
                    break
                await asyncio.sleep(0.02)
        assert await same(one, store)
        await store.add(triples(acts))
        assert await same(one, store)
        async with following(store, cache) as other:
            assert await same(other, store)
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1] > 20


async def test_a_rebuild_before_the_first_start_spares_it(store: BoltStore, cache: Path, acts: tuple[Act, ...]) -> None:
    await store.add(triples(acts))
    assert await rebuild(store, cache, lambda *_: None) == 1
    (made,) = (home_of(cache, await store.mark()) / "0").glob("incoming/copy-*")
    async with following(store, cache) as replica:
        assert await same(replica, store)
    assert [copy.name for copy in (home_of(cache, await store.mark()) / "0").glob("copy-*")] == [made.name]


async def test_a_store_that_goes_away_is_waited_for(
    store: BoltStore, store_url: str, cache: Path, acts: tuple[Act, ...]
) -> None:
    async with await open_store(store_url) as second, following(second, cache) as replica:
        assert isinstance(second, BoltStore)
        await ready(replica)
        await second._driver.close()
        await store.add(triples(acts))
        await asyncio.sleep(0.6)
        with replica.snapshot() as snapshot:
            assert copied(snapshot.folder) < await kept(store)
        assert replica.problem
