"""RDF triples as nodes and edges of a property graph and back, and query rows as records, by the table in `mapping`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple, TypeVar, cast

from rdflib import RDF, Literal, URIRef
from rdflib.term import Identifier

from ontology.mapping import BY_LABEL, BY_RECORD, FIELD_REFERENCE, SHAPES, Attribute, Link, Shape
from ontology.records import Field, Record
from ontology.terms import FIELD
from ontology.triples import GraphError, Triple, term

Scalar = str | int | float | bool
Properties = dict[str, Scalar | list[Scalar]]
R = TypeVar("R", bound=Record)


class Node(NamedTuple):
    """A node: `properties` hold its `iri` and every literal."""

    label: str
    properties: Properties


class Edge(NamedTuple):
    """A relationship between two nodes, each given by its label and iri."""

    type: str
    source_label: str
    source: str
    target_label: str
    target: str


# Under plain strings: rdflib hashes and compares its terms in Python code, and there are many triples.
_TYPE: Final = str(RDF.type)
_LABELS: Final = {str(shape.rdf_class): shape.label for shape in SHAPES}
_ATTRIBUTES: Final = {
    shape.label: {str(attribute.predicate): attribute for attribute in shape.attributes} for shape in SHAPES
}


def ends(shape: Shape, link: Link) -> tuple[str, str]:
    """The labels at the source and at the target of a link's relationships."""
    other = BY_RECORD[link.target].label
    return (other, shape.label) if link.inverse else (shape.label, other)


_EDGES: Final = {
    (str(link.predicate), *ends(shape, link)): link.relationship for shape in SHAPES for link in shape.links
}
RELATIONSHIPS: Final[dict[str, URIRef]] = {
    link.relationship: link.predicate for shape in SHAPES for link in shape.links
}


def graph_of(triples: Iterable[Triple]) -> tuple[list[Node], list[Edge]]:
    """The nodes and edges that triples describe, in a stable order.

    Raises `GraphError` for a subject without class or a predicate that the table does not know for its class.
    """
    described: dict[str, list[Triple]] = defaultdict(list)
    nodes: dict[str, Node] = {}
    for triple in triples:
        iri = str(triple[0])
        if str(triple[1]) != _TYPE:
            described[iri].append(triple)
        elif label := _LABELS.get(str(triple[2])):
            nodes[iri] = Node(label, {"iri": iri})
    edges: set[Edge] = set()
    for iri, facts in described.items():
        if iri not in nodes:
            raise GraphError(f"{iri} has no class that the vocabulary knows; give it an rdf:type")
        label, properties = nodes[iri]
        attributes = _ATTRIBUTES[label]
        for _, predicate, value in facts:
            named = str(predicate)
            if attribute := attributes.get(named):
                _set(properties, attribute, value)
            else:
                edges.add(_edge(iri, label, named, str(value), nodes))
    return sorted(nodes.values(), key=_by_iri), sorted(edges)


def _by_iri(node: Node) -> tuple[str, str]:
    return node.label, str(node.properties["iri"])


def _set(properties: Properties, attribute: Attribute, value: Identifier) -> None:
    scalar = _scalar(attribute, value)
    said: Scalar | list[Scalar] = [scalar] if attribute.many else scalar
    known = properties.setdefault(attribute.key, said)
    if known is not said:
        properties[attribute.key] = _joined_value(known, said)


def joined(one: Properties, other: Properties) -> Properties:
    """What two descriptions of the same node say together, whichever came first.

    Of two lists everything, of two single values the smaller one, and a value rather than none. So a statement that
    comes twice with different titles keeps the first of them in alphabetical order, in every order of loading.
    """
    return one | {key: _joined_value(one.get(key, value), value) for key, value in other.items()}


def _joined_value(one: Scalar | list[Scalar], other: Scalar | list[Scalar]) -> Scalar | list[Scalar]:
    if isinstance(one, list) and isinstance(other, list):
        return sorted({*one, *other})
    return min(one, other)


def _scalar(attribute: Attribute, value: Identifier) -> Scalar:
    if attribute.read is str:
        return str(value).removeprefix(FIELD) if attribute.datatype is FIELD_REFERENCE else str(value)
    if isinstance(value, Literal) and isinstance(value.value, bool | int | float):
        return value.value
    return str(value)


def _edge(iri: str, label: str, predicate: str, other: str, nodes: Mapping[str, Node]) -> Edge:
    """The edge of one object property; both ends must be of the classes that the table gives the link."""
    # Fields belong to the taxonomy, which a store holds already, so they are named without being described.
    target = nodes[other].label if other in nodes else BY_RECORD[Field].label
    relationship = _EDGES.get((predicate, label, target))
    if relationship is None:
        raise GraphError(f"{predicate} of {iri} ({label}) is not in the vocabulary, or {other} has no class")
    return Edge(relationship, label, iri, target, other)


def triples_of_node(label: str, properties: Mapping[str, Any]) -> Iterator[Triple]:
    """The triples of one stored node; keys that the table does not know are the store owner's and stay out."""
    shape = BY_LABEL[label]
    subject = URIRef(properties["iri"])
    yield subject, RDF.type, shape.rdf_class
    for attribute in shape.attributes:
        value = properties.get(attribute.key)
        if value is not None:
            for single in value if attribute.many else (value,):
                yield subject, attribute.predicate, term(attribute, attribute.read(single))


def triple_of_edge(type_: str, source: str, target: str) -> Triple:
    """The triple of one stored relationship."""
    return URIRef(source), RELATIONSHIPS[type_], URIRef(target)


def from_row(record: type[R], row: Mapping[str, Any]) -> R:
    """A record from a nested map as a query returns it: node keys, and links under the record's attribute names."""
    return cast(R, _from_row(BY_RECORD[cast(type[Record], record)], row))


def _from_row(shape: Shape, row: Mapping[str, Any]) -> Record:
    values: dict[str, Any] = {"iri": row["iri"]}
    for attribute in shape.attributes:
        value = row.get(attribute.key)
        if attribute.many:
            values[attribute.name] = tuple(map(attribute.read, value or ()))
        elif value is not None:
            values[attribute.name] = attribute.read(value)
    for link in shape.links:
        if link.many:
            values[link.name] = tuple(_linked(link, other) for other in row.get(link.name) or ())
        elif row.get(link.name) is not None:
            values[link.name] = _linked(link, row[link.name])
    return shape.record(**values)


def _linked(link: Link, value: Any) -> Any:
    return value if link.target is Field else _from_row(BY_RECORD[link.target], value)
