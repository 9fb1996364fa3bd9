"""One write: nodes and relationships merged in one transaction, all of them or none."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from neo4j import AsyncManagedTransaction, SummaryCounters, unit_of_work

from graph.schema import LEDGER, known_nodes, merge_nodes, merge_relationships
from graph.store import Change, StoreError
from ontology.mapping import BY_LABEL, BY_RECORD, Link, Shape
from ontology.property_graph import Edge, Node, joined

WRITE_SECONDS: Final = 600.0
_ROWS: Final = 1000
_LARGEST: Final = 16 * 2**20


def refuse_unfit(nodes: list[Node]) -> None:
    """Raise `StoreError` for a node with more text than one message to a server should have, or with broken text."""
    for node in nodes:
        try:
            size = len("".join(_texts(node)).encode())
        except UnicodeEncodeError as error:
            raise StoreError(f"nothing was written: {node.properties['iri']} has half a character in it") from error
        if size > _LARGEST:
            raise StoreError(
                f"nothing was written: {node.properties['iri']} has {size:,} bytes, and {_LARGEST:,} is the most "
                "that a node can hold; split the text"
            )


@unit_of_work(timeout=WRITE_SECONDS)
async def merge(transaction: AsyncManagedTransaction, nodes: list[Node], edges: list[Edge]) -> Change:
    """Nodes before relationships, behind the ledger: touching it makes one writer wait for the other, or repeat."""
    await run(transaction, f"MERGE (l:{LEDGER} {{iri: 'ledger'}}) SET l.writes = coalesce(l.writes, 0) + 1", {})
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
    return (await run(transaction, merge_nodes(label), {"rows": rows})).nodes_created


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


async def run(transaction: AsyncManagedTransaction, cypher: str, parameters: dict[str, Any]) -> SummaryCounters:
    """Run one statement to its end; what it changed."""
    return (await (await transaction.run(cypher, parameters)).consume()).counters


def _texts(node: Node) -> Iterator[str]:
    for value in node.properties.values():
        for single in value if isinstance(value, list) else [value]:
            if isinstance(single, str):
                yield single


def _batches(nodes: list[Node]) -> Iterator[tuple[str, list[Node]]]:
    """Nodes of one label, as many as make a message of moderate size."""
    batch: list[Node] = []
    size = 0
    for node in nodes:
        weight = sum(map(len, _texts(node)))
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
