"""Parts of a text that stand under the name of one party: letters, notes, lists of pledges."""

import re

from loaders.reading.parties import Genre, Parties
from loaders.reading.references import References
from loaders.reading.voices import Voice
from ontology.records import Actor
from ontology.terms import ActorType

_MARKS = r"[\s\W\d]*(?:\(?[a-zA-Z]\)\s*|[IVX]+\.?\s+)?"
_OF = re.compile(
    rf"{_MARKS}(?:(?:Note|Letter|Reply|Statement|Declaration|Pledges?|Commitments?|Contributions?|Obligations"
    r"|Responsibilities|Undertakings?|Actions|Measures|Announcements?)\s+(?:made\s+|announced\s+|to\s+be\s+taken\s+)?(?:of|by|from)\s+)?"
    r"(?:the\s+)?(?:(?:Government|Embassy|Delegation|Republic|Kingdom|Federation|Ministry)\s+(?:\w+\s+)*?of\s+(?:the\s+)?)*",
    re.I,
)
_DATE = re.compile(
    r",?\s*(?:the\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]+|[A-Z][a-z]+\s+\d{1,2})(?:,?\s+\d{4})?\s*\.?$"
)
_OFFICE = r"(?:Ambassador|Minister|Secretary|Charg[ée]|Embassy|Commissioner|President|Ministry|Legation|Governor)"
_SENT = re.compile(
    rf"[\s\W\d]*(?:[IVX]+\.?\s+)?(?:From\s+)?(?:The\s+)?[^.:]*?\b{_OFFICE}\b[^.:]*\bto\s+(?:the\s+)?[^.:]*\b{_OFFICE}\b"
)
_LETTERS = re.compile(r"\bexchange\s+of\s+(?:letters|notes)\b", re.I)
_WE = re.compile(r"\b[Ww]e\b")
_LONGEST = 90


def sections(references: References, found: Parties) -> list[tuple[int, int, Voice]]:
    """Where the parts begin and end and who speaks in them; none where fewer than two parties have one."""
    letters = _LETTERS.search(references.text, 0, 300) is not None
    heads = _heads(references, letters)
    ends = [*(start for start, _, _ in heads[1:]), len(references.text)][: len(heads)]
    members = {actor.name for actor in found.members}
    own = [
        (body, end, Voice((actor,), None, "section"))
        for (_, body, actor), end in zip(heads, ends, strict=True)
        if letters or actor.name in members or (len(heads) > 2 and _lists(references.text[body:end], found))
    ]
    return own if len({voice.actors for _, _, voice in own}) > 1 else []


def _lists(part: str, found: Parties) -> bool:
    """Whether a part can list what a party promises that is none of those who issue the text."""
    return found.genre not in (Genre.BODY, Genre.JOINT) and _WE.search(part) is None


def _heads(references: References, letters: bool) -> list[tuple[int, int, Actor]]:
    """Lines that are nothing but the name of a party, or in letters a capital with a date: start, end, party."""
    found: list[tuple[int, int, Actor]] = []
    at = 0
    for line in references.text.splitlines(keepends=True):
        bare = line.strip()
        if 3 < len(bare) < (2 * _LONGEST if letters else _LONGEST):
            actor = _alone(references, at, at + len(line.rstrip()), letters)
            dates = found and at - found[-1][1] < 30 and _DATE.search(bare)
            if actor is not None and not dates:
                found.append((at, at + len(line), actor))
        at += len(line)
    return found


def _alone(references: References, start: int, end: int, letters: bool) -> Actor | None:
    """The party of a line that holds nothing but its name."""
    mentions = references.within(start, end)
    if letters and mentions and _SENT.match(references.text[start:end]):
        return mentions[0].actor
    if len(mentions) != 1 or mentions[0].actor.type == ActorType.GROUP:
        return None
    mention = mentions[0]
    before, after = references.text[start : mention.start], references.text[mention.end : end]
    if mention.form == "name" and _OF.fullmatch(before) and not re.search(r"\w", after):
        return mention.actor
    dated = letters and mention.form == "capital" and not re.search(r"\w", before) and _DATE.fullmatch(after)
    return mention.actor if dated else None
