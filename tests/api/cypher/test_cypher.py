"""`POST /cypher`: the forms of an answer, and what is said where there is none."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from ontology.identifiers import actor_iri
from ontology.triples import triples
from tests.api.http.conftest import case

NDJSON = "application/x-ndjson"
RURITANIA = actor_iri("Ruritania")
PROBLEM = "https://w3id.org/pledgegraph/problems/"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"embedded:{tmp_path_factory.mktemp('store')}"


@pytest.fixture(scope="module")
def client(store: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A running service that is open and holds a few acts of invented countries."""
    app = create_app(Settings(store=store, cache=tmp_path_factory.mktemp("cache"), raw_seconds=30))
    held = case()
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        assert client.portal
        written = list(triples([*held.acts, *held.more, held.joint, held.hostile, held.many]))
        client.portal.call(app.state.service.store.add, written)
        yield client


def ask(client: TestClient, query: str, accept: str = "application/json", **parameters: Any) -> Any:
    answer = client.post("/cypher", json={"query": query, "parameters": parameters}, headers={"Accept": accept})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].partition(";")[0] == accept
    return answer


def refused(client: TestClient, query: str, status: int = 422, **parameters: Any) -> dict[str, Any]:
    answer = client.post("/cypher", json={"query": query, "parameters": parameters})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    return problem


def test_rows_come_under_their_columns(client: TestClient) -> None:
    query = "MATCH (a:Actor)-[:PLEDGES]->(c) RETURN a.name, count(*) AS `how many` ORDER BY a.name"
    assert ask(client, query).json() == {
        "columns": ["a.name", "how many"],
        "rows": [["Elbonia", 30], ["Graustark", 2], ["Ruritania", 3]],
    }


def test_the_answer_says_which_state_of_the_store_it_reflects(client: TestClient) -> None:
    answer = ask(client, "RETURN 1")
    assert int(answer.headers["Pledgegraph-Sequence"]) > 0
    assert "Accept" in answer.headers["Vary"]


def test_a_node_has_its_iri_labels_and_properties(client: TestClient) -> None:
    (node,) = ask(client, "MATCH (a:Actor {name: $name}) RETURN a", name="Ruritania").json()["rows"][0]
    assert node["iri"] == RURITANIA
    assert node["labels"] == ["Actor"]
    assert node["properties"].items() >= {"iri": RURITANIA, "name": "Ruritania", "names": ["Ruritanian"]}.items()


def test_a_relationship_has_its_type_and_the_iris_of_its_ends(client: TestClient) -> None:
    query = "MATCH (a:Actor {name: 'Ruritania'})-[r:PLEDGES]->(c {negated: true}) RETURN r, r AS again, c.iri AS end"
    answer = ask(client, query).json()
    assert answer["columns"] == ["r", "again", "end"]
    relationship, again, end = answer["rows"][0]
    assert relationship == again
    assert relationship["type"] == "PLEDGES"
    assert (relationship["start"], relationship["end"]) == (RURITANIA, end)
    assert isinstance(relationship["properties"], dict)
    assert set(relationship) == {"type", "start", "end", "properties"}


def test_a_path_has_its_nodes_and_relationships(client: TestClient) -> None:
    query = "MATCH p = (:Actor {name: 'Ruritania'})-[:PLEDGES]->({negated: true})-[:UNDER]->(:Initiative) RETURN p"
    (path,) = ask(client, query).json()["rows"][0]
    assert [node["labels"][0] for node in path["nodes"]] == ["Actor", "Commitment", "Initiative"]
    assert [relationship["type"] for relationship in path["relationships"]] == ["PLEDGES", "UNDER"]
    assert path["relationships"][0]["start"] == RURITANIA
    assert path["relationships"][0]["end"] == path["nodes"][1]["iri"]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("null", None),
        ("true", True),
        ("9223372036854775807", 2**63 - 1),
        ("1.5", 1.5),
        ("0.0 / 0.0", "NaN"),
        ("'It\\'s `x` \\u00e9 🙂'", "It's `x` é 🙂"),
        ("[1, [], {a: null}]", [1, [], {"a": None}]),
        ("{`two words`: {b: [true]}}", {"two words": {"b": [True]}}),
        ("date('2024-02-29')", "2024-02-29"),
        ("duration('P1DT2H')", "P1DT2H"),
        ("localdatetime('2024-02-29T12:30:00')", "2024-02-29T12:30:00"),
        ("$given", {"a": [1, 2.5, "x", None, False]}),
    ],
)
def test_a_value_is_what_json_has_for_it(client: TestClient, expression: str, value: object) -> None:
    answer = ask(client, f"RETURN {expression} AS x", given={"a": [1, 2.5, "x", None, False]})
    assert answer.json() == {"columns": ["x"], "rows": [[value]]}


def test_lines_of_json(client: TestClient) -> None:
    lines = ask(client, "UNWIND [1, 2] AS x RETURN x, {y: x} AS m", NDJSON).text.splitlines()
    assert [json.loads(line) for line in lines] == [{"x": 1, "m": {"y": 1}}, {"x": 2, "m": {"y": 2}}]
    assert ask(client, "UNWIND [] AS x RETURN x", NDJSON).text == ""


def test_csv(client: TestClient) -> None:
    text = ask(client, "RETURN '=1+1' AS f, -1 AS n, true AS t, null AS z, [1, 'a'] AS l, 'a,b' AS c", "text/csv").text
    assert list(csv.reader(io.StringIO(text))) == [
        ["f", "n", "t", "z", "l", "c"],
        ["'=1+1", "-1", "true", "", '[1,"a"]', "a,b"],
    ]


