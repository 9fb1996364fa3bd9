"""Each rule of the shapes lets good data pass and is the only one to report the fixture that breaks it.

A fixture in `invalid/` is a fixture of `valid/` with other values. Its first lines name the rule that it breaks and the
file that it changes: what it says of a subject and predicate stands in the place of what that file says, and
`# without: SUBJECT PREDICATE` takes something away.
"""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyshacl import validate
from rdflib import RDF, SH, Graph, URIRef

from ontology.edtf import EdtfError, parse
from ontology.terms import ActorType, Force, Kind, Role, Status

FIXTURES = Path(__file__).parent / "fixtures"
VALID = sorted((FIXTURES / "valid").glob("*.ttl"))
INVALID = sorted((FIXTURES / "invalid").glob("*.ttl"))
SHAPE = "https://w3id.org/pledgegraph/shapes#"


PERIOD = r"\d{4}(-\d\d(-\d\d)?)?"
DATES = st.from_regex(re.compile(rf"(\.\.|{PERIOD})(/(\.\.|{PERIOD}))?", re.ASCII), fullmatch=True)


def header(fixture: Path, word: str) -> str:
    found = re.search(rf"^# {word}: (.+)$", fixture.read_text(encoding="utf-8"), re.MULTILINE)
    return found[1] if found else ""


def changed(fixture: Path) -> Graph:
    """The valid fixture that an invalid one names, with the invalid one's values in the place of its own."""
    graph = Graph().parse(FIXTURES / "valid" / header(fixture, "in"))
    if without := header(fixture, "without"):
        subject, predicate = map(graph.namespace_manager.expand_curie, without.split())
        assert (subject, predicate, None) in graph
        graph.remove((subject, predicate, None))
    changes = Graph().parse(fixture)
    for subject, predicate in changes.subject_predicates():
        graph.remove((subject, predicate, None))
    return graph + changes


def broken(data: Graph, shapes: Graph) -> set[str]:
    """The rules that a graph breaks."""
    _, report, _ = validate(data, shacl_graph=shapes)
    assert isinstance(report, Graph)
    # Not the details of a result: a date that is none breaks the rule of its property.
    results = report.objects(predicate=SH.result)
    return {str(report.value(result, SH.sourceShape)).removeprefix(SHAPE) for result in results}


def rules(shapes: Graph) -> set[str]:
    """Everything by which a report can name a broken rule: shapes that do more than to gather others."""
    named = {shape for shape in shapes.subjects(RDF.type) if isinstance(shape, URIRef) and shape.startswith(SHAPE)}
    gathering = set(shapes.subjects(SH.property)) | set(shapes.objects(predicate=SH.node))
    return {str(shape).removeprefix(SHAPE) for shape in named - gathering}


@pytest.mark.parametrize("fixture", VALID, ids=lambda path: path.stem)
def test_good_data_passes(shapes: Graph, fixture: Path) -> None:
    assert broken(Graph().parse(fixture), shapes) == set()


@pytest.mark.parametrize("fixture", INVALID, ids=lambda path: path.stem)
def test_bad_data_breaks_the_one_rule_that_it_names(shapes: Graph, fixture: Path) -> None:
    assert broken(changed(fixture), shapes) == {header(fixture, "breaks")}


def test_every_rule_has_a_fixture_that_breaks_it(shapes: Graph) -> None:
    assert {header(fixture, "breaks") for fixture in INVALID} == rules(shapes)


def test_the_taxonomy_passes(shapes: Graph, taxonomy: Graph) -> None:
    assert broken(taxonomy, shapes) == set()


@pytest.mark.parametrize(
    ("rule", "members"),
    [
        ("actor-type", ActorType),
        ("utterance-kind", Kind),
        ("commitment-kind", set(Kind) - {Kind.CALL}),
        ("utterance-role", Role),
        ("assessment-status", Status),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_choice_has_the_members_of_its_enumeration(shapes: Graph, rule: str, members: set[object]) -> None:
    choice = shapes.value(URIRef(SHAPE + rule), SH["in"])
    assert {str(value) for value in shapes.items(choice)} == set(members)


def test_forces_reach_from_the_first_to_the_last(shapes: Graph) -> None:
    for rule in (URIRef(SHAPE + "utterance-force"), URIRef(SHAPE + "commitment-force")):
        bounds = [shapes.value(rule, bound) for bound in (SH.minInclusive, SH.maxInclusive)]
        assert [bound.toPython() for bound in bounds] == [min(Force), max(Force)]


@given(DATES)
def test_a_date_that_is_written_has_the_shape_of_a_date(shapes: Graph, text: str) -> None:
    try:
        written = str(parse(text))
    except EdtfError:
        return
    date = URIRef(SHAPE + "Date")
    assert re.search(str(shapes.value(date, SH.pattern)), written)
    assert not re.search(str(shapes.value(shapes.value(date, SH["not"]), SH.pattern)), written)
