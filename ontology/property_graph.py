"""RDF triples as nodes and edges of a property graph and back, and query rows as records, by the table in `mapping`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple, TypeVar, cast

from rdflib import RDF, Literal, URIRef
from rdflib.term import Identifier

from ontology.mapping import BY_CLASS, BY_LABEL, BY_RECORD, FIELD_REFERENCE, SHAPES, Attribute, Link, Shape
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


_ATTRIBUTES: Final[dict[tuple[str, URIRef], Attribute]] = {
    (shape.label, attribute.predicate): attribute for shape in SHAPES for attribute in shape.attributes
}
_LINKS: Final[dict[URIRef, list[tuple[Shape, Link]]]] = defaultdict(list)
for _shape in SHAPES:
    for _link in _shape.links:
        _LINKS[_link.predicate].append((_shape, _link))

RELATIONSHIPS: Final[dict[str, URIRef]] = {
    link.relationship: link.predicate for shape in SHAPES for link in shape.links
}


def graph_of(triples: Iterable[Triple]) -> tuple[list[Node], list[Edge]]:
    """The nodes and edges that triples describe, in a stable order.

    Raises `GraphError` for a subject without class or a predicate that the table does not know for its class.
    """
    described: dict[str, list[tuple[URIRef, Identifier]]] = defaultdict(list)
    labels: dict[str, str] = {}
    for subject, predicate, value in triples:
        if predicate == RDF.type and value in BY_CLASS:
            labels[str(subject)] = BY_CLASS[URIRef(value)].label
        elif predicate != RDF.type:
            described[str(subject)].append((predicate, value))
    nodes = {iri: Node(label, {"iri": iri}) for iri, label in labels.items()}
    edges: dict[Edge, None] = {}
    for iri, facts in described.items():
        if iri not in labels:
            raise GraphError(f"{iri} has no class that the vocabulary knows; give it an rdf:type")
        for predicate, value in facts:
            attribute = _ATTRIBUTES.get((labels[iri], predicate))
            if attribute:
                _set(nodes[iri].properties, attribute, value)
            else:
                edges[_edge(iri, predicate, str(value), labels)] = None
    return sorted(nodes.values(), key=_by_iri), sorted(edges)


def _by_iri(node: Node) -> tuple[str, str]:
    return node.label, str(node.properties["iri"])


def _set(properties: Properties, attribute: Attribute, value: Identifier) -> None:
    scalar = _scalar(attribute, value)
    said: Scalar | list[Scalar] = [scalar] if attribute.many else scalar
    properties[attribute.key] = _joined_value(properties.get(attribute.key, said), said)


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
    if attribute.datatype == FIELD_REFERENCE:
        return str(value).removeprefix(FIELD)
    if isinstance(value, Literal) and isinstance(value.value, bool | int | float):
        return value.value
    return str(value)


def _edge(iri: str, predicate: URIRef, other: str, labels: Mapping[str, str]) -> Edge:
    """The edge of one object property; both ends must be of the classes that the table gives the link."""
    for shape, link in _LINKS.get(predicate, ()):
        source, target = (link.target, shape.record) if link.inverse else (shape.record, link.target)
        # Fields belong to the taxonomy, which a store holds already, so they are named without being described.
        ends = labels[iri], labels.get(other, BY_RECORD[Field].label)
        if ends == (BY_RECORD[source].label, BY_RECORD[target].label):
            return Edge(link.relationship, ends[0], iri, ends[1], other)
    raise GraphError(f"{predicate} of {iri} ({labels[iri]}) is not in the vocabulary, or {other} has no class")


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
