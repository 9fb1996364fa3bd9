"""The clerk as seen by who asks: a child process that is killed when it does not reply in time."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from typing import Any, Final

from graph.raw import (
    Answer,
    CypherError,
    Door,
    Limits,
    RefusedError,
    Written,
    exceeded,
)
from graph.store import StoreError

_LINE: Final = 64 * 2**20
# Without what the driver would bring along for arrays and tables, which takes half of its start and of its memory.
_PROGRAM: Final = (
    "import sys; sys.modules.update(dict.fromkeys(('numpy', 'pandas', 'pyarrow'))); "
    "from graph.sandbox.desk import main; main()"
)


class LostError(Exception):
    """The server broke the connection, or the clerk died: nobody knows yet whose fault it was."""


class Clerk:
    """Puts statements to servers, one at a time. Started when the first one comes, and again after it was killed."""

    def __init__(self) -> None:
        self._process: Process | None = None
        self._dying: set[Process] = set()
        self._starting = asyncio.Lock()

    async def ask(
        self, door: Door, sequence: int, text: str, parameters: Mapping[str, Any], written: Written, limits: Limits
    ) -> Answer:
        """The answer to one statement. After any error but `CypherError` and `RefusedError` the clerk must go.

        Raises those, `LimitError`, `LostError` and `StoreError`.
        """
        request = {
            "address": door.address,
            "credentials": door.credentials,
            "database": door.database,
            "explains": door.explains,
            "text": text,
            "parameters": dict(parameters),
            "written": f"{written.__module__}:{written.__qualname__}",
            "seconds": limits.seconds,
            "rows": limits.rows,
            "size": limits.size,
        }
        process = await self.ready()
        try:
            async with asyncio.timeout(limits.seconds):
                reply, body = await _exchanged(process, json.dumps(request).encode() + b"\n")
        except TimeoutError:
            raise exceeded("time", limits) from None
        if "size" in reply:
            return Answer(tuple(reply["columns"]), body, reply["rows"], sequence)
        raise _error(reply, door, limits)

    async def ready(self) -> Process:
        """The process, started if it is not there. Raises `StoreError`."""
        async with self._starting:
            if self._process is None or self._process.returncode is not None:
                self._process = await asyncio.create_subprocess_exec(
                    sys.executable, "-P", "-c", _PROGRAM, stdin=PIPE, stdout=PIPE, limit=_LINE
                )
                try:
                    await _begun(self._process)
                except BaseException:
                    self.kill()
                    raise
            return self._process

    def kill(self) -> None:
        """End the process, whatever it does."""
        process, self._process = self._process, None
        if process and process.returncode is None:
            process.kill()
            self._dying = {each for each in self._dying if each.returncode is None} | {process}

    async def close(self) -> None:
        """Leave no process behind."""
        self.kill()
        for process in self._dying:
            await process.communicate()


async def _begun(process: Process) -> None:
    assert process.stdout
    if not await process.stdout.readline():
        raise StoreError(f"Cypher cannot be run: {sys.executable} does not start graph.sandbox.desk")


async def _exchanged(process: Process, request: bytes) -> tuple[dict[str, Any], bytes]:
    assert process.stdin
    assert process.stdout
    try:
        process.stdin.write(request)
        await process.stdin.drain()
        line = await process.stdout.readline()
        if not line:
            raise LostError
        reply: dict[str, Any] = json.loads(line)
        return reply, await process.stdout.readexactly(reply.get("size", 0))
    except (OSError, EOFError) as error:
        raise LostError from error


def _error(reply: Mapping[str, Any], door: Door, limits: Limits) -> Exception:
    match reply:
        case {"cypher": message}:
            return CypherError(str(message))
        case {"refused": rule, "message": message}:
            return RefusedError(str(rule), str(message))
        case {"limit": limit}:
            return exceeded(str(limit), limits)
        case {"store": message}:
            return StoreError(f"{door.name}: {message}")
        case _:
            return LostError(str(reply.get("lost", "")))
