"""Statements from files, folders and the web."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.sources.front_matter import FrontMatter, FrontMatterError, split
from loaders.sources.text import SourceError, parse, paths, read, statement
from loaders.sources.web import fetch
from ontology.identifiers import sha256

PLAIN = "Ruritania and Graustark met.\r\n\r\nRuritania will open a port.\n"
OURS = """---
title: 'Port: a joint text'
issuer: Ruritania
date: 2023-05-06
url: https://example.org/a
language: en-GB
---
"""
FOREIGN = '---\ntitle: "Port opens"\ndate: "2013-07-19"\ncreators:\n - "Doe, J."\nsource: "MINISTRY OF PORTS"\n---\n'


def test_a_file_without_front_matter_is_its_text_exactly(tmp_path: Path) -> None:
    path = tmp_path / "port.txt"
    path.write_bytes(PLAIN.encode())
    found = read(path)
    assert (found.text, found.document, found.sha256) == (PLAIN, "port", sha256(PLAIN))
    assert (found.title, found.issuer, found.date, found.language) == (None, None, None, "en")


def test_a_byte_order_mark_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "port.txt"
    path.write_bytes(b"\xef\xbb\xbf" + PLAIN.encode())
    assert read(path).text == PLAIN


def test_front_matter_is_no_part_of_the_text() -> None:
    found = parse(OURS + PLAIN, document="port")
    assert found.text == PLAIN
    assert (found.title, found.issuer, found.date) == ("Port: a joint text", "Ruritania", "2023-05-06")
    assert (found.url, found.language) == ("https://example.org/a", "en-GB")


def test_the_front_matter_of_an_archive_stays_but_is_learnt_from() -> None:
    found = parse(FOREIGN + PLAIN, document="port")
    assert found.text == FOREIGN + PLAIN
    assert (found.title, found.issuer, found.date) == ("Port opens", "MINISTRY OF PORTS", "2013-07-19")


def test_a_rule_of_dashes_is_no_front_matter() -> None:
    for text in ("---\n\nThe sides met.\n", "---\nThe sides met.\n\n---\nThey left.\n"):
        assert split(text) == (FrontMatter(), text)


@pytest.mark.parametrize(
    ("block", "line", "what"),
    [
        ("---\ntitle: A\ndate: soon\n---\n", 3, "date 'soon'"),
        ("---\ntitle: A\ndate: 2023-02-31\n---\n", 3, "date '2023-02-31'"),
        ("---\nurl: example.org\n---\n", 2, "url"),
        ("---\nlanguage: 'no tongue at all'\n---\n", 2, "language"),
        ("---\ntitle: A\nisuer: B\n---\n", 3, "'isuer'"),
        ("---\ntitle: A\n", 1, "no end"),
        ("---\ntitle: [A\n---\n", 3, "YAML"),
        ("---\ntitle: A: B\n---\n", 2, "YAML"),
    ],
)
def test_front_matter_that_cannot_be_used_is_named_by_line(block: str, line: int, what: str) -> None:
    with pytest.raises(FrontMatterError, match=what) as caught:
        split(block + "Text.\n")
    assert caught.value.line == line
    with pytest.raises(SourceError, match=f"line {line}"):
        parse(block + "Text.\n", document="x")


def test_a_markdown_heading_is_the_title_of_markdown_alone() -> None:
    text = "Preface\n\n## Joint text of *both* ##\n\nThey met.\n"
    assert parse(text, document="x", markdown=True).title == "Joint text of *both*"
    assert parse(text, document="x").title is None


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "no text"),
        (b" \n\t\n", "no text"),
        (b"Zoll\xfcberg", "not UTF-8 .byte 4"),
        (b"PK\x03\x04\x00\x00", "binary"),
        (b"a\x01b", "U.0001"),
        ("Text".encode("utf-16"), "UTF-16"),
    ],
)
def test_a_file_that_holds_no_statement_says_why(content: bytes, what: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=what) as caught:
        read(path)
    assert str(path) in caught.value.where
    assert caught.value.remedy


def test_missing_files_folders_and_large_files_are_told_apart(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(SourceError, match=r"too large \(50,000,000 bytes"):
        read(large)
    with pytest.raises(SourceError, match="does not exist"):
        read(tmp_path / "none.txt")
    with pytest.raises(SourceError, match="is a folder"):
        read(tmp_path)
    (tmp_path / "small.txt").write_text("Some text.")
    with pytest.raises(SourceError, match="too large"):
        read(tmp_path / "small.txt", limit=5)


def test_half_a_surrogate_pair_is_no_text() -> None:
    with pytest.raises(SourceError, match="half a character"):
        statement("We \ud800 agree.", document="x")


def test_folders_are_expanded_in_order(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b.md", "a.txt", "sub/c.MARKDOWN", "README.md", "notes.pdf", ".git/d.txt"):
        (tmp_path / name).write_text("x")
    single = tmp_path / "notes.pdf"
    assert [path.relative_to(tmp_path).as_posix() for path in paths([tmp_path, single])] == [
        "a.txt",
        "b.md",
        "sub/c.MARKDOWN",
        "notes.pdf",
    ]
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(SourceError, match="no statement"):
        list(paths([empty]))


@given(st.text())
def test_any_text_is_a_statement_or_is_refused(text: str) -> None:
    try:
        found = parse(text, document="x", markdown=True)
    except SourceError:
        return
    assert found.text is not None
    assert text.endswith(found.text)


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        kinds = {"/port.txt": "text/plain; charset=utf-8", "/port.md": "text/markdown", "/page": "text/html"}
        if self.path.startswith("/loop"):
            self._answer(302, "text/plain", b"", {"Location": "/loop/on"})
        elif self.path == "/moved":
            self._answer(301, "text/plain", b"", {"Location": "/port.txt"})
        elif self.path in kinds:
            self._answer(200, kinds[self.path], ("# Port\n\n" + PLAIN).encode())
        else:
            self._answer(404, "text/plain", b"nothing")

    def _answer(self, status: int, kind: str, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for key, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keeps the test's output clean."""


@contextmanager
def _served() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Pages) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_statements_are_fetched_from_the_web() -> None:
    with _served() as address:
        plain, markdown, moved = (fetch(f"{address}/{name}") for name in ("port.txt", "port.md", "moved"))
        assert (plain.document, plain.url, plain.title) == ("port", f"{address}/port.txt", None)
        assert plain.text == "# Port\n\n" + PLAIN
        assert markdown.title == "Port"
        assert moved.url == f"{address}/port.txt"


@pytest.mark.parametrize(
    ("path", "what"),
    [("/page", "is text/html"), ("/none", "answered 404"), ("/loop", "redirects more than")],
)
def test_pages_that_hold_no_statement_say_why(path: str, what: str) -> None:
    with _served() as address, pytest.raises(SourceError, match=what):
        fetch(address + path)


def test_fetching_keeps_its_limits() -> None:
    with _served() as address, pytest.raises(SourceError, match="too large"):
        fetch(f"{address}/port.txt", limit=10)
    for url in ("file:///etc/hosts", "ftp://example.org/a.txt", "port.txt"):
        with pytest.raises(SourceError, match="no web address"):
            fetch(url)
    with pytest.raises(SourceError, match="cannot be fetched"):
        fetch("http://127.0.0.1:9/port.txt", timeout=2)
