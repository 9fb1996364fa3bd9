"""Every code that the alignments give stands in a pinned list, and event codes are those that Python gives."""

import csv
from importlib.resources import files

import pytest
from rdflib import RDF, SKOS, Graph, URIRef

from ontology.event_codes import FIELD_CODES, KIND_CODES, EventCode, event_code
from ontology.taxonomy import TOP, fields
from ontology.terms import FIELD, NS, Kind

KIND = "https://w3id.org/pledgegraph/kinds/"
LISTS = {
    "ploverType": "plover-types",
    "ploverContext": "plover-contexts",
    "cameoCode": "cameo",
    "cameoPledge": "cameo",
    "cameoCall": "cameo",
    "capTopic": "cap",
    "dacCode": "dac",
    "sdgGoal": "sdg",
}
# Where the PLOVER manual sends CAMEO's categories. It drops CAMEO's appeals; we file them with its requests.
PLOVER_OF_CAMEO = {"02": "REQUEST", "03": "AGREE", "05": "SUPPORT", "12": "REJECT"}


def rows(name: str) -> list[dict[str, str]]:
    text = files("ontology").joinpath("codes", f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def codes(alignments: Graph, subject: str, predicate: str) -> list[str]:
    return sorted(str(code) for code in alignments.objects(URIRef(subject), URIRef(NS + predicate)))


@pytest.mark.parametrize(("predicate", "name"), LISTS.items())
def test_every_code_is_in_its_list(alignments: Graph, predicate: str, name: str) -> None:
    given = {str(code) for code in alignments.objects(predicate=URIRef(NS + predicate))}
    assert given
    assert given <= {row["code"] for row in rows(name)}


@pytest.mark.parametrize(
    ("name", "length"),
    [("plover-types", 16), ("plover-contexts", 37), ("cap", 21), ("sdg", 17)],
)
def test_a_whole_list_is_whole(name: str, length: int) -> None:
    assert len(rows(name)) == length


@pytest.mark.parametrize("name", sorted(set(LISTS.values())))
def test_a_list_names_each_code_once_with_label_source_and_version(name: str) -> None:
    listed = rows(name)
    assert all(row.keys() == {"code", "label", "source", "version"} and all(row.values()) for row in listed)
    assert len({row["code"] for row in listed}) == len(listed)


@pytest.mark.parametrize("name", ["dac", "cameo"])
def test_a_part_of_a_list_has_no_more_than_is_used(alignments: Graph, name: str) -> None:
    predicates = [predicate for predicate, listed in LISTS.items() if listed == name]
    given = {str(code) for predicate in predicates for code in alignments.objects(predicate=URIRef(NS + predicate))}
    roots = {f"{root:02}" for root in range(1, 21)} if name == "cameo" else set()
    assert {row["code"] for row in rows(name)} == given | roots


def test_every_field_is_aligned(alignments: Graph) -> None:
    for field in fields():
        for predicate in ("ploverContext", "capTopic", "sdgGoal"):
            assert codes(alignments, field.iri, predicate), f"{field.slug} has no {predicate}"


def test_only_fields_are_aligned_as_fields(alignments: Graph) -> None:
    aligned = {str(subject) for subject in alignments.subjects() if str(subject).startswith(FIELD)}
    assert aligned == {field.iri for field in fields()}


def test_the_codes_of_kinds_are_those_of_the_turtle(alignments: Graph) -> None:
    for kind in Kind:
        plover, cameo = (codes(alignments, KIND + kind, predicate) for predicate in ("ploverType", "cameoCode"))
        assert [KIND_CODES[kind]] == [EventCode(*pair) for pair in zip(plover, cameo, strict=True)]


def test_the_codes_of_fields_are_those_of_the_turtle(alignments: Graph) -> None:
    pairs = {
        field.slug: (codes(alignments, field.iri, "cameoPledge"), codes(alignments, field.iri, "cameoCall"))
        for field in fields()
    }
    assert {slug: ([pledge], [call]) for slug, (pledge, call) in FIELD_CODES.items()} == {
        slug: pair for slug, pair in pairs.items() if any(pair)
    }


def test_every_top_field_has_codes() -> None:
    assert set(TOP) <= set(FIELD_CODES)


def test_plover_and_cameo_agree(alignments: Graph) -> None:
    for kind in Kind:
        for field in fields():
            code = event_code(kind, (field.slug,), negated=False)
            assert PLOVER_OF_CAMEO[code.cameo[:2]] == code.plover


@pytest.mark.parametrize(
    ("kind", "slugs", "negated", "expected"),
    [
        (Kind.PLEDGE, ("humanitarian",), False, ("AGREE", "0333")),
        (Kind.WILLINGNESS, ("food-aid",), False, ("AGREE", "0333")),
        (Kind.PLEDGE, ("military-exercises",), False, ("AGREE", "0312")),
        (Kind.PLEDGE, ("health", "trade"), False, ("AGREE", "0311")),
        (Kind.PLEDGE, ("environment", "society"), False, ("AGREE", "031")),
        (Kind.PLEDGE, ("military-aid",), True, ("AGREE", "030")),
        (Kind.PLEDGE, (), False, ("AGREE", "030")),
        (Kind.PLEDGE, ("of-another-codebook",), False, ("AGREE", "030")),
        (Kind.CALL, ("ceasefire",), False, ("REQUEST", "0256")),
        (Kind.CALL, ("human-rights",), True, ("REQUEST", "020")),
        (Kind.SUPPORT, ("humanitarian",), False, ("SUPPORT", "051")),
        (Kind.OPPOSITION, ("sanctions",), False, ("REJECT", "120")),
    ],
)
def test_event_codes(kind: Kind, slugs: tuple[str, ...], negated: bool, expected: tuple[str, str]) -> None:
    assert event_code(kind, slugs, negated=negated) == expected


def test_kinds_are_concepts_of_the_vocabulary(alignments: Graph, vocabulary: Graph) -> None:
    for kind in Kind:
        assert (URIRef(KIND + kind), RDF.type, SKOS.Concept) in vocabulary
