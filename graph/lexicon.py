"""What names mean: parties, fields, initiatives, persons, events and issuers, by everything they are called."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Self, TypeVar

from rapidfuzz import fuzz, process

from graph.grammar import prefixes
from graph.question import QuestionError
from graph.words import Word, fold, joined, key, name_key, words
from ontology.records import Actor, Event, Field, Initiative, Person

Named = Actor | Field | Initiative | Person | Event
N = TypeVar("N", Actor, Field, Initiative)
P = TypeVar("P", Person, Event)

# Words of every question that are somebody's acronym too: those count only as they are written, "US" but not "us".
_ORDINARY: Final = frozenset({"us", "who", "it", "is", "am", "as", "at", "can", "so", "no", "in", "on", "or", "all"})
# After these, or first of all, "us" is a party; after "tell" or "give" it is not.
_BEFORE_US: Final = frozenset({"", "by", "of", "and", "or", "with", "between", "to", "toward"})
# Speakers who are no persons: their words say nothing alone.
_OFFICES: Final = frozenset(
    [
        "house",
        "ministry",
        "minister",
        "council",
        "department",
        "president",
        "secretary",
        "office",
        "commission",
        "government",
        "united",
        "spokesperson",
        "spokesman",
        "spokeswoman",
        "foreign",
        "general",
        "union",
        "bank",
        "delegation",
        "side",
        "leader",
        "group",
    ]
)
_SMALL: Final = frozenset({"the", "of", "and", "for", "in"})
_LONGEST: Final = 12
_LONGEST_ACRONYM: Final = 6
_NEAR: Final = 80
_SHORTEST: Final = 4


@dataclass(frozen=True, slots=True)
class Found:
    """What the next `size` words name: everything that bears this name, the likelier ones first."""

    named: tuple[Named, ...]
    size: int


class Lexicon:
    """Every name that questions can use. Build it with `of`."""

    def __init__(self, issuers: tuple[str, ...]) -> None:
        self._names: dict[str, list[Named]] = {}
        self._joined: dict[str, list[Named]] = {}
        self._exact: dict[str, list[Named]] = {}
        self._written: dict[str, str] = {}
        self._longest = 1
        self._codes: dict[str, Actor] = {}
        self._persons: list[Person] = []
        self._events: list[Event] = []
        self._issuers = issuers
        self._parties: dict[str, frozenset[str]] = {}

    @classmethod
    def of(
        cls,
        actors: Iterable[Actor] = (),
        fields: Iterable[Field] = (),
        initiatives: Iterable[Initiative] = (),
        persons: Iterable[Person] = (),
        events: Iterable[Event] = (),
        issuers: Iterable[str] = (),
    ) -> Self:
        """The lexicon of these records. Where two bear one name, the order of these arguments decides."""
        lexicon = cls(tuple(sorted(set(issuers))))
        fields, persons, events = list(fields), list(persons), list(events)
        for actor in actors:
            lexicon._enter(actor, (actor.name, *actor.names))
            lexicon._enter(actor, (prefix for prefix, code in prefixes().items() if code == actor.code), weak=True)
            lexicon._codes.update(dict.fromkeys(filter(None, (actor.code, actor.wikidata, actor.iri)), actor))
        for initiative in initiatives:
            lexicon._enter(initiative, (initiative.name, *initiative.names))
        for field in fields:
            lexicon._enter(field, (field.label, field.slug.replace("-", " "), *field.names))
        lexicon._persons, lexicon._events = persons, events
        for person in persons:
            lexicon._enter(person, (person.name,))
        for event in events:
            lexicon._enter(event, (event.name,))
        for field in fields:
            lexicon._enter(field, _parts(field.label), weak=True)
        for person in persons:
            lexicon._enter(person, _name_parts(person.name), weak=True)
        lexicon._parties = {issuer: lexicon._mentioned(issuer)[0] for issuer in lexicon._issuers}
        return lexicon

    def _enter(self, named: Named, names: Iterable[str], *, weak: bool = False) -> None:
        for name in names:
            looked_up = name_key(name)
            exact = fold(name) in _ORDINARY
            table, form = (self._exact, name.replace(".", "")) if exact else (self._names, looked_up)
            known = table.get(form, [])
            if not looked_up or (weak and known):
                continue
            if all(other.iri != named.iri for other in known):
                table.setdefault(form, []).append(named)
            if not exact:
                self._joined.setdefault(joined(form), table[form])
            self._written.setdefault(name, looked_up)
            self._longest = min(_LONGEST, max(self._longest, len(words(name))))

    def longest(self, some: Sequence[Word], at: int) -> Found | None:
        """The longest name that begins at word `at`."""
        for size in range(min(self._longest, len(some) - at), 0, -1):
            span = some[at : at + size]
            ordinary = size == 1 and span[0].folded in _ORDINARY
            named = self._spelled(some, at) if ordinary else self._names.get(key(span), [])
            if not named and not ordinary and all(word.glued for word in span[1:]):
                named = self._joined.get(joined(key(span)), [])
            if named:
                return Found(tuple(named), size)
        return None

    def _spelled(self, some: Sequence[Word], at: int) -> list[Named]:
        written = some[at].text.replace(".", "")
        before = some[at - 1].folded if at else ""
        named = before == "the" or "." in some[at].text or (written.lower() == "us" and before in _BEFORE_US)
        # In a question all in capitals "WHO" asks who; acronyms alone do not make one.
        shouted = all(word.text.isupper() for word in some if word.text.isalpha()) and any(
            len(word.text) > _LONGEST_ACRONYM for word in some
        )
        return self._exact.get(written.upper() if named else "" if shouted else written, [])

    def _mentioned(self, name: str) -> tuple[frozenset[str], frozenset[str]]:
        """The parties that a name holds, and its other words."""
        at, some = 0, words(name)
        parties, others = set(), set()
        while at < len(some):
            found = self.longest(some, at)
            if found and isinstance(found.named[0], Actor):
                parties.add(found.named[0].iri)
            else:
                found = None
                others.add(some[at].folded)
            at += found.size if found else 1
        return frozenset(parties), frozenset(others) - _SMALL

    def near(self, word: str, also: Iterable[str] = (), limit: int = 3) -> tuple[str, ...]:
        """Known names close to a word, and those of `also` that are, the closest first; one for each thing named."""
        if len(word) < _SHORTEST:
            return ()
        known = self._written | {other: name_key(other) for other in also}
        found = process.extract(fold(word), known, scorer=fuzz.ratio, limit=5 * limit, score_cutoff=_NEAR)
        chosen: dict[str, str] = {}
        for form, _, name in found:
            named = self._names.get(form)
            chosen.setdefault(named[0].iri if named else form, name)
        return tuple(chosen.values())[:limit]

    def actor(self, name: str) -> Actor:
        """The party of this name, ISO code, Wikidata identifier or IRI. Raises `QuestionError` with near names."""
        # Names first: AU is the African Union's name and Australia's code.
        coded = None if self._called(name, Actor) else self._codes.get(name) or self._codes.get(name.upper())
        return coded or self._one(name, Actor, "party")

    def field(self, name: str) -> Field:
        """The field of this slug, label or other name. Raises `QuestionError` with near names."""
        return self._one(name, Field, "field")

    def initiative(self, name: str) -> Initiative:
        """The initiative of this name. Raises `QuestionError` with near names."""
        return self._one(name, Initiative, "initiative")

    def _one(self, name: str, sort: type[N], what: str) -> N:
        found = self._called(name, sort)
        if not found:
            raise _unknown(name, what, self.near(name))
        return found[0]

    def _called(self, name: str, sort: type[N]) -> list[N]:
        known = [
            *self._exact.get(name.replace(".", "").upper(), ()),
            *self._names.get(name_key(name), self._joined.get(joined(name_key(name)), ())),
        ]
        return [named for named in known if isinstance(named, sort)]

    def speakers(self, name: str) -> tuple[Person, ...]:
        """The persons of whose name this is a part. Raises `QuestionError` with near names."""
        found = _containing(name, self._persons)
        if not found:
            raise _unknown(name, "speaker", self.near(name))
        return found

    def events(self, name: str) -> tuple[Event, ...]:
        """The events whose name has all these words. Raises `QuestionError` with near names."""
        found = _containing(name, self._events)
        if not found:
            raise _unknown(name, "event", tuple(event.name for event in self._events[:3]))
        return found

    @property
    def known_issuers(self) -> tuple[str, ...]:
        """The issuers of the statements that are there."""
        return self._issuers

    @property
    def known_events(self) -> tuple[str, ...]:
        """The names of the events that are there."""
        return tuple(dict.fromkeys(event.name for event in self._events))

    def issuers(self, name: str) -> tuple[str, ...]:
        """The issuers that name all parties named here and have all its other words.

        Raises `QuestionError` with some issuers that there are.
        """
        parties, others = self._mentioned(name)
        found = tuple(
            issuer
            for issuer in (self._issuers if parties or others else ())
            if parties <= self._parties[issuer] and others <= _folded(issuer)
        )
        if not found:
            raise _unknown(name, "issuer", self._issuers[:3])
        return found


def _containing(name: str, some: Iterable[P]) -> tuple[P, ...]:
    wanted = _folded(name)
    return tuple(named for named in some if wanted and wanted <= _folded(named.name))


def _folded(name: str) -> frozenset[str]:
    return frozenset(word.folded for word in words(name)) - _SMALL


def _parts(label: str) -> Iterable[str]:
    return filter(None, (part.strip() for part in label.replace(",", " and ").split(" and ")))


def _name_parts(name: str) -> Iterable[str]:
    parts = [word.text for word in words(name)]
    personal = 2 <= len(parts) <= 5 and not _OFFICES & {part.casefold() for part in parts}
    return [part for part in parts if personal and len(part) > 2 and part[0].isupper()]


def _unknown(name: str, what: str, near: tuple[str, ...]) -> QuestionError:
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    return QuestionError(f"no {what} is called {name!r}{hint}", near)
