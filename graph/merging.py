"""One write: nodes and relationships merged in one transaction, all of them or none."""

import secrets
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from typing import Any, Final, NamedTuple

from neo4j import AsyncManagedTransaction, unit_of_work

from graph.counts import ACTS, Counts
from graph.schema import BEGIN_WRITE, END_WRITE, KNOWN, known_nodes, merge_nodes, relate, shelve
from graph.store import Change, StoreError
from ontology.mapping import BY_RECORD, SHAPES, Link, Shape
from ontology.property_graph import Edge, Node, Properties, ends, joined
from ontology.terms import FIELD

WRITE_SECONDS: Final = 600.0
_ROWS: Final = 5000
_LARGEST: Final = 16 * 2**20
_OWNERS: Final = {(link.relationship, *ends(shape, link)): (shape, link) for shape in SHAPES for link in shape.links}

Pairs = list[tuple[str, str]]


class _Kept(NamedTuple):
    """What the store has of a node: its properties, and the type and the other end of each link that it owns."""

    properties: Properties
    links: frozenset[tuple[str, str]]

    def fields(self) -> list[str]:
        """Under which fields an act is filed."""
        return [other.removeprefix(FIELD) for _, other in self.links if other.startswith(FIELD)]


def refuse_unfit(nodes: list[Node]) -> None:
    """Raise `StoreError` for a node with more text than one message to a server should have, or with broken text."""
    for node in nodes:
        try:
            size = len(_text(node).encode())
        except UnicodeEncodeError as error:
            raise StoreError(f"nothing was written: {node.properties['iri']} has half a character in it") from error
        if size > _LARGEST:
            raise StoreError(
                f"nothing was written: {node.properties['iri']} has {size:,} bytes, and {_LARGEST:,} is the most "
                "that a node can hold; split the text"
            )


@unit_of_work(timeout=WRITE_SECONDS)
async def merge(transaction: AsyncManagedTransaction, nodes: list[Node], edges: list[Edge]) -> Change:
    """Behind the ledger: touching it makes one writer wait for the other, or repeat.

    So what is read then stays as it is, and only what is missing is written: nodes, and then relationships. What came,
    changed or gained a link is stamped with the sequence that this write gets if there is any such thing.
    """
    token = secrets.token_hex(4)
    result = await transaction.run(BEGIN_WRITE, identity=secrets.token_hex(16), token=token)
    sequence = (await result.single(strict=True))["sequence"] + 1
    kept = await _kept(transaction, nodes)
    gained, owners = _gained(edges, kept)
    counts = Counts(edges)
    written = False
    for label, batch in _batches(nodes):
        rows, moved = _new(label, batch, kept, owners, counts)
        if rows:
            await run(transaction, merge_nodes(label), {"rows": rows, "sequence": sequence})
            written = True
        if moved:
            await run(transaction, shelve(label), {"iris": moved})
    for (shape, link), pairs in gained:
        for start in range(0, len(pairs), _ROWS):
            await _relate(transaction, shape, link, pairs[start : start + _ROWS])
    for statement, parameters in counts.statements():
        await run(transaction, statement, parameters)
    if written:
        await run(transaction, END_WRITE, {"sequence": sequence, "token": token})
    return Change(len(nodes) - len(kept), sum(len(pairs) for _, pairs in gained))


async def _kept(transaction: AsyncManagedTransaction, nodes: list[Node]) -> dict[str, _Kept]:
    """What the store has of these nodes, by their iris."""
    iris: dict[str, list[Any]] = {shape.label: [] for shape in SHAPES}
    for node in nodes:
        iris[node.label].append(node.properties["iri"])
    result = await transaction.run(KNOWN, given=iris)
    return {
        row["properties"]["iri"]: _Kept(row["properties"], frozenset(map(tuple, row["links"])))
        for row in await result.data()
    }


def _gained(edges: list[Edge], kept: Mapping[str, _Kept]) -> tuple[list[tuple[tuple[Shape, Link], Pairs]], set[str]]:
    """What is not kept of each link, as pairs of the owner and the other end; and all these owners."""
    found: dict[tuple[str, str, str], Pairs] = defaultdict(list)
    for kind, source_label, source, target_label, target in edges:
        instance = kind, source_label, target_label
        owner, other = (target, source) if _OWNERS[instance][1].inverse else (source, target)
        if owner not in kept or (kind, other) not in kept[owner].links:
            found[instance].append((owner, other))
    gained = [(_OWNERS[instance], pairs) for instance, pairs in found.items()]
    return gained, {owner for _, pairs in gained for owner, _ in pairs}


def _new(
    label: str, batch: list[Node], kept: Mapping[str, _Kept], owners: Container[str], counts: Counts
) -> tuple[list[Properties], list[str]]:
    """Every node that is not kept, says more than what is kept or gains a link; and acts that have another date."""
    rows, moved = [], []
    for _, properties in batch:
        iri = str(properties["iri"])
        before = kept.get(iri)
        after = joined(before.properties, properties) if before else properties
        if label in ACTS:
            counts.note(label, before and before.properties, after, before.fields() if before else ())
        if before is None or iri in owners or after != before.properties:
            rows.append(after)
            if label in ACTS and before and after.get("date") != before.properties.get("date"):
                moved.append(iri)
    return rows, moved


async def _relate(transaction: AsyncManagedTransaction, shape: Shape, link: Link, pairs: Pairs) -> None:
    # By the end that many share, which then is looked up and sent once.
    rows: dict[str, list[str]] = defaultdict(list)
    for owner, other in pairs:
        rows[other].append(owner)
    result = await transaction.run(relate(shape, link), given={"rows": list(map(list, rows.items()))})
    if (await result.single(strict=True))["matched"] < len(pairs):
        await _name_missing(transaction, shape.label, [owner for owner, _ in pairs], link)
        await _name_missing(transaction, BY_RECORD[link.target].label, list(rows), link)


async def _name_missing(transaction: AsyncManagedTransaction, label: str, iris: list[str], link: Link) -> None:
    result = await transaction.run(known_nodes(label), iris=iris)
    missing = sorted(set(iris) - {row["properties"]["iri"] for row in await result.data()})
    if missing:
        raise StoreError(
            f"nothing was written: {link.relationship} needs the {label} {missing[0]}, which is neither in the store "
            "nor among what was given; add it, or prepare the store if it is a field"
        )


async def run(transaction: AsyncManagedTransaction, cypher: str, given: dict[str, Any]) -> None:
    """Run one statement to its end."""
    await (await transaction.run(cypher, given=given)).consume()


def _text(node: Node) -> str:
    """All words of a node in one."""
    return "".join(
        [
            value if isinstance(value, str) else "".join(map(str, value))
            for value in node.properties.values()
            if isinstance(value, str | list)
        ]
    )


def _batches(nodes: list[Node]) -> Iterator[tuple[str, list[Node]]]:
    """Nodes of one label, as many as make a message of moderate size."""
    batch: list[Node] = []
    size = 0
    for node in nodes:
        weight = len(_text(node))
        if batch and (batch[0].label != node.label or len(batch) == _ROWS or size + weight > _LARGEST // 4):
            yield batch[0].label, batch
            batch, size = [], 0
        batch.append(node)
        size += weight
    if batch:
        yield batch[0].label, batch
