"""One server per data folder, shared by all processes that use it, started by the first and stopped after the last.

`keeper` explains the two locks. A user holds `users.lock` shared; the instance file `server.json` says where the server
listens and how to log in, and counts only while somebody holds `server.lock`: otherwise it is a leftover.
"""

import asyncio
import fcntl
import json
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from graph.store import StoreError

_PATIENCE: Final = 60.0
_PAUSE: Final = 0.01
_KEEPER: Final = Path(__file__).with_name("keeper.py")


@dataclass(frozen=True, slots=True)
class Start:
    """How to start a server: its command line, and the passwords of its two users, which it knows already.

    An `expendable` server is killed when it is not used any more, or when memory is short.
    """

    command: Sequence[str]
    writer: str
    reader: str
    expendable: bool = False


@dataclass(frozen=True, slots=True)
class Instance:
    """A running server."""

    port: int
    pid: int
    writer: str
    reader: str

    def give_way(self, niceness: int) -> None:
        """Let others have the processor first. For an expendable server, which leads a process group."""
        with suppress(OSError):  # it may have ended
            os.setpriority(os.PRIO_PGRP, self.pid, niceness)
            # It has a session of its own, for which this counts where there is such a file, and the other does not.
            Path(f"/proc/{self.pid}/autogroup").write_text(str(niceness), "ascii")


class Seat:
    """A place among the users of a folder's server, kept until `leave` or the end of this process."""

    def __init__(self, folder: Path) -> None:
        """Take a place; waits while a server that nobody uses any more is stopping. Raises `OSError`."""
        self.folder = folder
        self.run = folder / "run"
        self.log = folder / "log" / "console.log"
        self.run.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.log.parent.mkdir(exist_ok=True)
        self._users = _open(self.run / "users.lock")
        fcntl.flock(self._users, fcntl.LOCK_SH)

    def server(self, prepare: Callable[[], Start]) -> Instance:
        """The folder's server, once it answers; started unless it runs. `prepare` is called when a start is needed.

        Raises `StoreError` when it does not start, and `OSError`.
        """
        turn = _open(self.run / "starter.lock")
        try:
            # One after another, so that whoever else holds `server.lock` below is a server.
            fcntl.flock(turn, fcntl.LOCK_EX)
            return self._server(prepare)
        finally:
            os.close(turn)

    def _server(self, prepare: Callable[[], Start]) -> Instance:
        started = False
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            with _Lock(self.run / "server.lock") as lock:
                if not lock.taken and (instance := _instance(self.run)):
                    return instance
                if lock.taken and started:
                    raise StoreError(f"the server of {self.folder} did not start: {self.last_words()}")
                if lock.taken:
                    (self.run / "server.json").unlink(missing_ok=True)
                    self._start(prepare(), lock.descriptor)
                    started = True
            time.sleep(_PAUSE)
        raise StoreError(f"the server of {self.folder} did not start within {_PATIENCE:.0f} s; see {self.log}")

    def _start(self, how: Start, lock: int) -> None:
        kind = "expendable" if how.expendable else "lasting"
        command = [sys.executable, "-I", str(_KEEPER), str(self.run), str(self.log), str(lock), kind, *how.command]
        # Nothing of ours goes on to the keeper: who waits for the end of our output must not wait for the server.
        with self.log.open("wb") as log:
            keeper = subprocess.run(
                command,
                input=json.dumps({"writer": how.writer, "reader": how.reader}).encode(),
                stdout=log,
                stderr=log,
                cwd=self.run,
                pass_fds=(lock,),
                start_new_session=True,
                check=False,
            )
        if keeper.returncode:
            raise StoreError(f"the server of {self.folder} cannot be started: {self.last_words()}")

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[None]:
        """Be the only writer among all users."""
        descriptor = _open(self.run / "writer.lock")
        try:
            while not _taken(descriptor, fcntl.LOCK_EX):  # noqa: ASYNC110 - the other is in another process
                await asyncio.sleep(_PAUSE)
            yield
        finally:
            os.close(descriptor)

    def last_words(self) -> str:
        """What the log ends with, and where it is."""
        lines = self.log.read_text("utf-8", "replace").split("\n") if self.log.exists() else []
        said = [line.strip() for line in lines if line.strip() and not line.startswith(("\t", "WARNING"))]
        return f"{' / '.join(said[-3:]) or 'it said nothing'} (see {self.log})"

    def runs(self) -> bool:
        """Whether a server of this folder is there, or its keeper."""
        descriptor = _open(self.run / "server.lock")
        try:
            return not _taken(descriptor, fcntl.LOCK_SH)
        finally:
            os.close(descriptor)

    def abandon(self) -> None:
        """Give the place back and do not wait. For who comes next a server of this folder may run, or be ending."""
        if self._users >= 0:
            os.close(self._users)
            self._users = -1

    def leave(self) -> None:
        """Give the place back. Where it was the last one this returns when the server has stopped."""
        if self._users < 0:
            return
        users, self._users = self._users, -1
        fcntl.flock(users, fcntl.LOCK_UN)
        for _ in range(100):
            if not _taken(users, fcntl.LOCK_EX):
                break
            fcntl.flock(users, fcntl.LOCK_UN)  # nobody else is there, and the keeper has not seen it yet
            time.sleep(_PAUSE)
        fcntl.flock(users, fcntl.LOCK_SH)  # at once where others use the server, and after its end where none do
        os.close(users)


class _Lock:
    """An attempt at an exclusive lock, given back at the end of the block unless a child inherited it."""

    def __init__(self, path: Path) -> None:
        self.descriptor = _open(path)
        self.taken = _taken(self.descriptor, fcntl.LOCK_EX)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        os.close(self.descriptor)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def _taken(descriptor: int, mode: int) -> bool:
    try:
        fcntl.flock(descriptor, mode | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _instance(run: Path) -> Instance | None:
    file = run / "server.json"
    try:
        return Instance(**json.loads(file.read_text("utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise StoreError(f"{file} is damaged; end the commands that use this folder, and try again") from error
