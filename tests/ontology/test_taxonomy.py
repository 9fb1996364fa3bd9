"""The taxonomy has the guideline's nineteen top fields, narrower ones below them, and one meaning for each label."""

import re
from collections import Counter
from pathlib import Path

import pytest
from rdflib import RDF, SKOS, Graph, Literal, URIRef

from ontology.taxonomy import TOP, UnknownFieldError, broader, by_slug, fields, named, narrower
from ontology.terms import FIELD, FIELD_SCHEME
from ontology.triples import triples

GUIDELINE = Path(__file__).parents[3] / "shared" / "evaluation" / "GUIDELINE.md"


def test_the_top_fields_are_those_without_broader_ones() -> None:
    assert {field.slug for field in fields() if not field.broader} == set(TOP)
    assert len(TOP) == len(set(TOP)) == 19


@pytest.mark.skipif(not GUIDELINE.exists(), reason="the annotation guideline lies beside the checkout and is not there")
def test_the_top_fields_are_those_of_the_guideline() -> None:
    table = GUIDELINE.read_text(encoding="utf-8").partition("## Fields")[2]
    assert tuple(re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE)) == TOP


def test_slug_and_iri_say_the_same() -> None:
    for field in fields():
        assert field.iri == FIELD + field.slug
    assert len(by_slug()) == len(fields())


def test_no_two_fields_share_a_label() -> None:
    labels = Counter(label.casefold() for field in fields() for label in (field.label, *field.names))
    assert [label for label, count in labels.items() if count > 1] == []


def test_labels_are_clean() -> None:
    for field in fields():
        for label in (field.label, *field.names):
            assert label == " ".join(label.split())
            assert label


def test_broader_fields_exist_and_lead_to_the_top() -> None:
    for field in fields():
        ancestors = broader(field.slug)
        assert ancestors & set(TOP), f"{field.slug} hangs in the air"
        assert all(field.slug not in broader(parent) for parent in field.broader), f"{field.slug} is in a circle"


def test_no_field_names_a_broader_one_twice() -> None:
    for field in fields():
        for parent in field.broader:
            others = [other for other in field.broader if other != parent]
            assert not any(parent in broader(other) for other in others), f"{field.slug} has {parent} already"


def test_every_concept_has_a_definition_and_a_source(taxonomy: Graph) -> None:
    source = URIRef("http://purl.org/dc/terms/source")
    definitions = Counter(str(text) for text in taxonomy.objects(predicate=SKOS.definition))
    assert max(definitions.values()) == 1
    for field in fields():
        concept = URIRef(field.iri)
        definition = str(taxonomy.value(concept, SKOS.definition))
        assert definition.endswith(".")
        assert taxonomy.value(concept, source)
        assert (concept, SKOS.inScheme, URIRef(FIELD_SCHEME)) in taxonomy


def test_the_scheme_names_its_top_concepts_both_ways(taxonomy: Graph) -> None:
    tops = {URIRef(FIELD + slug) for slug in TOP}
    assert set(taxonomy.objects(URIRef(FIELD_SCHEME), SKOS.hasTopConcept)) == tops
    assert set(taxonomy.subjects(SKOS.topConceptOf, URIRef(FIELD_SCHEME))) == tops


def test_what_a_store_keeps_of_a_field_is_what_the_turtle_says(taxonomy: Graph) -> None:
    kept = {(s, p, Literal(str(o)) if isinstance(o, Literal) else o) for s, p, o in triples(fields())}
    assert kept <= set(taxonomy)
    assert len(set(taxonomy.subjects(RDF.type, SKOS.Concept))) == len(fields())


def test_narrower() -> None:
    assert {"security", "defence", "terrorist-financing", "nuclear-nonproliferation"} <= narrower("security")
    assert "trade" not in narrower("security")
    assert narrower("military-aid") == {"military-aid"}


def test_several_broader_fields() -> None:
    assert {"counter-terrorism", "security", "finance", "law-enforcement"} <= broader("terrorist-financing")


def test_an_unknown_slug_is_named() -> None:
    with pytest.raises(UnknownFieldError, match="'defense'"):
        narrower("defense")


def test_a_text_names_narrower_fields() -> None:
    assert named("strengthen cooperation in agriculture, counter-terrorism and defence") == {
        "counter-terrorism",
        "defence",
    }


def test_the_longest_label_wins() -> None:
    assert named("restructure debt and fund food security") >= {"food-security"}
    assert "security" not in named("fund food security")


def test_an_acronym_keeps_its_case() -> None:
    assert named("make it last") == frozenset()
    assert named("train IT staff") == {"digital"}
