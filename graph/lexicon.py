"""What names mean: parties, fields, initiatives, persons, events and issuers, by everything they are called."""

from collections.abc import Iterable, Sequence
from typing import Final, Self, TypeVar

from graph.grammar import offices, prefixes
from graph.names import Found, Names
from graph.question import QuestionError
from graph.words import Word, fold, words
from ontology.records import Actor, Event, Field, Initiative, Person

N = TypeVar("N", Actor, Field, Initiative)

# Family names of two letters, of which other words of a question are no others.
_SHORT: Final = frozenset({"xi", "li", "wu", "xu", "yi", "hu", "lu", "ma", "ng", "le", "vo", "ho", "oh", "qu"})
_SMALL: Final = frozenset({"the", "of", "and", "for", "in"})
_BETWEEN: Final = frozenset({"between", "with"})


class Lexicon:
    """Every name that questions can use. Build it with `of`."""

    def __init__(self, issuers: tuple[str, ...]) -> None:
        self._names = Names()
        self._codes: dict[str, Actor] = {}
        self._persons: list[Person] = []
        self._events: list[Event] = []
        self._issuers = issuers
        self._parties: dict[str, frozenset[str]] = {}
        self._taking_part: dict[str, frozenset[str]] = {}

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
        names = lexicon._names
        fields, persons, events = list(fields), list(persons), list(events)
        for actor in actors:
            names.enter(actor, (actor.name, *actor.names))
            names.enter(actor, (prefix for prefix, code in prefixes().items() if code == actor.code), weak=True)
            lexicon._codes.update(dict.fromkeys(filter(None, (actor.code, actor.wikidata, actor.iri)), actor))
        for initiative in initiatives:
            names.enter(initiative, (initiative.name, *initiative.names))
        for field in fields:
            names.enter(field, (field.label, field.slug.replace("-", " "), *field.names))
        lexicon._persons, lexicon._events = persons, events
        for person in persons:
            names.enter(person, (person.name,))
        for event in events:
            names.enter(event, (event.name,))
        for field in fields:
            names.enter(field, _parts(field.label), weak=True)
        for person in persons:
            names.enter(person, _name_parts(person.name), weak=True)
        lexicon._parties = {issuer: lexicon._mentioned(issuer)[0] for issuer in lexicon._issuers}
        lexicon._taking_part = {event.iri: lexicon._mentioned(event.name)[0] for event in events}
        return lexicon

    def longest(self, some: Sequence[Word], at: int) -> Found | None:
        """The longest name that begins at word `at`."""
        return self._names.longest(some, at)

    def near(self, word: str, also: Iterable[str] = ()) -> tuple[str, ...]:
        """Known names close to a word, and those of `also` that are, the closest first; one for each thing named."""
        return self._names.near(word, also)

    def _mentioned(self, name: str) -> tuple[frozenset[str], frozenset[str]]:
        """The parties that a name holds, and its other words."""
        at, some = 0, words(name)
        parties, others = set(), set()
        while at < len(some):
            found = self.longest(some, at)
            while found and not isinstance(found.named[0], Actor):
                found = self.longest(some[: at + found.size - 1], at)
            if found:
                parties.add(found.named[0].iri)
            else:
                others.add(some[at].folded)
            at += found.size if found else 1
        return frozenset(parties), frozenset(others) - _SMALL - _BETWEEN

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
        return [named for named in self._names.called(name) if isinstance(named, sort)]

    def speakers(self, name: str) -> tuple[Person, ...]:
        """The persons of whose name this is a part. Raises `QuestionError` with near names."""
        found = _containing(name, self._persons)
        if not found:
            raise _unknown(name, "speaker", self.near(name))
        return found

    def events(self, name: str) -> tuple[Event, ...]:
        """The events whose name has all parties and words of this one. Raises `QuestionError` with near names."""
        parties, others = self._mentioned(name)
        found = tuple(
            event
            for event in (self._events if parties or others else ())
            if parties <= self._taking_part[event.iri] and others <= _folded(event.name)
        )
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

    def issuers_of(self, parties: Iterable[str]) -> tuple[str, ...]:
        """The issuers that name all these parties; where there is none, a name of theirs that has no statements."""
        name = " and ".join(parties)
        try:
            return self.issuers(name)
        except QuestionError:
            return (name,)


def _containing(name: str, persons: Iterable[Person]) -> tuple[Person, ...]:
    wanted = _folded(name)
    return tuple(person for person in persons if wanted and wanted <= _folded(person.name))


def _folded(name: str) -> frozenset[str]:
    return frozenset(word.folded for word in words(name)) - _SMALL


def _parts(label: str) -> Iterable[str]:
    return filter(None, (part.strip() for part in label.replace(",", " and ").split(" and ")))


def _name_parts(name: str) -> Iterable[str]:
    parts = [word.text for word in words(name)]
    personal = 2 <= len(parts) <= 5 and not offices() & {part.casefold() for part in parts}
    return [part for part in parts if personal and part[0].isupper() and (len(part) > 2 or fold(part) in _SHORT)]


def _unknown(name: str, what: str, near: tuple[str, ...]) -> QuestionError:
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    return QuestionError(f"no {what} is called {name!r}{hint}", near)
