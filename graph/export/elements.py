"""The graph as nodes and edges, for formats that draw networks."""

import re
from collections.abc import AsyncIterator
from typing import Final

from rdflib import URIRef

from graph.store import Store
from ontology.property_graph import RELATIONSHIPS, Node, graph_of
from ontology.triples import Triple

_TYPES: Final = {predicate: relationship for relationship, predicate in RELATIONSHIPS.items()}
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMES: Final = ("name", "title", "action", "document")


async def nodes(store: Store) -> AsyncIterator[Node]:
    """Every node, without the texts of statements: in a drawing they would weigh much and show nothing."""
    facts: list[Triple] = []
    async for triple in store.triples():
        if triple[1] in _TYPES:
            continue
        if facts and facts[0][0] != triple[0]:
            yield _node(facts)
            facts = []
        facts.append(triple)
    if facts:
        yield _node(facts)


async def edges(store: Store) -> AsyncIterator[tuple[str, str, str]]:
    """Source, type and target of every relationship."""
    async for source, predicate, target in store.triples():
        if predicate in _TYPES:
            yield str(source), _TYPES[URIRef(predicate)], str(target)


def label(node: Node) -> str:
    """What a drawing writes beside a node."""
    return next((str(node.properties[key]) for key in _NAMES if node.properties.get(key)), node.label)


def text(value: object) -> str:
    """A property as XML can hold it: lists joined, and no character that XML forbids."""
    if isinstance(value, list):
        return _NO_XML.sub("\ufffd", "; ".join(map(str, value)))
    if isinstance(value, bool):
        return "true" if value else "false"
    return _NO_XML.sub("\ufffd", str(value))


def _node(facts: list[Triple]) -> Node:
    (node,), _ = graph_of(facts)
    node.properties.pop("text", None)
    return node
