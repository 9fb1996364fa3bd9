"""Cypher as somebody else wrote it: what it may cost, what comes back, and what can be wrong with it.

Such a statement is never run where it could hurt the store or its other clients: `graph.sandbox` says where.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

Written = Callable[[Sequence[str], Iterable[Sequence[Any]]], Iterator[bytes]]
"""How an answer is written: columns and rows, with values as the driver gives them, as bytes.

A top-level function of a module: it is called by its name in another process.
"""

PROCEDURES: Final = frozenset(
    {
        "db.labels",
        "db.relationshipTypes",
        "db.propertyKeys",
        "db.schema.visualization",
        "db.schema.nodeTypeProperties",
        "db.schema.relTypeProperties",
        "db.index.fulltext.queryNodes",
    }
)
"""The procedures that a plan may contain: they only tell what there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a statement may cost. Whatever is exceeded is an error that names it, never a shortened answer.

    `seconds` run from its start to the last byte of its answer, `size` is the written answer in bytes, and `wait` says
    for how many seconds it waits for its turn.
    """

    seconds: float = 10.0
    rows: int = 10_000
    size: int = 16 * 2**20
    wait: float = 5.0


LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer, as it was written, and the sequence of the store that it reflects."""

    columns: tuple[str, ...]
    body: bytes
    rows: int
    sequence: int


@dataclass(frozen=True, slots=True)
class Door:
    """Where statements are put to a server, as whom, and how messages call it.

    `explains` says whether the server can be asked what it would do before it does it.
    """

    name: str
    address: str
    credentials: tuple[str, str] | None
    database: str | None
    explains: bool


class Place(Protocol):
    """Where one statement at a time may run and do no harm."""

    async def door(self) -> tuple[Door, int]:
        """The way to a server that is as the store is now, and the sequence that it reflects. Raises `StoreError`."""

    async def demise(self) -> str:
        """Why the server broke the connection: `memory`, something else about the `statement`, or nothing known."""

    def spoil(self) -> None:
        """Nobody knows what the last statement still does there: let no other meet it. Does not wait."""

    async def close(self) -> None:
        """Leave nothing behind."""


class RawError(Exception):
    """A statement that gets no answer."""


class CypherError(RawError):
    """A statement, or parameters of it, that the server does not accept: what it says."""


class RefusedError(RawError):
    """A statement that the server itself reads as more than reading. `rule` names what is not allowed."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule


class LimitError(RawError):
    """A statement that cost too much. `limit` is `time`, `rows`, `size` or `memory`."""

    def __init__(self, limit: str, message: str) -> None:
        super().__init__(message)
        self.limit = limit


class BusyError(RawError):
    """Too many statements at a time. `after` says in how many seconds to try again."""

    def __init__(self, after: int) -> None:
        super().__init__(f"other statements are running, and none ended in time; try again in {after} s")
        self.after = after


def exceeded(limit: str, limits: Limits) -> LimitError:
    """The error of a limit that was hit."""
    match limit:
        case "time":
            said = f"the statement ran for more than {limits.seconds:g} s and was stopped; ask for less at a time"
        case "rows":
            said = f"the answer has more than {limits.rows:,} rows; add a LIMIT, or ask page by page"
        case "size":
            said = f"the answer is larger than {limits.size:,} bytes; return fewer rows, or single properties"
        case _:
            said = "the statement needs more memory than one may use; ask for less at a time"
    return LimitError(limit, said)
