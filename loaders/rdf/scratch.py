"""The facts of one file, in a store of their own on disk, so that files larger than memory can be looked at."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from rdflib import XSD, Literal, URIRef

from ontology.triples import Triple

# More facts at once are faster by little and need memory by much.
_BATCH: Final = 100_000
_MOST: Final = 5
_BORROWED: Final = ox.NamedNode("urn:pledgegraph:borrowed")
_TYPE: Final = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


@dataclass(slots=True)
class Contents:
    """What a file holds: its facts, those that nobody can keep with an example, and its named graphs."""

    facts: int = 0
    nameless: int = 0
    example: str = ""
    graphs: set[str] = field(default_factory=set)


class Scratch:
    """A store of facts. What is borrowed is known here but is not of the file."""

    def __init__(self, folder: Path) -> None:
        self._store = ox.Store(folder)
        self.contents = Contents()

    def read(self, facts: Iterable[ox.Quad]) -> None:
        """Keeps facts, all in one graph. Those with blank nodes or with facts in facts are only counted."""
        kept = self._named(facts)
        while batch := list(islice(kept, _BATCH)):
            self._store.bulk_extend(batch)

    def _named(self, facts: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        contents = self.contents
        for subject, predicate, thing, graph in facts:
            contents.facts += 1
            if isinstance(subject, ox.NamedNode) and isinstance(thing, ox.NamedNode | ox.Literal):
                yield ox.Quad(subject, predicate, thing)
            else:
                contents.nameless += 1
                contents.example = contents.example or f"{_short(subject)} {_short(predicate)} {_short(thing)}"
            if not isinstance(graph, ox.DefaultGraph) and len(contents.graphs) < _MOST:
                contents.graphs.add(str(graph))

    def borrow(self, triples: Iterable[Triple]) -> None:
        """Knows more facts, which are not of the file."""
        self._store.extend(ox.Quad(_iri(s), _iri(p), _term(o), _BORROWED) for s, p, o in triples)

    def of_class(self, rdf_class: URIRef) -> Iterator[URIRef]:
        """What the file describes as of a class."""
        for found in self._store.quads_for_pattern(None, _TYPE, _iri(rdf_class), ox.DefaultGraph()):
            yield _back_iri(found.subject)

    def facts(self, subject: URIRef, *, borrowed: bool = True) -> Iterator[Triple]:
        """What is said of a subject, in the file or also what is borrowed."""
        graph = None if borrowed else ox.DefaultGraph()
        for found in self._store.quads_for_pattern(_iri(subject), None, None, graph):
            yield subject, URIRef(found.predicate.value), _back(found.object)

    def types(self, subject: URIRef) -> Iterator[Triple]:
        """The classes of a subject."""
        for found in self._store.quads_for_pattern(_iri(subject), _TYPE, None, None):
            yield subject, URIRef(_TYPE.value), _back(found.object)

    def subjects(self, predicate: URIRef, thing: URIRef, *, borrowed: bool = True) -> Iterator[URIRef]:
        """Of what a thing is the object."""
        graph = None if borrowed else ox.DefaultGraph()
        for found in self._store.quads_for_pattern(None, _iri(predicate), _iri(thing), graph):
            yield _back_iri(found.subject)

    def select(self, query: str) -> Iterator[tuple[str, ...]]:
        """The rows of a query of our own over everything, as text; what is not bound is empty."""
        found = self._store.query(query, use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        for row in found:
            yield tuple(_text(value) for value in row)


def _iri(iri: str) -> ox.NamedNode:
    return ox.NamedNode(str(iri))


def _term(term: object) -> ox.NamedNode | ox.Literal:
    if isinstance(term, Literal):
        return ox.Literal(str(term), datatype=_iri(term.datatype) if term.datatype else None)
    return _iri(str(term))


def _back_iri(term: object) -> URIRef:
    assert isinstance(term, ox.NamedNode)
    return URIRef(term.value)


def _back(term: object) -> URIRef | Literal:
    """A term as rdflib's own parsers give it: a string is a plain literal."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    assert isinstance(term, ox.Literal)
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = URIRef(term.datatype.value)
    return Literal(term.value, datatype=None if datatype == XSD.string else datatype, normalize=False)


def _text(value: object) -> str:
    if isinstance(value, ox.NamedNode | ox.Literal):
        return value.value
    return "" if value is None else str(value)


def _short(term: object) -> str:
    text = str(term)
    return text if len(text) <= 80 else f"{text[:77]}..."
