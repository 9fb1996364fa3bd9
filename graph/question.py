"""A question as a record, and what answers it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ontology.records import Act, Actor, Event, Initiative, Person
from ontology.terms import Force, Kind


class QuestionError(ValueError):
    """A question that cannot be answered: what is wrong with it. `near` are known names close to what was asked."""

    def __init__(self, message: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.near = near


class Amount(StrEnum):
    """What an act must promise: any quantity at all, or a sum of money."""

    ANY = "any"
    MONEY = "money"


class Group(StrEnum):
    """By what acts are counted. A field counts what is narrower too, and a currency sums its amounts as well."""

    FIELD = "field"
    ACTOR = "actor"
    TO = "to"
    KIND = "kind"
    YEAR = "year"
    INITIATIVE = "initiative"
    CURRENCY = "currency"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: every filter that is set must hold; several values of one filter are alternatives.

    `together` asks for acts that bind all of `actors` at once. `fields` are slugs and include narrower concepts.
    `since` and `until` are EDTF dates of the statement, both inclusive. `issuers` are issuers as statements name them.
    `words` must all occur in the action or the quote. `due_since` is inclusive, `due_before` exclusive.
    Dates, issuer, speaker, event, words, deadline, condition, amount and currency (ISO 4217) must hold of one and the
    same utterance. `cursor` continues a page.

    `by` asks for numbers instead of acts: how many in each group, or in all where there is no group. `shared` keeps
    the groups that each of the parties in the last of `by` has, and no top field: those are too wide to be shared.
    """

    kinds: frozenset[Kind]
    actors: tuple[Actor, ...] = ()
    together: bool = False
    counterparts: tuple[Actor, ...] = ()
    fields: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    issuers: tuple[str, ...] = ()
    speakers: tuple[Person, ...] = ()
    events: tuple[Event, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    words: tuple[str, ...] = ()
    min_force: Force | None = None
    due_since: str | None = None
    due_before: str | None = None
    conditional: bool | None = None
    amount: Amount | None = None
    currencies: tuple[str, ...] = ()
    by: tuple[Group, ...] | None = None
    shared: bool = False
    limit: int = 100
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word that was not understood, known names near to it, and why it cannot be used where that is known."""

    word: str
    near: tuple[str, ...] = ()
    note: str | None = None


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


@dataclass(frozen=True, slots=True)
class Tally:
    """How many acts a group has. `keys` and `labels` stand in the order of the question's `by`.

    Keys are a field's slug, the IRI of a party or initiative, a kind, a year (empty for undated acts) or a currency's
    code. `amount` is what the acts promise together, where they are counted by currency.
    """

    keys: tuple[str, ...]
    labels: tuple[str, ...]
    acts: int
    amount: float | None = None


@dataclass(frozen=True, slots=True)
class Tallied:
    """The numbers that answer a question, whether there are more of them, and the query that counted."""

    question: Question
    tallies: tuple[Tally, ...]
    more: bool
    cypher: str
    parameters: dict[str, Any]
