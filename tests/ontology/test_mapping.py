"""The table by which records are written agrees with the vocabulary, and uses all of it that is called stable."""

from collections.abc import Iterator

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from ontology.mapping import BY_RECORD, FIELD_REFERENCE, SHAPES, Attribute, Link, Shape
from ontology.terms import NS

STATUS = URIRef("http://www.w3.org/2003/06/sw-vocab-status/ns#term_status")
VALUES = URIRef(NS + "valuesFrom")
ATTRIBUTES = [(shape, attribute) for shape in SHAPES for attribute in shape.attributes]
LINKS = [(shape, link) for shape in SHAPES for link in shape.links]
# Terms of the vocabulary that describe fields and kinds, not records.
OF_CONCEPTS = {"ploverType", "cameoCode", "cameoPledge", "cameoCall", "ploverContext", "capTopic", "dacCode", "sdgGoal"}


def name(value: object) -> str:
    return value.label if isinstance(value, Shape) else getattr(value, "name", str(value))


def classes(vocabulary: Graph, expression: Node) -> Iterator[Node]:
    """A class and its subclasses, or those of a union."""
    union = vocabulary.value(expression, OWL.unionOf)
    for member in Collection(vocabulary, union) if union else [expression]:
        yield from vocabulary.transitive_subjects(RDFS.subClassOf, member)


def allows(vocabulary: Graph, predicate: URIRef, side: URIRef, rdf_class: URIRef) -> bool:
    expression = vocabulary.value(predicate, side)
    return expression is not None and rdf_class in classes(vocabulary, expression)


def ours(predicate: URIRef) -> bool:
    return predicate.startswith(NS)


@pytest.mark.parametrize("shape", SHAPES, ids=name)
def test_every_class_is_declared(vocabulary: Graph, shape: Shape) -> None:
    assert (shape.rdf_class, RDF.type, OWL.Class) in vocabulary
    assert shape.rdf_class == URIRef(NS + shape.label)
    assert shape.label == shape.record.__name__


@pytest.mark.parametrize(("shape", "attribute"), [pair for pair in ATTRIBUTES if ours(pair[1].predicate)], ids=name)
def test_every_attribute_is_declared(vocabulary: Graph, shape: Shape, attribute: Attribute) -> None:
    reference = attribute.datatype == FIELD_REFERENCE
    assert (attribute.predicate, RDF.type, OWL.ObjectProperty if reference else OWL.DatatypeProperty) in vocabulary
    assert allows(vocabulary, attribute.predicate, RDFS.domain, shape.rdf_class)
    assert vocabulary.value(attribute.predicate, RDFS.range) == attribute.datatype


@pytest.mark.parametrize(("shape", "attribute"), [pair for pair in ATTRIBUTES if not ours(pair[1].predicate)], ids=name)
def test_other_attributes_are_labels(shape: Shape, attribute: Attribute) -> None:
    assert attribute.predicate in {SKOS.prefLabel, SKOS.altLabel, SKOS.notation}
    assert attribute.datatype == XSD.string
    assert attribute.many == (attribute.predicate == SKOS.altLabel)


@pytest.mark.parametrize(("shape", "link"), LINKS, ids=name)
def test_every_link_is_declared(vocabulary: Graph, shape: Shape, link: Link) -> None:
    if link.predicate == SKOS.broader:
        return
    own, other = (RDFS.range, RDFS.domain) if link.inverse else (RDFS.domain, RDFS.range)
    assert (link.predicate, RDF.type, OWL.ObjectProperty) in vocabulary
    assert allows(vocabulary, link.predicate, own, shape.rdf_class)
    assert allows(vocabulary, link.predicate, other, BY_RECORD[link.target].rdf_class)


def test_a_relationship_is_the_predicate_in_capitals() -> None:
    for _, link in LINKS:
        assert link.relationship.replace("_", "") == str(link.predicate).rpartition("#")[2].upper()


def test_the_table_uses_all_that_is_stable_and_nothing_else(vocabulary: Graph) -> None:
    stable = {str(term) for term in vocabulary.subjects(STATUS) if str(vocabulary.value(term, STATUS)) == "stable"}
    written = {str(shape.rdf_class) for shape in SHAPES}
    written |= {str(part.predicate) for _, part in [*ATTRIBUTES, *LINKS] if ours(part.predicate)}
    assert written == stable - {NS + "Act", str(VALUES)} - {NS + term for term in OF_CONCEPTS}


def test_what_is_read_as_an_enumeration_names_its_scheme(vocabulary: Graph) -> None:
    read = {str(part.predicate) for _, part in ATTRIBUTES if part.read not in (str, int, float, bool)}
    declared = {str(term) for term in vocabulary.subjects(VALUES)}
    assert read == declared - {NS + "status"}
