"""The service answers questions, pages them, negotiates and tells its problems."""

import base64
import csv
import io

import pytest
from fastapi.testclient import TestClient
from rdflib import RDF, Graph, URIRef

from api.app import create_app
from api.http.problems import PROBLEM_JSON
from api.settings import Settings
from ontology.records import Call
from ontology.terms import NS, Kind
from ontology.triples import records

KINDS = {Kind.PLEDGE, Kind.WILLINGNESS, Kind.SUPPORT, Kind.OPPOSITION}


def actions(answer: dict) -> set[str]:
    return {act["action"] for act in answer["acts"]}


def problem(response, status: int) -> dict:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == PROBLEM_JSON
    found = response.json()
    assert found["status"] == status
    assert found["title"]
    assert found["detail"]
    assert found["type"] == "about:blank" or found["type"].startswith("https://w3id.org/pledgegraph/problems/")
    return found


def test_a_question_is_answered_with_what_stands_behind_it(client: TestClient, held) -> None:
    answer = client.get("/ask", params={"q": "security pledges by Ruritania"}).json()
    assert actions(answer) == {held.acts[0].action, held.acts[2].action}
    act = next(act for act in answer["acts"] if act["action"] == held.acts[0].action)
    (said,) = act["utterances"]
    assert [actor["name"] for actor in act["actors"]] == ["Ruritania"]
    assert [actor["name"] for actor in act["counterparts"]] == ["Graustark"]
    assert said["quote"][said["start"] - said["quote_start"] : said["end"] - said["quote_start"]] == said["action"]
    assert (said["deadline"], said["due"], said["amount"], said["speaker"]["name"]) == (
        "by 2030",
        "../2030",
        200.0,
        "Rupert of Hentzau",
    )
    assert said["statement"]["iri"] == held.joint.iri
    assert said["statement"]["text"] is None
    assert "MATCH" in answer["cypher"]
    assert answer["parameters"]
    assert answer["readings"]
    assert answer["unknown"] == []


def test_calls_and_commitments_never_mix(client: TestClient, held) -> None:
    calls = client.get("/ask", params={"q": "what does Graustark expect of Ruritania?"}).json()
    assert actions(calls) == {held.acts[3].action}
    by_filter = client.get("/calls", params={"actor": "Graustark", "to": "Ruritania"}).json()
    assert actions(by_filter) == {held.acts[3].action}
    commitments = client.get("/commitments", params={"limit": 500}).json()
    assert held.acts[3].action not in actions(commitments)
    assert {act["kind"] for act in calls["acts"]} == {Kind.CALL}
    assert {act["kind"] for act in commitments["acts"]} <= KINDS


def test_a_word_that_is_not_understood_is_named(client: TestClient) -> None:
    answer = client.get("/ask", params={"q": "securty pledges by Ruritania"}).json()
    (unknown,) = answer["unknown"]
    assert unknown["word"] == "securty"
    assert "Security" in {near.capitalize() for near in unknown["near"]}


@pytest.mark.parametrize(
    ("filters", "which"),
    [
        ({"actor": "Ruritania", "field": "security", "kind": "pledge"}, {0, 2}),
        ({"actor": "Ruritania", "kind": ["pledge", "opposition"]}, {0, 1, 2}),
        ({"actor": "Ruritania", "to": "Graustark"}, {0}),
        ({"actor": ["Ruritania", "Graustark"], "since": "2024"}, {5}),
        ({"actor": "Graustark", "until": "2023-05"}, {4}),
        ({"speaker": "Rupert of Hentzau"}, {0}),
        ({"initiative": "Strelsau Corridor"}, {2}),
        ({"event": "Second Strelsau Talks", "field": "trade"}, {4}),
        ({"issuer": "Ministry of Foreign Affairs of Ruritania", "field": "infrastructure"}, {5}),
        ({"actor": "Ruritania", "words": "truce officers"}, {0}),
        ({"actor": "Graustark", "force": 4}, {5}),
        ({"actor": "Ruritania", "conditional": "true"}, {0}),
        ({"actor": "Ruritania", "due_before": "2031"}, {0}),
        ({"actor": "Ruritania", "due_before": "2030"}, set()),
    ],
)
def test_every_filter_is_a_parameter(client: TestClient, held, filters: dict, which: set[int]) -> None:
    response = client.get("/commitments", params=filters)
    assert response.status_code == 200, response.text
    assert actions(response.json()) == {held.acts[number].action for number in which}


def test_pages_walk_through_everything_once(client: TestClient) -> None:
    whole = [
        act["iri"] for act in client.get("/commitments", params={"actor": ["Ruritania", "Graustark"]}).json()["acts"]
    ]
    path, found = "/commitments?actor=Ruritania&actor=Graustark&limit=2", []
    while path:
        response = client.get(path)
        found += [act["iri"] for act in response.json()["acts"]]
        link = response.links.get("next")
        assert (link is None) == (response.json()["next"] is None)
        path = link["url"] if link else None
    assert found == whole
    assert len(found) >= 5


def test_an_act_by_its_key(client: TestClient, held) -> None:
    for act in held.acts:
        path = f"/{'calls' if isinstance(act, Call) else 'commitments'}/{act.iri.rpartition('/')[2]}"
        found = client.get(path).json()
        assert (found["iri"], found["action"]) == (act.iri, act.action)
        assert found["utterances"][0]["rule"] == "by hand"
    problem(client.get("/commitments/none"), 404)
    problem(client.get(f"/commitments/{held.acts[3].iri.rpartition('/')[2]}"), 404)


