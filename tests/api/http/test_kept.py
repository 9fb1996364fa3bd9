"""Answers are given again as they were until the store changes, and never longer."""

import pytest
from fastapi.testclient import TestClient

from api.http import kept
from graph.bolt import BoltStore
from graph.store import StoreError
from ontology.identifiers import actor_iri

ASKED = {"actor": "Elbonia", "limit": "2"}


@pytest.fixture
def reads(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages of acts for which the store has been asked; other parts of the service look at it too."""
    asked: list[str] = []
    read = BoltStore.read

    async def noted(self: BoltStore, cypher: str, parameters: dict[str, object]) -> list[dict[str, object]]:
        if cypher.endswith("c.iri"):
            asked.append(cypher)
        return await read(self, cypher, parameters)

    monkeypatch.setattr(BoltStore, "read", noted)
    return asked


def test_the_second_answer_is_not_looked_up(client: TestClient, reads: list[str]) -> None:
    first = client.get("/commitments", params=ASKED)
    assert first.status_code == 200
    assert len(first.json()["acts"]) == 2
    reads.clear()
    again = client.get("/commitments", params=ASKED)
    assert reads == []
    assert (again.content, again.headers) == (first.content, first.headers)
    assert again.headers["x-content-type-options"] == "nosniff"
    assert client.head("/commitments", params=ASKED).headers == again.headers


def test_each_representation_is_kept_apart(client: TestClient) -> None:
    for _ in range(2):
        for form, start in (("application/json", "{"), ("text/csv", "iri,"), ("text/html", "<!doctype")):
            answer = client.get("/commitments", params=ASKED, headers={"Accept": form})
            assert answer.text.lower().startswith(start)
            assert answer.headers["content-type"].startswith(form)


def test_a_change_is_seen_at_once(client: TestClient, token: str) -> None:
    before = client.get("/ask", params={"q": "all pledges by Kenya on fisheries"}).json()["acts"]
    sent = {"text": "Kenya will protect its fisheries in the lake.", "issuer": "Kenya", "date": "2026-05-06"}
    assert client.post("/statements", json=sent, headers={"Authorization": f"Bearer {token}"}).status_code == 201
    after = client.get("/ask", params={"q": "all pledges by Kenya on fisheries"}).json()["acts"]
    assert len(after) == len(before) + 1
    assert actor_iri("Kenya", "KE") in {actor["iri"] for actor in after[0]["actors"]}


def test_a_problem_is_not_kept(client: TestClient, token: str) -> None:
    asked = {"issuer": "Harbour Office of Zenda"}
    for _ in range(2):
        assert client.get("/commitments", params=asked).status_code == 422
    sent = {"text": "Kenya will build a harbour in Oman.", "issuer": asked["issuer"]}
    assert client.post("/statements", json=sent, headers={"Authorization": f"Bearer {token}"}).status_code == 201
    assert client.get("/commitments", params=asked).status_code == 200


def test_what_was_not_asked_for_longest_goes_first(
    client: TestClient, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/calls", params=ASKED | {"actor": "Graustark"})
    monkeypatch.setattr(kept, "_MOST_BYTES", 1)
    client.get("/calls", params=ASKED | {"actor": "Ruritania"})
    reads.clear()
    client.get("/calls", params=ASKED | {"actor": "Graustark"})
    assert reads


def test_a_store_that_is_gone_is_told_as_ever(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    async def gone(self: BoltStore, cypher: str, parameters: dict[str, object]) -> list[dict[str, object]]:
        raise StoreError("the store is gone")

    monkeypatch.setattr(BoltStore, "read", gone)
    answer = client.get("/commitments", params=ASKED)
    assert answer.status_code == 503
    assert answer.json()["detail"] == "the store is gone"
