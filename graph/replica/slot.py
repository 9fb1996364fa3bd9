"""A place for one replica on disk, held by one process at a time by a lock that the kernel gives back with its death.

HOME/0/lock            held by the process that keeps this replica
HOME/0/state.json      which of the folders is the replica, and where in the store's life it stands
HOME/0/copy-…/         the replica; another one is being built, or is left over from a crash
HOME/0/snapshots/      what queries read; worth nothing after the process that made them
HOME/0/incoming/       a replica made by `pledgegraph replica rebuild`, for the holder to take over
"""

import fcntl
import json
import os
import secrets
import shutil
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from typing import Final, Self

from graph.store import Mark

_FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class State:
    """Which folder is the replica, and where it stands. Written when all of that is on disk, never before."""

    copy: str
    mark: Mark


class Slot:
    """A claimed place. Everything here may raise `OSError`."""

    def __init__(self, folder: Path, lock: int) -> None:
        self.folder = folder
        self.snapshots = folder / "snapshots"
        self._incoming = folder / "incoming"
        self._lock = lock

    @classmethod
    def claim(cls, home: Path) -> Self:
        """The first place that nobody holds, so that a process that comes back finds the replica of the last one."""
        for number in count():
            folder = home / str(number)
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(lock)
                continue
            except BaseException:
                os.close(lock)
                raise
            shutil.rmtree(folder / "snapshots", ignore_errors=True)
            return cls(folder, lock)
        raise AssertionError("unreachable")

    def leave(self) -> None:
        """Let another process have the place."""
        os.close(self._lock)

    def state(self) -> State | None:
        """What was recorded last; None where there is nothing or nothing that can be understood."""
        return read_state(self.folder)

    def record(self, state: State) -> None:
        """Make this the state, at once and for good, whatever happens meanwhile."""
        write_state(self.folder, state)

    def forget(self) -> None:
        """Take the replica for broken."""
        (self.folder / "state.json").unlink(missing_ok=True)

    def fresh(self) -> Path:
        """A folder, not there yet, in which a replica can be built."""
        return self.folder / f"copy-{secrets.token_hex(4)}"

    def tidy(self) -> None:
        """Delete all replicas but the recorded one."""
        state = self.state()
        for folder in self.folder.glob("copy-*"):
            if state is None or folder.name != state.copy:
                shutil.rmtree(folder, ignore_errors=True)

    def offered(self) -> bool:
        """Whether a replica is there to be taken over."""
        return self._incoming.exists()

    def adopt(self) -> None:
        """Make the replica that is offered the recorded one, if it is whole."""
        state = read_state(self._incoming)
        if state and (self._incoming / state.copy).exists():
            (self._incoming / state.copy).rename(self.folder / state.copy)
            self.record(state)
        shutil.rmtree(self._incoming)


def offer(home: Path, state: State, made: Path) -> None:
    """Put a replica, made in `made`, before the holder of a place, whoever that is now or will be."""
    write_state(made, state)
    target = home / "incoming"
    while True:
        if target.exists():
            shutil.rmtree(target, ignore_errors=True)
        try:
            made.rename(target)
        except OSError:
            if not target.exists():
                raise
        else:
            return


def read_state(folder: Path) -> State | None:
    """The state recorded in a folder."""
    try:
        told = json.loads((folder / "state.json").read_text("utf-8"))
        if told.pop("format") != _FORMAT:
            return None
        return State(told["copy"], Mark(**told["mark"]))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def write_state(folder: Path, state: State) -> None:
    """Record a state in a folder: after a crash there is the old one or the new one."""
    draft = folder / "state.json.draft"
    with draft.open("w", encoding="utf-8") as out:
        json.dump({"format": _FORMAT, **asdict(state)}, out)
        out.flush()
        os.fsync(out.fileno())
    draft.rename(folder / "state.json")
    directory = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
