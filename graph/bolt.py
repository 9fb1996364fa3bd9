"""A store behind the Bolt protocol, on the official driver. What differs between servers is a `Backend`."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Final, Protocol, Self

from neo4j import (
    READ_ACCESS,
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncManagedTransaction,
    SummaryCounters,
    unit_of_work,
)
from neo4j.exceptions import ConstraintError, DriverError, Neo4jError

from graph.schema import CONSTRAINTS, INDEXES, LEDGER, known_nodes, merge_nodes, merge_relationships, page_of
from graph.store import Change, StoreError
from ontology.mapping import BY_LABEL, BY_RECORD, SHAPES, Link, Shape
from ontology.property_graph import Edge, Node, graph_of, joined, triple_of_edge, triples_of_node
from ontology.taxonomy import fields
from ontology.triples import GraphError, Triple, triples

_READ_SECONDS: Final = 60.0
_WRITE_SECONDS: Final = 600.0
_ROWS: Final = 1000
_LARGEST: Final = 16 * 2**20
_ATTEMPTS: Final = 10

Credentials = tuple[str, str]


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

    async def close(self) -> None:
        """Give back what the backend holds besides connections."""


class BoltStore:
    """The one implementation of `graph.store.Store`. Open it with `graph.stores.open_store`."""

    def __init__(self, driver: AsyncDriver, backend: Backend) -> None:
        self._driver = driver
        self._backend = backend
        self._writing = asyncio.Lock()

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
        except (DriverError, Neo4jError, OSError) as error:
            await driver.close()
            raise _explained(backend, error) from error
        except BaseException:
            await driver.close()
            raise
        return cls(driver, backend)

    async def prepare(self) -> None:
        """Constraints and indexes first, then the taxonomy of fields; harmless to repeat."""
        try:
            async with self._driver.session(database=self._backend.database) as session:
                for statement in (*CONSTRAINTS, *INDEXES, *self._backend.schema):
                    await (await session.run(statement)).consume()
        except (DriverError, Neo4jError) as error:
            raise _explained(self._backend, error) from error
        await self.add(triples(fields()))

    async def add(self, triples: Iterable[Triple]) -> Change:
        """Write triples: all of them or none. Idempotent, and the same in every order (see `joined`).

        Raises `StoreError` for triples that the vocabulary does not know, and for a relationship whose end is missing.
        """
        try:
            nodes, edges = graph_of(triples)
        except GraphError as error:
            raise StoreError(f"nothing was written: {error}") from error
        _refuse_giants(nodes)
        async with self._writing, self._backend.writing():
            return await self._write(nodes, edges)

    async def _write(self, nodes: list[Node], edges: list[Edge]) -> Change:
        for attempt in range(_ATTEMPTS):
            try:
                async with self._driver.session(database=self._backend.database) as session:
                    return await session.execute_write(_write, nodes, edges)
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

    async def triples(self) -> AsyncIterator[Triple]:
        """Everything in the store, streamed: one page of nodes and their relationships in memory at a time."""
        for shape in SHAPES:
            after = ""
            while rows := await self.read(page_of(shape), {"after": after, "size": _ROWS}):
                for row in rows:
                    for triple in _triples(shape, row):
                        yield triple
                after = rows[-1]["properties"]["iri"]

    async def close(self) -> None:
        """Give connections back."""
        await self._driver.close()
        await self._backend.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self.close()


def _explained(backend: Backend, error: Exception) -> StoreError:
    said = error.message if isinstance(error, Neo4jError) and error.message else str(error).split("\n")[0]
    advice = backend.advice(error) if isinstance(error, DriverError | Neo4jError) else ""
    return StoreError(f"{backend.name}: {said}" + (f"; {advice}" if advice else ""))


def _refuse_giants(nodes: list[Node]) -> None:
    for node in nodes:
        size = sum(len(value.encode()) for value in node.properties.values() if isinstance(value, str))
        if size > _LARGEST:
            raise StoreError(
                f"nothing was written: {node.properties['iri']} has {size:,} bytes, and {_LARGEST:,} is the most "
                "that a node can hold; split the text"
            )


@unit_of_work(timeout=_READ_SECONDS)
async def _rows(
    transaction: AsyncManagedTransaction, cypher: str, parameters: Mapping[str, Any]
) -> list[dict[str, Any]]:
    result = await transaction.run(cypher, dict(parameters))
    return await result.data()


@unit_of_work(timeout=_WRITE_SECONDS)
async def _write(transaction: AsyncManagedTransaction, nodes: list[Node], edges: list[Edge]) -> Change:
    """Nodes before relationships, behind the ledger: touching it makes one writer wait for the other, or repeat."""
    await _run(transaction, f"MERGE (l:{LEDGER} {{iri: 'ledger'}}) SET l.writes = coalesce(l.writes, 0) + 1", {})
    created = 0
    for label, batch in _batches(nodes):
        created += await _write_nodes(transaction, label, batch)
    related = 0
    for (shape, link), rows in _related(edges).items():
        for start in range(0, len(rows), _ROWS):
            related += await _write_relationships(transaction, shape, link, rows[start : start + _ROWS])
    return Change(created, related)


async def _write_nodes(transaction: AsyncManagedTransaction, label: str, batch: list[Node]) -> int:
    wanted = {str(node.properties["iri"]): node.properties for node in batch}
    result = await transaction.run(known_nodes(label), iris=list(wanted))
    known = {row["properties"]["iri"]: row["properties"] for row in await result.data()}
    rows = []
    for iri, properties in wanted.items():
        kept = known.get(iri)
        if kept is None or joined(kept, properties) != kept:
            rows.append({"iri": iri, "properties": joined(kept or {}, properties)})
    if not rows:
        return 0
    return (await _run(transaction, merge_nodes(label), {"rows": rows})).nodes_created


async def _write_relationships(
    transaction: AsyncManagedTransaction, shape: Shape, link: Link, rows: list[dict[str, str]]
) -> int:
    result = await transaction.run(merge_relationships(shape, link), rows=rows)
    record = await result.single(strict=True)
    if record["matched"] < len(rows):
        await _name_missing(transaction, shape.label, [row["owner"] for row in rows], link)
        await _name_missing(transaction, BY_RECORD[link.target].label, [row["other"] for row in rows], link)
    return (await result.consume()).counters.relationships_created


async def _name_missing(transaction: AsyncManagedTransaction, label: str, iris: list[str], link: Link) -> None:
    result = await transaction.run(known_nodes(label), iris=iris)
    missing = sorted(set(iris) - {row["properties"]["iri"] for row in await result.data()})
    if missing:
        raise StoreError(
            f"nothing was written: {link.relationship} needs the {label} {missing[0]}, which is neither in the store "
            "nor among what was given; add it, or prepare the store if it is a field"
        )


async def _run(transaction: AsyncManagedTransaction, cypher: str, parameters: dict[str, Any]) -> SummaryCounters:
    return (await (await transaction.run(cypher, parameters)).consume()).counters


def _batches(nodes: list[Node]) -> Iterator[tuple[str, list[Node]]]:
    """Nodes of one label, as many as make a message of moderate size."""
    batch: list[Node] = []
    size = 0
    for node in nodes:
        weight = sum(len(value) for value in node.properties.values() if isinstance(value, str))
        if batch and (batch[0].label != node.label or len(batch) == _ROWS or size + weight > _LARGEST // 4):
            yield batch[0].label, batch
            batch, size = [], 0
        batch.append(node)
        size += weight
    if batch:
        yield batch[0].label, batch


def _related(edges: list[Edge]) -> dict[tuple[Shape, Link], list[dict[str, str]]]:
    """Rows of owner and other by the link of which they are instances."""
    rows: dict[tuple[Shape, Link], list[dict[str, str]]] = defaultdict(list)
    for edge in edges:
        for label, owner, other, inverse in (
            (edge.source_label, edge.source, edge.target, False),
            (edge.target_label, edge.target, edge.source, True),
        ):
            for link in BY_LABEL[label].links:
                if link.relationship == edge.type and link.inverse == inverse:
                    rows[BY_LABEL[label], link].append({"owner": owner, "other": other})
    return rows


def _triples(shape: Shape, row: Mapping[str, Any]) -> Iterator[Triple]:
    iri = row["properties"]["iri"]
    yield from triples_of_node(shape.label, row["properties"])
    for link in shape.links:
        for other in row[link.name]:
            source, target = (other, iri) if link.inverse else (iri, other)
            yield triple_of_edge(link.relationship, source, target)