def test_a_long_answer_comes_whole(client: TestClient) -> None:
    answer = ask(client, "UNWIND range(1, 9000) AS x RETURN x, 'some text that is repeated'")
    assert len(answer.json()["rows"]) == 9000


def test_no_rows_are_no_error(client: TestClient) -> None:
    assert ask(client, "MATCH (n:Actor {name: 'Nobody'}) RETURN n.name").json() == {"columns": ["n.name"], "rows": []}


def test_what_is_returned_whole_has_its_names(client: TestClient) -> None:
    answer = ask(client, "MATCH (e:Event) WITH e.name AS name, 1 AS `a number` RETURN *").json()
    assert dict(zip(answer["columns"], answer["rows"][0], strict=True)) == {
        "name": "Second Strelsau Talks",
        "a number": 1,
    }


def test_a_refusal_names_its_rule_and_its_place(client: TestClient) -> None:
    problem = refused(client, "MATCH (n)\nDETACH DELETE n")
    assert problem["type"] == PROBLEM + "refused"
    assert problem["rule"] == "clause"
    assert problem["errors"][0]["where"] == "query:2:1"
    assert "DETACH changes the graph" in problem["detail"]


def test_a_syntax_error_says_where_it_is(client: TestClient) -> None:
    problem = refused(client, "MATCH (n:Actor RETURN n")
    assert problem["rule"] == "syntax"
    assert problem["detail"].startswith("line 1, column 7: ( is not closed")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("RETURN 1 / 0", "zero"),
        ("MATCH (party:Actor) RETURN parti", "parti"),
        ("RETURN toInteger({a: 1})", "toInteger"),
        ("WITH 1 AS x RETURN date('no date')", "no date"),
    ],
)
def test_what_the_server_does_not_accept_is_told_in_the_words_of_the_statement(
    client: TestClient, query: str, said: str
) -> None:
    problem = refused(client, query)
    assert problem["type"] == PROBLEM + "cypher"
    assert said in problem["detail"]
    assert "v_" not in problem["detail"]


def test_too_many_rows_are_a_limit_and_no_shorter_answer(client: TestClient) -> None:
    problem = refused(client, "UNWIND range(1, 100000) AS x RETURN x")
    assert problem["type"] == PROBLEM + "limit"
    assert problem["limit"] == "rows"


def test_a_missing_parameter_is_named(client: TestClient) -> None:
    assert "$who has no value" in refused(client, "MATCH (a:Actor {name: $who}) RETURN a")["detail"]


def test_text_in_a_parameter_stays_text(client: TestClient) -> None:
    text = "x'}) DETACH DELETE n // ` \\u0027 \" ; CREATE (n)"
    assert ask(client, "RETURN $x AS x", x=text).json()["rows"] == [[text]]
    assert ask(client, "MATCH (a:Actor {name: $x}) RETURN a", x=text).json()["rows"] == []


@pytest.mark.parametrize(
    ("body", "content", "status"),
    [
        (b"RETURN 1", "application/x-cypher-query", 415),
        (b'{"query": "RETURN 1"}', "text/plain", 415),
        (b"{", "application/json", 422),
        (b"[]", "application/json", 422),
        (b"{}", "application/json", 422),
        (b'{"query": ""}', "application/json", 422),
        (b'{"query": 1}', "application/json", 422),
        (b'{"query": "RETURN 1", "params": {}}', "application/json", 422),
        (b'{"query": "RETURN 1", "parameters": []}', "application/json", 422),
        (
            b'{"query": "RETURN $x", "parameters": {"x": ' + b"[" * 10_000 + b"]" * 10_000 + b"}}",
            "application/json",
            422,
        ),
        (b'{"query": "RETURN $x", "parameters": {"x": 1e999}}', "application/json", 422),
        (b'{"query": "RETURN $x", "parameters": {"x": ' + b"9" * 5000 + b"}}", "application/json", 422),
        (b'{"query": "RETURN 1", "parameters": {"x": "' + b"x" * 1_000_000 + b'"}}', "application/json", 413),
        (b'{"query": "RETURN \xff"}', "application/json", 422),
    ],
    ids=range(14),
)
def test_a_body_of_another_kind_is_a_problem(client: TestClient, body: bytes, content: str, status: int) -> None:
    answer = client.post("/cypher", content=body, headers={"Content-Type": content})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_form_that_there_is_not_is_not_acceptable(client: TestClient) -> None:
    answer = client.post("/cypher", json={"query": "RETURN 1"}, headers={"Accept": "text/turtle"})
    assert answer.status_code == 406


def test_there_is_nothing_to_get(client: TestClient) -> None:
    assert client.get("/cypher").status_code == 405


def test_openapi_tells_of_it(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    post = document["paths"]["/cypher"]["post"]
    assert set(post["responses"]) >= {"200", "403", "406", "413", "415", "422", "503"}
    assert set(post["responses"]["200"]["content"]) == {"application/json", "text/csv", NDJSON}
    assert {"query", "parameters"} == document["components"]["schemas"]["CypherStatement"]["properties"].keys()


def test_a_closed_service_says_how_to_open_it(store: str, client: TestClient) -> None:
    with TestClient(create_app(Settings(store=store, host="0.0.0.0"))) as closed:
        answer = closed.post("/cypher", json={"query": "RETURN 1"})
        assert answer.status_code == 403
        assert answer.json()["type"] == PROBLEM + "raw-closed"
        assert "--allow-raw" in answer.json()["detail"]
