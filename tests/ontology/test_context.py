"""Records written as Turtle or JSON-LD are the same records when read again."""

import json

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from ontology.context import CONTEXT, jsonld, to_graph, turtle
from ontology.mapping import SHAPES
from ontology.minting import minted
from ontology.records import Act, Actor, Event, Initiative, Person, Record, Statement, Utterance
from ontology.taxonomy import fields
from ontology.terms import ActorType, Force, Kind, Role
from ontology.triples import records

# rdflib's own JSON-LD parser still uses the class that rdflib has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

TEXT = "Ruritania hopes that Graustark opens its ports by 2027. It will pay “$5 million” for border posts."
DIGEST = "8d4fdbb0cbfe1b2a"


def statement() -> Statement:
    return Statement(iri="https://w3id.org/pledgegraph/id/statement/1", document="d", sha256=DIGEST, date="2026-03",
                     url="https://example.org/a", text=TEXT)  # fmt: skip


def act(kind: Kind, action: str, **slots: object) -> Act:
    ruritania = Actor(iri="https://w3id.org/pledgegraph/id/actor/ruritania", name="Ruritania", type=ActorType.STATE,
                      names=("Kingdom of Ruritania", "Royaume de Ruritanie"))  # fmt: skip
    start = TEXT.index(action)
    return minted(
        Utterance(
            iri=f"https://w3id.org/pledgegraph/id/utterance/{start}",
            statement=statement(),
            kind=kind,
            actors=(ruritania,),
            action=action,
            start=start,
            end=start + len(action),
            quote=TEXT,
            quote_start=0,
            fields=("security", "trade"),
            force=Force.FIRM,
            role=Role.STATES,
            rule="subject",
            extractor="hand",
            confidence=1.0,
            initiatives=(Initiative(iri="https://w3id.org/pledgegraph/id/initiative/a", name="Plan A", names=("A",)),),
            event=Event(iri="https://w3id.org/pledgegraph/id/event/2026-fair", name="Fair"),
            speaker=Person(iri="https://w3id.org/pledgegraph/id/person/rassendyll", name="Rassendyll"),
            **slots,  # type: ignore[arg-type]
        )
    )


ACTS = (act(Kind.CALL, "opens its ports by 2027", deadline="by 2027", due="2027-41"),
        act(Kind.PLEDGE, "pay “$5 million” for border posts", amount=5e6, unit="USD", negated=True))  # fmt: skip


def test_turtle_is_read_again() -> None:
    again = Graph().parse(data=turtle(ACTS), format="turtle")
    assert {record for record in records(again) if isinstance(record, Act)} == set(ACTS)


def test_turtle_is_short_of_full_iris() -> None:
    text = turtle(ACTS)
    body = [line for line in text.splitlines() if not line.startswith("@prefix")]
    assert "pg:inField field:security" in text
    assert not any("<https://w3id.org/pledgegraph/ns#" in line or "^^xsd:string" in line for line in body)


def test_jsonld_is_the_same_graph() -> None:
    again = Graph().parse(data=jsonld(ACTS), format="json-ld")
    assert isomorphic(again, to_graph(ACTS))


def test_jsonld_reads_as_plain_json() -> None:
    document = json.loads(jsonld(ACTS))
    nodes = {node["@id"]: node for node in document["@graph"]}
    utterance = nodes[f"utterance:{TEXT.index('pay')}"]
    assert document["@context"] == CONTEXT
    assert utterance["@type"] == "Utterance"
    assert utterance["amount"] == 5e6
    assert utterance["start"] == TEXT.index("pay")
    assert utterance["negated"] is True
    assert utterance["about"] == ["field:security", "field:trade"]
    assert utterance["inStatement"] == "statement:1"
    assert nodes["actor:ruritania"]["names"] == ["Kingdom of Ruritania", "Royaume de Ruritanie"]


def test_jsonld_is_the_same_from_run_to_run() -> None:
    assert jsonld(ACTS) == jsonld(reversed(ACTS))


def test_jsonld_of_one_record_and_of_none_has_the_same_form() -> None:
    one: list[Record] = [Person(iri="https://w3id.org/pledgegraph/id/person/flavia", name="Flavia")]
    assert json.loads(jsonld(one))["@graph"] == [{"@id": "person:flavia", "@type": "Person", "name": "Flavia"}]
    assert json.loads(jsonld([]))["@graph"] == []


def test_the_taxonomy_is_read_again() -> None:
    assert tuple(records(Graph().parse(data=jsonld(fields()), format="json-ld"))) == fields()


def test_no_term_of_the_context_means_two_things() -> None:
    predicates = {part.predicate for shape in SHAPES for part in (*shape.attributes, *shape.links)}
    terms = [term["@id"] for term in CONTEXT.values() if isinstance(term, dict)]
    assert len(terms) == len(set(terms)) == len(predicates)
