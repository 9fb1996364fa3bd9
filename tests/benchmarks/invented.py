"""An invented graph of any size with the distributions of real statements, streamed, the same at every run.

The figures were measured on 580 annotated statements with 6362 acts: how often each kind, field, party (by rank), year
and slot occurs, how many parties, fields and addressees an act has, how many acts a statement. The words are made up.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from enum import Enum
from itertools import accumulate, count
from random import Random
from typing import Any, Final, Generic, TypeVar

from ontology.identifiers import (
    actor_iri,
    event_iri,
    field_iri,
    initiative_iri,
    person_iri,
    sha256,
    statement_iri,
    utterance_iri,
)
from ontology.mapping import BY_RECORD
from ontology.minting import minted
from ontology.property_graph import Edge, Node
from ontology.records import Act, Actor, Event, Initiative, Person, Record, Statement, Utterance
from ontology.taxonomy import TOP, by_slug, narrower
from ontology.terms import ActorType, Force, Kind, Role

T = TypeVar("T")
BATCH: Final = 1000


class _Choice(Generic[T]):
    """Draws values as often as their weights say."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self.values, self.sums = list(weights), list(accumulate(weights.values()))

    def some(self, dice: Random, many: int) -> tuple[T, ...]:
        """As many values as that, equal ones once."""
        return tuple(dict.fromkeys(dice.choices(self.values, cum_weights=self.sums, k=many)))

    def one(self, dice: Random) -> T:
        return self.some(dice, 1)[0]


_RANKS: Final = {1: 3660, 2: 726, 3: 523, 5: 445, 10: 289, 20: 152, 50: 46, 100: 19, 200: 6, 300: 1.6, 372: 1.5}


def _weight(rank: int) -> float:
    """In how many acts of 10 000 the actor of this rank is a party: between the measured ranks as a power of it."""
    low, high = max(known for known in _RANKS if known <= rank), min(known for known in _RANKS if known >= rank)
    part = math.log(rank / low) / math.log(high / low) if low < high else 0.0
    return float(_RANKS[low] * (_RANKS[high] / _RANKS[low]) ** part)


def _actor(rank: int) -> Actor:
    code = "".join(chr(ord("A") + place) for place in divmod(rank, 26)) if rank <= 200 else None
    name = f"Party {rank}"
    return Actor(iri=actor_iri(name, code), name=name, type=ActorType.STATE if code else ActorType.BODY, code=code)


ACTORS: Final = tuple(map(_actor, range(1, 373)))
"""The parties, the most frequent first."""
FREQUENT: Final = ACTORS[0]
"""A party to 37 acts of 100."""
TYPICAL: Final = ACTORS[1]
"""A party to 7 acts of 100, as the large states are that issue no collection of their own."""

_BY: Final = _Choice({actor: _weight(rank) for rank, actor in enumerate(ACTORS, 1)})
_TO: Final = _Choice({actor: _weight(rank) ** 0.6 for rank, actor in enumerate(ACTORS, 1)})
_KIND: Final = _Choice({Kind.PLEDGE: 503, Kind.CALL: 232, Kind.WILLINGNESS: 145, Kind.SUPPORT: 95, Kind.OPPOSITION: 25})
_PARTIES: Final = _Choice({1: 685, 2: 255, 3: 37, 5: 10, 9: 7, 14: 6})
_COUNTERPARTS: Final = _Choice({0: 677, 1: 299, 2: 18, 4: 6})
_LABELS: Final = _Choice({1: 507, 2: 450, 3: 43})
_ACTS: Final = _Choice({2: 15, 4: 15, 6: 14, 8: 16, 11: 15, 14: 10, 20: 7, 38: 5, 74: 3})
_FORCE: Final = _Choice({Force.FIRM: 70, Force.BEST_EFFORT: 12, Force.HOPE: 8, Force.BINDING: 10})
# fmt: off
_OFTEN: Final = (270, 48, 264, 72, 57, 38, 129, 86, 88, 33, 55, 94, 42, 42, 66, 35, 23, 57, 40)
_FIELD: Final = _Choice(dict(zip(TOP, _OFTEN, strict=True)))
_YEAR: Final = _Choice({
    0: 63, 1944: 9, 1961: 4, 1974: 10, 1979: 15, 1985: 5, 1990: 10, 1993: 19, 1995: 8, 1999: 9, 2002: 13, 2004: 14,
    2006: 17, 2009: 13, 2011: 14, 2013: 32, 2015: 12, 2016: 12, 2017: 8, 2018: 6, 2019: 10, 2020: 20, 2021: 128,
    2022: 262, 2023: 146, 2024: 105, 2025: 43, 2026: 4,
})
# fmt: on
_NAMED: Final = {
    top: [by_slug()[slug].label for slug in sorted(narrower(top)) if slug != top] or [by_slug()[top].label]
    for top in TOP
}


def statements(acts: int) -> Iterator[tuple[Statement, tuple[Act, ...]]]:
    """Statements with their acts, until these are at least as many as asked for.

    One act in seven is said again in the next statement, and comes a second time there, with both of its utterances.
    """
    dice, made = Random(7), 0
    own: tuple[Act, ...] = ()
    for number in count():
        if made >= acts:
            return
        repeated = [act for act in own if dice.random() < 0.144]
        actions = [_action(dice, number, place) for place in range(_ACTS.one(dice))]
        statement, places = _stated(dice, number, [*actions, *(act.action for act in repeated)])
        own = tuple(minted(_said(dice, statement, start, end)) for start, end in places[: len(actions)])
        again = map(_said_again, repeated, [statement] * len(repeated), places[len(actions) :])
        made += len(own)
        yield statement, (*own, *again)


