"""A copy of a database while its server runs: what a crash of the server would leave, so that it can be recovered.

Under the lock of writers nothing is committed. What was committed before is in the log, and reaches the data files
soon after; index files may be compacted. So the files are copied between two looks that see the same: then what was
copied is what stood there at one moment.
"""

import asyncio
import os
import shutil
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Final

from graph.store import Mark, StoreError

_PATIENCE: Final = 20.0
_PAUSE: Final = 0.01
_SETTLED: Final = 0.05
_REST: Final = 4

_Look = dict[str, tuple[int, int, int]]


class Copier:
    """Copies the database of a store, and leaves the writers of the store most of the time."""

    def __init__(
        self,
        database: Path,
        mark: Callable[[], Awaitable[Mark]],
        writing: Callable[[], AbstractAsyncContextManager[None]],
    ) -> None:
        """`writing` keeps writers away, and `mark` tells where the store stands."""
        self._database, self._mark, self._writing = database, mark, writing
        self._turn = asyncio.Lock()
        self._not_before = 0.0

    async def mark(self) -> Mark:
        """Where the store stands now."""
        return await self._mark()

    async def copy(self, target: Path) -> Mark:
        """Copy the database to a new folder; what it is a copy of. Raises `StoreError`."""
        async with self._turn:
            await asyncio.sleep(self._not_before - time.monotonic())
            async with self._writing():
                started = time.monotonic()
                mark = await self._mark()
                try:
                    await asyncio.to_thread(copy, self._database, target)
                except OSError as error:
                    raise StoreError(f"{self._database} cannot be copied to {target}: {error.strerror}") from error
                finally:
                    self._not_before = time.monotonic() + _REST * (time.monotonic() - started)
        return mark


def copy(database: Path, target: Path) -> None:
    """Copy the files of a database to which nothing is committed meanwhile. Raises `OSError` and `StoreError`."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        before = _look(database)
        # A file's time counts in ticks: what was written in the last one could be written once more unnoticed.
        if before and max(changed for _, _, changed in before.values()) < time.time_ns() - _SETTLED * 1e9:
            target.mkdir(mode=0o700)
            try:
                for name in before:
                    shutil.copyfile(database / name, target / name)
            except FileNotFoundError:
                pass
            if _look(database) == before:
                return
            shutil.rmtree(target)
        time.sleep(_PAUSE)
    raise StoreError(f"{database} did not come to rest within {_PATIENCE:.0f} s, so that it could not be copied")


def _look(database: Path) -> _Look:
    seen: _Look = {}
    with os.scandir(database) as entries:
        for entry in entries:
            try:
                about = entry.stat()
            except FileNotFoundError:
                return {}
            seen[entry.name] = (about.st_ino, about.st_size, about.st_mtime_ns)
    return seen
