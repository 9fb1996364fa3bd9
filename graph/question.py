"""A question as a record, and what answers it."""

from dataclasses import dataclass
from typing import Any

from ontology.records import Act, Actor, Initiative
from ontology.terms import Force, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: every filter that is set must hold; several values of one filter are alternatives.

    `fields` are slugs and include narrower concepts. `since` and `until` are EDTF dates of the statement, both
    inclusive. `due_before` is exclusive. `words` must all occur in the action or the quote. `cursor` continues a page.
    """

    kinds: frozenset[Kind]
    actors: tuple[Actor, ...] = ()
    counterparts: tuple[Actor, ...] = ()
    fields: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    issuer: str | None = None
    speaker: str | None = None
    event: str | None = None
    initiatives: tuple[Initiative, ...] = ()
    words: tuple[str, ...] = ()
    min_force: Force | None = None
    due_before: str | None = None
    conditional: bool | None = None
    limit: int = 100
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word that was not understood, and known names near to it."""

    word: str
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """How a question in plain words was read: which words gave which filter, and which gave none."""

    text: str
    question: Question
    readings: tuple[tuple[str, str], ...]
    unknown: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The acts that answer a question, newest first, the query that found them, and where the next page begins."""

    question: Question
    acts: tuple[Act, ...]
    cypher: str
    parameters: dict[str, Any]
    next: str | None