def _action(dice: Random, number: int, place: int) -> str:
    about = f" on {dice.choice(_NAMED[_FIELD.one(dice)])}" if dice.random() < 0.5 else ""
    return f"carry out plan {number}-{place}{about}{' and work with others' * int(1 + dice.expovariate(0.4))}"


def _stated(dice: Random, number: int, actions: list[str]) -> tuple[Statement, list[tuple[int, int]]]:
    """A statement that consists of these actions, and where each of them stands in it."""
    text = " ".join(f"We {action}." for action in actions)
    starts = accumulate((len(action) + 5 for action in actions), initial=3)
    return Statement(
        iri=statement_iri(text),
        document=f"d{number}",
        sha256=sha256(text),
        title=f"Statement {number}",
        issuer=f"Office of {_BY.one(dice).name}",
        date=_date(dice),
        text=text,
    ), [(start, start + len(action)) for start, action in zip(starts, actions, strict=False)]


def _date(dice: Random) -> str | None:
    year, precision = _YEAR.one(dice), dice.random()
    if not year or precision < 0.2:
        return str(year) if year else None
    month = f"{year}-{dice.randint(1, 12):02}"
    return month if precision < 0.25 else f"{month}-{dice.randint(1, 28):02}"


def _said(dice: Random, statement: Statement, start: int, end: int) -> Utterance:
    kind, actors = _KIND.one(dice), _BY.some(dice, _PARTIES.one(dice))
    text = statement.text or ""
    return Utterance(
        iri=utterance_iri(statement.iri, start, end, kind),
        statement=statement,
        kind=kind,
        actors=actors,
        counterparts=tuple(other for other in _TO.some(dice, _COUNTERPARTS.one(dice)) if other not in actors),
        action=text[start:end],
        start=start,
        end=end,
        quote=text[start - 3 : end + 1],
        quote_start=start - 3,
        fields=_FIELD.some(dice, _LABELS.one(dice)),
        force=_FORCE.one(dice) if kind is Kind.PLEDGE else Force.WILLINGNESS,
        negated=dice.random() < 0.049,
        rule="invented",
        extractor="invented",
        confidence=0.9,
        **_slots(dice),
    )


def _slots(dice: Random) -> dict[str, Any]:
    """What only some acts have."""
    slots: dict[str, Any] = {}
    if dice.random() < 0.104:
        slots |= {"deadline": "by the end of the decade", "due": f"../{2024 + int(dice.expovariate(0.2))}"}
    if dice.random() < 0.067:
        slots |= {"quantity": "millions of dollars", "amount": float(dice.randint(1, 999)), "unit": "USD"}
    if dice.random() < 0.037:
        slots["condition"] = "if others do the same"
    if dice.random() < 0.23:
        name = f"Speaker {int(dice.expovariate(0.01))}"
        slots["speaker"] = Person(iri=person_iri(name), name=name)
    if dice.random() < 0.3:
        name, year = f"Summit {int(dice.expovariate(0.01))}", str(dice.randint(2000, 2026))
        slots["event"] = Event(iri=event_iri(name, year), name=name)
    if dice.random() < 0.03:
        name = f"Initiative {int(dice.expovariate(0.05))}"
        slots["initiatives"] = (Initiative(iri=initiative_iri(name), name=name),)
    return slots


def _said_again(act: Act, statement: Statement, place: tuple[int, int]) -> Act:
    first, (start, end) = act.utterances[0], place
    return replace(
        act,
        utterances=(
            first,
            replace(
                first,
                iri=utterance_iri(statement.iri, start, end, act.kind),
                statement=statement,
                start=start,
                end=end,
                quote_start=start - 3,
                reaffirmed=True,
                role=Role.REAFFIRMS,
            ),
        ),
    )


def records(acts: int) -> Iterator[list[Record]]:
    """The same as batches of records, each about as large as one transaction of a load."""
    batch: list[Record] = []
    for statement, said in statements(acts):
        batch += [*said, statement]
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def rows(batch: Iterable[Record]) -> tuple[list[Node], list[Edge]]:
    """What `graph_of(triples(batch))` gives, without the way through triples, on which most of the time goes."""
    nodes: dict[str, Node] = {}
    edges: dict[Edge, None] = {}
    pending, seen = list(batch), set[int]()
    while pending:
        record = pending.pop()
        if id(record) in seen:
            continue
        seen.add(id(record))
        shape = BY_RECORD[type(record)]
        node = nodes.setdefault(record.iri, Node(shape.label, {"iri": record.iri}))
        for attribute in shape.attributes:
            value = getattr(record, attribute.name)
            if value is not None and value != ():
                node.properties[attribute.key] = list(value) if attribute.many else _plain(value)
        for link in shape.links:
            for other in _others(getattr(record, link.name)):
                known = isinstance(other, str)
                ends = (
                    (shape.label, record.iri),
                    (BY_RECORD[link.target].label, field_iri(other) if known else other.iri),
                )
                source, target = reversed(ends) if link.inverse else ends
                edges[Edge(link.relationship, *source, *target)] = None
                if not known:
                    pending.append(other)
    return sorted(nodes.values(), key=lambda node: (node.label, node.properties["iri"])), sorted(edges)


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def _others(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)
