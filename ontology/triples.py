"""Records as RDF triples and back, by the table in `mapping`."""

from collections.abc import Iterable, Iterator
from typing import Any

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.term import Identifier, Node

from ontology.identifiers import field_iri
from ontology.mapping import BY_CLASS, BY_RECORD, FIELD_REFERENCE, SHAPES, Attribute, Link, Shape
from ontology.records import Field, Record
from ontology.terms import FIELD

Triple = tuple[URIRef, URIRef, Identifier]


class GraphError(ValueError):
    """RDF that does not hold the records it names: which node, and what is missing or wrong."""


def triples(records: Iterable[Record]) -> Iterator[Triple]:
    """The triples of records and of all records they refer to; equal records are written once."""
    # Not by iri: a cited statement says less than the whole one, and seeing the first must not hide the second.
    seen: set[Record] = set()
    pending = list(records)
    while pending:
        record = pending.pop()
        if record not in seen:
            seen.add(record)
            yield from _own_triples(record, BY_RECORD[type(record)], pending)


def _own_triples(record: Record, shape: Shape, pending: list[Record]) -> Iterator[Triple]:
    subject = URIRef(record.iri)
    yield subject, RDF.type, shape.rdf_class
    for attribute in shape.attributes:
        for value in _values(record, attribute.name):
            yield subject, attribute.predicate, term(attribute, value)
    for link in shape.links:
        for other in _values(record, link.name):
            target = URIRef(field_iri(other) if isinstance(other, str) else other.iri)
            yield (target, link.predicate, subject) if link.inverse else (subject, link.predicate, target)
            if not isinstance(other, str):
                pending.append(other)


def _values(record: Record, name: str) -> tuple[Any, ...]:
    value = getattr(record, name)
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def term(attribute: Attribute, value: Any) -> Identifier:
    """The RDF term of one value of an attribute."""
    if attribute.datatype == FIELD_REFERENCE:
        return URIRef(field_iri(value))
    # Through `read`, so that 5 and 5.0 are one number, and one literal, wherever a float is meant.
    value = attribute.read(value)
    return Literal(value if isinstance(value, bool | float) else str(value), datatype=attribute.datatype)


def records(graph: Graph) -> Iterator[Record]:
    """Every record that a graph describes, leaves first.

    Raises `GraphError` for a node that lacks what its class needs or refers to a node that is not there.
    """
    known: dict[str, Record] = {}
    for shape in SHAPES:
        for subject in sorted(str(found) for found in graph.subjects(RDF.type, shape.rdf_class)):
            record = _record(graph, shape, URIRef(subject), known)
            known[record.iri] = record
            yield record


def _record(graph: Graph, shape: Shape, subject: URIRef, known: dict[str, Record]) -> Record:
    values: dict[str, Any] = {"iri": str(subject)}
    try:
        for attribute in shape.attributes:
            found = [attribute.read(_value(attribute, node)) for node in graph.objects(subject, attribute.predicate)]
            _put(values, attribute, found)
        for link in shape.links:
            _put(values, link, [_resolve(link, iri, known) for iri in _linked(graph, subject, link)])
        return shape.record(**values)
    except (KeyError, TypeError, ValueError) as error:
        raise GraphError(f"{subject} is no complete {shape.label}: {error}") from error


def _put(values: dict[str, Any], attribute: Attribute | Link, found: list[Any]) -> None:
    if attribute.many:
        values[attribute.name] = tuple(found)
    elif len(found) == 1:
        values[attribute.name] = found[0]
    elif found:
        raise ValueError(f"{attribute.predicate} has {len(found)} values where one is allowed")


def _value(attribute: Attribute, node: Node) -> Any:
    if attribute.datatype == FIELD_REFERENCE:
        return str(node).removeprefix(FIELD)
    return node.toPython() if isinstance(node, Literal) and attribute.read in (bool, float) else str(node)


def _linked(graph: Graph, subject: URIRef, link: Link) -> Iterator[str]:
    found = graph.subjects(link.predicate, subject) if link.inverse else graph.objects(subject, link.predicate)
    wanted = BY_RECORD[link.target].rdf_class
    for iri in found:
        # `inField` and `expresses` serve several classes; only a node that is known to be something else is not ours.
        if link.target is Field or (iri, RDF.type, wanted) in graph or not _known_class(graph, iri):
            yield str(iri)


def _known_class(graph: Graph, iri: Node) -> bool:
    return any(found in BY_CLASS for found in graph.objects(iri, RDF.type))


def _resolve(link: Link, iri: str, known: dict[str, Record]) -> Record | str:
    if link.target is Field:
        return iri.removeprefix(FIELD)
    if iri not in known:
        raise KeyError(f"{link.predicate} points to {iri}, which is not described")
    return known[iri]
