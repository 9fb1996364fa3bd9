"""What those who read a replica see of it: its newest snapshot, and how far it has come."""

import asyncio
from contextlib import AbstractContextManager, suppress

from graph.replica.shelf import Shelf, Snapshot


class ReplicaError(Exception):
    """There is nothing to read yet: why, and what to do."""


class Replica:
    """A copy of the graph that follows the store. `graph.replica.follower.following` makes one."""

    def __init__(self) -> None:
        self.shelf = Shelf()
        self.problem: str | None = None
        self.wake = asyncio.Event()
        self._moved = asyncio.Event()

    @property
    def sequence(self) -> int | None:
        """The sequence of the newest snapshot; None while there is none."""
        return self.shelf.newest.sequence if self.shelf.newest else None

    def snapshot(self) -> AbstractContextManager[Snapshot]:
        """The newest snapshot, kept on disk until the block ends. Raises `ReplicaError` while there is none."""
        if self.shelf.newest is None:
            reason = self.problem or "the graph is being copied for SPARQL; try again in a moment"
            raise ReplicaError(reason)
        return self.shelf.held(self.shelf.newest)

    async def reaches(self, sequence: int, timeout: float) -> bool:  # noqa: ASYNC109 - the answer is not an error
        """Whether a snapshot of this sequence or a later one is there, within so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                while self.sequence is None or self.sequence < sequence:
                    self.wake.set()
                    await self._moved.wait()
                return True
        return False

    def show(self, snapshot: Snapshot | None) -> None:
        """Hand out this snapshot from now on."""
        self.shelf.put(snapshot)
        self.problem = None
        self._moved.set()
        self._moved = asyncio.Event()
