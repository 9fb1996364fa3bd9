"""A graph cut into pieces that fit into memory, such that each rule of the shapes is checked where all it looks at is.

A rule looks at its focus and one step around it, and three kinds of pieces have that:
- parties, persons, initiatives, events and fields, with what is said of themselves;
- statements with their text and their utterances, with the classes of all that these refer to;
- acts, with who pledges or calls for them, and with the utterances that express them and on whose behalf these were.
In each, only the shapes of its own classes are asked. The one rule across pieces, that what an actor pledges is a
commitment and what it calls for a call, is asked of the whole graph by `vocabulary`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from rdflib import RDF, Graph, URIRef

from loaders.rdf.scratch import Scratch
from ontology.mapping import BY_CLASS, BY_LABEL, BY_RECORD, Shape
from ontology.records import Actor, Call, Commitment, Event, Field, Initiative, Person, Record, Statement, Utterance
from ontology.terms import NS
from ontology.triples import Triple

LEAVES: Final = (Actor, Person, Initiative, Event, Field)
STATED: Final = (Statement, Utterance)
ACTS: Final = (Commitment, Call)
GROUPS: Final[tuple[tuple[type[Record], ...], ...]] = (LEAVES, STATED, ACTS)

NODES: Final = 500
_LETTERS: Final = 4_000_000
IN_STATEMENT: Final = URIRef(NS + "inStatement")
EXPRESSES: Final = URIRef(NS + "expresses")
ON_BEHALF: Final = URIRef(NS + "onBehalfOf")
ACTION: Final = URIRef(NS + "action")
_OWN: Final = {
    shape.label: frozenset(
        chain(
            (attribute.predicate for attribute in shape.attributes),
            (link.predicate for link in shape.links if not link.inverse),
        )
    )
    for shape in BY_LABEL.values()
}
_LINKS: Final = frozenset(link.predicate for shape in BY_LABEL.values() for link in shape.links)
_ADRIFT: Final = f"""
PREFIX pg: <{NS}>
SELECT ?said {{ ?said a pg:Utterance FILTER NOT EXISTS {{ ?said pg:inStatement ?whole . ?whole a pg:Statement }} }}"""
_BORROWED: Final = f"PREFIX pg: <{NS}> SELECT ?s {{ GRAPH ?g {{ ?s a pg:Statement }} }}"


@dataclass(slots=True)
class Piece:
    """Part of a graph: the nodes of its own classes, and all that their rules look at."""

    group: tuple[type[Record], ...]
    nodes: dict[URIRef, Shape] = field(default_factory=dict)
    facts: Graph = field(default_factory=Graph)
    letters: int = 0

    def add(self, node: URIRef, shape: Shape, facts: Iterable[Triple]) -> None:
        """A node with its facts."""
        self.nodes[node] = shape
        self.know(facts)

    def know(self, facts: Iterable[Triple]) -> None:
        """Facts beside those of its nodes."""
        for fact in facts:
            self.facts.add(fact)
            self.letters += len(fact[2])

    def full(self) -> bool:
        """Whether it is large enough."""
        return len(self.nodes) >= NODES or self.letters >= _LETTERS


def pieces(scratch: Scratch) -> Iterator[Piece]:
    """Every piece of a graph."""
    for shape in (BY_RECORD[record] for record in LEAVES):
        leaves = ((node, shape, own(scratch, node, shape)) for node in scratch.of_class(shape.rdf_class))
        yield from _cut(LEAVES, leaves)
    yield from _stated(scratch)
    said = BY_RECORD[Utterance]
    adrift = (URIRef(row[0]) for row in scratch.select(_ADRIFT))
    yield from _cut(STATED, ((node, said, uttered(scratch, node)) for node in adrift))
    for shape in (BY_RECORD[record] for record in ACTS):
        acts = ((node, shape, whole_act(scratch, node, shape)) for node in scratch.of_class(shape.rdf_class))
        yield from _cut(ACTS, acts)


def _cut(group: tuple[type[Record], ...], nodes: Iterable[tuple[URIRef, Shape, Iterable[Triple]]]) -> Iterator[Piece]:
    piece = Piece(group)
    for node, shape, facts in nodes:
        piece.add(node, shape, facts)
        if piece.full():
            yield piece
            piece = Piece(group)
    if piece.nodes:
        yield piece


def _stated(scratch: Scratch) -> Iterator[Piece]:
    """A statement that has more utterances than a piece takes stands in several."""
    whole, said = BY_RECORD[Statement], BY_RECORD[Utterance]
    borrowed = (URIRef(row[0]) for row in scratch.select(_BORROWED))
    piece = Piece(STATED)
    for statement in chain(scratch.of_class(whole.rdf_class), borrowed):
        piece.add(statement, whole, own(scratch, statement, whole))
        for utterance in scratch.subjects(IN_STATEMENT, statement, borrowed=False):
            if piece.full():
                yield piece
                piece = Piece(STATED)
                piece.add(statement, whole, own(scratch, statement, whole))
            piece.add(utterance, said, uttered(scratch, utterance))
        if piece.full():
            yield piece
            piece = Piece(STATED)
    if piece.nodes:
        yield piece


def own(scratch: Scratch, node: URIRef, shape: Shape, *, borrowed: bool = True) -> Iterator[Triple]:
    """What is said of a node in the vocabulary of its class, as far as a store keeps it."""
    for fact in scratch.facts(node, borrowed=borrowed):
        if fact[1] in _OWN[shape.label] or (fact[1] == RDF.type and fact[2] in BY_CLASS):
            yield fact


def around(scratch: Scratch, node: URIRef, shape: Shape, *, borrowed: bool = True) -> Iterator[Triple]:
    """The same, with the classes of what it refers to."""
    for fact in own(scratch, node, shape, borrowed=borrowed):
        yield fact
        if fact[1] in _LINKS and isinstance(fact[2], URIRef):
            yield from classes(scratch, fact[2])


def uttered(scratch: Scratch, node: URIRef) -> Iterator[Triple]:
    """The same of an utterance, with the act that it expresses."""
    yield from around(scratch, node, BY_RECORD[Utterance])
    for fact in scratch.facts(node):
        if fact[1] == EXPRESSES:
            yield fact
            if isinstance(fact[2], URIRef):
                yield from classes(scratch, fact[2])


def whole_act(scratch: Scratch, node: URIRef, shape: Shape, *, borrowed: bool = True) -> Iterator[Triple]:
    """An act with whose it is, and with what its utterances say of actors and action."""
    yield from around(scratch, node, shape, borrowed=borrowed)
    for link in shape.links:
        for other in scratch.subjects(link.predicate, node, borrowed=borrowed) if link.inverse else ():
            yield other, link.predicate, node
            yield from classes(scratch, other)
            if link.target is Utterance and borrowed:
                yield from (fact for fact in scratch.facts(other) if fact[1] in (ON_BEHALF, ACTION))


def classes(scratch: Scratch, node: URIRef) -> Iterator[Triple]:
    """The classes of a node that the vocabulary knows."""
    return (fact for fact in scratch.types(node) if fact[2] in BY_CLASS)
