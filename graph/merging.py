"""One write: nodes and relationships merged in one transaction, all of them or none."""

import secrets
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from neo4j import AsyncManagedTransaction, SummaryCounters, unit_of_work

from graph.counts import ACTS, Counts
from graph.schema import BEGIN_WRITE, END_WRITE, known_nodes, merge_nodes, merge_relationships, shelve
from graph.store import Change, StoreError
from ontology.mapping import BY_LABEL, BY_RECORD, Link, Shape
from ontology.property_graph import Edge, Node, joined

WRITE_SECONDS: Final = 600.0
_ROWS: Final = 1000
_LARGEST: Final = 16 * 2**20


class Ties(NamedTuple):
    """Rows of `owner` and `other` for one link; `stamp` where the owners are not among the nodes just written."""

    shape: Shape
    link: Link
    stamp: bool
    rows: list[dict[str, str]]


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
    """Nodes before relationships, behind the ledger: touching it makes one writer wait for the other, or repeat.

    What came or changed is stamped with the sequence that this write gets if there is any such thing.
    """
    token = secrets.token_hex(4)
    result = await transaction.run(BEGIN_WRITE, identity=secrets.token_hex(16), token=token)
    sequence = (await result.single(strict=True))["sequence"] + 1
    created = related = 0
    written: set[str] = set()
    counts = Counts(edges)
    for label, batch in _batches(nodes):
        rows = await _new(transaction, label, batch, counts)
        if rows:
            counters = await run(transaction, merge_nodes(label), {"rows": rows, "sequence": sequence})
            created += counters.nodes_created
            written.update(row["iri"] for row in rows)
            if moved := [row["iri"] for row in rows if row["moved"]]:
                await run(transaction, shelve(label), {"iris": moved})
    for ties in _related(edges, written):
        related += await _write_relationships(transaction, ties, sequence)
    for statement, parameters in counts.statements():
        await run(transaction, statement, parameters)
    if written or related:
        await run(transaction, END_WRITE, {"sequence": sequence, "token": token})
    return Change(created, related)


async def _new(
    transaction: AsyncManagedTransaction, label: str, batch: list[Node], counts: Counts
) -> list[dict[str, Any]]:
    """A row for every node that is not kept or says more than what is kept; `moved` are acts with another date."""
    wanted = {str(node.properties["iri"]): node.properties for node in batch}
    result = await transaction.run(known_nodes(label), iris=list(wanted))
    known = {row["properties"]["iri"]: (row["properties"], row["fields"]) for row in await result.data()}
    rows = []
    for iri, properties in wanted.items():
        kept, fields = known.get(iri) or ({}, ())
        after = joined(kept, properties)
        if label in ACTS:
            counts.note(label, kept or None, after, fields)
        if not kept or after != kept:
            moved = label in ACTS and bool(kept) and after.get("date") != kept.get("date")
            rows.append({"iri": iri, "properties": after, "moved": moved})
    return rows


async def _write_relationships(transaction: AsyncManagedTransaction, ties: Ties, sequence: int) -> int:
    shape, link, rows = ties.shape, ties.link, ties.rows
    cypher = merge_relationships(shape, link, stamp=ties.stamp)
    result = await transaction.run(cypher, rows=rows, sequence=sequence)
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


def _related(edges: list[Edge], written: set[str]) -> Iterator[Ties]:
    """The rows of all edges, by the link of which they are instances."""
    found: dict[tuple[Shape, Link, bool], list[dict[str, str]]] = defaultdict(list)
    for edge in edges:
        for label, owner, other, inverse in (
            (edge.source_label, edge.source, edge.target, False),
            (edge.target_label, edge.target, edge.source, True),
        ):
            for link in BY_LABEL[label].links:
                if link.relationship == edge.type and link.inverse == inverse:
                    found[BY_LABEL[label], link, owner not in written].append({"owner": owner, "other": other})
    for (shape, link, stamp), rows in found.items():
        for start in range(0, len(rows), _ROWS):
            yield Ties(shape, link, stamp, rows[start : start + _ROWS])
