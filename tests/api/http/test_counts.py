"""Numbers over HTTP, and the way from each number to the acts that it counts."""

import csv
import io
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from api.http.filters import CallFilters, CommitmentFilters, CountFilters
from api.http.paths import acts_path, parameters
from api.http.problems import PROBLEM_JSON
from graph.lexicon import Lexicon
from graph.question import Amount, Group, Question, Tally
from ontology import taxonomy
from ontology.identifiers import actor_iri, event_iri, initiative_iri, person_iri
from ontology.records import Actor, Event, Initiative, Person
from ontology.terms import COMMITMENT_KINDS, ActorType, Force, Kind


def counted(client: TestClient, path: str) -> dict[tuple[str, ...], int]:
    response = client.get(path)
    assert response.status_code == 200, response.text
    return {tuple(tally["labels"]): tally["acts"] for tally in response.json()["tallies"]}


def test_acts_are_counted_by_what_is_named(client: TestClient) -> None:
    assert counted(client, "/counts?actor=Ruritania") == {(): 3}
    assert counted(client, "/counts?actor=Ruritania&by=kind") == {("pledge",): 2, ("opposition",): 1}
    assert counted(client, "/counts?actor=Ruritania&kind=pledge&by=year") == {("2023",): 2}
    assert counted(client, "/counts?kind=call&actor=Graustark&by=to") == {("Ruritania",): 1}
    assert counted(client, "/counts?by=field&by=actor&actor=Ruritania&actor=Graustark&field=security") == {
        ("Security", "Ruritania"): 2,
        ("Ceasefire and de-escalation", "Ruritania"): 1,
    }


def test_words_and_parameters_count_the_same(client: TestClient) -> None:
    asked = client.get("/ask", params={"q": "compare the pledges of Ruritania and Graustark"}).json()
    kinds = "kind=pledge&kind=willingness"
    found = client.get(f"/counts?by=field&by=actor&actor=Ruritania&actor=Graustark&{kinds}").json()
    assert asked["tallies"] == found["tallies"]
    assert asked["acts"] == []
    assert asked["next"] is None
    assert not asked["more"]


def test_numbers_are_a_table_too(client: TestClient) -> None:
    text = client.get("/counts?actor=Ruritania&by=actor&by=kind&format=csv").text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[0] == {"actor": actor_iri("Ruritania"), "actor_name": "Ruritania", "kind": "pledge", "acts": "2"}
    assert client.get("/ask?q=how+many+pledges+by+Ruritania&format=csv").text.split() == ["acts", "2"]


@pytest.mark.parametrize("path", ["/counts?by=field", "/ask?q=pledges+per+field"])
@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json"])
def test_numbers_are_no_rdf_and_that_is_said(client: TestClient, path: str, accept: str) -> None:
    response = client.get(path, headers={"Accept": accept})
    assert (response.status_code, response.headers["content-type"]) == (406, PROBLEM_JSON)
    assert "text/csv" in response.json()["detail"]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("by=colour", "query.by.0"),
        ("by=field&by=field", "different"),
        ("by=field&shared=true", "name them"),
        ("by=year&cursor=x", "query.cursor"),
        ("by=year&kind=nonsense", "query.kind.0"),
        ("amount=much", "query.amount"),
        ("limit=0", "query.limit"),
    ],
)
def test_what_cannot_be_counted_is_a_problem(client: TestClient, query: str, told: str) -> None:
    response = client.get(f"/counts?{query}")
    assert response.status_code == 422, response.text
    assert told in response.json()["detail"]


def test_a_question_about_what_is_not_followed_is_a_problem_with_examples(client: TestClient) -> None:
    response = client.get("/ask", params={"q": "overdue pledges by Ruritania"})
    assert response.status_code == 422
    assert "“overdue” cannot be answered" in response.json()["detail"]
    assert "all security pledges by Pakistan" in response.json()["detail"]


def test_amounts_and_phrases_are_filters(client: TestClient, held) -> None:
    def actions(query: str) -> set[str]:
        return {act["action"] for act in client.get(f"/commitments?{query}").json()["acts"]}

    assert actions("amount=any") == {held.acts[0].action}
    assert actions("amount=money") == set()
    assert held.acts[2].action in actions('words="Strelsau Corridor"')
    assert actions('words="Corridor Strelsau"') == set()
    assert held.acts[2].action in actions("words=Corridor+Strelsau")
    assert actions("actor=Ruritania&actor=Graustark&together=true") == set()


# fmt: off
NAMED = {name: Actor(iri=actor_iri(name), name=name, type=ActorType.STATE) for name in ("Ruritania", "Graustark")}
PERSON = Person(iri=person_iri("Rupert of Hentzau"), name="Rupert of Hentzau")
EVENT = Event(iri=event_iri("Second Strelsau Talks", "2023"), name="Second Strelsau Talks")
CORRIDOR = Initiative(iri=initiative_iri("Strelsau Corridor"), name="Strelsau Corridor")
LEXICON = Lexicon.of(NAMED.values(), taxonomy.fields(), [CORRIDOR], [PERSON], [EVENT], ["Ministry & Sons"])
FULL = Question(
    kinds=frozenset({Kind.PLEDGE, Kind.WILLINGNESS}), actors=tuple(NAMED.values()), together=True,
    counterparts=(NAMED["Ruritania"],), fields=("health", "counter-terrorism"), since="2022-05", until="2024",
    issuers=("Ministry & Sons",), speakers=(PERSON,), events=(EVENT,), initiatives=(CORRIDOR,),
    words=("clean water", "wells"), min_force=Force.FIRM, due_since="2026", due_before="2030-06", conditional=False,
    amount=Amount.MONEY, currencies=("USD", "EUR"),
)
# fmt: on
QUESTIONS = [
    FULL,
    Question(kinds=COMMITMENT_KINDS),
    Question(kinds=frozenset({Kind.CALL}), actors=(NAMED["Graustark"],), conditional=True),
    Question(kinds=frozenset({Kind.OPPOSITION}), words=("one",)),
]


def _asked(path: str) -> Question:
    parts = urlsplit(path)
    filters = CallFilters if parts.path == "/calls" else CommitmentFilters
    given = {
        name: values if "list" in str(filters.model_fields[name].annotation) else values[0]
        for name, values in parse_qs(parts.query).items()
    }
    return filters.model_validate(given).question(LEXICON)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_and_its_parameters_say_the_same(question: Question) -> None:
    path = acts_path(question)
    assert path
    assert _asked(path) == question


def test_every_filter_has_a_parameter() -> None:
    unsaid = {"limit", "cursor", "by", "shared"}
    assert len(parameters(FULL)) == len(set(Question.__dataclass_fields__) - unsaid)
    assert set(parameters(FULL)) <= set(CountFilters.model_fields)


RURITANIA = NAMED["Ruritania"]
BY = replace(FULL, together=False, by=(Group.ACTOR, Group.FIELD, Group.YEAR))


def test_a_number_leads_to_its_acts() -> None:
    path = acts_path(BY, Tally((RURITANIA.iri, "pandemics", "2022"), ("Ruritania", "Pandemics", "2022"), 3))
    assert path
    assert _asked(path) == replace(
        BY, by=None, actors=(RURITANIA,), fields=("pandemics",), since="2022-05", until="2022"
    )


def test_a_number_that_parameters_cannot_say_leads_nowhere() -> None:
    assert acts_path(replace(BY, by=(Group.YEAR,)), Tally(("",), ("",), 1)) is None
    assert acts_path(Question(kinds=frozenset(Kind))) is None
