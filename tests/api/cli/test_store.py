"""The commands that work on a store: load, ask and verify, on real ones."""

import asyncio
import csv
import io
import json
import re
import threading
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from rdflib import RDF, Graph, URIRef
from typer.testing import Result

from graph.stores import open_store
from loaders.reading.read import Reader
from loaders.sources.text import read
from ontology.minting import minted
from ontology.terms import NS
from ontology.triples import triples

Run = Callable[..., Result]
Export = Callable[[str, str], str]


def test_loading_twice_changes_nothing(pledgegraph: Run, exported: Export, examples: Path, store: str) -> None:
    before = sorted(exported(store, "nquads").splitlines())
    result = pledgegraph("load", examples, "--store", store)
    assert result.exit_code == 0, result.output
    assert "there already" in result.stdout
    assert sorted(exported(store, "nquads").splitlines()) == before


def test_a_bad_file_is_reported_and_the_rest_is_loaded(
    pledgegraph: Run, exported: Export, dialogue: Path, fresh: str, tmp_path: Path
) -> None:
    (tmp_path / "latin.txt").write_bytes("Türkiye will act.".encode("latin-1"))
    (tmp_path / "empty.txt").touch()
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)))
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(50_000_000)
    bad = [tmp_path / name for name in ("latin.txt", "empty.txt", "binary.txt", "huge.txt", "missing.txt")]
    result = pledgegraph("load", *bad[:3], dialogue, *bad[3:], "--store", fresh)
    assert result.exit_code == 1
    assert all(str(path) in result.stderr for path in bad)
    assert "Traceback" not in result.stderr
    assert result.stdout.startswith("Loaded 1 statement ")
    assert "Global Security Initiative" in exported(fresh, "nquads")


def test_a_web_address_is_loaded(pledgegraph: Run, exported: Export, fresh: str) -> None:
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


def test_asking_for_security_pledges(pledgegraph: Run, store: str) -> None:
    result = pledgegraph("ask", "all security pledges by Pakistan", "--format", "json", "--store", store)
    assert result.exit_code == 0, result.output
    acts = json.loads(result.stdout)["acts"]
    assert len(acts) >= 3
    assert all("Pakistan" in [actor["name"] for actor in act["actors"]] for act in acts)
    assert {act["kind"] for act in acts} <= {"pledge", "willingness"}


def test_what_is_expected_is_never_a_pledge(pledgegraph: Run, store: str) -> None:
    calls = pledgegraph("ask", "what does China expect of Pakistan?", "--format", "json", "--store", store)
    pledges = pledgegraph("ask", "all pledges by Pakistan", "--format", "json", "--store", store)
    asked, pledged = ({act["iri"] for act in json.loads(result.stdout)["acts"]} for result in (calls, pledges))
    assert asked
    assert pledged
    assert not asked & pledged


def test_the_table_says_how_the_question_was_read(pledgegraph: Run, store: str) -> None:
    result = pledgegraph("ask", "all security pledges by Pakistan", "--store", store)
    assert result.exit_code == 0, result.output
    for word in ("actor", "quote", "Pakistan", "pledge", "acts.", "Read as"):
        assert word in result.stdout
    assert "MATCH" not in result.stdout


def test_a_narrow_terminal_gets_blocks(pledgegraph: Run, store: str) -> None:
    result = pledgegraph("ask", "all security pledges by Pakistan", "--store", store, COLUMNS="80")
    assert "Pakistan: pledge" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_explain_shows_the_query(pledgegraph: Run, store: str) -> None:
    result = pledgegraph("ask", "all security pledges by Pakistan", "--explain", "--store", store)
    assert "MATCH" in result.stdout
    assert "Parameters:" in result.stdout


def test_csv_and_turtle_hold_the_same_acts(pledgegraph: Run, store: str) -> None:
    question = "all security pledges by Pakistan"
    rows = list(csv.DictReader(io.StringIO(pledgegraph("ask", question, "--format", "csv", "--store", store).stdout)))
    turtle = pledgegraph("ask", question, "--format", "turtle", "--store", store).stdout
    subjects = Graph().parse(data=turtle, format="turtle").subjects(RDF.type, URIRef(NS + "Commitment"))
    assert {row["iri"] for row in rows} == {str(subject) for subject in subjects} != set()


def test_words_that_were_not_understood_are_named(pledgegraph: Run, store: str) -> None:
    result = pledgegraph("ask", "all frobnicated pledges by Pakistan", "--store", store)
    assert result.exit_code == 0
    assert "frobnicated" in result.stderr


def test_no_answer_is_said_and_is_no_failure(pledgegraph: Run, store: str) -> None:
    result = pledgegraph("ask", "all security pledges by Tuvalu", "--store", store)
    assert result.exit_code == 0, result.output
    assert "No act" in result.stdout


def test_a_question_without_meaning_is_a_usage_error(pledgegraph: Run, store: str) -> None:
    result = pledgegraph("ask", "blorp zzz", "--store", store)
    assert result.exit_code == 2
    assert result.stderr.startswith("pledgegraph: ")


def test_more_than_the_limit_is_said(pledgegraph: Run, store: str) -> None:
    result = pledgegraph("ask", "all pledges", "--limit", "2", "--store", store)
    assert "2 acts." in result.stdout
    assert "--limit" in result.stderr


def test_verify_proves_the_examples(pledgegraph: Run, store: str) -> None:
    result = pledgegraph("verify", "--store", store)
    assert result.exit_code == 0, result.output
    assert "are proved" in result.stdout


def test_verify_finds_what_was_tampered_with(pledgegraph: Run, dialogue: Path, fresh: str) -> None:
    assert pledgegraph("load", dialogue, "--store", fresh).exit_code == 0
    said = Reader.load().read(read(dialogue))[0]
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
