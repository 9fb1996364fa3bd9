"""Whose act it is: the parties bound by an act, those to whom it is directed, and the person who says it."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.reading import clauses
from loaders.reading.antecedents import Antecedents
from loaders.reading.counterparts import Counterparts
from loaders.reading.parties import Parties, parties
from loaders.reading.references import Reference, References
from loaders.reading.registry import Registry
from loaders.reading.speakers import Speakers
from ontology.identifiers import person_iri
from ontology.records import Actor, Person, Statement
from ontology.terms import Kind

Placed = tuple[int, int, Kind]


@dataclass(frozen=True, slots=True)
class Attributed:
    """Who is bound by an act, to whom it is directed, who says it, by which rule, and why in words."""

    actors: tuple[Actor, ...]
    counterparts: tuple[Actor, ...]
    speaker: Person | None
    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Governor:
    """The phrase on which an act hangs, and the rule that found it."""

    reference: Reference
    rule: str


_MODAL = re.compile(
    r"\b(?:should|must|needs?\s+to|needed\s+to|has\s+to|have\s+to|had\s+to|ought\s+to|need|will|would|shall|be)\b"
)
_REPORTS = re.compile(
    r"\b(?:that|said|says|stress\w*|emphasi\w+|underlin\w+|underscor\w+|not(?:ed|es|ing)|believ\w+|think\w*|thought"
    r"|agree\w*|insist\w*|argu\w+|add(?:ed|s)|stat(?:ed|es)|hop(?:e|es|ed)|reiterat\w+|affirm\w*|told|warn\w*|point\w*"
    r"|convinced|maintain\w*|declar\w+|consider\w*|recogni\w+|acknowledg\w+|feel\w*)\b"
)
_COORDINATED = re.compile(
    r"\s*[,;]?\s*(?:and\s+|or\s+|as\s+well\s+as\s+)?(?:also\s+|then\s+)?"
    r"(?:will\s+|would\s+|shall\s+|to\s+|not\s+to\s+|in\s+|by\s+|on\s+|for\s+)?"
    r"(?:\w+ly\s+|also\s+|further\s+|continue\s+to\s+)?"
)
_DOES = re.compile(
    r"(?:,[^,.;]{1,120},)?\s+(?:(?:also|then|\w+ly|next|on\s+\w+(?:\s\d+)?),?\s+)*(?:will|would|shall|is|are|was)\b[^.]*"
)
_IMPERSONAL = re.compile(
    r"\b[Ii]t\s+(?:was|has\s+been|is)\s+(?:\w+\s+)?(?:agreed|decided|concluded|resolved)\b|\b[Ee]xpressing\s+(?:their\s+)?resolve\b"
)
_IS_ASKED = re.compile(r"\s+(?:is|are|was|were|(?:has|have)\s+been)\s+(?:\w+ly\s+|also\s+|further\s+)*")
_COORDINATES = re.compile(r"\band\s+(?:\w+ly\s+|also\s+)?$")


class Attribution:
    """Prepared once per statement; `of` answers for each act."""

    def __init__(
        self,
        statement: Statement,
        found: Parties | None,
        registry: Registry,
        spans: Sequence[Placed] = (),
        references: References | None = None,
    ) -> None:
        self._references = references or References(statement.text or "", registry, statement.date)
        self.parties = found or parties(statement, registry, self._references)
        self._text = self._references.text
        self._spans = sorted(spans)
        self._firsts: dict[Placed, Placed] = {}
        self._sentences = clauses.Sentences(self._text)
        self._speakers = Speakers(self._references, self.parties, registry, self._sentences)
        self._antecedents = Antecedents(self._references, self.parties, self._speakers, self._sentences)
        self._counterparts = Counterparts(self._references, self._antecedents, self.parties.members, registry)

    def of(self, start: int, end: int, kind: Kind) -> Attributed:
        """Attribute the act whose action stands at `start` to `end`."""
        voice = self._speakers.at(start)
        governor = self._governor(start, end, kind)
        if governor is None:
            actors, speaker, rule, why = voice.actors, voice.person, "voice", "nobody in the sentence governs the act"
            agreed = self._agreed(start)
            if agreed:
                actors, speaker, rule, why = agreed, None, "agreed", "an impersonal decision is that of all parties"
        else:
            reference = governor.reference
            actors, speaker = self._antecedents.resolve(reference, voice)
            why = f'"{self._text[reference.start : reference.end]}" governs the act'
            rule = f"{governor.rule}-{reference.sort}"
        actors = actors or voice.actors or self.parties.members
        if governor is None or not self._speaks(governor, start):
            speaker = voice.person if self._speakers.heard(start) else None
        person = Person(iri=person_iri(speaker), name=speaker) if speaker else None
        sentence = self._sentences.starts[self._sentences.at(start)]
        counterparts = self._counterparts.of(sentence, start, end, kind, actors, voice)
        return Attributed(actors, counterparts, person, rule, why)

    def _agreed(self, start: int) -> tuple[Actor, ...]:
        """All parties to a meeting where "it was agreed that" introduces the act; nobody otherwise."""
        sentence = self._sentences.starts[self._sentences.at(start)]
        members = self.parties.members
        return members if len(members) > 1 and _IMPERSONAL.search(self._text, sentence, start) else ()

    def _speaks(self, governor: Governor, start: int) -> bool:
        """Whether the governing phrase is a person who says the act, and not only one who will do it."""
        reference = governor.reference
        if reference.sort not in ("person", "office", "he", "own"):
            return False
        return governor.rule != "subject" or not _DOES.fullmatch(self._text, reference.end, start)

    def _governor(self, start: int, end: int, kind: Kind) -> Governor | None:
        """What governs the act, or the first of the acts with which it is coordinated."""
        index = self._sentences.at(start)
        sentence = self._sentences.starts[index]
        found = self._inside(sentence, *self._first(sentence, (start, end, kind)))
        lead = self._sentences.lead_in(index)
        if found is not None or lead is None:
            return found
        reference = clauses.subject(self._references, *self._sentences.span(lead))
        return Governor(reference, "lead-in") if reference is not None else None

    def _first(self, sentence: int, act: Placed) -> Placed:
        """The first of the acts with which this one is coordinated; kept, so that long lists take linear time."""
        path = [act]
        while path[-1] not in self._firsts and (before := self._before(sentence, path[-1][0])) is not None:
            path.append(before)
        first = self._firsts.get(path[-1], path[-1])
        self._firsts.update(dict.fromkeys(path, first))
        return first

    def _before(self, sentence: int, start: int) -> Placed | None:
        """The act with which this one is coordinated, "train officers and share data", if there is one."""
        at = bisect_left(self._spans, (start, start, Kind.CALL))
        if not at:
            return None
        begin, end, kind = self._spans[at - 1]
        joined = sentence <= begin < start and end <= start and _COORDINATED.fullmatch(self._text, end, start)
        return (begin, end, kind) if joined else None

    def _inside(self, sentence: int, start: int, end: int, kind: Kind) -> Governor | None:
        """The governor within the act's own sentence."""
        references = self._references
        by = clauses.agent(references, start, end) if kind is not Kind.CALL else None
        if by is not None:
            return Governor(by, "agent")
        named = clauses.label(references, sentence, start)
        if named is not None:
            return Governor(named, "label")
        owner = clauses.owner(references, sentence, start)
        if owner is not None:
            return Governor(owner, "owner")
        if kind is Kind.CALL:
            return self._asker(sentence, start)
        subject = clauses.subject(references, sentence, start)
        if subject and kind in (Kind.SUPPORT, Kind.OPPOSITION) and self._supports_itself(subject, start, end):
            subject = clauses.subject(references, sentence, subject.start) or subject
        return Governor(subject, "subject") if subject else None

    def _supports_itself(self, subject: Reference, start: int, end: int) -> bool:
        """Whether the action names its subject as its object, so that another clause was taken for the main one."""
        names = {actor.name for actor in subject.actors}
        return any(
            actor.name in names and not other.attributive and not other.owned
            for other in self._references.between(start, end)
            for actor in other.actors
        )

    def _asker(self, sentence: int, start: int) -> Governor | None:
        """Who asks: the subject of the asking verb, else whoever reports that the addressee should."""
        references, left = self._references, self._text[sentence:start]
        asked = [match.start() for match in clauses.ASKS.finditer(left)]
        modal = [match.start() for match in _MODAL.finditer(left)]
        if asked and (not modal or asked[-1] > modal[-1]):
            subject = clauses.subject(references, sentence, sentence + asked[-1] + 1)
            if subject and _IS_ASKED.fullmatch(self._text, subject.end, sentence + asked[-1]):
                return None
            first = clauses.first_subject(references, sentence, start)
            if subject and first and first.start < subject.start and _COORDINATES.search(left, 0, asked[-1]):
                inside = " that " in self._text[first.end : subject.start]
                subject = first if inside else subject
            return Governor(subject, "asker") if subject else None
        addressee = clauses.subject(references, sentence, start)
        if addressee is not None and not _MODAL.search(self._text, addressee.end, start):
            return Governor(addressee, "asker")
        before = clauses.listed(references, addressee)[0].start if addressee else start
        outer = clauses.subject(references, sentence, before)
        if outer is not None and _REPORTS.search(self._text[outer.end : before] + self._text[before : before + 1]):
            return Governor(outer, "asker")
        return None
