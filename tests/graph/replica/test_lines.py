"""N-Triples written straight from stored nodes say what the mapping says."""

from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import XSD

from graph.replica.lines import lines
from graph.store import StoredNode
from ontology.mapping import FIELD_REFERENCE, SHAPES, Attribute, Shape
from ontology.property_graph import graph_of
from ontology.records import Act
from ontology.terms import Kind
from ontology.triples import triples
from tests.graph.replica.comparing import read, stored

_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
_NUMBERS = {XSD.integer: st.integers(1, 5), XSD.double: st.floats(allow_nan=False, allow_infinity=False)}


def _value(attribute: Attribute) -> st.SearchStrategy[Any]:
    if attribute.datatype == XSD.boolean:
        return st.booleans()
    if attribute.datatype in _NUMBERS:
        return _NUMBERS[attribute.datatype]
    if attribute.datatype == FIELD_REFERENCE:
        return st.sampled_from(["security", "trade"])
    return st.sampled_from(list(attribute.read)) if isinstance(attribute.read, type(Kind)) else _TEXT


def _node(shape: Shape) -> st.SearchStrategy[StoredNode]:
    values = {each.key: st.lists(_value(each)) if each.many else _value(each) for each in shape.attributes}
    iri = st.text("abc/-中é", min_size=1).map("https://example.org/".__add__)
    links = st.fixed_dictionaries({link.name: st.lists(iri) for link in shape.links})
    properties = st.fixed_dictionaries({"iri": iri}, optional={**values, "changed": st.integers()})
    return st.builds(StoredNode, st.just(shape), properties, links)


def _told(node: StoredNode) -> set[ox.Triple]:
    return stored(node.triples())


@given(st.sampled_from(SHAPES).flatmap(_node))
def test_lines_are_the_triples_of_the_mapping(node: StoredNode) -> None:
    assert read(lines(node)) == _told(node)


def test_a_real_act_is_written_whole(acts: tuple[Act, ...]) -> None:
    nodes, _ = graph_of(triples(acts))
    for node in nodes:
        shape = next(shape for shape in SHAPES if shape.label == node.label)
        stored = StoredNode(shape, node.properties, {link.name: [] for link in shape.links})
        assert read(lines(stored)) == _told(stored)


@pytest.mark.parametrize("iri", ["https://example.org/a b", "https://example.org/a>b", "https://example.org/中", "x y"])
def test_an_iri_that_is_none_gets_through_as_it_is(iri: str) -> None:
    shape = next(shape for shape in SHAPES if shape.label == "Person")
    written = read(lines(StoredNode(shape, {"iri": iri, "name": "N."}, {})))
    assert {triple.subject.value for triple in written if isinstance(triple.subject, ox.NamedNode)} == {iri}
