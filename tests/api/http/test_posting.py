"""New statements come in by POST: only with the token, in two forms, once."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.http.posted import MOST_BYTES
from api.settings import Settings
from ontology.identifiers import statement_iri

TEXT = "Pakistan will train 300 police officers by 2031. China opposes the use of force in the region.\n"


@pytest.fixture
def allowed(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_posting_twice_adds_once(client: TestClient, allowed: dict[str, str]) -> None:
    sent = {"text": TEXT, "title": "Training", "issuer": "Foreign Ministry of Pakistan", "date": "2026-02-03"}
    first = client.post("/statements", json=sent, headers=allowed)
    assert first.status_code == 201, first.text
    assert statement_iri(TEXT).endswith(first.headers["location"].rpartition("/")[2])
    assert first.json()["statement"]["title"] == "Training"
    assert first.json()["acts"]
    again = client.post("/statements", json=sent, headers=allowed)
    assert again.status_code == 200
    assert again.json() == first.json() == client.get(first.headers["location"]).json()


def test_what_was_posted_can_be_asked_for_at_once(client: TestClient, allowed: dict[str, str]) -> None:
    sent = {"text": "Kenya will open an embassy in Oman next year.", "issuer": "Press Office of Zenda"}
    by_issuer = {"issuer": "Press Office of Zenda"}
    assert client.get("/commitments", params=by_issuer).status_code == 422
    assert client.post("/statements", json=sent, headers=allowed).status_code == 201
    found = client.get("/commitments", params=by_issuer).json()["acts"]
    assert [act["utterances"][0]["quote"] for act in found] == [sent["text"]]


def test_plain_text_may_bring_front_matter(client: TestClient, allowed: dict[str, str]) -> None:
    body = "---\ntitle: Wheat\nissuer: Kenya\ndate: 2026-05-01\n---\nKenya will sell wheat to Uganda.\n"
    response = client.post(
        "/statements", content=body, headers={**allowed, "Content-Type": "text/plain; charset=utf-8"}
    )
    assert response.status_code == 201, response.text
    statement = response.json()["statement"]
    assert (statement["title"], statement["date"]) == ("Wheat", "2026-05-01")
    assert statement["text"] == "Kenya will sell wheat to Uganda.\n"


@pytest.mark.parametrize("sent", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic YTpi"}])
def test_nobody_else_may(client: TestClient, sent: dict[str, str]) -> None:
    response = client.post("/statements", json={"text": "Ruritania will pay."}, headers=sent)
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert client.get(f"/statements/{statement_iri('Ruritania will pay.').rpartition('/')[2]}").status_code == 404


@pytest.mark.parametrize(
    ("content", "form", "status", "told"),
    [
        (b'{"text": ""}', "application/json", 422, "body.text"),
        (b'{"text": "A.", "date": "soon"}', "application/json", 422, "body.date"),
        (b'{"text": "A.", "url": "javascript:alert(1)"}', "application/json", 422, "body.url"),
        (b'{"text": "A.", "autor": "B"}', "application/json", 422, "body.autor"),
        (b"{nonsense", "application/json", 422, "body"),
        (b"[]", "application/json", 422, "body"),
        (b"   \n", "text/plain", 422, "holds no text"),
        (b"caf\xe9", "text/plain", 422, "not UTF-8"),
        (b"one\x00two", "text/plain", 422, "binary"),
        (b"---\ntitle: A\n", "text/plain", 422, "no end"),
        (b"<p>A</p>", "text/html", 415, "text/plain"),
        (b"a", "", 415, "text/plain"),
    ],
)
def test_what_cannot_be_read(
    client: TestClient, allowed: dict[str, str], content: bytes, form: str, status: int, told: str
) -> None:
    response = client.post("/statements", content=content, headers={**allowed, "Content-Type": form})
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert told in response.text


def test_a_body_has_a_limit(client: TestClient, allowed: dict[str, str]) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(MOST_BYTES // 1000 + 2):
            yield b"Ruritania will pay. " * 50

    response = client.post("/statements", content=endless(), headers={**allowed, "Content-Type": "text/plain"})
    assert response.status_code == 413
    assert f"{MOST_BYTES:,}" in response.json()["detail"]


def test_without_a_token_the_way_in_is_closed(settings: Settings, client: TestClient) -> None:
    with TestClient(create_app(settings.model_copy(update={"token": None})), base_url="http://127.0.0.1") as closed:
        response = closed.post("/statements", json={"text": TEXT}, headers={"Authorization": "Bearer "})
        assert response.status_code == 403
        assert "PLEDGEGRAPH_TOKEN" in response.json()["detail"]
