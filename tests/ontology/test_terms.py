"""Python's constants and enumerations say exactly what the Turtle says."""

from collections.abc import Iterable

import pytest
from rdflib import OWL, RDF, SKOS, VANN, Graph, Literal, URIRef

from ontology.terms import COMMITMENT_KINDS, FIELD, FIELD_SCHEME, NS, ActorType, Force, Kind, Role, Status

ROOT = "https://w3id.org/pledgegraph/"


@pytest.mark.parametrize(
    ("members", "scheme"),
    [(Kind, "kinds"), (Role, "roles"), (Force, "forces"), (ActorType, "actor-types"), (Status, "statuses")],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_enumeration_has_the_notations_of_its_scheme(
    vocabulary: Graph, members: Iterable[object], scheme: str
) -> None:
    concepts = list(vocabulary.subjects(SKOS.inScheme, URIRef(ROOT + scheme)))
    notations = {notation.toPython() for concept in concepts for notation in vocabulary.objects(concept, SKOS.notation)}
    assert notations == set(members)
    assert {str(concept) for concept in concepts} == {f"{ROOT}{scheme}/{notation}" for notation in notations}


def test_every_scheme_is_an_enumeration(vocabulary: Graph) -> None:
    assert len(list(vocabulary.subjects(RDF.type, SKOS.ConceptScheme))) == 5


def test_forces_are_named_as_the_scheme_names_them(vocabulary: Graph) -> None:
    labels = {force: vocabulary.value(URIRef(f"{ROOT}forces/{force}"), SKOS.prefLabel) for force in Force}
    assert {force: str(label) for force, label in labels.items()} == {
        force: force.name.lower().replace("_", " ") for force in Force
    }


def test_only_a_call_is_no_commitment() -> None:
    assert set(Kind) - COMMITMENT_KINDS == {Kind.CALL}


def test_namespaces(vocabulary: Graph, taxonomy: Graph) -> None:
    ontology = vocabulary.value(predicate=RDF.type, object=OWL.Ontology)
    assert vocabulary.value(ontology, VANN.preferredNamespaceUri) == Literal(NS)
    assert vocabulary.value(ontology, VANN.preferredNamespacePrefix) == Literal("pg")
    assert taxonomy.value(predicate=RDF.type, object=SKOS.ConceptScheme) == URIRef(FIELD_SCHEME)
    assert FIELD == FIELD_SCHEME + "/"
