"""`pledgegraph import`: what is written, what is told, and with which exit code."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

FIXTURES = Path(__file__).parents[2] / "ontology" / "fixtures"
PLEDGE = FIXTURES / "valid" / "pledge.ttl"

Run = Callable[..., Result]
Export = Callable[[str, str], str]


def lines(text: str) -> list[str]:
    return sorted(text.splitlines())


@pytest.mark.parametrize(("format_", "ending"), [("turtle", "ttl"), ("nquads", "nq.gz"), ("jsonld", "jsonld")])
def test_the_examples_come_back_the_same(
    pledgegraph: Run, exported: Export, store: str, fresh: str, format_: str, ending: str, tmp_path: Path
) -> None:
    path = tmp_path / f"graph.{ending}"
    content = exported(store, format_).encode()
    path.write_bytes(gzip.compress(content) if ending.endswith("gz") else content)
    result = pledgegraph("import", path, "--store", fresh)
    assert result.exit_code == 0, result.output
    assert "left out, since" not in result.stdout
    assert lines(exported(fresh, "nquads")) == lines(exported(store, "nquads"))
    assert "are proved" in pledgegraph("verify", "--store", fresh).stdout
    again = pledgegraph("import", path, "--store", fresh)
    assert "Imported 1 file: all of it was there already." in again.stdout


def test_files_stand_by_themselves(pledgegraph: Run, exported: Export, fresh: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text(PLEDGE.read_text().replace("pg:force 4 ;", "pg:force 9 ;").replace("pg:rule", "pg:rul"))
    broken = tmp_path / "broken.ttl"
    broken.write_text("<a> <b")
    empty = exported(fresh, "nquads")
    result = pledgegraph("import", bad, broken, tmp_path / "none.nt", "--store", fresh)
    assert result.exit_code == 1
    assert exported(fresh, "nquads") == empty
    assert "Imported 0 files. Nothing was written of 3 files, see above." in result.stdout
    for words in (
        "(utterance-force) 9 stands there; change it as the rule says.",
        "pg:rul is no term of the vocabulary. (known-term) Is pg:rule meant?",
        "(utterance-rule) Say pg:rule of it.",
        "broken.ttl is no correct Turtle",
        "none.nt cannot be read: No such file",
    ):
        assert words in result.stderr.replace('"9"^^<http://www.w3.org/2001/XMLSchema#integer>', "9"), result.stderr
    result = pledgegraph("import", bad, PLEDGE, "--store", fresh)
    assert result.exit_code == 1
    assert "Imported 1 file: 8 new nodes, 12 new relationships." in result.stdout
    assert exported(fresh, "nquads") != empty


def test_what_is_left_out_is_counted(pledgegraph: Run, fresh: str, tmp_path: Path) -> None:
    path = tmp_path / "more.ttl"
    more = "\nactor:GK <https://schema.org/sameAs> <https://example.org/gk> ; a <https://schema.org/Country> .\n"
    path.write_text(PLEDGE.read_text() + more)
    result = pledgegraph("import", path, "--store", fresh)
    assert result.exit_code == 0, result.output
    told = " ".join(result.stdout.split())
    assert "https://schema.org/sameAs pg:Actor 1 https://w3id.org/pledgegraph/id/actor/GK" in told
    assert "rdf:type https://schema.org/Country 1" in told


def test_names_of_graphs_are_told(pledgegraph: Run, fresh: str, exported: Export, tmp_path: Path) -> None:
    path = tmp_path / "graphs.trig"
    path.write_text(
        "@prefix pg: <https://w3id.org/pledgegraph/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<http://example.org/g> { <https://w3id.org/pledgegraph/id/person/ada> a pg:Person ; skos:prefLabel 'Ada' }"
    )
    result = pledgegraph("import", path, "--store", fresh)
    assert result.exit_code == 0, result.output
    assert "without the names (<http://example.org/g>)" in result.stdout
    assert "id/person/ada" in exported(fresh, "nquads")


def test_blank_nodes_are_refused(pledgegraph: Run, fresh: str, tmp_path: Path) -> None:
    path = tmp_path / "blank.ttl"
    path.write_text("@prefix pg: <https://w3id.org/pledgegraph/ns#> . [] a pg:Actor .")
    result = pledgegraph("import", path, "--store", fresh)
    assert result.exit_code == 1
    assert "(no-blank-nodes) Give every node an IRI of its own" in result.stderr


def test_many_violations_are_counted(pledgegraph: Run, fresh: str, tmp_path: Path) -> None:
    path = tmp_path / "many.nt"
    actor = "<https://w3id.org/pledgegraph/id/actor/{}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    kind = "<https://w3id.org/pledgegraph/ns#Actor> .\n"
    path.write_text("".join(f"{actor.format(number)} {kind}" for number in range(200)))
    result = pledgegraph("import", path, "--store", fresh)
    assert result.exit_code == 1
    assert "300 more violations are not shown" in result.stderr
