"""What no shape can say of a piece: that a store can hold its values, and that its words are proved by the texts."""

import math
from collections.abc import Iterator
from typing import Any, Final

from rdflib import RDF, Literal, URIRef
from rdflib.term import Node

from loaders.rdf.pieces import ACTION, IN_STATEMENT, ON_BEHALF, Piece
from loaders.rdf.violations import Violation
from ontology.mapping import BY_CLASS, BY_RECORD, Shape
from ontology.proof import act_faults, statement_faults, utterance_faults
from ontology.records import Call, Commitment, Statement, Utterance

_LARGEST: Final = 2**63
_LABELS: Final = {rdf_class: shape.label for rdf_class, shape in BY_CLASS.items()}
_UNPROVED: Final = "Give the statement with its text, and what stands in it; `pledgegraph export` writes it so."
_TOO_LARGE: Final = "Give a number that a store can hold."
_STATED: Final = BY_RECORD[Statement]


def unfit(piece: Piece) -> Iterator[Violation]:
    """Nodes of two classes, and numbers beyond what a store holds."""
    for node in piece.nodes:
        found = sorted(label for each, label in _LABELS.items() if (node, RDF.type, each) in piece.facts)
        if len(found) > 1:
            yield Violation(str(node), "one-class", f"It is {' and '.join(found)} at once.", "Keep one of the classes.")
        for predicate, thing in piece.facts.predicate_objects(node):
            if isinstance(thing, Literal) and _beyond(thing.value):
                yield Violation(str(node), "number-size", f"{predicate} is {str(thing)[:40]}.", _TOO_LARGE)


def _beyond(value: object) -> bool:
    if isinstance(value, float):
        return not math.isfinite(value)
    return isinstance(value, int) and not -_LARGEST <= value < _LARGEST


def unproved(piece: Piece, faulty: set[str]) -> Iterator[Violation]:
    """Statements, utterances and acts that are not proved; those that break a rule anyway are passed over."""
    for node, shape in piece.nodes.items():
        if str(node) not in faulty:
            for fault in _faults(piece, node, shape, faulty):
                yield Violation(str(node), "proof", f"It is not proved: {fault}.", _UNPROVED)


def _faults(piece: Piece, node: URIRef, shape: Shape, faulty: set[str]) -> Iterator[str]:
    if shape.record is Statement:
        yield from statement_faults(_row(piece, node, shape))
    elif shape.record is Utterance:
        for statement in piece.facts.objects(node, IN_STATEMENT):
            if str(statement) not in faulty and statement in piece.nodes:
                whole = _row(piece, statement, _STATED)
                if whole["text"]:
                    yield from utterance_faults(_row(piece, node, shape), whole)
    elif shape.record in (Commitment, Call):
        yield from act_faults(_act(piece, node, shape))


def _row(piece: Piece, node: Node, shape: Shape) -> dict[str, Any]:
    row: dict[str, Any] = {"iri": str(node)}
    for attribute in shape.attributes:
        value = piece.facts.value(node, attribute.predicate)
        row[attribute.name] = None if value is None else attribute.read(_plain(value))
    return row


def _plain(value: Node) -> Any:
    return value.toPython() if isinstance(value, Literal) and isinstance(value.value, bool | float) else str(value)


def _act(piece: Piece, node: URIRef, shape: Shape) -> dict[str, Any]:
    links = {link.name: link.predicate for link in shape.links if link.inverse}
    said = list(piece.facts.subjects(links["utterances"], node))
    return {
        "action": str(piece.facts.value(node, ACTION)),
        "actors": [str(actor) for actor in piece.facts.subjects(links["actors"], node)],
        "spoken": [str(action) for each in said for action in piece.facts.objects(each, ACTION)],
        "speakers": [str(actor) for each in said for actor in piece.facts.objects(each, ON_BEHALF)],
    }
