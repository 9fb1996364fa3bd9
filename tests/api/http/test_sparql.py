"""`/sparql` of the whole service: the replica behind it follows what is loaded, and it is closed where it must be."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.explorer.pages import QUERY
from api.settings import Settings
from ontology.terms import NS

JSON = "application/sparql-results+json"


def select(client: TestClient, query: str, **parameters: Any) -> list[dict[str, str]]:
    response = client.get("/sparql", params={"query": query, **parameters}, headers={"Accept": JSON})
    assert response.status_code == 200, response.text
    rows = response.json()["results"]["bindings"]
    return [{name: cell["value"] for name, cell in row.items()} for row in rows]


def sequence(client: TestClient) -> int:
    return int(client.portal.call(client.app.state.service.store.sequence))


def test_all_that_is_held_can_be_asked(client: TestClient, held: Any) -> None:
    query = f"SELECT ?act ?action {{ ?act <{NS}action> ?action }}"
    rows = select(client, query, atLeast=sequence(client))
    assert {(row["act"], row["action"]) for row in rows} >= {(act.iri, act.action) for act in (*held.acts, *held.more)}


def test_what_is_posted_is_there_at_the_sequence_that_is_asked_for(client: TestClient, token: str) -> None:
    text = "Kenya will plant 73 acacias in Uganda."
    before = sequence(client)
    posted = client.post("/statements", json={"text": text}, headers={"Authorization": f"Bearer {token}"})
    assert posted.status_code in (200, 201)
    after = sequence(client)
    assert after > before
    query = f'SELECT ?s {{ ?s <{NS}text> ?text FILTER CONTAINS(?text, "73 acacias") }}'
    response = client.get("/sparql", params={"query": query, "atLeast": after}, headers={"Accept": JSON})
    assert int(response.headers["pledgegraph-sequence"]) >= after
    assert len(response.json()["results"]["bindings"]) == 1


def test_triples_have_the_prefixes_of_the_vocabulary(client: TestClient, held: Any) -> None:
    response = client.get(
        "/sparql", params={"query": f"DESCRIBE <{held.acts[0].iri}>"}, headers={"Accept": "text/turtle"}
    )
    assert f"@prefix pg: <{NS}>" in response.text
    assert "pg:action " in response.text


def test_the_page_asks_what_can_be_asked(client: TestClient) -> None:
    rows = select(client, QUERY)
    assert {row["who"] for row in rows} >= {"Ruritania"}


def test_closed_where_nothing_raw_is_taken(settings: Settings) -> None:
    with TestClient(create_app(settings.model_copy(update={"raw": False})), base_url="http://127.0.0.1") as closed:
        for response in (
            closed.get("/sparql", params={"query": "ASK {}"}),
            closed.get("/sparql"),
            closed.post("/sparql", content="ASK {}", headers={"Content-Type": "application/sparql-query"}),
        ):
            assert response.status_code == 403
            assert response.json()["type"].endswith("/raw-closed")


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_open_on_the_loopback_only(host: str) -> None:
    assert Settings(host=host).takes_raw
    assert not Settings(host="0.0.0.0").takes_raw
