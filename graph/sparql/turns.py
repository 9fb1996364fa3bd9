"""Whose query runs next: a number of queries at a time, and of these only a share for one client."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


class BusyError(Exception):
    """No turn within the time that a query has; try again `after` seconds."""

    after = 1


@dataclass
class _Client:
    turns: asyncio.Semaphore
    users: int = field(default=0)


class Turns:
    """At most `most` queries at a time, and of one client at most `share`. Others of the same client wait."""

    def __init__(self, most: int, share: int) -> None:
        self._all, self._share = asyncio.Semaphore(most), share
        self._clients: dict[str, _Client] = {}

    @asynccontextmanager
    async def turn(self, client: str, deadline: float) -> AsyncIterator[None]:
        """A turn, by the event loop's clock before `deadline`. Raises BusyError."""
        of = self._clients.setdefault(client, _Client(asyncio.Semaphore(self._share)))
        of.users += 1
        try:
            async with self._held(of.turns, deadline), self._held(self._all, deadline):
                yield
        finally:
            of.users -= 1
            if not of.users:
                del self._clients[client]

    @asynccontextmanager
    async def _held(self, turns: asyncio.Semaphore, deadline: float) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout_at(deadline):
                await turns.acquire()
        except TimeoutError:
            raise BusyError("Too many long queries are running. Try again later, or ask for less.") from None
        try:
            yield
        finally:
            turns.release()
