"""`/sparql` speaks the SPARQL 1.1 Protocol: how a query comes in, what goes out, and what is refused."""

import html
import re
import time
from collections.abc import Iterator

import httpx2
import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, RdfFormat, parse, parse_query_results

from graph.sparql.limits import Limits
from tests.api.sparql.instance import Instance, instance

EX = "http://example.org/"
SELECT = "SELECT ?s ?o WHERE { ?s <http://example.org/p> ?o } ORDER BY ?o"
CONSTRUCT = "CONSTRUCT WHERE { ?s <http://example.org/p> ?o }"


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    with instance(tmp_path_factory.mktemp("endpoint"), Limits(seconds=5, rows=1000, size=2**20)) as running:
        p = NamedNode(EX + "p")
        running.replica.store.extend(Quad(NamedNode(f"{EX}s{n}"), p, Literal(n)) for n in range(3))
        for name in ("g", "h"):
            running.replica.store.add(Quad(NamedNode(EX + name), p, Literal(name), NamedNode(EX + name)))
        running.replica.publish()
        yield running


def problem(response: httpx2.Response, status: int, slug: str) -> str:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    told = response.json()
    assert told["type"].endswith(f"/{slug}")
    assert told["status"] == status
    return str(told["detail"])


def values(response: httpx2.Response) -> list[str]:
    assert response.status_code == 200, response.text
    return [row["o"]["value"] for row in response.json()["results"]["bindings"]]


def test_three_ways_in(endpoint: Instance) -> None:
    said = {"Accept": "application/sparql-results+json"}
    ways = (
        endpoint.client.get("/sparql", params={"query": SELECT}, headers=said),
        endpoint.client.post("/sparql", data={"query": SELECT}, headers=said),
        endpoint.ask(SELECT),
    )
    for response in ways:
        assert values(response) == ["0", "1", "2"]
        assert response.headers["content-type"] == "application/sparql-results+json"
        assert response.headers["vary"] == "Accept"
        assert response.headers["pledgegraph-sequence"] == str(endpoint.replica.sequence)


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("application/json", "application/json"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv;q=0.1, application/sparql-results+xml;q=0.9, text/turtle", "application/sparql-results+xml"),
        ("application/sparql-results+json;q=0, text/*;q=0.5", "text/csv; charset=utf-8"),
        ("text/html, application/xhtml+xml, */*;q=0.8", "application/sparql-results+json"),
    ],
)
def test_forms_of_solutions(endpoint: Instance, accept: str, media: str) -> None:
    response = endpoint.ask(SELECT, accept)
    assert response.status_code == 200
    assert response.headers["content-type"] == media
    assert response.text.count("http://example.org/s") == 3


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/rdf+xml", RdfFormat.RDF_XML),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("application/sparql-results+json, application/n-triples;q=0.1", RdfFormat.N_TRIPLES),
    ],
)
def test_forms_of_triples(endpoint: Instance, accept: str, form: RdfFormat) -> None:
    response = endpoint.ask(CONSTRUCT, accept)
    assert response.headers["content-type"].partition(";")[0] == form.media_type
    assert len(list(parse(response.content, form))) == 3
    assert len(list(parse(endpoint.ask(f"DESCRIBE <{EX}s1>", accept).content, form))) == 1


def test_ask(endpoint: Instance) -> None:
    for query, answer in (("ASK { ?s ?p 1 }", True), ("ASK { ?s ?p 7 }", False)):
        assert endpoint.ask(query).json()["boolean"] is answer
        xml = endpoint.ask(query, "application/sparql-results+xml")
        assert bool(parse_query_results(xml.content, QueryResultsFormat.XML)) is answer


def parse_form(response: httpx2.Response):
    from pyoxigraph import QueryResultsFormat

    return QueryResultsFormat.from_media_type(response.headers["content-type"])


def test_head(endpoint: Instance) -> None:
    response = endpoint.client.head("/sparql", params={"query": SELECT})
    assert response.status_code == 200
    assert response.content == b""
    assert response.headers["pledgegraph-sequence"]


