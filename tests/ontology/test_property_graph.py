"""Triples that the table does not know are refused by name, and what comes twice is joined the same in every order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, SKOS, Literal, URIRef

from ontology.identifiers import actor_iri, field_iri
from ontology.property_graph import Properties, graph_of, joined
from ontology.terms import NS
from ontology.triples import GraphError, Triple

PAKISTAN = URIRef(actor_iri("Pakistan", "PK"))
ACTOR = (PAKISTAN, RDF.type, URIRef(NS + "Actor"))
SECURITY = URIRef(field_iri("security"))
described = st.fixed_dictionaries(
    {},
    optional={
        "name": st.text(max_size=3),
        "names": st.lists(st.text(max_size=2), unique=True).map(sorted),
        "force": st.integers(1, 5),
        "negated": st.booleans(),
    },
)


@given(described, described, described)
def test_joining_has_no_order_and_no_number(one: Properties, two: Properties, three: Properties) -> None:
    assert joined(one, two) == joined(two, one)
    assert joined(joined(one, two), three) == joined(one, joined(two, three))
    assert joined(one, one) == one
    assert joined(joined(one, two), two) == joined(one, two)


@pytest.mark.parametrize(
    ("triples", "problem"),
    [
        ([(PAKISTAN, SKOS.prefLabel, Literal("Pakistan"))], "has no class that the vocabulary knows"),
        ([ACTOR, (PAKISTAN, URIRef(NS + "invented"), Literal("x"))], "invented of .* is not in the vocabulary"),
        ([ACTOR, (PAKISTAN, URIRef(NS + "pledges"), URIRef("urn:x"))], "or urn:x has no class"),
        ([ACTOR, (PAKISTAN, URIRef(NS + "inField"), SECURITY)], "inField of .*PK"),
        ([(SECURITY, SKOS.prefLabel, Literal("Security"))], "security has no class"),
    ],
    ids=["no class", "unknown predicate", "unknown end", "wrong class", "field without class"],
)
def test_what_the_table_does_not_know_is_refused(triples: list[Triple], problem: str) -> None:
    with pytest.raises(GraphError, match=problem):
        graph_of(triples)


def test_a_triple_that_comes_twice_counts_once() -> None:
    name = (PAKISTAN, SKOS.altLabel, Literal("Pakistani"))
    (node,), edges = graph_of([ACTOR, name, name, ACTOR])
    assert node.properties == {"iri": str(PAKISTAN), "names": ["Pakistani"]}
    assert edges == []


def test_words_stay_words_where_somebody_writes_them_as_a_number() -> None:
    (node,), _ = graph_of([ACTOR, (PAKISTAN, SKOS.prefLabel, Literal(5)), (PAKISTAN, SKOS.prefLabel, Literal("Five"))])
    assert node.properties["name"] == "5"
