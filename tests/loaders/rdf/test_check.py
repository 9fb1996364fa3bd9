"""No rule is missed because a graph is looked at in pieces, and what no rule of the shapes says is told too."""

from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest
from rdflib import RDF, SH, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from loaders.rdf import pieces
from loaders.rdf.pieces import GROUPS
from loaders.rdf.scratch import Scratch
from loaders.rdf.shapes import asked, shapes
from loaders.rdf.syntax import facts
from loaders.rdf.violations import Violation
from loaders.rdf.vocabulary import LeftOut
from ontology.mapping import EDTF, SHAPES
from ontology.terms import DATA, FIELD, NS
from tests.ontology.test_shapes import FIXTURES, INVALID, VALID, changed, header

Checked = Callable[[Path | Graph], list[LeftOut | Violation]]

NOT_KEPT = {"assessment", "assessor", "evidence"}
UNASKED = {"commitment-answers"}  # of a link that no store keeps yet
PG = NS
ACTOR = URIRef(f"{DATA}actor/ruritania")
PLEDGE = FIXTURES / "valid" / "pledge.ttl"
KEPT = [
    fixture
    for fixture in INVALID
    if header(fixture, "breaks").partition("-")[0] not in NOT_KEPT and header(fixture, "breaks") not in UNASKED
]


def rules(found: list[LeftOut | Violation]) -> set[str]:
    return {each.rule for each in found if isinstance(each, Violation)}


def targeted(graph: Graph) -> set[tuple[Node, Node]]:
    return set(chain(graph.subject_objects(SH.targetClass), graph.subject_objects(SH.targetNode)))


def pledge(*more: tuple[URIRef, URIRef, URIRef | Literal]) -> Graph:
    """A graph with nothing wrong in it, and facts beside."""
    graph = Graph().parse(PLEDGE)
    for fact in more:
        graph.add(fact)
    return graph


def test_every_shape_is_asked_in_one_kind_of_piece() -> None:
    targets = [target for group in GROUPS for target in targeted(asked(group))]
    assert len(targets) == len(set(targets))
    left = {str(shape).rpartition("#")[2].lower().partition("-")[0] for shape, _ in targeted(shapes()) - set(targets)}
    assert left == NOT_KEPT
    assert {shape.record for shape in SHAPES} == {record for group in GROUPS for record in group}


@pytest.mark.parametrize("fixture", KEPT, ids=lambda path: path.stem)
def test_what_breaks_a_rule_is_found_in_the_smallest_pieces(
    checked: Checked, fixture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "NODES", 1)
    found = checked(changed(fixture))
    assert header(fixture, "breaks") in rules(found)
    assert rules(found) <= {header(fixture, "breaks"), "proof", "known-term", "known-field"}


@pytest.mark.parametrize("fixture", VALID, ids=lambda path: path.stem)
def test_good_data_is_only_asked_for_its_texts(checked: Checked, fixture: Path) -> None:
    found = [each for each in checked(fixture) if isinstance(each, Violation)]
    assert {(each.rule, each.message) for each in found} <= {("proof", "It is not proved: its text is missing.")}


def test_what_is_whole_has_no_fault(checked: Checked) -> None:
    assert checked(PLEDGE) == []


@pytest.mark.parametrize(
    "rule", ["commitment-on-behalf", "actor-name", "utterance-quote-in-statement", "actor-pledges"]
)
def test_a_violation_says_where_what_and_what_to_do(checked: Checked, rule: str) -> None:
    found = [each for each in checked(changed(FIXTURES / "invalid" / f"{rule}.ttl")) if isinstance(each, Violation)]
    broken = next(each for each in found if each.rule == rule)
    assert broken.node.startswith(DATA)
    assert broken.message.endswith(".")
    assert broken.remedy.endswith(".")
    assert "{" not in broken.remedy


