"""The graph as GEXF 1.2, which Gephi opens."""

from typing import BinaryIO, Final

from graph.export.elements import edges, label, nodes, text
from graph.export.xml import Writer, columns
from graph.store import Store

_NAMESPACE: Final = "http://www.gexf.net/1.2draft"


async def write(store: Store, out: BinaryIO) -> None:
    """Writes every node and relationship of a store; the class of a node is its attribute `class`."""
    types = {"class": "string", **columns()}
    xml = Writer(out)
    with (
        xml.element("gexf", {"xmlns": _NAMESPACE, "version": "1.2"}),
        xml.element("graph", {"defaultedgetype": "directed", "mode": "static"}),
    ):
        _declare(xml, types)
        with xml.element("nodes", {}):
            async for node in nodes(store):
                iri = str(node.properties["iri"])
                with (
                    xml.element("node", {"id": iri, "label": text(label(node))}),
                    xml.element("attvalues", {}),
                ):
                    values = {"class": node.label, **node.properties}
                    for key in types:
                        if key in values:
                            xml.leaf("attvalue", {"for": key, "value": text(values[key])})
        with xml.element("edges", {}):
            number = 0
            async for source, type_, target in edges(store):
                xml.leaf("edge", {"id": str(number), "source": source, "target": target, "label": type_})
                number += 1
    xml.end()


def _declare(xml: Writer, types: dict[str, str]) -> None:
    with xml.element("attributes", {"class": "node"}):
        for key, type_ in types.items():
            xml.leaf("attribute", {"id": key, "title": key, "type": type_})
