"""A store behind the Bolt protocol, on the official driver. What differs between servers is a `Backend`."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Final, Protocol, Self, TypeVar

from neo4j import (
    READ_ACCESS,
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncManagedTransaction,
    unit_of_work,
)
from neo4j.exceptions import ConstraintError, DriverError, Neo4jError

from graph import feed
from graph.merging import merge, refuse_unfit, run
from graph.raw import LIMITS, Answer, Limits, Place, Written
from graph.recount import recount
from graph.sandbox.turns import Turns
from graph.schema import (
    CONSTRAINTS,
    INDEXES,
    IS_PREPARED,
    MARK,
    PAST,
    SET_PREPARED,
    STAMPS,
    edition,
)
from graph.store import Change, Mark, StoredNode, StoreError
from ontology.property_graph import graph_of
from ontology.taxonomy import fields
from ontology.triples import GraphError, Triple, triples

_READ_SECONDS: Final = 60.0
_ATTEMPTS: Final = 10

Credentials = tuple[str, str]
T = TypeVar("T")


class Backend(Protocol):
    """What a Bolt store must know about the server behind it.

    `name` is how messages call it. `reader` are credentials that may only read, where the server does not itself hold
    read transactions to reading. `schema` is what this server gets beyond the common constraints and indexes.
    `patience` says for how many seconds a transaction is tried again while the server is away or busy.
    """

    @property
    def name(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def writer(self) -> Credentials | None: ...
    @property
    def reader(self) -> Credentials | None: ...
    @property
    def database(self) -> str | None: ...
    @property
    def schema(self) -> Sequence[str]: ...
    @property
    def patience(self) -> float: ...

    def check(self, agent: str) -> None:
        """Raise `StoreError` if a server that calls itself so is of no use."""

    def advice(self, error: DriverError | Neo4jError) -> str:
        """What to do about an error."""

    def writing(self) -> AbstractAsyncContextManager[None]:
        """What a writer must hold, where the server does not itself let writers wait for each other."""

    def places(self, mark: Callable[[], Awaitable[Mark]]) -> Sequence[Place]:
        """Where statements of others may run, as many at a time as there are places. `mark` tells how the store is."""

    async def close(self) -> None:
        """Give back what the backend holds besides connections."""


class BoltStore:
    """The one implementation of `graph.store.Store`. Open it with `graph.stores.open_store`."""

    def __init__(self, driver: AsyncDriver, backend: Backend) -> None:
        self._driver = driver
        self._backend = backend
        self._writing = asyncio.Lock()
        self._turns: Turns | None = None

    @classmethod
    async def connect(cls, backend: Backend) -> Self:
        """A store that has spoken to its server. Raises `StoreError` where that fails."""
        try:
            driver = AsyncGraphDatabase.driver(
                backend.address,
                auth=backend.writer,
                notifications_min_severity="OFF",
                connection_timeout=10,
                max_transaction_retry_time=backend.patience,
            )
        except (DriverError, ValueError) as error:
            raise StoreError(f"{backend.name} cannot be opened: {error}") from error
        try:
            backend.check((await driver.get_server_info()).agent)
            await driver.execute_query("RETURN 1", database_=backend.database)
            if backend.reader:
                await driver.execute_query("RETURN 1", database_=backend.database, auth_=backend.reader)
        except (DriverError, Neo4jError, OSError) as error:
            await driver.close()
            raise _explained(backend, error) from error
        except BaseException:
            await driver.close()
            raise
        return cls(driver, backend)

    async def prepare(self) -> None:
        """Constraints and indexes first, then the taxonomy of fields; harmless to repeat."""
        current = {"edition": edition(self._backend.schema)}
        if await self.read(IS_PREPARED, current):
            return
        await self._constrain()
        await self.add(triples(fields()))
        await self._transact(recount)
        await self._transact(run, SET_PREPARED, current)

    async def _constrain(self) -> None:
        try:
            async with (
                self._backend.writing(),
                self._driver.session(database=self._backend.database) as session,
            ):
                for statement in (*CONSTRAINTS, *INDEXES, *self._backend.schema):
                    await (await session.run(statement)).consume()
                for stamp in STAMPS:
                    while (await (await session.run(stamp)).single(strict=True))["many"]:
                        pass
        except (DriverError, Neo4jError) as error:
            raise _explained(self._backend, error) from error

    async def add(self, triples: Iterable[Triple]) -> Change:
        """Write triples: all of them or none. Idempotent, and the same in every order (see `joined`).

        Raises `StoreError` for triples that the vocabulary does not know, and for a relationship whose end is missing.
        """
        try:
            nodes, edges = graph_of(triples)
        except GraphError as error:
            raise StoreError(f"nothing was written: {error}") from error
        refuse_unfit(nodes)
        return await self._transact(merge, nodes, edges)

    async def _transact(self, work: Callable[..., Awaitable[T]], *arguments: object) -> T:
        async with self._writing, self._backend.writing():
            for attempt in range(_ATTEMPTS):
                try:
                    async with self._driver.session(database=self._backend.database) as session:
                        return await session.execute_write(work, *arguments)
                except ConstraintError as error:
                    # Everything here is MERGE, so the node is there because another writer was quicker: look again.
                    if attempt == _ATTEMPTS - 1:
                        raise _explained(self._backend, error) from error
                    await asyncio.sleep(0.05 * 2**attempt)
                except (DriverError, Neo4jError, OSError) as error:
                    raise _explained(self._backend, error) from error
        raise AssertionError("unreachable")

    async def read(self, cypher: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The rows of one read-only query of our own; text from outside goes into `parameters` only.

        A query that writes is refused by the server with a `StoreError`.
        """
        backend = self._backend
        try:
            async with self._driver.session(
                database=backend.database, default_access_mode=READ_ACCESS, auth=backend.reader
            ) as session:
                return await session.execute_read(_rows, cypher, parameters)
        except (DriverError, Neo4jError, OSError) as error:
            raise _explained(backend, error) from error

    async def raw(self, text: str, parameters: Mapping[str, Any], written: Written, limits: Limits = LIMITS) -> Answer:
        """The answer to a statement of somebody else, as `written` writes it, where it can hurt nobody.

        Raises `RawError` and `StoreError`.
        """
        if self._turns is None:
            self._turns = Turns(self._backend.places(self.mark))
        return await self._turns.ask(text, parameters, written, limits)

    async def triples(self) -> AsyncIterator[Triple]:
        """Everything in the store, streamed."""
        async for node in self.nodes():
            for triple in node.triples():
                yield triple

    def nodes(self) -> AsyncIterator[StoredNode]:
        """Every node of the vocabulary, streamed; one that changes meanwhile may come twice."""
        return feed.everything(self)

    async def sequence(self) -> int:
        """How many writes have changed the store; one that brings nothing new is not counted."""
        return (await self.mark()).sequence

    async def mark(self) -> Mark:
        """Where the store stands now."""
        return Mark.of(await self.read(MARK, {}))

    async def remembers(self, mark: Mark) -> bool:
        """Whether the store was once at this mark; of its last hundred writes it knows the tokens, of others not."""
        rows = await self.read(PAST, {"identity": mark.identity, "sequence": mark.sequence})
        return bool(rows) and rows[0]["token"] in (mark.token, None)

    def changes(self, after: int) -> AsyncIterator[StoredNode]:
        """The nodes that came, changed or gained a link since a sequence, about in the order in which they did.

        Whoever has applied them all is as the store was when the first was asked for, or further. A node may come
        more than once, and as later writes left it.
        """
        return feed.changes(self, after)

    async def close(self) -> None:
        """Give connections back."""
        try:
            if self._turns:
                await self._turns.close()
            await self._driver.close()
        finally:
            await self._backend.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self.close()


def _explained(backend: Backend, error: Exception) -> StoreError:
    said = error.message if isinstance(error, Neo4jError) and error.message else str(error).split("\n")[0]
    advice = backend.advice(error) if isinstance(error, DriverError | Neo4jError) else ""
    return StoreError(f"{backend.name}: {said}" + (f"; {advice}" if advice else ""))


@unit_of_work(timeout=_READ_SECONDS)
async def _rows(
    transaction: AsyncManagedTransaction, cypher: str, parameters: Mapping[str, Any]
) -> list[dict[str, Any]]:
    result = await transaction.run(cypher, dict(parameters))
    return await result.data()