@pytest.mark.parametrize(
    ("fact", "rule", "words"),
    [
        ((ACTOR, URIRef(PG + "plegdes"), ACTOR), "known-term", "Is pg:pledges meant?"),
        ((ACTOR, RDF.type, URIRef(PG + "Akteur")), "known-term", "pg:Akteur is no term"),
        ((ACTOR, URIRef(PG + "force"), Literal(3)), "known-term", "pg:force is not said of a pg:Actor"),
        ((ACTOR, RDF.type, URIRef(PG + "Person")), "one-class", "It is Actor and Person at once"),
        ((URIRef(f"{DATA}actor/nobody"), SKOS.prefLabel, Literal("Nobody")), "known-class", "Give it an rdf:type"),
        ((ACTOR, URIRef(PG + "pledges"), Literal("everything")), "actor-pledges", "everything is none here"),
        ((ACTOR, URIRef(PG + "pledges"), ACTOR), "actor-pledges", "is none here"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_said_wrongly_is_told(
    checked: Checked, fact: tuple[URIRef, URIRef, URIRef], rule: str, words: str
) -> None:
    found = [str(each) for each in checked(pledge(fact)) if isinstance(each, Violation) and each.rule == rule]
    assert any(words in each for each in found), found


def test_words_of_others_are_counted(checked: Checked) -> None:
    more = [(ACTOR, URIRef("https://schema.org/sameAs"), Literal(f"{number}")) for number in range(3)]
    found = checked(pledge(*more, (ACTOR, RDF.type, URIRef("https://schema.org/Country"))))
    assert found == [
        LeftOut("https://schema.org/sameAs", "pg:Actor", 3, str(ACTOR)),
        LeftOut("rdf:type", "https://schema.org/Country", 1, str(ACTOR)),
    ]


def test_what_no_store_keeps_yet_is_counted(checked: Checked) -> None:
    found = [each for each in checked(FIXTURES / "valid" / "assessment.ttl") if isinstance(each, LeftOut)]
    assert sum(each.facts for each in found) == 13
    assert {each.of for each in found} == {"pg:Assessment", "pg:Assessor", "pg:Evidence"}


@pytest.mark.parametrize("value", ["NaN", "INF", "-INF"])
def test_numbers_that_are_none_are_told(checked: Checked, value: str) -> None:
    graph = pledge()
    said = next(graph.subjects(RDF.type, URIRef(PG + "Utterance")))
    double = URIRef("http://www.w3.org/2001/XMLSchema#double")
    graph.set((said, URIRef(PG + "amount"), Literal(value, datatype=double)))
    assert rules(checked(graph)) == {"number-size"}


def test_a_number_beyond_all_stores_is_told(checked: Checked) -> None:
    graph = pledge()
    said = next(graph.subjects(RDF.type, URIRef(PG + "Utterance")))
    graph.set((said, URIRef(PG + "end"), Literal(2**63)))
    assert "number-size" in rules(checked(graph))


def test_values_that_are_not_of_their_datatype_are_told_by_the_rules_alone(
    checked: Checked, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    text = PLEDGE.read_text(encoding="utf-8").replace("pg:force 4 ;", 'pg:force "abc"^^xsd:integer ;')
    path = tmp_path / "ill.ttl"
    path.write_text(text.replace("pg:negated false", 'pg:negated "maybe"^^xsd:boolean'), encoding="utf-8")
    found = rules(checked(path))
    assert found == {"utterance-force", "commitment-force", "utterance-negated", "commitment-negated"}
    assert caplog.records == []


def test_an_identifier_that_is_not_that_of_its_place_is_told(checked: Checked, tmp_path: Path) -> None:
    text = PLEDGE.read_text(encoding="utf-8").replace("4a891db76a2ba66c3a3eeb82", "0" * 24)
    path = tmp_path / "other.ttl"
    path.write_text(text, encoding="utf-8")
    found = [each for each in checked(path) if isinstance(each, Violation)]
    assert [each.rule for each in found] == ["proof"]
    assert "its identifier is not that of its statement, place and kind" in found[0].message


def test_an_action_that_nobody_said_is_told(checked: Checked) -> None:
    graph = pledge()
    act = next(graph.subjects(RDF.type, URIRef(PG + "Commitment")))
    graph.set((act, URIRef(PG + "action"), Literal("rule the world")))
    found = [each for each in checked(graph) if isinstance(each, Violation)]
    assert [each.message for each in found] == [
        "It is not proved: its action 'rule the world' is in none of its utterances."
    ]


def field(slug: str, *broader: str) -> Graph:
    graph, node = Graph(), URIRef(FIELD + slug)
    graph.add((node, RDF.type, URIRef(PG + "Field")))
    graph.add((node, SKOS.notation, Literal(slug)))
    graph.add((node, SKOS.prefLabel, Literal(slug)))
    for other in broader:
        graph.add((node, SKOS.broader, URIRef(FIELD + other)))
    return graph


def test_a_field_of_ones_own_is_no_fault(checked: Checked) -> None:
    assert checked(field("space-lasers", "defence", "technology")) == []


def test_fields_that_nobody_knows_are_told(checked: Checked) -> None:
    graph = pledge()
    said = next(graph.subjects(RDF.type, URIRef(PG + "Utterance")))
    graph.add((said, URIRef(PG + "about"), URIRef(FIELD + "securty")))
    found = [each for each in checked(graph + field("space-lasers", "space-wars")) if isinstance(each, Violation)]
    assert {each.rule for each in found} == {"known-field"}
    assert {each.message for each in found} == {"There is no field securty.", "There is no field space-wars."}
    assert "Is security meant?" in {each.remedy for each in found}


def test_fields_in_a_circle_are_told(checked: Checked) -> None:
    graph = (
        field("one", "two")
        + field("two", "three")
        + field("three", "one")
        + field("four", "one")
        + field("self", "self")
    )
    found = [each for each in checked(graph) if isinstance(each, Violation)]
    assert {(each.rule, each.node.removeprefix(FIELD)) for each in found} == {
        ("field-circle", slug) for slug in ("one", "two", "three", "self")
    }


def test_the_taxonomy_is_not_changed_by_files(checked: Checked) -> None:
    found = checked(field("security", "counter-terrorism"))
    assert [type(each) for each in found] == [LeftOut]
    assert found[0].facts == 2


def test_an_utterance_without_its_statement_is_told(checked: Checked) -> None:
    graph = pledge()
    said = next(graph.subjects(RDF.type, URIRef(PG + "Utterance")))
    graph.set((said, URIRef(PG + "inStatement"), URIRef(f"{DATA}statement/{'0' * 24}")))
    assert "utterance-statement" in rules(checked(graph))
    graph.remove((said, URIRef(PG + "inStatement"), None))
    assert "utterance-statement" in rules(checked(graph))


def test_what_is_borrowed_counts_but_is_not_of_the_file(scratch: Scratch) -> None:
    graph = pledge()
    statement = next(graph.subjects(RDF.type, URIRef(PG + "Statement")))
    scratch.borrow([(statement, URIRef(PG + "date"), Literal("2026", datatype=EDTF))])
    assert list(scratch.of_class(URIRef(PG + "Statement"))) == []
    assert list(scratch.facts(statement, borrowed=False)) == []
    assert len(list(scratch.facts(statement))) == 1


def test_blank_nodes_and_facts_about_facts_are_told(scratch: Scratch, tmp_path: Path) -> None:
    path = tmp_path / "blank.ttl"
    said = f"[] a pg:Actor . <{ACTOR}> pg:by [ pg:status 'x' ] . <{ACTOR}> pg:by <<( <{ACTOR}> a pg:Actor )>> ."
    path.write_text(f"@prefix pg: <{NS}> .\n{said}")
    scratch.read(facts(path))
    assert scratch.contents.nameless == 4
    assert scratch.contents.example
