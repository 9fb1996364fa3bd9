"""The graph as GraphML, which Gephi, yEd, Cytoscape and NetworkX open."""

from typing import BinaryIO, Final

from graph.export.elements import edges, label, nodes, text
from graph.export.xml import Writer, columns
from graph.store import Store
from ontology.property_graph import Node

_NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"


async def write(store: Store, out: BinaryIO) -> None:
    """Writes every node and relationship of a store; their classes and types are the key `class`."""
    types = {"class": "string", "label": "string", **columns()}
    xml = Writer(out)
    with xml.element("graphml", {"xmlns": _NAMESPACE}):
        _declare(xml, types)
        with xml.element("graph", {"id": "pledgegraph", "edgedefault": "directed"}):
            async for node in nodes(store):
                _node(xml, node, types)
            async for source, type_, target in edges(store):
                with xml.element("edge", {"source": source, "target": target}):
                    xml.leaf("data", {"key": "edge-class"}, type_)
    xml.end()


def _node(xml: Writer, node: Node, types: dict[str, str]) -> None:
    values = {"class": node.label, "label": label(node), **node.properties}
    with xml.element("node", {"id": str(node.properties["iri"])}):
        for key in types:
            if key in values:
                xml.leaf("data", {"key": key}, text(values[key]))


def _declare(xml: Writer, types: dict[str, str]) -> None:
    for key, type_ in types.items():
        kind = "int" if type_ == "integer" else type_
        xml.leaf("key", {"id": key, "for": "node", "attr.name": key, "attr.type": kind})
    xml.leaf("key", {"id": "edge-class", "for": "edge", "attr.name": "class", "attr.type": "string"})
