"""`pledgegraph export`: every format is read back by somebody else's reader."""

import asyncio
import csv
import io
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from rdflib import XSD, Dataset, Graph, Literal
from rdflib.term import Identifier
from typer.testing import Result

from graph.stores import open_store
from ontology.terms import NS

Run = Callable[..., Result]
Export = Callable[[str, str], str]


# rdflib's own parsers use what rdflib deprecates.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")
@pytest.mark.parametrize(("format_", "parser"), [("turtle", "turtle"), ("jsonld", "json-ld"), ("nquads", "nquads")])
def test_rdf_comes_back_as_it_was(pledgegraph: Run, store: str, format_: str, parser: str, tmp_path: Path) -> None:
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


def test_csv_has_a_row_for_each_act(exported: Export, store: str) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(store, "csv"))))
    assert len({row["iri"] for row in rows}) == len(rows) == acts_in(exported(store, "nquads"))
    assert all(row["action"] in row["quote"] for row in rows if not row["action"].startswith("'"))


def test_parquet_has_a_row_for_each_act(pledgegraph: Run, exported: Export, store: str, tmp_path: Path) -> None:
    out = tmp_path / "acts.parquet"
    assert pledgegraph("export", "--format", "parquet", "--out", out, "--store", store).exit_code == 0
    table = pq.read_table(out)
    assert table.num_rows == acts_in(exported(store, "nquads"))
    row = table.slice(0, 1).to_pylist()[0]
    assert row["actors"]
    assert row["quote"][row["start"] - row["quote_start"] : row["end"] - row["quote_start"]] == row["action"]


def test_parquet_is_not_for_stdout(pledgegraph: Run, store: str) -> None:
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
def test_networks_have_every_end_of_every_edge(
    exported: Export, store: str, format_: str, node: str, edge: str
) -> None:
    root = ElementTree.fromstring(exported(store, format_))
    nodes = {found.attrib["id"] for found in root.iter(node)}
    edges = [(found.attrib["source"], found.attrib["target"]) for found in root.iter(edge)]
    assert len(nodes) > 100
    assert len(edges) > 100
    assert {end for ends in edges for end in ends} <= nodes


def test_an_export_that_fails_leaves_the_old_file(pledgegraph: Run, tmp_path: Path) -> None:
    out = tmp_path / "graph.ttl"
    out.write_text("as it was")
    result = pledgegraph("export", "--format", "turtle", "--out", out, "--store", "nonsense://nowhere")
    assert result.exit_code == 1
    assert out.read_text() == "as it was"
    assert list(tmp_path.iterdir()) == [out]


def test_an_export_into_no_folder_is_told(pledgegraph: Run, store: str, tmp_path: Path) -> None:
    result = pledgegraph("export", "--format", "turtle", "--out", tmp_path / "none" / "graph.ttl", "--store", store)
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def acts_in(facts: str) -> int:
    return len(re.findall(f"#type> <{NS}(?:Commitment|Call)>", facts))
