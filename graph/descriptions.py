"""What a store says of single nodes, for those who bring facts that refer to them."""

from collections.abc import AsyncIterator, Iterable, Sequence

from graph.schema import known_nodes
from graph.store import Store
from ontology.mapping import BY_RECORD
from ontology.property_graph import triples_of_node
from ontology.records import Record
from ontology.triples import Triple

_FIELDS = "MATCH (f:Field) RETURN f.slug AS slug, [(f)-[:BROADER]->(above:Field) | above.slug] AS broader"


async def descriptions(store: Store, records: Iterable[type[Record]], iris: Sequence[str]) -> AsyncIterator[Triple]:
    """The classes and attributes of those nodes that are there and of one of these classes. Raises StoreError."""
    for record in records:
        label = BY_RECORD[record].label
        for row in await store.read(known_nodes(label), {"iris": list(iris)}):
            for triple in triples_of_node(label, row["properties"]):
                yield triple


async def broader(store: Store) -> dict[str, tuple[str, ...]]:
    """Every field of a store by its slug, with those directly above it. Raises StoreError."""
    return {row["slug"]: tuple(sorted(row["broader"])) for row in await store.read(_FIELDS, {})}
