"""Every replica of a store on this machine made anew, by one who need not be a follower of it."""

import asyncio
import secrets
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

from graph.replica.build import Told, build
from graph.replica.copy import Copy
from graph.replica.follower import home_of
from graph.replica.replica import ReplicaError
from graph.replica.slot import Slot, State, offer
from graph.store import Mark, Store


async def rebuild(store: Store, cache: Path, told: Told) -> int:
    """Copy the store once, and put the copy before every process that follows it here, now or later.

    Returns for how many. Running ones go on answering and take it over within a second. Raises `StoreError`, and
    `ReplicaError` where the folder cannot be used.
    """
    home = home_of(cache, await store.mark())
    with ThreadPoolExecutor(1, "replica") as thread:
        try:
            return await _rebuilt(store, home, thread, told)
        except OSError as error:
            reason = error.strerror or str(error)
            raise ReplicaError(
                f"no copy of the graph can be made in {home}: {reason}; "
                "make room there, or give PLEDGEGRAPH_CACHE another folder"
            ) from error


async def _rebuilt(store: Store, home: Path, thread: Executor, told: Told) -> int:
    run = asyncio.get_running_loop().run_in_executor
    bench = await run(thread, Slot.claim, home / "bench")
    try:
        await run(thread, bench.tidy)
        copy, mark = await build(store, bench.fresh(), thread, told)
        return await run(thread, _offered, home, bench, copy, mark)
    finally:
        await run(thread, bench.tidy)
        bench.leave()


def _offered(home: Path, bench: Slot, copy: Copy, mark: Mark) -> int:
    places = [folder for folder in home.iterdir() if folder.name.isdigit()] or [home / "0"]
    for place in places:
        place.mkdir(mode=0o700, exist_ok=True)
        made = bench.folder / f"copy-{secrets.token_hex(4)}"
        made.mkdir()
        copy.snapshot(made / copy.folder.name)
        offer(place, State(copy.folder.name, mark), made)
    return len(places)
