"""The service's side of `cradle`: asks it for workers, and hears which of them failed."""

import asyncio
import json
import os
import socket
import sys
from asyncio.subprocess import DEVNULL, Process
from contextlib import suppress
from dataclasses import asdict
from typing import Self

from graph.sparql.limits import Limits


class WorkerError(Exception):
    """The process that was to answer cannot be started, or cannot read the snapshot."""


class Cradle:
    """A running cradle. Its workers end with it."""

    def __init__(self, process: Process, control: socket.socket) -> None:
        self._process, self._control = process, control
        self._ends: dict[int, asyncio.Future[int]] = {}
        self.alive = True
        self._listening = asyncio.get_running_loop().create_task(self._listen())

    @classmethod
    async def start(cls, limits: Limits) -> Self:
        """Start it; it is ready when it is. Raises OSError."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        command = [sys.executable, "-I", "-m", "graph.sparql.cradle", json.dumps(asdict(limits))]
        secretless = {name: value for name, value in os.environ.items() if not name.startswith("PLEDGEGRAPH_")}
        with theirs:
            process = await asyncio.create_subprocess_exec(
                *command, stdin=theirs.fileno(), stdout=DEVNULL, env=secretless
            )
        return cls(process, ours)

    def fork(self, connection: socket.socket) -> None:
        """Have a worker that talks over this connection. Raises OSError."""
        socket.send_fds(self._control, [b"\n"], [connection.fileno()])

    def kill(self, pid: int) -> None:
        """End a worker, whatever it does."""
        self._say(f"kill {pid}\n")

    def slow_down(self, pid: int) -> None:
        """Let a worker give way to everything else."""
        self._say(f"slow {pid}\n")

    def _say(self, line: str) -> None:
        with suppress(OSError):  # then it has ended, and all its workers with it
            self._control.send(line.encode())

    async def end(self, pid: int) -> int:
        """With which status a worker failed, once it has: the negative of a signal, or 0 when it ended with all."""
        status = await self._end(pid)
        self._ends.pop(pid, None)
        return status

    def _end(self, pid: int) -> asyncio.Future[int]:
        end = self._ends.setdefault(pid, asyncio.get_running_loop().create_future())
        if not self.alive and not end.done():
            end.set_result(0)
        return end

    async def _listen(self) -> None:
        rest = b""
        with suppress(ConnectionError):
            while said := await asyncio.get_running_loop().sock_recv(self._control, 4096):
                *lines, rest = (rest + said).split(b"\n")
                for pid, status in (map(int, line.split()) for line in lines):
                    if not (end := self._end(pid)).done():
                        end.set_result(status)
        self.alive = False
        for pid in self._ends:
            self._end(pid)

    async def close(self) -> None:
        """End it with its workers, and wait for that."""
        with suppress(OSError):  # it has ended already
            self._control.shutdown(socket.SHUT_WR)
        await self._process.wait()
        await self._listening
        self._control.close()


class Nursery:
    """Always a cradle: started when it is first needed, and again should it have ended."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._lock = asyncio.Lock()
        self._cradle: Cradle | None = None

    async def cradle(self) -> Cradle:
        """The cradle that runs. Raises WorkerError."""
        async with self._lock:
            if self._cradle and not self._cradle.alive:
                await self.close()
            if self._cradle is None:
                try:
                    self._cradle = await Cradle.start(self._limits)
                except OSError as error:
                    raise WorkerError(f"The process for SPARQL queries cannot be started: {error}") from error
            return self._cradle

    async def close(self) -> None:
        """End what was started."""
        cradle, self._cradle = self._cradle, None
        if cradle:
            await cradle.close()
