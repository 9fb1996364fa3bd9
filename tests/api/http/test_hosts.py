"""By which names a service is reached: a page under a foreign name that leads to the loopback learns nothing."""

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings

PATHS = ("/ask?q=pledges", "/commitments", "/", "/static/explorer.css", "/docs", "/healthz", "/nothing")
OWN = ("localhost", "LOCALHOST:8000", "127.0.0.1", "127.0.0.1:8000", "[::1]", "[::1]:8000", "127.0.0.2")
FOREIGN = (
    "rebound.example",
    "rebound.example:8000",
    "127.0.0.1.rebound.example",
    "localhost.rebound.example:80",
    "192.168.1.7",
    "[fe80::1]",
    "localhost@rebound.example",
    "[::1].rebound.example",
    "::1",
    "",
)


@pytest.mark.parametrize("path", PATHS)
def test_a_foreign_name_is_refused_everywhere(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"Host": "rebound.example:8000"})
    assert answer.status_code == 421
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    problem = answer.json()
    assert problem["type"].endswith("/host")
    assert problem["status"] == 421
    assert "not as 'rebound.example:8000'" in problem["detail"]
    assert "--host" in problem["detail"]


@pytest.mark.parametrize("host", FOREIGN)
def test_what_only_resembles_the_loopback_is_foreign(client: TestClient, host: str) -> None:
    assert client.get("/commitments", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("path", ["/cypher", "/sparql"])
def test_queries_are_refused_before_they_are_read(client: TestClient, path: str) -> None:
    answer = client.post(path, content=b"x" * 100, headers={"Host": "rebound.example"})
    assert answer.status_code == 421


@pytest.mark.parametrize("host", OWN)
def test_every_name_of_the_loopback_is_answered(client: TestClient, host: str) -> None:
    assert client.get("/commitments", headers={"Host": host}).status_code == 200


def test_an_answer_that_is_kept_is_not_given_to_a_foreign_name(client: TestClient) -> None:
    assert client.get("/counts").status_code == 200
    assert client.get("/counts", headers={"Host": "rebound.example"}).status_code == 421


@pytest.mark.parametrize(
    ("listens", "host", "status"),
    [
        ("127.0.0.9", "127.0.0.9:80", 404),
        ("localhost", "localhost", 404),
        ("::1", "[::1]:80", 404),
        ("::1", "rebound.example", 421),
        ("0.0.0.0", "graph.example.org", 404),
        ("192.168.1.7", "graph.example.org:8000", 404),
    ],
)
def test_only_a_service_on_the_loopback_looks_at_its_name(listens: str, host: str, status: int) -> None:
    # Without its start-up no store is opened; a page that there is not needs none.
    client = TestClient(create_app(Settings(store="embedded:unused", host=listens)))
    assert client.get("/nothing", headers={"Host": host}).status_code == status
