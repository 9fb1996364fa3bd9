"""The W3C test suite of SPARQL 1.1: its cases, read from its manifests, and whether an answer is the expected one.

https://github.com/w3c/rdf-tests, folder `sparql/sparql11`. Nothing of it lies here.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Final
from urllib.request import url2pathname

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse_query_results,
)
from pyoxigraph import parse as parse_rdf
from rdflib import RDF, BNode, Graph, Namespace, URIRef
from rdflib import Literal as Value
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.term import Node

MF: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT: Final = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
RS: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
RDFS_LABEL: Final = URIRef("http://www.w3.org/2000/01/rdf-schema#label")
XSD: Final = "http://www.w3.org/2001/XMLSchema#"

INTEGERS: Final = ("integer", "negativeInteger", "nonPositiveInteger", "nonNegativeInteger", "positiveInteger")

LEFT_OUT: Final = ("entailment", "service", "protocol", "graph-store-protocol", "service-description")
"""Categories that are about something else than one endpoint's query and update languages."""
SOLUTIONS: Final = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
}


class Outcome(IntEnum):
    """How a case ends. What passes strictly passes by value too."""

    FAILS = 0
    BY_VALUE = 1
    STRICTLY = 2


@dataclass(frozen=True)
class Data:
    """What a store holds: files of the default graph, and of named graphs."""

    default: tuple[Path, ...] = ()
    named: tuple[tuple[str, Path], ...] = ()


@dataclass(frozen=True)
class Case:
    """One test. `kind` is the last part of its type; `result` is a file, or what the store must hold afterwards."""

    iri: str
    category: str
    kind: str
    request: Path
    before: Data
    result: Path | Data | None


def cases(folder: Path) -> list[Case]:
    """Every case of the suite but those of the categories that are left out."""
    return [case for case in _cases(folder / "manifest-all.ttl") if case.category not in LEFT_OUT]


def _cases(manifest: Path) -> Iterator[Case]:
    category = manifest.parent.name
    if category in LEFT_OUT:
        return
    graph = Graph().parse(manifest, publicID=manifest.as_uri())
    for included in graph.objects(None, MF.include):
        for part in Collection(graph, included):
            yield from _cases(_path(part))
    for entries in graph.objects(None, MF.entries):
        for test in Collection(graph, entries):
            yield _case(graph, test, category)


def _case(graph: Graph, test: Node, category: str) -> Case:
    kind = str(graph.value(test, RDF.type)).partition("#")[2]
    action, result = graph.value(test, MF.action), graph.value(test, MF.result)
    iri = f"{category}#{str(test).partition('#')[2]}"
    if isinstance(action, URIRef):
        return Case(iri, category, kind, _path(action), Data(), None)
    if request := graph.value(action, UT.request):
        return Case(iri, category, kind, _path(request), _store(graph, action), _store(graph, result))
    return Case(iri, category, kind, _path(graph.value(action, QT.query)), _dataset(graph, action), _path(result))


def _dataset(graph: Graph, action: Node | None) -> Data:
    default = tuple(map(_path, graph.objects(action, QT.data)))
    return Data(default, tuple((str(named), _path(named)) for named in graph.objects(action, QT.graphData)))


def _store(graph: Graph, state: Node | None) -> Data:
    named = []
    for each in graph.objects(state, UT.graphData):
        label = graph.value(each, RDFS_LABEL)
        named.append((str(label), _path(graph.value(each, UT.graph))))
    return Data(tuple(map(_path, graph.objects(state, UT.data))), tuple(named))


def _path(iri: Node | None) -> Path:
    return Path(url2pathname(str(iri).removeprefix("file://")))


