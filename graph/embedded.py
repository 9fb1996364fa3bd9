"""The store that needs no installation: an ArcadeDB server from the `arcadedb-embedded` wheel, on the loopback only.

`arcade` says how it is started. Reads log in as a user who may only read.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from neo4j.exceptions import AuthError, DriverError, Forbidden, Neo4jError

from graph.arcade import DATABASE, READER, WRITER, start
from graph.instance import Seat
from graph.raw import Place
from graph.sandbox.cell import Cell, sweep
from graph.sandbox.copying import Copier
from graph.store import Mark, StoreError

_CELLS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """A place at the server of a data folder."""

    seat: Seat
    address: str
    writer: tuple[str, str]
    reader: tuple[str, str]
    database: str = DATABASE
    schema: tuple[str, ...] = ()
    patience: float = 3.0

    @classmethod
    async def in_folder(cls, folder: Path) -> Self:
        """Start the server of this folder, or join it where it runs. Raises `StoreError`."""
        return await asyncio.to_thread(cls._seated, folder)

    @classmethod
    def _seated(cls, folder: Path) -> Self:
        folder = folder.expanduser().absolute()
        try:
            seat = Seat(folder)
        except OSError as error:
            raise _unusable(folder, error) from error
        try:
            sweep(folder)
            instance = seat.server(lambda: start(folder))
        except OSError as error:
            seat.leave()
            raise _unusable(folder, error) from error
        except BaseException:
            seat.leave()
            raise
        address = f"bolt://127.0.0.1:{instance.port}"
        return cls(seat=seat, address=address, writer=(WRITER, instance.writer), reader=(READER, instance.reader))

    @property
    def name(self) -> str:
        """How messages call this server."""
        return f"the embedded store in {self.seat.folder}"

    def check(self, agent: str) -> None:
        """The wheel is ours, and so is its version."""

    def advice(self, error: DriverError | Neo4jError) -> str:
        """What to do about an error, by its kind."""
        match error:
            case Forbidden():
                return "reading never changes the store"
            case AuthError():
                return f"another server took its place; remove {self.seat.run} when no other command uses the folder"
            case DriverError():
                return f"its server ended or hangs; its log is {self.seat.log}"
            case _:
                return ""

    def writing(self) -> AbstractAsyncContextManager[None]:
        """One writer among all processes: this server lets them collide, and the later one would start all over."""
        return self.seat.writing()

    def places(self, mark: Callable[[], Awaitable[Mark]]) -> Sequence[Place]:
        """Servers of their own, over copies of the database: this one keeps no limit, and cannot be killed."""
        copier = Copier(self.seat.folder / "databases" / self.database, mark, self.writing)
        return [Cell(self.seat.folder, copier) for _ in range(_CELLS)]

    async def close(self) -> None:
        """Leave; the server stops after its last user, and then this returns."""
        await asyncio.to_thread(self.seat.leave)


def _unusable(folder: Path, error: OSError) -> StoreError:
    reason = error.strerror or str(error)
    return StoreError(f"the data folder {folder} cannot be used: {reason}; choose another one or make it writable")
