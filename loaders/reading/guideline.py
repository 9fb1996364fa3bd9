"""What the annotation guideline settles about spans and the tagger does not always keep to."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from loaders.reading.clauses import words
from loaders.reading.tagger import Span
from ontology.terms import Kind

_UTMOST: Final = re.compile(r"do(?:es|ing)?\s+(?:its|their|our|his|her|my)\s+(?:utmost|best)\s+to\s+(?=support\b)")
_ONGOING: Final = re.compile(r"(?:keep(?:s|ing)?\s+(?=\w+ing\b)|continu(?:e|es|ing)\s+to\s+)(?=\w)", re.I)
_CARRIER: Final = re.compile(
    r"(?:go(?:es)?\s+all\s+out|spare\s+no\s+efforts?|make\s+every\s+effort|do\s+(?:its|their|our)\s+(?:utmost|best)"
    r"|work\s+(?:\w+\s+)?with\s+[\w\s'’-]{2,40}?)\s+to\s+"
)
_SIBLING: Final = re.compile(r"(?P<gap>,(?:\s+and)?\s+(?:to\s+)?)(?P<adverb>[a-z]+ly)\s+(?P<verb>[a-z]+)\b")
_DEPENDENT: Final = re.compile(r"\b(?:to|by|through|including|such\s+as)\s+(?:\w+ly\s+)?\w+")
_NO_BASE: Final = re.compile(
    r"(?:ing|ed|s|al|ive|ous|ful|ble|ic|ent|ant|ion|ity|ly)\Z|\A(?:and|or|the|an?|our|their|its|important|new|as|so|more)\Z"
)
_FOCUS: Final = frozenset({"particularly", "especially", "namely", "mainly", "notably", "jointly", "primarily", "only"})


def settled(text: str, span: Span) -> Iterator[Span]:
    """The acts that one tagged span stands for, in order."""
    ongoing = _ONGOING.match(text, span.start, span.end)
    if ongoing:
        span = replace(span, start=ongoing.end())
    found = _UTMOST.match(text, span.start, span.end)
    if found:
        yield replace(span, start=found.end(), kind=Kind.SUPPORT)
    else:
        yield from _siblings(text, span)


def _siblings(text: str, span: Span) -> Iterator[Span]:
    """ "hunt down the attackers, resolutely crack down on their backers": each verb is an act of its own.

    Only where an adverb marks the new verb, and not within a purpose or a list of examples.
    """
    carrier = _CARRIER.match(text, span.start, span.end)
    head = carrier.end() if carrier else span.start
    start = span.start
    for sibling in _SIBLING.finditer(text, head, span.end):
        told = text[head : sibling.start()]
        if _is_verb(sibling) and _DEPENDENT.search(told) is None and _is_base(told):
            yield replace(span, start=start, end=sibling.start())
            start = head = sibling.start("verb")
    yield replace(span, start=start)


def _is_verb(sibling: re.Match[str]) -> bool:
    verb = sibling["verb"]
    return sibling["adverb"] not in _FOCUS and verb not in words().prepositions and _NO_BASE.search(verb) is None


def _is_base(phrase: str) -> bool:
    """Whether a phrase opens with the plain form of a verb, as what follows "will" or "to" does."""
    first = re.match(r"(?:\w+ly\s+)?([a-z]+)\b", phrase)
    return first is not None and first[1] != "be" and _NO_BASE.search(first[1]) is None
