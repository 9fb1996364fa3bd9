"""The worked example of the design, from the statement as it was published to the answers in HTTP and on the page.

What must be found is what people annotated in that statement, which lies beside the checkout.
"""

import html
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient
from neo4j import GraphDatabase

from api.app import create_app
from api.settings import Settings

EVALUATION = Path(__file__).parents[4] / "shared" / "evaluation"
SEED = "seed-china-pakistan-2023"
ABOUT = {"title": "Dialogue", "issuer": "Ministry of Foreign Affairs of China", "date": "2023-05-06"}
SECURITY_PLEDGES = "all security pledges by Pakistan"

pytestmark = pytest.mark.skipif(not EVALUATION.exists(), reason="the annotated statement of ../shared is not here")


def annotated(actor: str, *kinds: str) -> list[dict[str, Any]]:
    """What people found in the statement: the acts of a party about security."""
    lines = map(json.loads, (EVALUATION / "dev.jsonl").read_text(encoding="utf-8").splitlines())
    return [
        act
        for act in lines
        if act["document"] == SEED and act["actors"] == [actor] and act["kind"] in kinds and "security" in act["fields"]
    ]


def emptied_neo4j() -> str:
    """The address of a Neo4j for tests, when there is one, with nothing in it but fields."""
    url = os.environ.get("PLEDGEGRAPH_TEST_NEO4J")
    if not url:
        pytest.skip("PLEDGEGRAPH_TEST_NEO4J gives no Neo4j server; `.ci/neo4j run make test` starts one")
    parts = urlsplit(url)
    address = f"{parts.scheme}://{parts.hostname}:{parts.port}"
    with GraphDatabase.driver(address, auth=(parts.username, parts.password)) as driver:
        driver.execute_query("MATCH (n) WHERE NOT n:Field DETACH DELETE n")
    return url


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def client(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, token: str
) -> Iterator[TestClient]:
    """A service whose graph holds nothing but the one statement, posted to it."""
    store = emptied_neo4j() if request.param == "neo4j" else f"embedded:{tmp_path_factory.mktemp('seed')}"
    with TestClient(create_app(Settings(store=store, token=token)), base_url="http://127.0.0.1") as client:
        text = (EVALUATION / "dev" / f"{SEED}.txt").read_text(encoding="utf-8")
        response = client.post(
            "/statements", json={"text": text, **ABOUT}, headers={"Authorization": f"Bearer {token}"}
        )
        assert response.status_code == 201, response.text
        yield client


def asked(client: TestClient, question: str) -> list[dict[str, Any]]:
    acts: list[dict[str, Any]] = client.get("/ask", params={"q": question}).json()["acts"]
    return acts


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two acts cover each other in the text by more than half."""
    shared = min(one["end"], other["end"]) - max(one["start"], other["start"])
    return 2 * shared > max(one["end"] - one["start"], other["end"] - other["start"])


@pytest.mark.parametrize("question", [SECURITY_PLEDGES, "Which security pledges did Pakistan make?"])
def test_the_five_security_pledges_of_pakistan(client: TestClient, question: str) -> None:
    acts, expected = asked(client, question), annotated("Pakistan", "pledge", "willingness")
    said = [said for act in acts for said in act["utterances"]]
    assert len(acts) == len(expected) == 5
    assert all(any(same(found, act) for found in said) for act in expected)
    assert {actor["name"] for act in acts for actor in act["actors"]} == {"Pakistan"}
    assert all(found["action"] in found["quote"] for found in said)


def test_what_china_expects_is_a_call(client: TestClient) -> None:
    acts = asked(client, "what does China expect of Pakistan?")
    assert {act["kind"] for act in acts} == {"call"}
    assert {actor["name"] for act in acts for actor in act["actors"]} == {"China"}
    for call in annotated("China", "call"):
        assert any(same(said, call) for act in acts for said in act["utterances"])


def test_the_page_shows_the_same(client: TestClient) -> None:
    page = client.get("/", params={"q": SECURITY_PLEDGES}).text
    marks = [html.unescape(mark) for mark in re.findall(r"<mark>(.*?)</mark>", page)]
    assert marks == [act["action"] for act in asked(client, SECURITY_PLEDGES)]


def test_the_filters_give_the_same_as_the_words(client: TestClient) -> None:
    filters = {"actor": "PK", "field": "security", "kind": ["pledge", "willingness"]}
    assert client.get("/commitments", params=filters).json()["acts"] == asked(client, SECURITY_PLEDGES)
