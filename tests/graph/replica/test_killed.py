"""A follower that is killed at any moment leaves nothing that the next one cannot go on from."""

import asyncio
import os
import random
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from graph.bolt import BoltStore
from graph.replica.follower import following, home_of
from ontology.records import Act, Actor
from ontology.triples import triples
from tests.graph.replica.comparing import same

pytestmark = pytest.mark.anyio

FOLLOWER = """
import asyncio, sys
from pathlib import Path
from graph.replica.follower import following
from graph.stores import open_store

async def main(url, cache):
    async with await open_store(url) as store, following(store, Path(cache)):
        print("here", flush=True)
        await asyncio.sleep(600)

asyncio.run(main(*sys.argv[1:]))
"""
ROOT = Path(__file__).parents[3]
KILLS = int(os.environ.get("PLEDGEGRAPH_TEST_KILLS", "4"))


@asynccontextmanager
async def following_elsewhere(url: str, cache: Path) -> AsyncIterator[None]:
    """Another process that follows the store; killed in the end."""
    command = [sys.executable, "-c", FOLLOWER, url, str(cache)]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, cwd=ROOT)
    try:
        assert process.stdout
        assert await process.stdout.readline() == b"here\n"
        yield
    finally:
        process.kill()
        await process.wait()


def changed(acts: tuple[Act, ...], turn: int, dice: random.Random) -> list[Actor]:
    """Some new actors, and another name for some of before: of two names a store keeps the smaller."""
    actor = acts[0].actors[0]
    numbers = [*range(400 * turn, 400 * (turn + 1)), *(dice.randrange(400 * (turn + 1)) for _ in range(100))]
    return [
        replace(actor, iri=f"{actor.iri}-{each}", code=None, name=f"n{999 - turn:03}", names=()) for each in numbers
    ]


async def test_killed_at_random_moments_it_still_equals_the_store(
    store: BoltStore, store_url: str, tmp_path: Path, acts: tuple[Act, ...]
) -> None:
    dice = random.Random(6)
    await store.add(triples(acts))
    home = home_of(tmp_path, await store.mark())
    for turn in range(KILLS):
        async with following_elsewhere(store_url, tmp_path):
            for part in range(3):
                await store.add(triples(changed(acts, 3 * turn + part, dice)))
                await asyncio.sleep(dice.uniform(0, 0.3))
        if turn % 4 == 2:  # so that the next one is killed while it builds
            (home / "0" / "state.json").unlink(missing_ok=True)
        if turn % 4 == 3:
            async with following(store, tmp_path) as replica:
                assert await same(replica, store)
    assert [folder.name for folder in home.iterdir()] == ["0"], "the kernel gives the place of a killed one back"