def compared(answer: bytes, media: str, expected: Path) -> Outcome:
    """Whether an answer is the expected one: the same rows in any order, up to the names of blank nodes.

    By value, numbers and truth values are the same when they are equal, whatever their spelling.
    """
    if expected.suffix == ".csv":
        return _outcome(*(_rows(answer, by_value) == _rows(expected.read_bytes(), by_value) for by_value in (0, 1)))
    if expected.suffix in SOLUTIONS:
        told = _solutions(expected.read_bytes(), SOLUTIONS[expected.suffix])
        given = _solutions(answer, media)
    elif (written := Graph().parse(expected)).value(None, RDF.type, RS.ResultSet):
        told, given = _result_set(written), _solutions(answer, media)
    else:
        told, given = written, graph_of(answer, media)
    if isinstance(told, bool) or isinstance(given, bool):
        return _outcome(told is given, False)
    return _outcome(isomorphic(told, given), isomorphic(_valued(told), _valued(given)))


def _outcome(strictly: bool, by_value: bool) -> Outcome:
    return Outcome.STRICTLY if strictly else Outcome.BY_VALUE if by_value else Outcome.FAILS


def _rows(text: bytes, by_value: bool) -> list[list[tuple[str, str]]]:
    """The rows of CSV, which says neither what is a number nor what is a blank node but by its looks."""
    rows = csv.DictReader(io.StringIO(text.decode()))
    return sorted(sorted((name, _cell(cell, by_value)) for name, cell in row.items()) for row in rows)


def _cell(text: str, by_value: bool) -> str:
    if text.startswith("_:"):
        return "_:"
    return repr(float(text)) if by_value and re.fullmatch(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", text) else text


def graph_of(content: bytes, media: str) -> Graph:
    """The triples of a document."""
    graph = Graph()
    for quad in parse_rdf(content, RdfFormat.from_media_type(media)):
        graph.add((node(quad.subject), node(quad.predicate), node(quad.object)))
    return graph


def _solutions(content: bytes, media: str) -> Graph | bool:
    """Solutions as a graph, a blank node for each row, so that graphs can be compared."""
    parsed = parse_query_results(content, QueryResultsFormat.from_media_type(media))
    if isinstance(parsed, QueryBoolean):
        return bool(parsed)
    assert isinstance(parsed, QuerySolutions)
    graph = Graph()
    names = [variable.value for variable in parsed.variables]
    for name in names:
        graph.add((RS.result, RS.resultVariable, Value(name)))
    for row in parsed:
        _add(graph, {name: node(row[name]) for name in names if row[name] is not None})
    return graph


def _add(graph: Graph, row: dict[str, Node]) -> None:
    solution = BNode()
    graph.add((RS.result, RS.solution, solution))
    for name, value in row.items():
        graph.add((solution, URIRef(f"variable:{name}"), value))


def _result_set(written: Graph) -> Graph | bool:
    found = Graph()
    for result in written.subjects(RDF.type, RS.ResultSet):
        if answer := written.value(result, RS.boolean):
            return bool(answer.toPython())  # type: ignore[attr-defined]
        for name in written.objects(result, RS.resultVariable):
            found.add((RS.result, RS.resultVariable, Value(str(name))))
        for solution in written.objects(result, RS.solution):
            bindings = written.objects(solution, RS.binding)
            _add(found, {str(written.value(b, RS.variable)): written.value(b, RS.value) for b in bindings})
    return found


def node(term: object) -> Node:
    """A term as rdflib has it, its spelling kept."""
    match term:
        case NamedNode():
            return URIRef(term.value)
        case BlankNode():
            return BNode(term.value)
        case Literal() if term.language:
            return Value(term.value, lang=term.language)
        case Literal():
            plain = term.datatype.value == XSD + "string"
            return Value(term.value, datatype=None if plain else URIRef(term.datatype.value), normalize=False)
    raise AssertionError(term)


def _valued(graph: Graph) -> Graph:
    found = Graph()
    for subject, predicate, value in graph:
        found.add((subject, predicate, _value(value)))
    return found


def _value(term: Node) -> Node:
    if not isinstance(term, Value) or term.datatype is None:
        return term
    name = str(term.datatype).removeprefix(XSD)
    text = str(term)
    if name in INTEGERS:
        return Value(str(int(text)), datatype=URIRef(XSD + "integer"))
    if name in ("decimal", "double", "float"):
        return Value(repr(float(text)), datatype=term.datatype)
    if name == "boolean":
        return Value(str(text in ("1", "true")).lower(), datatype=term.datatype)
    return term
