"""The commands that work on a store: load, ask, verify and export, on real ones."""

import asyncio
import csv
import io
import json
import os
import re
import threading
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pyarrow.parquet as pq
import pytest
from neo4j import GraphDatabase
from rdflib import RDF, XSD, Dataset, Graph, Literal, URIRef
from rdflib.term import Identifier
from typer.testing import CliRunner, Result

from api.cli import app
from graph.stores import open_store
from loaders.reading.read import Reader
from loaders.sources.text import read
from ontology.minting import minted
from ontology.terms import NS
from ontology.triples import triples

EXAMPLES = Path(__file__).parent.parent.parent / "api" / "examples"
DIALOGUE = EXAMPLES / "2023-05-06-china-pakistan-strategic-dialogue.md"


def pledgegraph(*arguments: str | Path) -> Result:
    return CliRunner(env={"COLUMNS": "160"}).invoke(app, [str(argument) for argument in arguments])


@contextmanager
def running(url: str) -> Iterator[None]:
    """Keeps a store's server up, so that each command need not start one of its own."""
    ready, done = threading.Event(), threading.Event()

    async def hold() -> None:
        async with await open_store(url, user=None, password=None):
            ready.set()
            await asyncio.to_thread(done.wait)

    holder = threading.Thread(target=lambda: asyncio.run(hold()))
    holder.start()
    try:
        assert ready.wait(60)
        yield
    finally:
        done.set()
        holder.join()


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A store that holds the examples."""
    if request.param == "embedded":
        url = f"embedded:{tmp_path_factory.mktemp('examples')}"
    else:
        url = os.environ.get("PLEDGEGRAPH_TEST_NEO4J", "")
        if not url:
            pytest.skip("PLEDGEGRAPH_TEST_NEO4J gives no Neo4j server")
        empty(url)
    with running(url):
        result = pledgegraph("load", EXAMPLES, "--store", url)
        assert result.exit_code == 0, result.output
        assert "new nodes" in result.stdout
        yield url


def empty(url: str) -> None:
    """Deletes all but the taxonomy, which other tests rely on."""
    parts = urlsplit(url)
    login = (parts.username or "", parts.password or "")
    with GraphDatabase.driver(f"{parts.scheme}://{parts.hostname}:{parts.port}", auth=login) as driver:
        driver.execute_query("MATCH (n) WHERE NOT n:Field DETACH DELETE n")


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[str]:
    url = f"embedded:{tmp_path / 'store'}"
    with running(url):
        yield url


def exported(store: str, format_: str) -> str:
    result = pledgegraph("export", "--format", format_, "--store", store)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_loading_twice_changes_nothing(store: str) -> None:
    before = sorted(exported(store, "nquads").splitlines())
    result = pledgegraph("load", EXAMPLES, "--store", store)
    assert result.exit_code == 0, result.output
    assert "there already" in result.stdout
    assert sorted(exported(store, "nquads").splitlines()) == before


def test_a_bad_file_is_reported_and_the_rest_is_loaded(fresh: str, tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes("Türkiye will act.".encode("latin-1"))
    (tmp_path / "empty.txt").touch()
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)))
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(50_000_000)
    bad = [tmp_path / name for name in ("latin.txt", "empty.txt", "binary.txt", "huge.txt", "missing.txt")]
    result = pledgegraph("load", *bad[:3], DIALOGUE, *bad[3:], "--store", fresh)
    assert result.exit_code == 1
    assert all(str(path) in result.stderr for path in bad)
    assert "Traceback" not in result.stderr
    assert result.stdout.startswith("Loaded 1 statement ")
    assert "Global Security Initiative" in exported(fresh, "nquads")


def test_a_web_address_is_loaded(fresh: str) -> None:
    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/statement.txt" else 404)
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.end_headers()
            self.wfile.write(b"France will train 200 Kenyan officers by 2030.")

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Site) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{site.server_port}"
        result = pledgegraph("load", f"{address}/nothing.txt", f"{address}/statement.txt", "--store", fresh)
        site.shutdown()
    assert result.exit_code == 1
    assert f"{address}/nothing.txt" in result.stderr
    assert "Loaded 1 statement " in result.stdout
    assert f"{address}/statement.txt" in exported(fresh, "nquads")


def test_asking_for_security_pledges(store: str) -> None:
    result = pledgegraph("ask", "all security pledges by Pakistan", "--format", "json", "--store", store)
    assert result.exit_code == 0, result.output
    acts = json.loads(result.stdout)["acts"]
    assert len(acts) >= 3
    assert all("Pakistan" in [actor["name"] for actor in act["actors"]] for act in acts)
    assert {act["kind"] for act in acts} <= {"pledge", "willingness"}


def test_what_is_expected_is_never_a_pledge(store: str) -> None:
    calls = pledgegraph("ask", "what does China expect of Pakistan?", "--format", "json", "--store", store)
    pledges = pledgegraph("ask", "all pledges by Pakistan", "--format", "json", "--store", store)
    asked, pledged = ({act["iri"] for act in json.loads(result.stdout)["acts"]} for result in (calls, pledges))
    assert asked
    assert pledged
    assert not asked & pledged


def test_the_table_says_how_the_question_was_read(store: str) -> None:
    result = pledgegraph("ask", "all security pledges by Pakistan", "--store", store)
    assert result.exit_code == 0, result.output
    for word in ("actor", "quote", "Pakistan", "pledge", "acts.", "Read as"):
        assert word in result.stdout
    assert "MATCH" not in result.stdout


def test_a_narrow_terminal_gets_blocks(store: str) -> None:
    question = ["ask", "all security pledges by Pakistan", "--store", store]
    result = CliRunner(env={"COLUMNS": "80"}).invoke(app, question)
    assert "Pakistan: pledge" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_explain_shows_the_query(store: str) -> None:
    result = pledgegraph("ask", "all security pledges by Pakistan", "--explain", "--store", store)
    assert "MATCH" in result.stdout
    assert "Parameters:" in result.stdout


def test_csv_and_turtle_hold_the_same_acts(store: str) -> None:
    question = "all security pledges by Pakistan"
    rows = list(csv.DictReader(io.StringIO(pledgegraph("ask", question, "--format", "csv", "--store", store).stdout)))
    turtle = pledgegraph("ask", question, "--format", "turtle", "--store", store).stdout
    subjects = Graph().parse(data=turtle, format="turtle").subjects(RDF.type, URIRef(NS + "Commitment"))
    assert {row["iri"] for row in rows} == {str(subject) for subject in subjects} != set()


def test_words_that_were_not_understood_are_named(store: str) -> None:
    result = pledgegraph("ask", "all frobnicated pledges by Pakistan", "--store", store)
    assert result.exit_code == 0
    assert "frobnicated" in result.stderr


def test_no_answer_is_said_and_is_no_failure(store: str) -> None:
    result = pledgegraph("ask", "all security pledges by Tuvalu", "--store", store)
    assert result.exit_code == 0, result.output
    assert "No act" in result.stdout


def test_a_question_without_meaning_is_a_usage_error(store: str) -> None:
    result = pledgegraph("ask", "blorp zzz", "--store", store)
    assert result.exit_code == 2
    assert result.stderr.startswith("pledgegraph: ")


def test_more_than_the_limit_is_said(store: str) -> None:
    result = pledgegraph("ask", "all pledges", "--limit", "2", "--store", store)
    assert "2 acts." in result.stdout
    assert "--limit" in result.stderr


def test_verify_proves_the_examples(store: str) -> None:
    result = pledgegraph("verify", "--store", store)
    assert result.exit_code == 0, result.output
    assert "are proved" in result.stdout


def test_verify_finds_what_was_tampered_with(fresh: str) -> None:
    assert pledgegraph("load", DIALOGUE, "--store", fresh).exit_code == 0
    said = Reader.load().read(read(DIALOGUE))[0]
    forged = replace(minted(said), action="!forged too", utterances=(replace(said, quote="!forged"),))

    async def tamper() -> None:
        async with await open_store(fresh, user=None, password=None) as store:
            await store.add(triples([forged]))

    asyncio.run(tamper())
    result = pledgegraph("verify", "--store", fresh)
    assert result.exit_code == 1
    assert said.iri in result.stderr
    assert "!forged" in result.stderr
    assert "!forged too" in result.stderr
    assert re.match(r"2 of \d+ ", result.stdout)


# rdflib's own parsers use what rdflib deprecates.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")
@pytest.mark.parametrize(("format_", "parser"), [("turtle", "turtle"), ("jsonld", "json-ld"), ("nquads", "nquads")])
def test_rdf_comes_back_as_it_was(store: str, format_: str, parser: str, tmp_path: Path) -> None:
    async def stored() -> set[tuple[str, ...]]:
        async with await open_store(store, user=None, password=None) as opened:
            return {plain(*triple) async for triple in opened.triples()}

    out = tmp_path / "graph"
    result = pledgegraph("export", "--format", format_, "--out", out, "--store", store)
    assert result.exit_code == 0, result.output
    parsed = Dataset() if parser == "nquads" else Graph()
    parsed.parse(data=out.read_text(), format=parser)
    assert {plain(*fact[:3]) for fact in parsed} == asyncio.run(stored())


def plain(*terms: Identifier) -> tuple[str, ...]:
    """A fact by text and datatype; a literal without one is a string in RDF 1.1."""
    return tuple(f"{term}^^{term.datatype or XSD.string}" if isinstance(term, Literal) else str(term) for term in terms)


def test_csv_has_a_row_for_each_act(store: str) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(store, "csv"))))
    assert len({row["iri"] for row in rows}) == len(rows) == acts_in(store)
    assert all(row["action"] in row["quote"] for row in rows if not row["action"].startswith("'"))


def test_parquet_has_a_row_for_each_act(store: str, tmp_path: Path) -> None:
    out = tmp_path / "acts.parquet"
    assert pledgegraph("export", "--format", "parquet", "--out", out, "--store", store).exit_code == 0
    table = pq.read_table(out)
    assert table.num_rows == acts_in(store)
    row = table.slice(0, 1).to_pylist()[0]
    assert row["actors"]
    assert row["quote"][row["start"] - row["quote_start"] : row["end"] - row["quote_start"]] == row["action"]


def test_parquet_is_not_for_stdout(store: str) -> None:
    result = pledgegraph("export", "--format", "parquet", "--store", store)
    assert result.exit_code == 2
    assert "--out" in result.stderr


@pytest.mark.parametrize(
    ("format_", "node", "edge"),
    [
        ("graphml", "{http://graphml.graphdrawing.org/xmlns}node", "{http://graphml.graphdrawing.org/xmlns}edge"),
        ("gexf", "{http://www.gexf.net/1.2draft}node", "{http://www.gexf.net/1.2draft}edge"),
    ],
)
def test_networks_have_every_end_of_every_edge(store: str, format_: str, node: str, edge: str) -> None:
    root = ElementTree.fromstring(exported(store, format_))
    nodes = {found.attrib["id"] for found in root.iter(node)}
    edges = [(found.attrib["source"], found.attrib["target"]) for found in root.iter(edge)]
    assert len(nodes) > 100
    assert len(edges) > 100
    assert {end for ends in edges for end in ends} <= nodes


def test_an_export_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    out = tmp_path / "graph.ttl"
    out.write_text("as it was")
    result = pledgegraph("export", "--format", "turtle", "--out", out, "--store", "nonsense://nowhere")
    assert result.exit_code == 1
    assert out.read_text() == "as it was"
    assert list(tmp_path.iterdir()) == [out]


def test_an_export_into_no_folder_is_told(store: str, tmp_path: Path) -> None:
    result = pledgegraph("export", "--format", "turtle", "--out", tmp_path / "none" / "graph.ttl", "--store", store)
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def acts_in(store: str) -> int:
    facts = exported(store, "nquads")
    return len(re.findall(f"#type> <{NS}(?:Commitment|Call)>", facts))
