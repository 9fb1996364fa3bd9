"""Whose act it is: the parties bound by an act, those to whom it is directed, and the person who says it."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.reading import clauses
from loaders.reading.parties import Genre, Parties, parties
from loaders.reading.references import Reference, References
from loaders.reading.registry import Registry
from loaders.reading.speakers import Speakers, Voice
from ontology.identifiers import person_iri
from ontology.records import Actor, Person, Statement
from ontology.terms import Kind


@dataclass(frozen=True, slots=True)
class Attributed:
    """Who is bound by an act, to whom it is directed, who says it, by which rule, and why in words."""

    actors: tuple[Actor, ...]
    counterparts: tuple[Actor, ...]
    speaker: Person | None
    rule: str
    why: str


_ASKS = re.compile(
    r"\b(?:call(?:s|ed|ing)?\s+(?:up)?on|call(?:s|ed|ing)?\s+for|urg(?:e|es|ed|ing)|ask(?:s|ed|ing)?|request(?:s|ed|ing)?|invit(?:e|es|ed|ing)|encourag(?:e|es|ed|ing)|expect(?:s|ed|ing)?|demand(?:s|ed|ing)?"
    r"|appeal(?:s|ed|ing)?\s+to|propos(?:e|es|ed|ing)|recommend(?:s|ed|ing)?|task(?:s|ed|ing)?|direct(?:s|ed|ing)?|instruct(?:s|ed|ing)?|order(?:s|ed|ing)?|want(?:s|ed|ing)?|hop(?:e|es|ed|ing)|implor(?:e|es|ed)|press(?:es|ed|ing)?|request)\b",
    re.I,
)
_MODAL = re.compile(r"\b(?:should|must|needs?\s+to|needed\s+to|has\s+to|have\s+to|had\s+to|ought\s+to|need)\b")


class Attribution:
    """Prepared once per statement; `of` answers for each act."""

    def __init__(
        self,
        statement: Statement,
        found: Parties | None,
        registry: Registry,
        spans: Sequence[tuple[int, int, Kind]] = (),
        references: References | None = None,
    ) -> None:
        self._references = references or References(statement.text or "", registry)
        self.parties = found or parties(statement, registry, self._references)
        self._text = self._references.text
        self._starts = clauses.sentence_starts(self._text)
        self._speakers = Speakers(
            self._references, self.parties.issuers, self.parties.genre is Genre.TRANSCRIPT, registry
        )

    def of(self, start: int, end: int, kind: Kind) -> Attributed:
        """Attribute the act whose action stands at `start` to `end`."""
        sentence = self._starts[bisect_right(self._starts, start) - 1]
        voice = self._speakers.at(start)
        reference, rule = self._governor(sentence, start, end, kind)
        if reference is None:
            actors, rule, why = voice.actors, "voice", "nobody in the sentence governs the act"
            speaker = voice.person
        else:
            actors, speaker = self._resolve(reference, voice)
            why = f'"{self._text[reference.start : reference.end]}" governs the act'
            rule = f"{rule}-{reference.sort}"
        actors = actors or voice.actors or self.parties.members
        if self.parties.genre is Genre.JOINT and not self._speakers.quoted(start):
            speaker = None
        person = Person(iri=person_iri(speaker), name=speaker) if speaker else None
        return Attributed(actors, self._counterparts(sentence, start, end, kind, actors), person, rule, why)

    def _governor(self, sentence: int, start: int, end: int, kind: Kind) -> tuple[Reference | None, str]:
        references, text = self._references, self._text
        owner = clauses.owner(references, sentence, start, text[start:end])
        if owner is not None:
            return owner, "owner"
        if kind is Kind.CALL:
            left = text[sentence:start]
            asked = list(_ASKS.finditer(left))
            modal = list(_MODAL.finditer(left))
            if modal and (not asked or modal[-1].start() > asked[-1].start()):
                addressee = clauses.subject(references, sentence, start)
                before = addressee.start if addressee else start
                return clauses.subject(references, sentence, before), "asker"
            if asked:
                return clauses.subject(references, sentence, sentence + asked[-1].start() + 1), "asker"
        return clauses.subject(references, sentence, start), "subject"

    def _resolve(self, reference: Reference, voice: Voice) -> tuple[tuple[Actor, ...], str | None]:
        sort = reference.sort
        if sort in ("we", "i"):
            return voice.actors, voice.person
        if sort in ("plural", "they"):
            return self.parties.members if len(self.parties.members) > 1 else (), None
        if sort in ("he", "own"):
            he = self._speakers.he(reference.start)
            return (he.actors, he.person) if he else ((), None)
        if sort == "it":
            return self._it(reference), None
        if sort == "office" and not reference.actors:
            return self._office(reference), reference.name
        return self._listed(reference), reference.name if sort in ("person", "office") else voice.person

    def _listed(self, reference: Reference) -> tuple[Actor, ...]:
        """The phrase's party with those that are listed right before it: "A, B and C"."""
        actors = list(reference.actors)
        last = reference
        for other in reversed(self._references.between(max(0, reference.start - 300), reference.start)):
            gap = self._text[other.end : last.start]
            if (
                other.actors
                and re.fullmatch(r"\s*(?:\([^()]{1,40}\))?(?:,|,?\s+and|,?\s+as well as|\s*&)\s+(?:the\s+)?", gap)
                and not other.attributive
            ):
                actors = [*other.actors, *actors]
                last = other
            else:
                break
        return tuple(dict.fromkeys(actors))

    def _it(self, reference: Reference) -> tuple[Actor, ...]:
        for other in reversed(self._references.between(max(0, reference.start - 800), reference.start)):
            if other.sort in ("party", "organisation") and not other.attributive and clauses.governs(self._text, other):
                return other.actors
        return ()

    def _office(self, reference: Reference) -> tuple[Actor, ...]:
        name = (reference.name or "").casefold()
        for person in self._references.named:
            if person.actor and person.office.casefold() == name:
                return (person.actor,)
        return self.parties.issuers

    def _counterparts(
        self, sentence: int, start: int, end: int, kind: Kind, actors: tuple[Actor, ...]
    ) -> tuple[Actor, ...]:
        return ()
