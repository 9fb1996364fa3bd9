"""Keeps a replica on disk equal to its store, in the background."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final, TypeVar

from graph.replica.build import batches, build
from graph.replica.copy import Copy
from graph.replica.replica import Replica
from graph.replica.shelf import Snapshot
from graph.replica.slot import Slot, State
from graph.store import Mark, Store, StoreError

_POLL: Final = 0.25
_LONGEST: Final = 30.0
_LOG: Final = logging.getLogger(__name__)
T = TypeVar("T")


@asynccontextmanager
async def following(store: Store, cache: Path) -> AsyncIterator[Replica]:
    """A replica of a store under the folder `cache`, up to date within a second, until the end of the block.

    It comes in the background: at first there may be nothing to read. Another process that follows the same store has
    a replica of its own.
    """
    follower = Follower(store, cache)
    task = asyncio.create_task(follower.run())
    task.add_done_callback(follower.ended)
    try:
        yield follower.replica
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await asyncio.to_thread(follower.close)


def home_of(cache: Path, mark: Mark) -> Path:
    """Where the replicas of a store are, for all processes of this user."""
    return cache / "replica" / mark.identity


class Follower:
    """One replica and its place on disk. All work on the disk is done by one thread, one thing after another."""

    def __init__(self, store: Store, cache: Path) -> None:
        self.replica = Replica()
        self._store, self._cache = store, cache
        self._thread = ThreadPoolExecutor(1, "replica")
        self._slot: Slot | None = None
        self._copy: Copy | None = None
        self._at: Mark | None = None
        self._snapshot: Snapshot | None = None

    async def run(self) -> None:
        """Follow for ever: a store that is away or a disk that is full is tried again."""
        pause = _POLL
        while True:
            self.replica.wake.clear()
            try:
                await self._step()
                self.replica.problem = None
                pause = _POLL
            except (StoreError, OSError) as error:
                self.replica.problem = f"the graph cannot be copied for SPARQL: {error}"
                _LOG.warning("the replica does not follow: %s", error)
                pause = min(2 * pause, _LONGEST)
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self.replica.wake.wait()

    def ended(self, task: asyncio.Task[None]) -> None:
        """Say so when following ends by what nobody foresaw."""
        if not task.cancelled() and (error := task.exception()):
            self.replica.problem = "the graph is not copied for SPARQL any more; the service's log says why"
            _LOG.error("the replica has stopped following", exc_info=error)

    def close(self) -> None:
        """Let another process have the place, once the disk is at rest."""
        self._thread.shutdown(wait=True)
        self._leave()

    async def _step(self) -> None:
        mark = await self._store.mark()
        if not mark.identity:  # wiped, or never prepared
            await self._store.prepare()
            mark = await self._store.mark()
        slot = await self._settled(home_of(self._cache, mark))
        if slot.offered():
            await self._run(self._adopt, slot)
        if self._copy and self._at and mark != self._at and await self._store.remembers(self._at):
            # Nothing is handed out before: a process that was killed may have left half a change here.
            await self._catch_up(slot, self._copy, self._at, mark)
        elif self._copy is None or mark != self._at:
            await self._rebuild(slot)
        if self._copy and self._at:
            await self._publish(slot, self._copy, self._at)
        if unused := self.replica.shelf.unused():
            await self._run(self.replica.shelf.drop, unused)

    async def _settled(self, home: Path) -> Slot:
        """The place of this replica; another one when the store is another one."""
        if self._slot and self._slot.folder.parent != home:
            self.replica.show(None)
            await self._run(self._abandon)
        if self._slot is None:
            await self._run(self._claim, home)
        assert self._slot
        return self._slot

    def _claim(self, home: Path) -> None:
        self._slot = Slot.claim(home)
        self._resume(self._slot)

    def _adopt(self, slot: Slot) -> None:
        slot.adopt()
        self._resume(slot)

    def _resume(self, slot: Slot) -> None:
        """Go on with the recorded replica, unless it is broken."""
        slot.tidy()
        state = slot.state()
        if state is None or not (slot.folder / state.copy).exists():
            return
        try:
            self._keep(Copy(slot.folder / state.copy, new=False), state.mark)
        except OSError as error:
            _LOG.warning("the replica in %s is broken and will be built anew: %s", slot.folder, error)
            self._distrust(slot)

    def _distrust(self, slot: Slot) -> None:
        self._copy = self._at = self._snapshot = None
        slot.forget()

    def _abandon(self) -> None:
        if self._slot:
            self._distrust(self._slot)
            self._slot.tidy()
        self._leave()

    def _leave(self) -> None:
        self._copy = self._at = self._snapshot = None
        if self._slot:
            self._slot.leave()
        self._slot = None

    async def _rebuild(self, slot: Slot) -> None:
        def told(done: int, total: int) -> None:
            self.replica.problem = (
                f"the graph is being copied for SPARQL, {done:,} of {total:,} nodes so far; try again in a moment"
            )

        if self._at:  # the store went another way, and what was copied is not in it
            self.replica.show(None)
        copy, mark = await build(self._store, slot.fresh(), self._thread, told)
        await self._run(self._record, slot, copy, mark)
        await self._run(slot.tidy)

    async def _catch_up(self, slot: Slot, copy: Copy, at: Mark, mark: Mark) -> None:
        try:
            async for batch in batches(self._store.changes(at.sequence)):
                await self._run(copy.replace, batch)
            await self._run(copy.flush)
            await self._run(self._record, slot, copy, mark)
        except OSError:
            self._distrust(slot)
            raise

    def _record(self, slot: Slot, copy: Copy, mark: Mark) -> None:
        slot.record(State(copy.folder.name, mark))
        self._keep(copy, mark)

    def _keep(self, copy: Copy, mark: Mark) -> None:
        self._copy, self._at, self._snapshot = copy, mark, None

    async def _publish(self, slot: Slot, copy: Copy, at: Mark) -> None:
        """Hand out the replica as it is now, unless that is done."""
        if self._snapshot is None:
            self._snapshot = await self._run(_snapshot, slot, copy, at)
        if self.replica.shelf.newest != self._snapshot:
            self.replica.show(self._snapshot)

    async def _run(self, work: Callable[..., T], *arguments: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *arguments)


def _snapshot(slot: Slot, copy: Copy, at: Mark) -> Snapshot:
    slot.snapshots.mkdir(exist_ok=True)
    folder = slot.snapshots / f"{at.sequence}-{secrets.token_hex(4)}"
    copy.snapshot(folder)
    return Snapshot(folder, at.sequence)
