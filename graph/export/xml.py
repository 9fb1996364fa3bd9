"""XML written as it comes, element by element."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from rdflib import XSD

from ontology.mapping import SHAPES


class Writer:
    """Elements into a stream of bytes; indented by line, since nobody reads the depth of a million nodes."""

    def __init__(self, out: BinaryIO) -> None:
        self._xml = XMLGenerator(out, "utf-8", short_empty_elements=True)
        self._xml.startDocument()

    @contextmanager
    def element(self, name: str, attributes: Mapping[str, str]) -> Iterator[None]:
        """An element around what is written meanwhile."""
        self._xml.startElement(name, AttributesImpl(attributes))
        self._xml.ignorableWhitespace("\n")
        yield
        self._xml.endElement(name)
        self._xml.ignorableWhitespace("\n")

    def leaf(self, name: str, attributes: Mapping[str, str], content: str = "") -> None:
        """An element with nothing but text in it."""
        self._xml.startElement(name, AttributesImpl(attributes))
        self._xml.characters(content)
        self._xml.endElement(name)
        self._xml.ignorableWhitespace("\n")

    def end(self) -> None:
        """Everything is written."""
        self._xml.endDocument()


def columns() -> dict[str, str]:
    """The property keys of all nodes and their types as GraphML and GEXF both name them."""
    types = {XSD.boolean: "boolean", XSD.integer: "integer", XSD.double: "double"}
    return {
        attribute.key: "string" if attribute.many else types.get(attribute.datatype, "string")
        for shape in SHAPES
        for attribute in shape.attributes
        if attribute.key != "text"
    }
