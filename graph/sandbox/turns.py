"""Who may run a statement, where and when: one at a place at a time, and the others wait, but not for ever."""

import asyncio
import math
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final

from graph.raw import Answer, BusyError, CypherError, Door, Limits, Place, RefusedError, Written, exceeded
from graph.sandbox.clerk import Clerk, LostError
from graph.store import StoreError

_IDLE: Final = 300.0
_LONG: Final = 0.5


class _GoneError(StoreError):
    """A server that is not there any more. `left` says for how many seconds the statement may still run."""

    def __init__(self, message: str, left: float) -> None:
        super().__init__(message)
        self.left = left


@dataclass(eq=False, slots=True)
class _Stand:
    """A place with its clerk, and the task that makes both ready again."""

    place: Place
    clerk: Clerk
    used: bool = False
    ready: bool = False
    warming: asyncio.Task[None] | None = None
    leaving: asyncio.TimerHandle | None = None

    def taken(self) -> None:
        """A statement has come."""
        self.used = True
        if self.leaving:
            self.leaving.cancel()

    def given_back(self) -> None:
        """No statement is here: where none comes for long, nothing needs to be kept in memory."""
        self.taken()
        self.used = False
        self.leaving = asyncio.get_running_loop().call_later(_IDLE, self.leave)

    def leave(self) -> None:
        """End everything at once; the next statement starts it again."""
        self.clerk.kill()
        self.place.spoil()
        self.ready = False

    def replace(self) -> None:
        """Let no other meet what the last statement may still be doing, and make ready for the next one."""
        self.leave()
        if self.warming:
            self.warming.cancel()
        self.warming = asyncio.create_task(self._warmed())

    def warm(self) -> None:
        """Start everything, without waiting for it."""
        if self.warming is None or self.warming.done():
            self.warming = asyncio.create_task(self._warmed())

    async def _warmed(self) -> None:
        # Where this fails the next statement will tell.
        with suppress(StoreError):
            await self.door()
            if not self.used:
                self.given_back()

    async def door(self) -> tuple[Door, int]:
        """The way to the server, with clerk and server ready. Raises `StoreError`."""
        await self.clerk.ready()
        door = await self.place.door()
        self.ready = True
        return door

    async def close(self) -> None:
        """Leave nothing behind."""
        self.taken()
        if self.warming:
            self.warming.cancel()
            await asyncio.gather(self.warming, return_exceptions=True)
        await self.clerk.close()
        await self.place.close()


class Turns:
    """Some places, and for each of them a clerk."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._stands = [_Stand(place, Clerk()) for place in places]
        self._free = list(self._stands)
        self._turn = asyncio.Semaphore(len(places))

    async def ask(self, text: str, parameters: Mapping[str, Any], written: Written, limits: Limits) -> Answer:
        """The answer to a statement. Raises `RawError` and `StoreError`."""
        try:
            async with asyncio.timeout(limits.wait):
                await self._turn.acquire()
        except TimeoutError:
            raise BusyError(max(1, math.ceil(limits.seconds / len(self._stands)))) from None
        # Best the one that was used last: it needs no start.
        stand = max(reversed(self._free), key=lambda free: free.ready)
        self._free.remove(stand)
        stand.taken()
        try:
            return await self._asked(stand, text, parameters, written, limits)
        except _GoneError as gone:
            if gone.left <= 0:
                raise
            # Most likely it had ended before the statement came.
            return await self._asked(stand, text, parameters, written, replace(limits, seconds=gone.left))
        finally:
            stand.given_back()
            self._free.append(stand)
            self._turn.release()

    async def _asked(
        self, stand: _Stand, text: str, parameters: Mapping[str, Any], written: Written, limits: Limits
    ) -> Answer:
        door, sequence = await stand.door()
        begun = time.monotonic()
        another = asyncio.get_running_loop().call_later(_LONG, self._warm_another)
        try:
            return await stand.clerk.ask(door, sequence, text, parameters, written, limits)
        except (CypherError, RefusedError):
            raise
        except LostError as error:
            why = await stand.place.demise()
            stand.replace()
            if why == "memory":
                raise exceeded(why, limits) from None
            if why == "statement":
                raise CypherError("the server gave the statement up; it may be nested too deeply") from None
            left = limits.seconds - (time.monotonic() - begun)
            raise _GoneError(f"{door.name} did not carry out the statement: {error}", left) from None
        except BaseException:
            # Also where who asked has gone away: the statement may be running still.
            stand.replace()
            raise
        finally:
            another.cancel()

    def _warm_another(self) -> None:
        """Somebody takes long, so that the next one needs another place soon."""
        if self._free and not any(stand.ready for stand in self._free):
            self._free[-1].warm()

    async def close(self) -> None:
        """Stop what runs, and leave nothing behind."""
        for stand in self._stands:
            await stand.close()
