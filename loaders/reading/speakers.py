"""Who speaks where: the turns of a transcript, quotations and who said them, and otherwise the issuer."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from loaders.reading.people import implied, known
from loaders.reading.references import Reference, References
from loaders.reading.registry import Registry
from loaders.reading.turns import turns
from ontology.records import Actor

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


def quotations(text: str) -> list[tuple[int, int]]:
    """Where quotations of more than a few words stand; one that is not closed ends with its paragraph."""
    found: list[tuple[int, int]] = []
    for paragraph in re.finditer(r"(?:[^\n]|\n(?!\s*\n))+", text):
        opened: int | None = None
        for mark in re.finditer(r"[“”\"]", paragraph.group()):
            at = paragraph.start() + mark.start()
            opens = mark.group() == _OPEN or (mark.group() == '"' and opened is None)
            if opens:
                opened = at + 1
            elif opened is not None:
                found.append((opened, at))
                opened = None
        if opened is not None:
            found.append((opened, paragraph.end()))
    return [(start, end) for start, end in found if text.count(" ", start, end) >= 3]


class Speakers:
    """Prepared once per statement; `at` answers for an offset."""

    def __init__(
        self, references: References, issuers: tuple[Actor, ...], transcript: bool, registry: Registry
    ) -> None:
        self._references, self._issuers, self._registry = references, issuers, registry
        self._default = Voice(issuers, None, "issuer")
        self._turns = self._read_turns() if transcript else []
        self._turn_starts = [start for start, _ in self._turns]
        self._quotes = self._read_quotes()
        self._quote_starts = [start for start, _, _ in self._quotes]

    def at(self, offset: int) -> Voice:
        """Whose words stand at an offset."""
        turn = bisect_right(self._turn_starts, offset)
        base = self._turns[turn - 1][1] if turn else self._default
        quote = bisect_right(self._quote_starts, offset)
        if quote and offset < self._quotes[quote - 1][1]:
            voice = self._quotes[quote - 1][2]
            return voice if voice else base
        return base

    def quoted(self, offset: int) -> bool:
        """Whether an offset lies within a quotation whose speaker is known."""
        quote = bisect_right(self._quote_starts, offset)
        return bool(quote and offset < self._quotes[quote - 1][1] and self._quotes[quote - 1][2])

    def _read_turns(self) -> list[tuple[int, Voice]]:
        return [(end, self._label(label)) for end, label in turns(self._references.text)]

    def _label(self, label: str) -> Voice:
        if _ASKS.search(label):
            return Voice(self._issuers, None, "question")
        name = label.title() if label.isupper() else label
        last = re.sub(r"\(.*?\)", "", name).split()[-1] if re.sub(r"\(.*?\)", "", name).split() else name
        person = self._references.people.get(last) or self._references.people.get(last.upper())
        actor = person.actor if person and person.actor else known(name, self._registry)
        if actor is None:
            mention = next((m.actor for m in self._registry.mentions(name)), None)
            actor = mention or implied(" ".join(name.split()[:-1]), self._registry)
        if actor is None:
            actor = self._office(name)
        return Voice((actor,) if actor else self._issuers, label, "turn")

    def _office(self, name: str) -> Actor | None:
        """The party of the person introduced with the office of a label: "PRIME MINISTER:"."""
        folded = name.casefold()
        return next(
            (
                p.actor
                for p in self._references.named
                if p.actor and p.office.casefold() in folded and len(p.office) > 3
            ),
            None,
        )

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
                and start - found[-1][1] < 60
                and text[start - 2 : start - 1] == "\n"
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
        begin = max(text.rfind("\n\n", 0, start), *(text.rfind(mark, 0, start) for mark in (". ", "” ", '" ')), 0)
        before = text[begin : start - 1]
        if not re.search(rf"\b{SAY}\b|:\s*$|\bto\s+$|\bthat\s+$|,\s*$|\w\s+$", before) or len(before) > 500:
            return None
        references = [r for r in self._references.between(begin, start) if not r.owned]
        return self._first(tuple(references))

    def _first(self, references: tuple[Reference, ...]) -> Voice | None:
        for reference in references:
            if (
                reference.sort in ("person", "office", "party", "organisation")
                and not reference.attributive
                and not (reference.owned and reference.sort == "party")
            ):
                return Voice(reference.actors or self._issuers, reference.name, "quotation")
            if reference.sort == "he":
                return self.he(reference.start)
        return None

    def he(self, offset: int) -> Voice | None:
        """The person to whom "he" or "she" at an offset refers: the last one who is not possessive."""
        before = self._references.between(max(0, offset - 1500), offset)
        for reference in reversed(before):
            if reference.sort == "person" and not reference.owned:
                return Voice(reference.actors or self._issuers, reference.name, "pronoun")
        for reference in reversed(before):
            if reference.sort == "office":
                return Voice(reference.actors or self._issuers, reference.name, "pronoun")
        return None
