"""What a file refers to without describing it: a store that knows it may lend the description."""

from collections.abc import Iterable, Iterator
from typing import Final

from loaders.rdf.scratch import Scratch
from ontology.mapping import SHAPES
from ontology.records import Actor, Event, Initiative, Person, Statement
from ontology.terms import NS

LENT: Final = (Actor, Person, Initiative, Event, Statement)
"""Of these a store lends descriptions. Acts and utterances must be described where something is said of them."""

_TO: Final = {link.predicate for shape in SHAPES for link in shape.links if link.target in LENT and not link.inverse}
_FROM: Final = {link.predicate for shape in SHAPES for link in shape.links if link.target in LENT and link.inverse}


def _either(predicates: Iterable[str]) -> str:
    return "|".join(f"<{predicate}>" for predicate in sorted(predicates))


_UNDESCRIBED: Final = f"""
SELECT DISTINCT ?node {{
    {{ ?other {_either(_TO)} ?node }} UNION {{ ?node {_either(_FROM)} ?other }}
    FILTER (isIRI(?node)) FILTER NOT EXISTS {{ ?node a ?class }}
}}"""
_WITHOUT_TEXT: Final = f"""
PREFIX pg: <{NS}>
SELECT ?node {{ ?node a pg:Statement FILTER NOT EXISTS {{ ?node pg:text ?text }} }}"""


def undescribed(scratch: Scratch) -> Iterator[str]:
    """Parties, persons, initiatives, events and statements of which a file says nothing but their IRIs."""
    return (row[0] for row in scratch.select(_UNDESCRIBED))


def without_text(scratch: Scratch) -> Iterator[str]:
    """Statements that a file describes without their text."""
    return (row[0] for row in scratch.select(_WITHOUT_TEXT))
