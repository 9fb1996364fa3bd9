"""The records: one frozen dataclass per concept, the same from extraction to JSON.

Every record is identified by its `iri`. References to other records are the records themselves; fields are referred
to by slug. Collections are kept in a canonical order, since neither RDF nor a property graph has one, so that equal
records are equal in Python too. `mapping` says how each attribute is written as RDF and as a property graph.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, Self

from ontology.terms import ActorType, Force, Kind, Role


def _canonical(record: object, **collections: Iterable[object]) -> None:
    for name, values in collections.items():
        unique = {str(getattr(value, "iri", value)): value for value in values}
        object.__setattr__(record, name, tuple(unique[key] for key in sorted(unique)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A party that can bind itself: a state, an international body, an organisation, a group of parties.

    `code` is ISO 3166-1 alpha-2 in capitals, `wikidata` a Q-identifier, `names` what else the party is called.
    """

    iri: str
    name: str
    type: ActorType
    code: str | None = None
    wikidata: str | None = None
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _canonical(self, names=self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody in whose mouth an act is put, by the name that the statement uses."""

    iri: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiative:
    """A named programme or plan that acts refer to, such as the China-Pakistan Economic Corridor."""

    iri: str
    name: str
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _canonical(self, names=self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """The occasion on which a statement was made: a dialogue, a summit, a visit."""

    iri: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of action: a concept of the taxonomy in `fields.ttl`. `broader` holds slugs."""

    iri: str
    slug: str
    label: str
    names: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _canonical(self, names=self.names, broader=self.broader)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """An official text. `document` is its file name without suffix, `date` an EDTF date, `language` a BCP 47 tag.

    `text` is None where a statement is only cited, so that a page of answers does not carry whole documents.
    Offsets everywhere count Unicode code points of `text`.
    """

    iri: str
    document: str
    sha256: str
    title: str | None = None
    issuer: str | None = None
    date: str | None = None
    url: str | None = None
    language: str = "en"
    text: str | None = None

    def cited(self) -> Self:
        """The same statement without its text."""
        if self.text is None:
            return self
        return type(self)(**{name: getattr(self, name) for name in self.__slots__ if name != "text"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """One act in one statement, immutable: `statement.text[start:end] == action`, and `quote` at `quote_start`.

    `deadline`, `quantity` and `condition` are verbatim; `due` is the deadline in EDTF, `amount` and `unit` the
    quantity as a number and what it counts (an ISO 4217 code for money). `rule` says how the party was found,
    `extractor` which model found the act, `confidence` lies between 0 and 1. An utterance cites its statement.
    """

    iri: str
    statement: Statement
    kind: Kind
    actors: tuple[Actor, ...]
    counterparts: tuple[Actor, ...] = ()
    action: str
    start: int
    end: int
    quote: str
    quote_start: int
    fields: tuple[str, ...]
    force: Force
    cue: str | None = None
    deadline: str | None = None
    due: str | None = None
    quantity: str | None = None
    amount: float | None = None
    unit: str | None = None
    condition: str | None = None
    negated: bool = False
    reaffirmed: bool = False
    speaker: Person | None = None
    initiatives: tuple[Initiative, ...] = ()
    event: Event | None = None
    role: Role = Role.STATES
    rule: str
    extractor: str
    confidence: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "statement", self.statement.cited())
        _canonical(
            self,
            actors=self.actors,
            counterparts=self.counterparts,
            fields=self.fields,
            initiatives=self.initiatives,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """What parties bind themselves to, in its canonical form; its utterances say where and when it was said.

    `date` is the EDTF date on which it was first said. `plover` is the PLOVER event type and `cameo` the CAMEO code
    under which event data files it.
    """

    iri: str
    kind: Kind
    action: str
    date: str | None = None
    actors: tuple[Actor, ...]
    counterparts: tuple[Actor, ...] = ()
    fields: tuple[str, ...]
    force: Force
    negated: bool = False
    initiatives: tuple[Initiative, ...] = ()
    plover: str | None = None
    cameo: str | None = None
    utterances: tuple[Utterance, ...]

    def __post_init__(self) -> None:
        _canonical(
            self,
            actors=self.actors,
            counterparts=self.counterparts,
            fields=self.fields,
            initiatives=self.initiatives,
            utterances=self.utterances,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What parties ask, propose or expect of others: never a commitment of those to whom it is addressed.

    `kind` is always the same; it stands here so that acts of both classes can be told apart by it, in JSON too.
    """

    iri: str
    kind: Literal[Kind.CALL] = field(default=Kind.CALL, init=False)
    action: str
    date: str | None = None
    actors: tuple[Actor, ...]
    counterparts: tuple[Actor, ...] = ()
    fields: tuple[str, ...]
    negated: bool = False
    initiatives: tuple[Initiative, ...] = ()
    plover: str | None = None
    cameo: str | None = None
    utterances: tuple[Utterance, ...]

    def __post_init__(self) -> None:
        _canonical(
            self,
            actors=self.actors,
            counterparts=self.counterparts,
            fields=self.fields,
            initiatives=self.initiatives,
            utterances=self.utterances,
        )


Act = Commitment | Call
Record = Actor | Person | Initiative | Event | Field | Statement | Utterance | Commitment | Call
