"""Who speaks where: the turns of a transcript, quotations and reports and whose they are, otherwise the issuer."""

import re
from bisect import bisect_right

from loaders.reading.affiliations import Affiliations
from loaders.reading.clauses import Sentences, first_subject, governs, headed, listed, subject
from loaders.reading.floor import floor
from loaders.reading.parties import Genre, Parties
from loaders.reading.passages import paragraphs
from loaders.reading.references import Reference, References
from loaders.reading.registry import Registry
from loaders.reading.sections import sections
from loaders.reading.voices import SAY, Voice, quotations
from ontology.records import Actor

_AFTER = re.compile(rf"[\s,]*(?:{SAY}\b[^.\n]{{0,80}}|[^.\n“\"]{{2,160}}?\b{SAY}\b)")
_BEFORE = re.compile(rf"\b{SAY}\b|:\s*$|\bto\s+$|\bthat\s+$|,\s*$|\w\s+$")
_SAYS = re.compile(
    r"(?:\s*\([^()\n]{1,60}\))?(?:,[^,.;\n]{1,120},|,)?\s+(?:\w+ly\s+|also\s+|then\s+|further\s+|once\s+again\s+"
    r"|on\s+\w+day\s+|today\s+|in\s+turn,?\s+|for\s+(?:his|her|its)\s+part,?\s+)*(?:has\s+|had\s+|went\s+on\s+to\s+)?"
    rf"{SAY}\b(?!(?<=asked)\s+for\b)"
)
_ASIDE = re.compile(
    r"(?:,[^,.;\n“”\"]{1,80},)?\s+(?:\w+ly\s+|also\s+|further\s+)*"
    r"(?:said|says|told|added|stated|stressed|noted|announced|declared|explained|warned|vowed|insisted|emphasi[sz]ed|went\s+on\s+to\s+say"
    r"|remarked|pointed\s+out|pledged|promised|confirmed)\b(?!\s+that\b)[^.,;“”\"]{0,90}(?:\.|,)"
)
_COMMA = re.compile(r",\s+(?:the\s+|[A-Z][\w'-]*\s+){0,4}$")
_PEOPLE = ("person", "office", "he")
_SUBORDINATE = re.compile(r"\s*(?:Since|When|While|As|After|Before|Although|If|Once)\b")
_SHOULD = re.compile(r"\s+(?:\w+ly\s+|also\s+)?(?:should|must|need)\b")
_MARKS = re.compile(r"\s*(?:\([^()\n]{1,80}\))?([:.])\s")
_STAYS = re.compile(r"(?:side|delegation|representatives?)$")
_REACH = 1500


