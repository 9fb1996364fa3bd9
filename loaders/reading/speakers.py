"""Who speaks where: the turns of a transcript, quotations and who said them, and otherwise the issuer."""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from loaders.reading.affiliations import Affiliations
from loaders.reading.clauses import Sentences, first_subject, governs, headed, listed, subject
from loaders.reading.issuers import stances, weights
from loaders.reading.parties import Genre, Parties
from loaders.reading.passages import paragraphs
from loaders.reading.people import implied, known
from loaders.reading.references import Reference, References
from loaders.reading.registry import Registry
from loaders.reading.turns import turns
from ontology.records import Actor
from ontology.terms import ActorType

_PARLIAMENT = re.compile(r"\bHansard\b|\bHouse of\b|\bParliament|\bSenate\b|\bHon\b|\bHon\.|\bMr\.? Speaker|\bMadam Speaker")
_ASKS = re.compile(r"(?i)\b(?:question|journalist|reporter|q|moderator|media|interviewer|host)\b")
_OPEN, _CLOSE = "“", "”"
SAY = (
    r"(?:said|says|say|told|tells|stated|states|added|adds|noted|notes|stressed|stresses|explained|explains|declared|declares|remarked|announced|warned|vowed|insisted|emphasi[sz]ed|commented|continued|concluded"
    r"|replied|argued|reiterated|underlined|underscored|affirmed|reaffirmed|pointed\s+out|asked|claimed|observed|wrote|pledged|promised|urged|cautioned|disclosed|revealed|recalled|quipped|assured|responded|tweeted|expressed|confirmed|maintained|according|admitted|hoped)"
)
_AFTER = re.compile(rf"[\s,]*(?:{SAY}\b[^.\n]{{0,80}}|[^.\n“\"]{{2,160}}?\b{SAY}\b)")


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose words a stretch of text is: the party that speaks, and the person if there is one."""

    actors: tuple[Actor, ...]
    person: str | None
    source: str


_SAYS = re.compile(
    rf"(?:\s*\([^()\n]{{1,60}}\))?(?:,[^,.;\n]{{1,120}},)?\s+(?:\w+ly\s+|also\s+|then\s+|further\s+|once\s+again\s+|on\s+\w+day\s+|today\s+|in\s+turn,?\s+|for\s+(?:his|her|its)\s+part,?\s+)*(?:has\s+|had\s+|went\s+on\s+to\s+)?{SAY}\b"
)
_SHOULD = re.compile(r"\s+(?:\w+ly\s+|also\s+)?(?:should|must|need)\b")
_MARK = re.compile(r"[“”\"]")


def quotations(text: str) -> list[tuple[int, int]]:
    """Where quotations of more than a few words stand; one that is not closed ends with its paragraph."""
    found: list[tuple[int, int]] = []
    for paragraph in paragraphs(text):
        opened: int | None = None
        for mark in _MARK.finditer(text, paragraph.start, paragraph.end):
            at = mark.start()
            opens = mark.group() == _OPEN or (mark.group() == '"' and opened is None)
            if opens:
                opened = at + 1
            elif opened is not None:
                found.append((opened, at))
                opened = None
        if opened is not None:
            found.append((opened, paragraph.end))
    return [(start, end) for start, end in found if text.count(" ", start, end) >= 3]


class Speakers:
    """Prepared once per statement; `at` answers for an offset."""

    def __init__(self, references: References, found: Parties, registry: Registry, sentences: Sentences) -> None:
        self._references, self._issuers, self._registry = references, found.issuers, registry
        self._affiliations = Affiliations(references, found)
        self._default = Voice(found.issuers, None, "issuer")
        transcript = found.genre is Genre.TRANSCRIPT
        self._turns = self._read_turns() if transcript else []
        self._turn_starts = [start for start, _ in self._turns]
        self._quotes = self._read_quotes()
        self._reports = [] if transcript else self._read_reports(sentences)
        self._report_starts = [start for start, _, _ in self._reports]
        self._quote_starts = [start for start, _, _ in self._quotes]

    def at(self, offset: int) -> Voice:
        """Whose words stand at an offset."""
        turn = bisect_right(self._turn_starts, offset)
        base = self._turns[turn - 1][1] if turn else self.reported(offset) or self._default
        quote = bisect_right(self._quote_starts, offset)
        if quote and offset < self._quotes[quote - 1][1]:
            voice = self._quotes[quote - 1][2]
            return voice if voice else base
        return base

    def reported(self, offset: int) -> Voice | None:
        """Whose words are reported at an offset, outside quotations: "The Minister said that …" and what follows."""
        report = bisect_right(self._report_starts, offset)
        if report and offset < self._reports[report - 1][1]:
            return self._reports[report - 1][2]
        return None

    def _read_reports(self, sentences: Sentences) -> list[tuple[int, int, Voice]]:
        """Reports run to the end of their paragraph, to the next report, or to what both sides say together."""
        found: list[tuple[int, int, Voice]] = []
        for paragraph in paragraphs(self._references.text):
            current: Voice | None = None
            for index in range(sentences.at(paragraph.start), len(sentences.starts)):
                start, end = sentences.span(index)
                if start >= paragraph.end:
                    break
                sayer = self._sayer(start, end)
                if isinstance(sayer, Voice):
                    current = sayer
                    if sayer.source == "statement":
                        found.append((start, end, sayer))
                        current = None
                elif sayer == "both":
                    current = None
                if current is not None:
                    found.append((start, end, current))
        return found

    def _sayer(self, start: int, end: int) -> "Voice | str | None":
        text = self._references.text
        reference = first_subject(self._references, start, end)
        if reference is None:
            return None
        if reference.sort == "plural":
            return None if _SHOULD.match(text, reference.end) else "both"
        if len(listed(self._references, reference)) > 1:
            return "both"
        if not _SAYS.match(text, reference.end):
            return None
        if reference.sort == "he":
            return self.he(reference.start)
        if reference.sort in ("person", "office") or (reference.sort == "party" and reference.actors):
            if reference.sort == "party":
                stays = re.search(r"(?:side|delegation|representatives?)$", text[reference.start : reference.end])
                return Voice(reference.actors, None, "report" if stays else "statement")
            return Voice(
                self._affiliations.of(reference) or self._issuers, self._affiliations.name(reference), "report"
            )
        return None

    def affiliated(self, reference: Reference) -> tuple[Actor, ...]:
        """The party of a phrase that names one, or of the person or office that it names."""
        return reference.actors or self._affiliations.of(reference)

    def heard(self, offset: int) -> bool:
        """Whether somebody in particular speaks at an offset: in a quotation, a report or a turn."""
        return self.quoted(offset) or bool(self.reported(offset)) or bool(bisect_right(self._turn_starts, offset))

    def called(self, reference: Reference) -> str | None:
        """The name under which the person behind a phrase is put down as the speaker."""
        return self._affiliations.name(reference)

    def quoted(self, offset: int) -> bool:
        """Whether an offset lies within a quotation whose speaker is known."""
        quote = bisect_right(self._quote_starts, offset)
        return bool(quote and offset < self._quotes[quote - 1][1] and self._quotes[quote - 1][2])

    def _read_turns(self) -> list[tuple[int, Voice]]:
        """Each turn with its voice; a label that nothing explains takes the state for which its own words stand."""
        found = turns(self._references.text)
        ends = [start for start, _ in found[1:]] + [len(self._references.text)]
        labels = {label: self._label(label) for _, label in found if not _ASKS.search(label)}
        taken = {actor.name for actor in labels.values() if actor is not None}
        debate = _PARLIAMENT.search(self._references.text[:800]) is not None
        for label in [label for label, actor in labels.items() if actor is None and not debate]:
            parts = [(start, end) for (start, name), end in zip(found, ends, strict=True) if name == label]
            labels[label] = self._stands_for(parts, taken if len(label.split()) > 1 else set())
        asked = Voice(self._issuers, None, "question")
        return [
            (
                start,
                Voice((who,) if (who := labels[label]) else self._issuers, label, "turn") if label in labels else asked,
            )
            for start, label in found
        ]

    def _stands_for(self, parts: list[tuple[int, int]], taken: set[str]) -> Actor | None:
        counted = Counter[Actor]()
        for start, end in parts:
            counted += stances(self._references, start, end)
        for actor, weight in counted.most_common():
            if actor.type == ActorType.STATE and actor.name not in taken and weight >= 3:
                return actor
        others = [
            actor
            for actor, _ in weights(self._references).most_common(3)
            if actor.name not in taken and actor.type == ActorType.STATE
        ]
        return others[0] if taken and others else None

    def _label(self, label: str) -> Actor | None:
        name = label.title() if label.isupper() else label
        bare = re.sub(r"\(.*?\)", "", name).split()
        last = bare[-1] if bare else name
        person = self._references.people.get(last) or self._references.people.get(last.upper())
        actor = known(name, self._registry) or (person.actor if person else None)
        if actor is None:
            mention = next((m.actor for m in self._registry.mentions(name)), None)
            actor = mention or implied(" ".join(name.split()[:-1]), self._registry)
        return actor or self._office(name)

    def _office(self, name: str) -> Actor | None:
        """The party of the person introduced with the office of a label: "PRIME MINISTER:"."""
        folded = name.casefold()
        return next((p.actor for p in self._references.named if p.actor and p.office.casefold() == folded), None)

    @property
    def speaking(self) -> tuple[Actor, ...]:
        """The parties that have turns, in order."""
        return tuple(dict.fromkeys(actor for _, voice in self._turns if voice.person for actor in voice.actors))

    def _read_quotes(self) -> list[tuple[int, int, Voice | None]]:
        found: list[tuple[int, int, Voice | None]] = []
        text = self._references.text
        for start, end in quotations(text):
            voice = self._said_after(end) or self._said_before(start)
            if voice is None and found and found[-1][2] and "\n\n" not in text[found[-1][1] : start]:
                voice = found[-1][2]
            if (
                voice is None
                and found
                and found[-1][2]
                and start - found[-1][1] < 300
                and text[max(0, start - 12) : start - 1].rstrip(" \t").endswith("\n")
            ):
                voice = found[-1][2]
            found.append((start, end, voice))
        return found

    def _said_after(self, end: int) -> Voice | None:
        match = _AFTER.match(self._references.text, end + 1)
        if not match:
            return None
        return self._first(self._references.between(match.start(), min(match.end(), end + 220)))

    def _said_before(self, start: int) -> Voice | None:
        text = self._references.text
        floor = max(0, start - 520)
        begin = max(floor, *(text.rfind(mark, floor, start) for mark in ("\n\n", ". ", "” ", '" ')))
        before = text[begin : start - 1]
        if not re.search(rf"\b{SAY}\b|:\s*$|\bto\s+$|\bthat\s+$|,\s*$|\w\s+$", before) or len(before) > 500:
            return None
        sayer = subject(self._references, begin, start)
        voice = self._first((sayer,)) if sayer is not None else None
        return voice or self._first(tuple(r for r in self._references.between(begin, start) if not r.owned))

    def _first(self, references: tuple[Reference, ...]) -> Voice | None:
        for reference in references:
            if (
                reference.sort in ("person", "office", "party", "organisation")
                and not reference.attributive
                and not (reference.owned and reference.sort == "party")
            ):
                return Voice(
                    self._affiliations.of(reference) or self._issuers, self._affiliations.name(reference), "quotation"
                )
            if reference.sort == "he":
                return self.he(reference.start)
        return None

    def he(self, offset: int) -> Voice | None:
        """The person to whom "he" or "she" at an offset refers: the last one who is not possessive."""
        before = self._references.between(max(0, offset - 1500), offset)
        text = self._references.text
        for reference in reversed(before):
            if reference.sort in ("person", "office") and not reference.owned and governs(text, reference):
                if not headed(text, reference):
                    return Voice(
                        self._affiliations.of(reference) or self._issuers, self._affiliations.name(reference), "pronoun"
                    )
        for reference in reversed(before):
            if reference.sort in ("person", "office") and not reference.owned:
                return Voice(
                    self._affiliations.of(reference) or self._issuers, self._affiliations.name(reference), "pronoun"
                )
        return None