def test_a_statement_with_its_text_and_acts(client: TestClient, held) -> None:
    found = client.get(f"/statements/{held.joint.iri.rpartition('/')[2]}").json()
    assert found["statement"]["text"] == held.joint.text
    assert [act["action"] for act in found["acts"]] == [act.action for act in held.acts[:5]]
    problem(client.get("/statements/none"), 404)


# rdflib reads JSON-LD by a class of its own that it has deprecated.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_turtle_and_json_ld_hold_the_same_records(client: TestClient, held) -> None:
    path = f"/commitments/{held.acts[0].iri.rpartition('/')[2]}"
    for accept, form in (("text/turtle", "turtle"), ("application/ld+json", "json-ld")):
        response = client.get(path, headers={"Accept": accept})
        assert response.headers["content-type"].startswith(accept)
        graph = Graph().parse(data=response.text, format=form)
        assert held.acts[0] in set(records(graph))
    whole = Graph().parse(data=client.get("/commitments", headers={"Accept": "text/turtle"}).text, format="turtle")
    assert URIRef(held.acts[5].iri) in set(whole.subjects(RDF.type, URIRef(NS + "Commitment")))


def test_csv_has_a_row_an_act(client: TestClient, held) -> None:
    response = client.get("/commitments", params={"actor": "Ruritania"}, headers={"Accept": "text/csv"})
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert {row["action"] for row in rows} == {act.action for act in held.acts[:3]}
    assert {row["actors"] for row in rows} == {"Ruritania"}


def test_representations_are_negotiated(client: TestClient) -> None:
    response = client.get("/commitments")
    assert response.headers["content-type"] == "application/json"
    assert response.headers["vary"] == "Accept"
    assert "text/csv" in problem(client.get("/commitments", headers={"Accept": "image/png"}), 406)["detail"]
    assert client.get("/commitments?format=csv").headers["content-type"].startswith("text/csv")
    assert client.get("/commitments?format=html").headers["content-type"].startswith("text/html")
    problem(client.get("/actors?format=html"), 406)


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("/ask", "query.q"),
        ("/ask?q=pledges&colour=red", "query.colour"),
        ("/commitments?limit=0", "query.limit"),
        ("/commitments?limit=many", "query.limit"),
        ("/commitments?since=yesterday", "query.since"),
        ("/commitments?since=2023-13", "query.since"),
        ("/commitments?kind=call", "query.kind.0"),
        ("/commitments?force=9", "query.force"),
        ("/commitments?actr=Pakistan", "query.actr"),
        ("/commitments?words=+", "query.words.0"),
        ("/calls?kind=pledge", "query.kind"),
        ("/calls?force=4", "query.force"),
    ],
)
def test_a_parameter_that_is_wrong_is_named(client: TestClient, path: str, where: str) -> None:
    assert where in [error["where"] for error in problem(client.get(path), 422)["errors"]]


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/commitments?actor=Ruritannia", "Ruritania"),
        ("/commitments?field=securty", "Security"),
        ("/ask?q=securty", "Security"),
        ("/ask?q=qwertz", None),
    ],
)
def test_a_name_that_is_not_known_is_told(client: TestClient, path: str, near: str | None) -> None:
    names = problem(client.get(path), 422)["near"]
    assert near is None or near in names


def test_a_cursor_that_is_none(client: TestClient) -> None:
    problem(client.get("/commitments?cursor=nonsense"), 422)
    problem(client.get("/ask?q=pledges&cursor=nonsense"), 422)
    half = base64.urlsafe_b64encode(b'["\\ud800","x"]').decode()
    for path in ("/commitments", "/actors"):
        problem(client.get(path, params={"cursor": half}), 422)


def test_what_is_not_there(client: TestClient) -> None:
    assert problem(client.get("/nothing"), 404)["instance"] == "/nothing"
    response = client.delete("/commitments")
    problem(response, 405)
    assert "GET" in response.headers["allow"]


def test_actors_and_fields_are_listed_with_their_acts(client: TestClient) -> None:
    actors = {entry["actor"]["name"]: entry["acts"] for entry in client.get("/actors").json()["actors"]}
    assert actors["Ruritania"] >= 3
    fields = client.get("/fields").json()["fields"]
    security = next(entry for entry in fields if entry["field"]["slug"] == "security")
    assert security["acts"] >= 3
    for path in ("/actors", "/fields"):
        turtle = client.get(path, headers={"Accept": "text/turtle"}).text
        assert len(Graph().parse(data=turtle, format="turtle")) > 3
        assert len(list(csv.DictReader(io.StringIO(client.get(f"{path}?format=csv").text)))) > 1


def test_health(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok"}


def test_a_store_that_is_gone_is_a_problem(settings: Settings, client: TestClient) -> None:
    app = create_app(settings)
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as other:
        other.portal.call(app.state.service.store.close)
        for path in ("/readyz", "/ask?q=pledges", "/commitments", "/statements/none", "/actors"):
            problem(other.get(path), 503)
        assert other.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200


def test_what_nobody_foresaw_is_told_without_its_inside(settings: Settings) -> None:
    app = create_app(settings)

    @app.get("/fails")
    def fails() -> None:
        raise RuntimeError("the inside")

    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as other:
        response = other.get("/fails")
        assert "the inside" not in problem(response, 500)["detail"]
        assert "default-src 'none'" in response.headers["content-security-policy"]
