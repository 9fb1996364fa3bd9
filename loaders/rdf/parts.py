"""A checked graph in the parts in which a store takes it: nodes before relationships, each part of moderate size.

First what refers to nothing, then statements, then utterances, then acts. Who is interrupted has whole parts, and what
is there is true by itself; the same file again brings the rest.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from rdflib import URIRef

from loaders.rdf.pieces import ACTS, LEAVES, around, own, whole_act
from loaders.rdf.scratch import Scratch
from ontology.mapping import BY_RECORD
from ontology.records import Field, Statement, Utterance
from ontology.taxonomy import by_slug
from ontology.terms import FIELD
from ontology.triples import Triple

_FACTS: Final = 10_000
_LETTERS: Final = 4_000_000


def parts(scratch: Scratch) -> Iterator[list[Triple]]:
    """Everything that a store shall take, but for the fields of the taxonomy, which it has."""
    yield from _gathered(_parties(scratch))
    if fields := [fact for node in _fields(scratch) for fact in own(scratch, node, BY_RECORD[Field], borrowed=False)]:
        yield fields  # all at once, since each may be below another
    for record in (Statement, Utterance):
        shape = BY_RECORD[record]
        yield from _gathered(
            list(around(scratch, node, shape, borrowed=False)) for node in scratch.of_class(shape.rdf_class)
        )
    for act in ACTS:
        shape = BY_RECORD[act]
        yield from _gathered(
            list(whole_act(scratch, node, shape, borrowed=False)) for node in scratch.of_class(shape.rdf_class)
        )


def _parties(scratch: Scratch) -> Iterator[list[Triple]]:
    for record in LEAVES:
        if record is not Field:
            shape = BY_RECORD[record]
            for node in scratch.of_class(shape.rdf_class):
                yield list(own(scratch, node, shape, borrowed=False))


def _fields(scratch: Scratch) -> Iterator[URIRef]:
    for node in scratch.of_class(BY_RECORD[Field].rdf_class):
        if node.removeprefix(FIELD) not in by_slug():
            yield node


def _gathered(nodes: Iterable[list[Triple]]) -> Iterator[list[Triple]]:
    part: list[Triple] = []
    letters = 0
    for facts in nodes:
        part += facts
        letters += sum(len(thing) for _, _, thing in facts)
        if len(part) >= _FACTS or letters >= _LETTERS:
            yield part
            part, letters = [], 0
    if part:
        yield part
