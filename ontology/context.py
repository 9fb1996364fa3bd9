"""Records as Turtle and JSON-LD, with the JSON-LD context that follows from the table in `mapping`.

In the context every term is a predicate's own name, except where SKOS gives the predicate: there it is the node key.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from rdflib import SKOS, XSD, Graph, Literal, URIRef

from ontology.mapping import EDTF, FIELD_REFERENCE, SHAPES, Attribute
from ontology.records import Record
from ontology.terms import DATA, FIELD, NS
from ontology.triples import triples

PREFIXES: Final[Mapping[str, str]] = {
    "pg": NS,
    "field": FIELD,
    "skos": str(SKOS),
    "xsd": str(XSD),
    "edtf": str(EDTF).removesuffix("EDTF"),
    **{shape.label.lower(): f"{DATA}{shape.label.lower()}/" for shape in SHAPES if shape.label != "Field"},
}
# JSON has these itself. Doubles are not among them: a reader would take the number 1.0 for an integer.
_NATIVE: Final = (XSD.string, XSD.integer, XSD.boolean)


def _name(predicate: URIRef, key: str) -> str:
    return predicate.removeprefix(NS) if predicate.startswith(NS) else key


def _curie(iri: str) -> str:
    prefix, start = max(PREFIXES.items(), key=lambda item: len(item[1]) if iri.startswith(item[1]) else 0)
    return f"{prefix}:{iri.removeprefix(start)}"


def _attribute(attribute: Attribute) -> dict[str, str]:
    term = {"@id": _curie(attribute.predicate)}
    if attribute.datatype == FIELD_REFERENCE:
        term["@type"] = "@id"
    elif attribute.datatype not in _NATIVE:
        term["@type"] = _curie(attribute.datatype)
    return term | ({"@container": "@set"} if attribute.many else {})


def _context() -> dict[str, Any]:
    terms: dict[str, Any] = dict(PREFIXES)
    for shape in SHAPES:
        terms[shape.label] = _curie(shape.rdf_class)
        for attribute in shape.attributes:
            terms[_name(attribute.predicate, attribute.key)] = _attribute(attribute)
        for link in shape.links:
            term = {"@id": _curie(link.predicate), "@type": "@id"}
            terms[_name(link.predicate, link.name)] = term | ({"@container": "@set"} if link.many else {})
    return terms


CONTEXT: Final[Mapping[str, Any]] = _context()
_DOUBLES: Final = frozenset(
    _name(attribute.predicate, attribute.key)
    for shape in SHAPES
    for attribute in shape.attributes
    if attribute.datatype == XSD.double
)


def to_graph(records: Iterable[Record]) -> Graph:
    """Records, and all that they refer to, as an RDF graph with its prefixes bound.

    Strings are plain literals. To RDF they are the same as those of type `xsd:string`, to rdflib they are not, and
    plain ones are what its parsers give.
    """
    graph = Graph(bind_namespaces="none")
    for prefix, start in PREFIXES.items():
        graph.bind(prefix, start)
    for subject, predicate, value in triples(records):
        plain = isinstance(value, Literal) and value.datatype == XSD.string
        graph.add((subject, predicate, Literal(str(value)) if plain else value))
    return graph


def turtle(records: Iterable[Record]) -> str:
    """Records, and all that they refer to, as Turtle."""
    return to_graph(records).serialize(format="turtle")


def jsonld(records: Iterable[Record]) -> str:
    """Records, and all that they refer to, as a JSON-LD document: the context and one node a record, by IRI."""
    return graph_as_jsonld(to_graph(records))


def graph_as_jsonld(graph: Graph) -> str:
    """A graph as a JSON-LD document in the same way; what the context does not know stands under its IRI."""
    document = json.loads(graph.serialize(format="json-ld", context=CONTEXT))
    # One node alone stands in the document itself.
    alone = {key: value for key, value in document.items() if key != "@context"}
    nodes = sorted(map(_ordered, document.get("@graph", [alone])), key=lambda node: str(node["@id"]))
    return json.dumps({"@context": CONTEXT, "@graph": nodes}, ensure_ascii=False, indent=2)


def _ordered(node: dict[str, Any]) -> dict[str, Any]:
    """A node whose keys and values stand in one order, and whose doubles are numbers."""
    return {
        key: float(value) if key in _DOUBLES else sorted(value, key=str) if isinstance(value, list) else value
        for key, value in sorted(node.items())
    }
