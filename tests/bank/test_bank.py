"""What people ask gets the same rows in plain words, as HTTP parameters, in Cypher and in SPARQL, on every store."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolution, Store, parse_query_results

from graph.bolt import BoltStore
from tests.bank.bank import Entry, bank, beyond, rows, rows_of

README = Path(__file__).parent.parent.parent / "README.md"
NUMBERS = {*range(1, 13), 15, 16, 18, 19, 21, 23}
WORDINGS = [(entry, words) for entry in bank() for words in entry.words]
CASES = [pytest.param(entry, words, id=f"{entry.id} {words}") for entry, words in WORDINGS]
ENTRIES = pytest.mark.parametrize("entry", bank(), ids=lambda entry: entry.id)


def test_the_bank_has_every_question_in_several_wordings() -> None:
    assert len(bank()) >= 60
    assert {int(entry.id[:-1]) for entry in bank()} == NUMBERS
    assert len({entry.id for entry in bank()}) == len(bank())
    assert all(len(entry.words) >= 3 for entry in bank())
    assert len({words for _, words in WORDINGS}) == len(WORDINGS)
    assert f"{len(bank())} questions in {len(WORDINGS)} wordings" in README.read_text(encoding="utf-8")


@ENTRIES
def test_http(client: TestClient, entry: Entry) -> None:
    answer = client.get(entry.http)
    assert answer.status_code == 200, answer.text
    assert rows_of(answer.json(), entry) == entry.expects


@pytest.mark.parametrize(("entry", "words"), CASES)
def test_words(client: TestClient, entry: Entry, words: str) -> None:
    answer = client.get("/ask", params={"q": words})
    assert answer.status_code == 200, answer.text
    assert answer.json()["unknown"] == []
    assert rows_of(answer.json(), entry) == entry.expects


@pytest.mark.parametrize(("words", "named"), beyond(), ids=[words for words, _ in beyond()])
def test_what_words_cannot_ask_is_named(client: TestClient, words: str, named: str) -> None:
    answer = client.get("/ask", params={"q": words})
    if answer.status_code == 422:
        assert f"“{named}” cannot be answered" in answer.json()["detail"]
    else:
        assert named in [unknown["word"] for unknown in answer.json()["unknown"]]


@ENTRIES
def test_cypher(client: TestClient, entry: Entry) -> None:
    found = client.portal.call(_store(client).read, entry.cypher, {})
    assert rows(row.values() for row in found) == entry.expects


@ENTRIES
def test_cypher_over_http(client: TestClient, entry: Entry) -> None:
    answer = client.post("/cypher", json={"query": entry.cypher})
    assert answer.status_code == 200, answer.text
    assert rows(answer.json()["rows"]) == entry.expects


@ENTRIES
def test_sparql(oxigraph: Store, entry: Entry) -> None:
    assert rows(map(values, oxigraph.query(entry.sparql))) == entry.expects


@ENTRIES
def test_sparql_over_http(client: TestClient, entry: Entry) -> None:
    assert rows(solutions(client, entry.sparql)) == entry.expects


def solutions(client: TestClient, sparql: str) -> list[list[str | float | None]]:
    """What the service answers, once its replica reflects the whole store."""
    sequence = client.portal.call(_store(client).sequence)
    asked = {"query": sparql, "atLeast": str(sequence)}
    answer = client.post("/sparql", data=asked, headers={"Accept": "application/sparql-results+json"})
    assert answer.status_code == 200, answer.text
    assert int(answer.headers["Pledgegraph-Sequence"]) >= sequence
    return list(map(values, parse_query_results(answer.content, format=QueryResultsFormat.JSON)))


def _store(client: TestClient) -> BoltStore:
    store = client.app.state.service.store
    assert isinstance(store, BoltStore)
    return store


def values(solution: QuerySolution) -> list[str | float | None]:
    """What a solution of a SPARQL query says, as Python has it."""
    return [term and _value(term) for term in solution]


def _value(term: NamedNode | Literal) -> str | float:
    kind = term.datatype.value.rpartition("#")[2] if isinstance(term, Literal) else None
    return float(term.value) if kind in ("integer", "decimal", "double") else term.value
