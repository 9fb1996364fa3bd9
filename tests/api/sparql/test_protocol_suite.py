"""The W3C tests of the SPARQL 1.1 Protocol. Where one needs an update to succeed, it must be refused instead.

PLEDGEGRAPH_SPARQL_SUITE names the suite's folder, as in `test_w3c`.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from pyoxigraph import NamedNode, RdfFormat
from rdflib import Graph, Namespace
from rdflib.collection import Collection
from rdflib.term import Node

from graph.sparql.limits import Limits
from tests.api.sparql.instance import Instance, instance
from tests.api.sparql.suite import MF, RDFS_LABEL, UT

HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")

CASES = 34
UPDATES = {
    "update_dataset_default_graph",
    "update_dataset_default_graphs",
    "update_dataset_named_graphs",
    "update_dataset_full",
    "update_post_form",
    "update_post_direct",
    "update_base_uri",
}
"""These change the store, which no request may do here."""
FORMATS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {"application/sparql-results+json", "application/sparql-results+xml", "text/csv"},
    "RDF": {"text/turtle", "application/n-triples", "application/rdf+xml"},
}


@dataclass(frozen=True)
class Sent:
    """A request of the suite, and what it must be answered with."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    statuses: frozenset[str]
    boolean: bool | None
    format: str | None


@dataclass(frozen=True)
class Case:
    """A test: requests one after the other, over named graphs."""

    name: str
    data: tuple[tuple[str, Path], ...]
    requests: tuple[Sent, ...]


def read(manifest: Path) -> Iterator[Case]:
    graph = Graph().parse(manifest, publicID=manifest.as_uri())
    for entries in graph.objects(None, MF.entries):
        for test in Collection(graph, entries):
            data = (
                (str(graph.value(each, RDFS_LABEL)), Path(str(graph.value(each, UT.graph)).removeprefix("file://")))
                for each in graph.objects(test, UT.graphData)
            )
            requests = Collection(graph, graph.value(graph.value(test, MF.action), HT.requests))
            yield Case(str(test).partition("#")[2], tuple(data), tuple(sent(graph, each) for each in requests))


def sent(graph: Graph, request: Node) -> Sent:
    headers = graph.value(request, HT.headers)
    body, response = graph.value(request, HT.body), graph.value(request, HT.resp)
    boolean, form = graph.value(response, MF.expectedBoolean), graph.value(response, MF.expectedFormat)
    encoding = str(graph.value(body, CNT.characterEncoding) or "UTF-8")
    return Sent(
        method=str(graph.value(request, HT.methodName)),
        path=str(graph.value(request, HT.absolutePath)).replace("/sparql/", "/sparql", 1),
        headers={
            str(graph.value(each, HT.fieldName)): str(graph.value(each, HT.fieldValue))
            for each in (Collection(graph, headers) if headers else ())
        },
        body=str(graph.value(body, CNT.chars) or "").encode(encoding),
        statuses=frozenset(str(each)[-3:] for each in graph.objects(response, MF.expectedStatus)),
        boolean=None if boolean is None else boolean.toPython(),
        format=None if form is None else str(form),
    )


@pytest.fixture(scope="module")
def suite() -> dict[str, Case]:
    folder = os.environ.get("PLEDGEGRAPH_SPARQL_SUITE")
    if not folder:
        pytest.skip("PLEDGEGRAPH_SPARQL_SUITE does not give the folder sparql/sparql11 of w3c/rdf-tests")
    return {case.name: case for case in read(Path(folder).absolute() / "protocol" / "manifest.ttl")}


@pytest.fixture(scope="module")
def endpoint(suite: dict[str, Case], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    with instance(tmp_path_factory.mktemp("protocol"), Limits()) as running:
        yield running


def ask(endpoint: Instance, request: Sent) -> httpx2.Response:
    return endpoint.client.request(request.method, request.path, headers=request.headers, content=request.body)


def test_every_case(suite: dict[str, Case], endpoint: Instance) -> None:
    assert len(suite) == CASES
    assert set(suite) > UPDATES
    failed = [name for name, case in suite.items() if name not in UPDATES and not passes(case, endpoint)]
    assert failed == []


def passes(case: Case, endpoint: Instance) -> bool:
    endpoint.replica.store.clear()
    for name, path in case.data:
        endpoint.replica.store.load(path=path, format=RdfFormat.N_TRIPLES, to_graph=NamedNode(name))
    endpoint.replica.publish()
    return all(as_expected(request, ask(endpoint, request)) for request in case.requests)


def as_expected(request: Sent, response: httpx2.Response) -> bool:
    if f"{response.status_code // 100}xx" not in request.statuses:
        return False
    media = response.headers["content-type"].partition(";")[0]
    if request.format is not None and media not in FORMATS[request.format]:
        return False
    return request.boolean is None or response.json()["boolean"] is request.boolean


@pytest.mark.parametrize("name", sorted(UPDATES))
def test_what_would_change_the_store_is_refused(suite: dict[str, Case], endpoint: Instance, name: str) -> None:
    before = endpoint.replica.sequence, len(endpoint.replica.store)
    first, *_ = suite[name].requests
    response = ask(endpoint, first)
    assert response.status_code == 422, response.text
    assert "change the graph" in response.json()["detail"]
    assert (endpoint.replica.sequence, len(endpoint.replica.store)) == before


def test_nothing_of_the_suite_is_misread(suite: dict[str, Case]) -> None:
    assert all(request.statuses for case in suite.values() for request in case.requests)
