"""Who may run a statement, where and when: one at a place at a time, and the others wait, but not for ever."""

import asyncio
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from graph.raw import Answer, BusyError, CypherError, Limits, Place, RefusedError, Written, exceeded
from graph.sandbox.clerk import Clerk, LostError
from graph.store import StoreError


class _GoneError(StoreError):
    """A server that is not there any more. `left` says for how many seconds the statement may still run."""

    def __init__(self, message: str, left: float) -> None:
        super().__init__(message)
        self.left = left


class Turns:
    """Some places and a clerk for each of them."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._seats = [(place, Clerk()) for place in places]
        # The one that was used last is the one that needs no start.
        self._free: asyncio.LifoQueue[tuple[Place, Clerk]] = asyncio.LifoQueue()
        for seat in self._seats:
            self._free.put_nowait(seat)
        self._warming: set[asyncio.Task[None]] = set()

    async def ask(self, text: str, parameters: Mapping[str, Any], written: Written, limits: Limits) -> Answer:
        """The answer to a statement. Raises `RawError` and `StoreError`."""
        try:
            async with asyncio.timeout(limits.wait):
                place, clerk = await self._free.get()
        except TimeoutError:
            raise BusyError(max(1, math.ceil(limits.seconds / len(self._seats)))) from None
        try:
            return await self._asked(place, clerk, text, parameters, written, limits)
        except _GoneError as gone:
            if gone.left <= 0:
                raise
            # Most likely it had ended before the statement came.
            return await self._asked(place, clerk, text, parameters, written, replace(limits, seconds=gone.left))
        finally:
            self._free.put_nowait((place, clerk))

    async def _asked(
        self, place: Place, clerk: Clerk, text: str, parameters: Mapping[str, Any], written: Written, limits: Limits
    ) -> Answer:
        await clerk.ready()
        door, sequence = await place.door()
        begun = time.monotonic()
        try:
            return await clerk.ask(door, sequence, text, parameters, written, limits)
        except (CypherError, RefusedError):
            raise
        except LostError as error:
            why = await place.demise()
            self._replace(place, clerk)
            if why == "memory":
                raise exceeded(why, limits) from None
            if why == "statement":
                raise CypherError("the server gave the statement up; it may be nested too deeply") from None
            left = limits.seconds - (time.monotonic() - begun)
            raise _GoneError(f"{door.name} did not carry out the statement: {error}", left) from None
        except BaseException:
            # Also where who asked has gone away: the statement may be running still.
            self._replace(place, clerk)
            raise

    def _replace(self, place: Place, clerk: Clerk) -> None:
        clerk.kill()
        place.spoil()
        task = asyncio.create_task(_warm(place, clerk))
        self._warming.add(task)
        task.add_done_callback(self._warming.discard)

    async def close(self) -> None:
        """Stop what runs, and leave nothing behind."""
        for task in list(self._warming):
            task.cancel()
        await asyncio.gather(*self._warming, return_exceptions=True)
        for place, clerk in self._seats:
            await clerk.close()
            await place.close()


async def _warm(place: Place, clerk: Clerk) -> None:
    """Have a fresh server ready before the next statement comes; where that fails the statement will tell."""
    try:
        await place.door()
        await clerk.ready()
    except StoreError:
        pass