def test_the_dataset_of_the_protocol_counts_for_more(endpoint: Instance) -> None:
    every = "SELECT ?o WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } ORDER BY ?o"
    said = {"Accept": "application/sparql-results+json"}

    def asked(query: str = every, **dataset: str | list[str]) -> list[str]:
        return values(endpoint.client.get("/sparql", params={"query": query, **dataset}, headers=said))

    assert asked() == ["0", "1", "2", "g", "h"]
    assert asked(**{"default-graph-uri": EX + "g"}) == ["g"]
    assert asked(**{"default-graph-uri": [EX + "g", EX + "h"]}) == ["g", "h"]
    assert asked(**{"named-graph-uri": EX + "h"}) == ["h"]
    assert asked(**{"default-graph-uri": EX + "nothing", "named-graph-uri": EX + "g"}) == ["g"]
    assert asked(f"SELECT ?o FROM <{EX}h> WHERE {{ ?s ?p ?o }}", **{"default-graph-uri": EX + "g"}) == ["g"]
    assert asked(f"SELECT ?o FROM <{EX}h> WHERE {{ ?s ?p ?o }}") == ["h"]
    form = {"query": every, "default-graph-uri": EX + "g"}
    assert values(endpoint.client.post("/sparql", data=form, headers=said)) == ["g"]
    problem(endpoint.client.get("/sparql", params={"query": every, "default-graph-uri": "no iri"}), 400, "malformed")


def test_parameters_that_nobody_knows_are_left_alone(endpoint: Instance) -> None:
    params = {"query": SELECT, "output": "json", "timeout": "5", "debug": "on", "format": "nothing"}
    assert endpoint.client.get("/sparql", params=params).status_code == 200


def test_a_malformed_query(endpoint: Instance) -> None:
    detail = problem(endpoint.ask("SELECT ?s WHERE { ?s ?p "), 400, "malformed")
    assert "1:25" in detail
    problem(endpoint.ask(""), 400, "malformed")
    problem(endpoint.client.post("/sparql", content=b"ASK { ?s ?p '\xff' }", headers=as_query()), 400, "malformed")
    problem(endpoint.client.post("/sparql", content=b"query=%ff", headers=as_form()), 400, "malformed")
    problem(endpoint.client.post("/sparql", content="query=ASK{ä}".encode(), headers=as_form()), 400, "malformed")
    problem(endpoint.client.post("/sparql", data={"query": ["ASK {}", "ASK {}"]}), 400, "malformed")
    problem(endpoint.client.post("/sparql", data={"nothing": ""}), 400, "malformed")


def as_query() -> dict[str, str]:
    return {"Content-Type": "application/sparql-query"}


def as_form() -> dict[str, str]:
    return {"Content-Type": "application/x-www-form-urlencoded"}


def test_other_bodies_and_methods(endpoint: Instance) -> None:
    for media in ("text/plain", "application/json", "multipart/form-data; boundary=x"):
        problem(endpoint.client.post("/sparql", content=b"ASK {}", headers={"Content-Type": media}), 415, "unsupported")
    problem(endpoint.client.post("/sparql", content=b"ASK {}"), 415, "unsupported")
    assert endpoint.client.put("/sparql", content=b"ASK {}").status_code == 405
    assert endpoint.client.delete("/sparql").status_code == 405
    problem(endpoint.client.post("/sparql", content=b"x" * 1_220_010, headers=as_query()), 413, "too-large")


def test_an_update_is_refused_by_name(endpoint: Instance) -> None:
    insert = f"INSERT DATA {{ <{EX}a> <{EX}b> <{EX}c> }}"
    refused = (
        endpoint.client.get("/sparql", params={"update": insert}),
        endpoint.client.post("/sparql", data={"update": insert}),
        endpoint.client.post("/sparql", content=insert, headers={"Content-Type": "application/sparql-update"}),
        endpoint.ask(insert),
    )
    for response in refused:
        assert "change the graph" in problem(response, 422, "refused")


def test_nothing_acceptable(endpoint: Instance) -> None:
    assert "text/csv" in problem(endpoint.ask(SELECT, "image/png"), 406, "not-acceptable")
    assert "text/csv" in problem(endpoint.ask(SELECT, "text/turtle"), 406, "not-acceptable")
    assert "text/turtle" in problem(endpoint.ask(CONSTRUCT, "text/csv"), 406, "not-acceptable")


def test_limits_are_told_by_name(endpoint: Instance) -> None:
    many = "SELECT * { " + " ".join(f"VALUES ?{name} {{ 1 2 3 4 5 6 7 8 9 10 }}" for name in "abc") + " %s }"
    assert endpoint.ask(many % "").status_code == 200
    assert "rows limit" in problem(endpoint.ask(many % "VALUES ?d { 1 2 }"), 422, "limit")
    assert "nesting limit" in problem(endpoint.ask("ASK " + "{" * 102 + "}" * 102), 422, "limit")
    assert "length limit" in problem(endpoint.ask("ASK {} #" + "x" * 100_000), 422, "limit")
    long = 'SELECT (CONCAT(?d, ?d, ?d, ?d) AS ?e) { BIND("%s" AS ?a) BIND(CONCAT(?a, ?a, ?a, ?a, ?a) AS ?d) }' % (
        "x" * 60_000
    )
    assert "size limit" in problem(endpoint.ask(long), 422, "limit")


