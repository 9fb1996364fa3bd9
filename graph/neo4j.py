"""Neo4j as the server behind a Bolt store."""

import re
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from typing import Final

from neo4j.exceptions import AuthError, ClientError, DriverError, Neo4jError, ServiceUnavailable

from graph.raw import Door, Place
from graph.sandbox.direct import Direct
from graph.store import Mark, StoreError

_OLDEST: Final = (5, 7)
_PLACES: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Neo4j:
    """A Neo4j server at `address`, with the database of that name or the user's home database.

    Neo4j holds read transactions to reading by itself. Where the edition has roles, a `reader` who may do nothing else
    is one wall more.
    """

    address: str
    writer: tuple[str, str] | None
    database: str | None = None
    reader: tuple[str, str] | None = None
    patience: float = 30.0
    # For people who search in Neo4j itself: the product's own questions use what every backend has.
    schema: tuple[str, ...] = (
        "CREATE FULLTEXT INDEX act_words IF NOT EXISTS FOR (n:Commitment|Call) ON EACH [n.action]",
        "CREATE FULLTEXT INDEX utterance_words IF NOT EXISTS FOR (n:Utterance) ON EACH [n.action, n.quote]",
    )

    @property
    def name(self) -> str:
        """How messages call this server."""
        return f"Neo4j at {self.address}"

    def check(self, agent: str) -> None:
        """Refuse a Neo4j older than 5.7, which lacks parts of the Cypher that questions use."""
        found = re.match(r"Neo4j/(\d+)\.(\d+)", agent)
        if found and tuple(map(int, found.groups())) < _OLDEST:
            raise StoreError(f"{self.name} is {agent.split()[0]}, too old; use Neo4j 5.7 or later, best 5.26")

    def advice(self, error: DriverError | Neo4jError) -> str:
        """What to do about an error, by its kind."""
        code = error.code if isinstance(error, Neo4jError) else ""
        match error:
            case AuthError():
                return "check the user and the password"
            case ServiceUnavailable() if "looks like HTTP" in str(error):
                return "this is the HTTP port; give the Bolt port, usually 7687"
            case ServiceUnavailable():
                return (
                    "is the server running, is it Bolt that listens there, and does it speak TLS as the address says?"
                )
            case ClientError() if code and "DatabaseNotFound" in code:
                return f"create the database {self.database}, or leave its name out of the address"
            case ClientError() if code and "AuthenticationRateLimit" in code:
                return "too many wrong passwords; wait a few seconds"
            case _:
                return ""

    def writing(self) -> AbstractAsyncContextManager[None]:
        """Nothing: the first statement of a write locks the ledger, and other writers wait for it."""
        return nullcontext()

    def places(self, mark: Callable[[], Awaitable[Mark]]) -> Sequence[Place]:
        """The server itself: it holds read transactions to reading and to their time."""
        door = Door(self.name, self.address, self.reader or self.writer, self.database, explains=True)
        return [Direct(door, mark) for _ in range(_PLACES)]

    async def close(self) -> None:
        """Nothing is held besides connections."""