class Speakers:
    """Prepared once per statement; `at` answers for an offset."""

    def __init__(self, references: References, found: Parties, registry: Registry, sentences: Sentences) -> None:
        self._references, self._issuers = references, found.issuers
        self._affiliations = Affiliations(references, found, registry)
        self._default = Voice(found.issuers, None, "issuer")
        self._cabled = found.genre is Genre.CABLE
        transcript = found.genre is Genre.TRANSCRIPT
        self._turns = floor(references, found.issuers, registry) if transcript else []
        self._turn_starts = [start for start, _ in self._turns]
        self._quotes = self._read_quotes()
        self._quote_starts = [start for start, _, _ in self._quotes]
        self._reports = [] if transcript else self._read_reports(sentences)
        self._sections = [] if transcript else sections(references, found)
        self._section_starts = [start for start, _, _ in self._sections]
        self._report_starts = [start for start, _, _ in self._reports]

    def at(self, offset: int) -> Voice:
        """Whose words stand at an offset."""
        turn = bisect_right(self._turn_starts, offset)
        around = self._turns[turn - 1][1] if turn else self._reported(offset) or self._section(offset)
        return self._quoted(offset) or around

    def heard(self, offset: int) -> bool:
        """Whether somebody in particular speaks at an offset: in a quotation, a report or a turn."""
        turn = bisect_right(self._turn_starts, offset)
        return bool(turn or self._quoted(offset) or self._reported(offset))

    @property
    def speaking(self) -> tuple[Actor, ...]:
        """The parties that have turns, in order."""
        return tuple(dict.fromkeys(actor for _, voice in self._turns if voice.person for actor in voice.actors))

    def affiliated(self, reference: Reference) -> tuple[Actor, ...]:
        """The party of a phrase that names one, or of the person or office that it names."""
        return reference.actors or self._affiliations.of(reference)

    def called(self, reference: Reference) -> str | None:
        """The name under which the person behind a phrase is put down as the speaker."""
        return self._affiliations.name(reference)

    def he(self, offset: int) -> Voice | None:
        """The person to whom "he" or "she" at an offset refers: the last one who acts, else the last one named."""
        text = self._references.text
        before = [
            reference
            for reference in reversed(self._references.between(max(0, offset - _REACH), offset))
            if reference.sort in ("person", "office") and not reference.owned
        ]
        acting = (one for one in before if governs(text, one) and not headed(text, one))
        found = next(acting, before[0] if before else None)
        return self._voice(found, "pronoun") if found else None

    def _voice(self, reference: Reference, source: str) -> Voice:
        return Voice(self._affiliations.of(reference) or self._issuers, self._affiliations.name(reference), source)

    def _quoted(self, offset: int) -> Voice | None:
        quote = bisect_right(self._quote_starts, offset)
        return self._quotes[quote - 1][2] if quote and offset < self._quotes[quote - 1][1] else None

    def _reported(self, offset: int) -> Voice | None:
        """Whose words are reported at an offset, outside quotations: "The Minister said that …" and what follows."""
        report = bisect_right(self._report_starts, offset)
        return self._reports[report - 1][2] if report and offset < self._reports[report - 1][1] else None

    def _section(self, offset: int) -> Voice:
        """Under whose name the part of the text stands, else the issuer."""
        at = bisect_right(self._section_starts, offset)
        return self._sections[at - 1][2] if at and offset < self._sections[at - 1][1] else self._default

    def _read_reports(self, sentences: Sentences) -> list[tuple[int, int, Voice]]:
        """Reports run to the end of their paragraph, to the next report, or to what both sides say together."""
        found: list[tuple[int, int, Voice]] = []
        for paragraph in paragraphs(self._references.text):
            current = self._labelled(paragraph.start)
            for index in range(sentences.at(paragraph.start), sentences.at(max(paragraph.end - 1, 0)) + 1):
                start, end = sentences.span(index)
                sayer = first_subject(self._references, start, end)
                said = self._says(sayer) if sayer else None
                if said is None and sayer is not None and self._ends(sayer, start):
                    current = None
                aside = None if said else self._aside(start, end)
                voice = aside or said or current
                if voice is not None:
                    found.append((start, end, voice))
                voice = current if aside else voice
                current = None if voice is None or voice.source == "statement" else voice
        return found

    def _labelled(self, start: int) -> Voice | None:
        """The party whose name in capitals or before a colon opens a paragraph: "JAPAN (Ministry). Recalled …"."""
        first = next(iter(self._references.between(start, start + 60)), None)
        if first is None or first.start - start > 4 or first.sort != "party" or first.attributive:
            return None
        name = self._references.text[first.core : first.end]
        mark = _MARKS.match(self._references.text, first.end)
        labels = mark is not None and (mark[1] == ":" or (name.isupper() and (len(name) > 3 or "(" in mark.group())))
        return Voice(first.actors, None, "report") if labels else None

    def _aside(self, start: int, end: int) -> Voice | None:
        """Who says a sentence that names its speaker within or last: "Ruritania will pay, the minister said."."""
        text = self._references.text
        for reference in reversed(self._references.between(start + 1, end)):
            says = reference.sort in _PEOPLE and not (reference.owned or reference.attributive)
            if says and _ASIDE.match(text, reference.end) and _COMMA.search(text, start, reference.start):
                return self.he(reference.start) if reference.sort == "he" else self._voice(reference, "report")
        return None

    def _ends(self, sayer: Reference, start: int) -> bool:
        """Whether both sides act in a sentence, so that it is nobody's report; what they should do still may be."""
        if _SUBORDINATE.match(self._references.text, start):
            return False
        if sayer.sort in ("i", "we") and self._cabled:
            return True
        if sayer.sort == "plural":
            return not _SHOULD.match(self._references.text, sayer.end)
        return len(listed(self._references, sayer)) > 1

    def _says(self, sayer: Reference) -> Voice | None:
        """The voice of somebody who is said to say something; a mere state's lasts for its own sentence only."""
        text = self._references.text
        if sayer.sort == "plural" or len(listed(self._references, sayer)) > 1 or not _SAYS.match(text, sayer.end):
            return None
        if sayer.sort == "he":
            return self.he(sayer.start)
        if sayer.sort in ("person", "office"):
            return self._voice(sayer, "report")
        if sayer.sort == "party":
            stays = _STAYS.search(text, sayer.start, sayer.end)
            return Voice(sayer.actors, None, "report" if stays else "statement")
        return None

    def _read_quotes(self) -> list[tuple[int, int, Voice | None]]:
        """Quotations with who said them; one that goes on after another is by the same voice."""
        found: list[tuple[int, int, Voice | None]] = []
        text = self._references.text
        for start, end in quotations(text):
            voice = self._said_after(end) or self._said_before(start)
            if voice is None and found:
                _, last, before = found[-1]
                opens = text[max(0, start - 12) : start - 1].rstrip(" \t").endswith("\n")
                if "\n\n" not in text[last:start] or (opens and start - last < 300):
                    voice = before
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
        if start - begin > 500 or not _BEFORE.search(text, begin, start - 1):
            return None
        sayer = subject(self._references, begin, start)
        voice = self._first((sayer,)) if sayer is not None else None
        return voice or self._first(tuple(r for r in self._references.between(begin, start) if not r.owned))

    def _first(self, references: tuple[Reference, ...]) -> Voice | None:
        """The first of some phrases who can speak."""
        for reference in references:
            if reference.sort == "he":
                return self.he(reference.start)
            organisation = reference.sort in ("party", "organisation")
            if organisation and headed(self._references.text, reference):
                continue
            speaks = organisation or reference.sort in ("person", "office")
            if speaks and not reference.attributive and not (reference.owned and reference.sort == "party"):
                return self._voice(reference, "quotation")
        return None
