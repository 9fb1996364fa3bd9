"""Every query of graph/browser/queries.md runs on every store, and its Cypher and its SPARQL answer the same."""

import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pyoxigraph import Store

from tests.bank.bank import rows
from tests.bank.test_bank import solutions, values

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "graph/browser/queries.md").read_text(encoding="utf-8")
SECTION = re.compile(r"^## (.+?)\n.*?^```cypher\n(.*?)^```\n\n```sparql\n(.*?)^```", re.MULTILINE | re.DOTALL)
QUERIES = SECTION.findall(PAGE)
SAVED = ROOT / "graph" / "browser" / "queries.csv"


def test_there_are_twenty_of_each() -> None:
    assert len(QUERIES) == PAGE.count("```cypher") == PAGE.count("```sparql") == 20


@pytest.mark.parametrize(("title", "cypher", "sparql"), QUERIES, ids=[title for title, _, _ in QUERIES])
def test_both_languages_answer_the_same(
    client: TestClient, oxigraph: Store, title: str, cypher: str, sparql: str
) -> None:
    found = client.portal.call(client.app.state.service.store.read, cypher, {})
    solutions = oxigraph.query(sparql)
    assert list(found[0]) == [variable.value for variable in solutions.variables]
    assert rows(row.values() for row in found) == rows(map(values, solutions)) != frozenset()


@pytest.mark.parametrize(("title", "cypher", "sparql"), QUERIES, ids=[title for title, _, _ in QUERIES])
def test_the_service_takes_them(client: TestClient, title: str, cypher: str, sparql: str) -> None:
    answer = client.post("/cypher", json={"query": cypher})
    assert answer.status_code == 200, answer.text
    assert rows(answer.json()["rows"]) == rows(solutions(client, sparql)) != frozenset()


def test_the_saved_queries_are_those_of_the_page() -> None:
    fresh = subprocess.run([sys.executable, ROOT / ".ci" / "queries"], capture_output=True, text=True, check=True)
    assert SAVED.read_text(encoding="utf-8") == fresh.stdout, "run `make queries`"


def test_the_saved_queries_are_in_one_folder() -> None:
    folder, *saved = csv.DictReader(SAVED.read_text(encoding="utf-8").splitlines(keepends=True))
    assert folder["isFolder"] == "true"
    assert [(each["name"], each["query"] + "\n") for each in saved] == [(title, text) for title, text, _ in QUERIES]
    assert {each["parentId"] for each in saved} == {folder["id"]}
    assert all(each["isFolder"] == "false" for each in saved)
