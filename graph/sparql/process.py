"""One worker: a child process that answers one query at a time, and is killed when a query goes too far."""

import asyncio
import json
import socket
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from signal import SIGABRT, SIGALRM, SIGBUS, SIGKILL, SIGSEGV
from tempfile import SpooledTemporaryFile
from typing import Final, Self

from graph.sparql.frames import HEAD, LARGEST, Kind, told
from graph.sparql.guard import RefusedError
from graph.sparql.limits import LimitError, Limits
from graph.sparql.nursery import Cradle, WorkerError

_IN_MEMORY: Final = 2**20
# What ends a worker from within, or by the kernel: no more memory, no more stack, its own clock.
_LIMITS: Final[dict[int, str]] = {
    SIGABRT: "memory",
    SIGKILL: "memory",
    SIGSEGV: "nesting",
    SIGBUS: "nesting",
    SIGALRM: "time",
}


class MalformedError(ValueError):
    """A query that is no SPARQL: what is wrong, and where."""


class EndedError(WorkerError):
    """The process ended by no fault of the query, which may be asked again."""


class FormError(Exception):
    """A query that has no answer in any form that the client accepts; `triples` says which kind of answer it has."""

    def __init__(self, *, triples: bool) -> None:
        super().__init__("triples" if triples else "solutions")
        self.triples = triples


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A SPARQL query as a client asks it.

    `base` is what relative IRIs in it are relative to, unless it says so itself. `default` and `named` are the dataset
    that the protocol gives, which counts for more than the query's own; None where it gives none. `solutions` and
    `triples` are the media types for the two kinds of answer; None where the client accepts none. `prefixes` shorten
    the IRIs of triples.
    """

    text: str
    base: str | None = None
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] = ()
    solutions: str | None = "application/sparql-results+json"
    triples: str | None = "text/turtle"
    prefixes: dict[str, str] | None = None

    @property
    def told(self) -> dict[str, object]:
        """What a worker is told; made by hand, since `asdict` copies all that is in it."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: its media type, how many rows or triples, how many bytes, and a file at its beginning."""

    media: str
    rows: int
    size: int
    body: SpooledTemporaryFile[bytes]


class Worker:
    """A running process. `sealed` says whether it was forbidden to open sockets."""

    def __init__(
        self, cradle: Cradle, limits: Limits, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._cradle, self._limits, self._reader, self._writer = cradle, limits, reader, writer
        self._fresh, self._asked = True, False
        self._pid, self.sealed = 0, False

    @classmethod
    async def start(cls, cradle: Cradle, limits: Limits, folder: Path | None) -> Self:
        """A worker that waits for a query, with a snapshot open that will likely be asked. Raises WorkerError."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                cradle.fork(theirs)
            worker = cls(cradle, limits, *await asyncio.open_connection(sock=ours, limit=LARGEST))
        except OSError as error:
            ours.close()
            raise WorkerError(f"A process for SPARQL queries does not start: {error}") from error
        try:
            worker._writer.write(told(Kind.OPEN, folder=str(folder or "")))
            _, ready = await worker._frame()
        except BaseException as error:
            worker._writer.close()  # it ends when it finds that out
            if isinstance(error, asyncio.IncompleteReadError | OSError):
                raise WorkerError("A process for SPARQL queries does not start; the service's log says why.") from error
            raise
        worker._pid, worker.sealed = (json.loads(ready)[name] for name in ("pid", "sealed"))
        return worker

    @property
    def usable(self) -> bool:
        """Whether it can be asked: it runs, answers nothing now, and no query of it took long."""
        return self._fresh and not self._asked and not self._reader.at_eof() and self._cradle.alive

    async def answer(self, query: Query, folder: Path) -> Answer:
        """The answer over a snapshot, whole.

        Raises LimitError, RefusedError, MalformedError, FormError and WorkerError.
        """
        self._asked = True
        with ExitStack() as kept:
            body = kept.enter_context(SpooledTemporaryFile(max_size=_IN_MEMORY))
            try:
                self._writer.write(told(Kind.QUERY, **query.told, folder=str(folder)))
                await self._writer.drain()
                size = 0
                while (frame := await self._frame())[0] == Kind.DATA:
                    size += body.write(frame[1])
            except (asyncio.IncompleteReadError, OSError) as error:
                raise await self._end() from error
            self._asked = False
            end = json.loads(frame[1])
            if frame[0] == Kind.FAILED:
                raise self._failure(**end)
            body.seek(0)
            kept.pop_all()
            return Answer(end["media"], end["rows"], size, body)

    async def _frame(self) -> tuple[int, bytes]:
        kind, length = HEAD.unpack(await self._reader.readexactly(HEAD.size))
        return kind, await self._reader.readexactly(length)

    def _failure(self, what: str, why: str, rule: str = "") -> Exception:
        match what:
            case "refused":
                return RefusedError(rule, why)
            case "malformed":
                return MalformedError(f"The query is not understood: {why}")
            case "limit":
                return LimitError.of(why, self._limits)
            case "unsupported":
                return RefusedError("unsupported", f"The query needs what is not there: {why}.")
            case "form":
                return FormError(triples=why == "triples")
            case _:
                return WorkerError(f"The query cannot be answered: {why}")

    async def _end(self) -> Exception:
        """What it means that the process ended by itself."""
        ended = -await self._cradle.end(self._pid)
        if ended in _LIMITS:
            return LimitError.of(_LIMITS[ended], self._limits)
        return EndedError(f"The process that ran the query ended with status {-ended}.")

    def slow_down(self) -> None:
        """Give way to everything else; this cannot be taken back, so the worker is no longer fresh."""
        self._fresh = False
        self._cradle.slow_down(self._pid)

    def kill(self) -> None:
        """End it, whatever it does."""
        self._fresh = False
        self._cradle.kill(self._pid)
        self._writer.close()
