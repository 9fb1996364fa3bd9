"""Who may run a statement, where and when: one at a place at a time, and the others wait, but not for ever."""

import asyncio
import math
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final

from graph.raw import Answer, BusyError, CypherError, Limits, Place, RefusedError, Written, exceeded
from graph.sandbox.clerk import Clerk, LostError
from graph.store import StoreError

_IDLE: Final = 300.0


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
    warming: asyncio.Task[None] | None = None
    leaving: asyncio.TimerHandle | None = None

    def cold(self) -> bool:
        return self.warming is not None and not self.warming.done()

    def taken(self) -> None:
        """A statement has come."""
        if self.leaving:
            self.leaving.cancel()
            self.leaving = None

    def given_back(self) -> None:
        """The statement has gone: where no other comes for long, nothing needs to be kept in memory."""
        self.leaving = asyncio.get_running_loop().call_later(_IDLE, self.leave)

    def leave(self) -> None:
        """End everything at once; the next statement starts it again."""
        self.clerk.kill()
        self.place.spoil()

    def replace(self) -> None:
        """Let no other meet what the last statement may still be doing, and make ready for the next one."""
        self.leave()
        self.warming = asyncio.create_task(self._warm())

    async def _warm(self) -> None:
        # Where this fails the next statement will tell.
        with suppress(StoreError):
            await self.place.door()
            await self.clerk.ready()

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
        # The one that was used last and is not just being replaced: it needs no start.
        stand = min(reversed(self._free), key=_Stand.cold)
        self._free.remove(stand)
        stand.taken()
        try:
            return await _asked(stand, text, parameters, written, limits)
        except _GoneError as gone:
            if gone.left <= 0:
                raise
            # Most likely it had ended before the statement came.
            return await _asked(stand, text, parameters, written, replace(limits, seconds=gone.left))
        finally:
            stand.given_back()
            self._free.append(stand)
            self._turn.release()

    async def close(self) -> None:
        """Stop what runs, and leave nothing behind."""
        for stand in self._stands:
            await stand.close()


async def _asked(stand: _Stand, text: str, parameters: Mapping[str, Any], written: Written, limits: Limits) -> Answer:
    await stand.clerk.ready()
    door, sequence = await stand.place.door()
    begun = time.monotonic()
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
