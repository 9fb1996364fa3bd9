"""Files of RDF are read in every syntax, and hostile ones are refused before they cost anything."""

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.rdf.syntax import RdfError, facts

ONE = '<http://example.org/a> <http://example.org/b> "x" .\n'
XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/">'
THING = '<rdf:Description rdf:about="http://example.org/a"><e:b>x</e:b></rdf:Description></rdf:RDF>'
BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def read(path: Path, content: str | bytes) -> list[str]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [str(fact) for fact in facts(path)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ttl", "@prefix e: <http://example.org/> .\ne:a e:b 'x' ."),
        ("a.nt", ONE),
        ("a.nq", ONE),
        ("a.trig", "@prefix e: <http://example.org/> .\ne:a e:b 'x' ."),
        ("a.jsonld", '{"@id": "http://example.org/a", "http://example.org/b": "x"}'),
        ("a.rdf", XML + THING),
        ("A.TTL", ONE),
        ("a.ttl", "\ufeff" + ONE),
        ("a.nt.gz", gzip.compress(ONE.encode())),
        ("a.rdf.gz", gzip.compress((XML + THING).encode())),
    ],
)
def test_each_syntax_gives_the_same(tmp_path: Path, name: str, content: str | bytes) -> None:
    assert read(tmp_path / name, content) == ['<http://example.org/a> <http://example.org/b> "x"']


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", "a,b", "no RDF by its name"),
        ("a", ONE, "no RDF by its name"),
        ("a.ttl", ONE + ONE + "<http://example.org/a> <http://example.org/b", "line 3"),
        ("a.ttl", "<a> <http://example.org/b> 'x' .", "write IRIs in full"),
        ("a.ttl", "<http://example.org/a b> <http://example.org/b> 'x' .", "line 1"),
        ("a.ttl", "e:a e:b 'x' .", "prefix"),
        ("a.ttl", b'<http://example.org/a> <http://example.org/b> "\xe9" .', "UTF-8"),
        ("a.ttl", ONE.encode("utf-16"), "UTF-8"),
        ("a.nt", '<http://example.org/a> <http://example.org/b> "\\ud83d" .', "line 1"),
        ("a.nt", f'<http://example.org/a> <http://example.org/b> "{"x" * 17_000_000}" .', "16 MiB"),
        ("a.jsonld", '{"@id": "http://example.org/a", "http://example.org/b": [1, 2', "a.jsonld"),
        ("a.jsonld", '{"a": ' * 200 + "1" + "}" * 200, "100 deep"),
        ("a.jsonld", "[" * 200 + "]" * 200, "100 deep"),
        ("a.rdf", XML, "no element found"),
        ("a.rdf", XML + "<rdf:Description>" * 200, "100 deep"),
        (
            "a.rdf",
            f"<!DOCTYPE rdf:RDF [<!ENTITY l0 'lol'>{BOMB}]>{XML}<e:a><e:b>&l9;</e:b></e:a></rdf:RDF>",
            "entities",
        ),
        ("a.rdf", f"<!DOCTYPE rdf:RDF [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>{XML}{THING}", "entities"),
        ("a.rdf", f"{XML}<!DOCTYPE rdf:RDF [<!ENTITY l0 'lol'>{BOMB}]>{THING}", "a.rdf"),
        ("a.nt.gz", ONE, "cannot be read"),
        ("a.nt.gz", gzip.compress(ONE.encode() * 10_000)[:-200], "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_told_at_once(tmp_path: Path, name: str, content: str | bytes, words: str) -> None:
    begun = time.process_time()
    with pytest.raises(RdfError, match=words) as refused:
        read(tmp_path / name, content)
    assert str(tmp_path / name) in str(refused.value)
    assert time.process_time() - begun < 5


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RdfError, match="No such file"):
        list(facts(tmp_path / "none.ttl"))
    (tmp_path / "folder.ttl").mkdir()
    with pytest.raises(RdfError, match="directory"):
        list(facts(tmp_path / "folder.ttl"))


@pytest.fixture
def trap() -> Iterator[tuple[str, list[bytes]]]:
    """A server that nobody shall call, and who called it."""
    caught: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)

        def wait() -> None:
            try:
                connection, _ = server.accept()
            except TimeoutError:
                return
            caught.append(connection.recv(100))
            connection.close()

        waiting = threading.Thread(target=wait)
        waiting.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/context.jsonld", caught
        waiting.join()


@pytest.mark.parametrize("context", ['"{url}"', '["{url}"]', '{{"@version": 1.1, "@import": "{url}"}}'])
def test_no_context_is_fetched(tmp_path: Path, trap: tuple[str, list[bytes]], context: str) -> None:
    url, caught = trap
    with pytest.raises(RdfError, match="nothing is fetched"):
        read(
            tmp_path / "a.jsonld", f'{{"@context": {context.format(url=url)}, "@id": "http://example.org/a", "b": "x"}}'
        )
    time.sleep(0.3)
    assert caught == []


def test_braces_in_strings_are_no_depth(tmp_path: Path) -> None:
    text = '\\"{[' * 500
    content = f'{{"@id": "http://example.org/a", "http://example.org/b": "{text}"}}'
    assert len(read(tmp_path / "a.jsonld", content)) == 1
