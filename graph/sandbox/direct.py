"""A server that is trusted with statements of others, because it holds them to reading and to its own limits."""

from collections.abc import Awaitable, Callable

from graph.raw import Door
from graph.store import Mark


class Direct:
    """A place at the store's own server."""

    def __init__(self, door: Door, mark: Callable[[], Awaitable[Mark]]) -> None:
        """`mark` tells where the store stands."""
        self._door, self._mark = door, mark

    async def door(self) -> tuple[Door, int]:
        """The way to the store, and its sequence."""
        return self._door, (await self._mark()).sequence

    async def demise(self) -> str:
        """Nothing is known of why the server has broken a connection."""
        return ""

    def spoil(self) -> None:
        """The server ends what lost its connection, and what runs for too long."""

    async def close(self) -> None:
        """Nothing is held."""
