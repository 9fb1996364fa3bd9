"""A server over a copy of the embedded store's database, for statements that may have to be killed.

Its folder lies in the store's folder under `scratch` and is removed after it. Where the process that used it was killed
its keeper ends the server, and the folder goes when the next one comes.
"""

import asyncio
import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from neo4j import AsyncGraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

from graph.arcade import DATABASE, READER, start
from graph.instance import Instance, Seat
from graph.raw import Door
from graph.sandbox.copying import Copier
from graph.schema import MARK
from graph.store import Mark, StoreError

_JAVA: Final = (
    "-Xms32m",
    "-Xmx256m",
    "-XX:MaxDirectMemorySize=32m",
    "-XX:ActiveProcessorCount=1",
    "-XX:+ExitOnOutOfMemoryError",
)
_SETTINGS: Final = {
    "server.defaultDatabases": "",
    # No limit of its own needs to hold: who exceeds one is killed, and slow but finite work is not cut short.
    "command.timeout": "0",
    "command.regexTimeout": "0",
    "polyglotEngineEnabled": "false",
    "queryParallelScan": "false",
    "asyncWorkerThreads": "1",
}
_COPIES: Final = 5
_NICENESS: Final = 10
_LAST_WORDS: Final = 1.0
_OUT_OF_MEMORY: Final = b"java.lang.OutOfMemoryError"


class Cell:
    """A place that starts its server when it is needed, and a new one when that was spoilt."""

    def __init__(self, folder: Path, copier: Copier) -> None:
        self._folder, self._copier = folder / "scratch", copier
        self._server: _Server | None = None
        self._task: asyncio.Task[tuple[Door, int]] | None = None
        self._leaving: set[asyncio.Task[None]] = set()

    async def door(self) -> tuple[Door, int]:
        """The way to a server over a copy of the store as it is now. Raises `StoreError`."""
        if self._task and not self._task.done():
            # Begun for somebody who has gone; the store may have moved on since.
            with suppress(StoreError):
                await asyncio.shield(self._task)
        self._task = asyncio.create_task(self._ready())
        return await asyncio.shield(self._task)

    async def _ready(self) -> tuple[Door, int]:
        server = self._server
        if server and not server.seat.runs():
            self.spoil()
            server = None
        if server and server.mark == await self._copier.mark():
            return server.door, server.mark.sequence
        if server and server.copies < _COPIES:
            try:
                await server.refresh(self._copier)
            except StoreError:
                self.spoil()
                raise
        else:
            self.spoil()
            self._server = server = await _Server.over_copy(self._folder, self._copier)
        return server.door, server.mark.sequence

    async def demise(self) -> str:
        """Why the server broke the connection, as far as it says."""
        server = self._server
        deadline = time.monotonic() + _LAST_WORDS
        while server and time.monotonic() < deadline:
            ended = not server.seat.runs()
            if _OUT_OF_MEMORY in server.seat.log.read_bytes():
                return "memory"
            if ended:
                return ""
            await asyncio.sleep(0.02)
        return "statement" if server else ""

    def spoil(self) -> None:
        """Have the server killed, and its folder removed."""
        server, self._server = self._server, None
        if server:
            server.seat.abandon()
            task = asyncio.create_task(asyncio.to_thread(server.remove))
            self._leaving.add(task)
            task.add_done_callback(self._leaving.discard)

    async def close(self) -> None:
        """Have the server killed, and wait until everything is gone."""
        if self._task:
            with suppress(StoreError):
                await asyncio.shield(self._task)
        self.spoil()
        await asyncio.gather(*self._leaving)


class _Server:
    """A running server, and which of its databases is the newest copy."""

    def __init__(self, seat: Seat, instance: Instance, mark: Mark) -> None:
        self.seat, self.mark, self.copies = seat, mark, 1
        self.instance = instance

    @classmethod
    async def over_copy(cls, scratch: Path, copier: Copier) -> "_Server":
        """Start a server over a fresh copy."""
        try:
            seat = await asyncio.to_thread(_seat, scratch)
        except OSError as error:
            raise StoreError(f"{scratch} cannot be used: {error.strerror}; make it writable") from error
        try:
            (seat.folder / "databases").mkdir()
            mark = await copier.copy(_database(seat, 1))
            how = partial(start, seat.folder, java=_JAVA, settings=_SETTINGS, expendable=True)
            server = cls(seat, await asyncio.to_thread(seat.server, how), mark)
            await server.probe()
        except BaseException:
            seat.abandon()
            await asyncio.to_thread(_remove, seat.folder)
            raise
        server.instance.give_way(_NICENESS)
        return server

    async def refresh(self, copier: Copier) -> None:
        """Add a newer copy: the server opens it when it is asked for."""
        self.mark = await copier.copy(_database(self.seat, self.copies + 1))
        await asyncio.to_thread(shutil.rmtree, _database(self.seat, self.copies), ignore_errors=True)
        self.copies += 1
        await self.probe()

    async def probe(self) -> None:
        """Have the newest copy opened, and see that it is what it should be."""
        door = self.door
        try:
            async with AsyncGraphDatabase.driver(door.address, auth=door.credentials) as driver:
                rows = (await driver.execute_query(MARK, database_=door.database)).records
        except (DriverError, Neo4jError) as error:
            raise StoreError(f"{door.name} does not answer: {error}; see {self.seat.log}") from error
        if Mark.of(rows) != self.mark:
            raise StoreError(f"{door.name} holds no true copy of the store; please report it")

    @property
    def door(self) -> Door:
        """The way to the newest copy, for somebody who may only read."""
        return Door(
            name=f"the sandbox in {self.seat.folder}",
            address=f"bolt://127.0.0.1:{self.instance.port}",
            credentials=(READER, self.instance.reader),
            database=_database(self.seat, self.copies).name,
            explains=False,
        )

    def remove(self) -> None:
        """Wait for the server's end and remove its folder."""
        _remove(self.seat.folder)


def sweep(folder: Path) -> None:
    """Remove what cells of a store left behind whose processes were killed."""
    scratch = folder / "scratch"
    if scratch.is_dir():
        with _alone(scratch):
            for cell in scratch.iterdir():
                if cell.is_dir() and not _used(cell):
                    shutil.rmtree(cell, ignore_errors=True)


def _used(cell: Path) -> bool:
    try:
        with (cell / "run" / "users.lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        pass
    return False


def _database(seat: Seat, number: int) -> Path:
    return seat.folder / "databases" / f"{DATABASE}{number}"


def _seat(scratch: Path) -> Seat:
    scratch.mkdir(mode=0o700, exist_ok=True)
    sweep(scratch.parent)
    with _alone(scratch):
        return Seat(Path(mkdtemp(dir=scratch)))


@contextmanager
def _alone(scratch: Path) -> Iterator[None]:
    """Nobody else makes or removes folders meanwhile."""
    descriptor = os.open(scratch / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _remove(folder: Path) -> None:
    """Remove a folder that was given back, when its server and that one's keeper have gone."""
    # Another cell may have swept it.
    with suppress(FileNotFoundError), (folder / "run" / "server.lock").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
    shutil.rmtree(folder, ignore_errors=True)