def test_waits_for_a_sequence(endpoint: Instance) -> None:
    now = endpoint.replica.sequence
    assert endpoint.ask(SELECT, params={"atLeast": now}).status_code == 200
    response = endpoint.ask(SELECT, params={"atLeast": now + 1})
    assert str(now + 1) in problem(response, 503, "behind")
    assert response.headers["retry-after"] == "1"
    for wrong in ("-1", "x", "1.5", "", "²"):
        problem(endpoint.ask(SELECT, params={"atLeast": wrong}), 422, "request")


def test_the_newest_snapshot_is_asked(endpoint: Instance) -> None:
    quad = Quad(NamedNode(EX + "new"), NamedNode(EX + "new"), Literal("new"))
    count = "SELECT (COUNT(*) AS ?o) { ?s <http://example.org/new> 'new' }"
    assert values(endpoint.ask(count)) == ["0"]
    endpoint.replica.store.add(quad)
    endpoint.replica.publish()
    assert values(endpoint.ask(count)) == ["1"]


def test_service_description(endpoint: Instance) -> None:
    sd = "http://www.w3.org/ns/sparql-service-description#"
    for accept in (None, "*/*", "text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples"):
        response = endpoint.client.get("/sparql", headers={"Accept": accept} if accept else {})
        form = RdfFormat.from_media_type(response.headers["content-type"].partition(";")[0])
        told = {(t.predicate.value, getattr(t.object, "value", "")) for t in parse(response.content, form)}
        assert (sd + "endpoint", endpoint.url + "/sparql") in told
        assert (sd + "supportedLanguage", sd + "SPARQL11Query") in told
        assert (sd + "resultFormat", "http://www.w3.org/ns/formats/SPARQL_Results_CSV") in told
        assert not any("Federated" in value for _, value in told)
    problem(endpoint.client.get("/sparql", headers={"Accept": "text/csv"}), 406, "not-acceptable")


def test_format_takes_the_place_of_accept(endpoint: Instance) -> None:
    said = {"Accept": "text/turtle"}
    for name, solutions, triples in (
        ("json", "application/sparql-results+json", "application/ld+json"),
        ("xml", "application/sparql-results+xml", "application/rdf+xml"),
        ("csv", "text/csv", "text/turtle"),
        ("tsv", "text/tab-separated-values", "text/turtle"),
        ("ntriples", "application/sparql-results+json", "application/n-triples"),
    ):
        for query, media in ((SELECT, solutions), (CONSTRUCT, triples)):
            response = endpoint.client.get("/sparql", params={"query": query, "format": name}, headers=said)
            assert response.headers["content-type"].partition(";")[0] == media


def test_a_page_for_browsers(endpoint: Instance) -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    response = endpoint.client.get("/sparql", headers=browser)
    assert response.headers["content-type"].startswith("text/html")
    (example,) = re.findall(r"<textarea[^>]*>(.*?)</textarea>", response.text, re.S)
    for name in re.findall(r"<option>(.*?)</option>", response.text):
        params = {"query": html.unescape(example), "format": name}
        assert endpoint.client.get("/sparql", params=params, headers=browser).status_code == 200
    missing = endpoint.client.get("/sparql", params={"query": "SELECT"}, headers=browser)
    assert missing.status_code == 400
    assert missing.headers["content-type"].startswith("text/html")


def test_a_query_ends_when_nobody_waits_for_it(endpoint: Instance) -> None:
    query = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(40)) + " }"
    workers = endpoint.workers
    with pytest.raises(httpx2.ReadTimeout):
        endpoint.client.get("/sparql", params={"query": query}, timeout=0.5)
    begun = time.monotonic()
    while workers._busy:
        assert time.monotonic() - begun < 2
        time.sleep(0.01)
    assert endpoint.ask("ASK {}").status_code == 200


def test_a_large_answer_comes_whole(endpoint: Instance) -> None:
    query = "SELECT (CONCAT(?d, ?d, ?d) AS ?e) { BIND('%s' AS ?d) }" % ("x" * 90_000)
    response = endpoint.ask(query, "text/csv")
    assert int(response.headers["content-length"]) == len(response.content) == 270_005
