"""Paragraphs and sentences, with their offsets into the text.

A paragraph is the text between two blank lines: bullets and verses on neighbouring lines stay together, and so do
sentences that a news agency broke over lines. The tagger is trained on these paragraphs and reads these paragraphs,
so nothing else may cut a statement.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from loaders.sources.front_matter import block

_BLANK: Final = re.compile(r"\n\s*\n\s*")
_STOP: Final = re.compile(r"""(?:[.!?…]+|(?<=[;:])(?=[ \t]*\n))[)\]"'”’»*_]*(?=\s|\Z|\[\d)|(?<=[。!?])""")
_BULLET: Final = re.compile(r"\n[ \t]*(?:[-–—•·●▪◦*+]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]|#{1,6}|o)[ \t]+(?=\S)")
_ABBREVIATION: Final = re.compile(
    r"(?:^|(?<=[\s(\[\"'“‘—–-]))(?:"
    r"Mr|Mrs|Ms|Dr|Prof|Rev|Hon|H\.E|St|Sen|Rep|Gov|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Amb|Messrs|Mme|Sr|Jr|Ph\.D"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|No|Nos|Art|Arts|Sec|para|paras|vol|pp?|cf|e\.g|i\.e|viz|vs|v|approx|ca|al"
    r"|Inc|Ltd|Co|Corp|Bros|Dept|Fig|Rs|Tk|Ft|Mt|op|cit|ed|eds|a\.m|p\.m|etc|U\.S\.A|U\.S|U\.K|U\.N|E\.U|[A-Z](?:\.[A-Z])*"
    r")\Z"
)
_MAY_END: Final = re.compile(r"(?:Inc|Ltd|Co|Corp|Jr|Sr|a\.m|p\.m|etc|al|[A-Z](?:\.[A-Z])+)\Z")
_OPENING: Final = re.compile(r"[\s\"'“‘(\[«*_]*")
_STARTERS: Final = re.compile(
    r"(?:The|An?|Th(?:is|at|ese|ose)|S?[Hh]e|It|We|They|I|You|His|Her|Its|Our|Their|In|On|At|For|And|But|As|With|By|From"
    r"|Both|All|After|Before|During|While|When|If|To|There|Such|Through|Under|Since|However|Moreover|Furthermore)\b"
)
_LABEL: Final = re.compile(r"\s*\(?(?:\d{1,3}(?:\.\d{1,2})*|[A-Za-z]|[ivxIVX]{1,5})\Z")
_WORD: Final = re.compile(r"[A-Za-z][\w’'-]*")
_LONGEST_HEADLINE: Final = 250
_LONGEST: Final = 5_000


class Passage(NamedTuple):
    """A stretch of text, in code points, `end` exclusive."""

    start: int
    end: int


def paragraphs(text: str) -> Iterator[Passage]:
    """Each block of text between blank lines, without the space around it; front matter is none."""
    at = block(text)
    for gap in _BLANK.finditer(text, at):
        yield from _trimmed(text, at, gap.start())
        at = gap.end()
    yield from _trimmed(text, at, len(text))


def sentences(text: str, passage: Passage) -> Iterator[Passage]:
    """The sentences of a passage: cut after full stops (not those of abbreviations) and before bullets.

    What runs on without any stop is cut between words, so that a quotation stays within bounds.
    """
    at = passage.start
    for cut in (*_cuts(text, passage), passage.end):
        while cut - at > _LONGEST:
            space = max(text.rfind(" ", at, at + _LONGEST), text.rfind("\n", at, at + _LONGEST))
            between = space if space > at else at + _LONGEST
            yield from _trimmed(text, at, between)
            at = between
        yield from _trimmed(text, at, cut)
        at = max(at, cut)


def _cuts(text: str, passage: Passage) -> list[int]:
    stops = (stop.end() for stop in _STOP.finditer(text, passage.start, passage.end) if _ends(text, stop, passage))
    bullets = (bullet.start() for bullet in _BULLET.finditer(text, passage.start, passage.end))
    return sorted({*stops, *bullets})


def _ends(text: str, stop: re.Match[str], passage: Passage) -> bool:
    """Whether a full stop ends its sentence: not after an abbreviation, and not before a small letter."""
    opening = _OPENING.match(text, stop.end(), passage.end)
    follows = text[opening.end() : min(opening.end() + 20, passage.end)] if opening else ""
    if not follows:
        return True
    if follows[0].islower() and not text.startswith("\n", stop.end()):
        return False
    mark = stop.group()
    if not mark.startswith(".") or mark.startswith(".."):
        return True
    before = text[max(passage.start, stop.start() - 12) : stop.start()]
    return not (_abbreviated(before, follows) or _LABEL.fullmatch(before[before.rfind("\n") + 1 :]))


def _abbreviated(before: str, follows: str) -> bool:
    found = _ABBREVIATION.search(before)
    return found is not None and not (_MAY_END.search(found.group()) and _STARTERS.match(follows))


def _trimmed(text: str, start: int, end: int) -> Iterator[Passage]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    if left < len(piece):
        yield Passage(start + left, start + len(piece.rstrip()))


def is_headline(text: str, passage: Passage) -> bool:
    """Whether a short passage writes its words with capitals, as titles do, and ends without a stop."""
    line = text[passage.start : passage.end] if passage.end - passage.start < _LONGEST_HEADLINE else ""
    words = [word for word in _WORD.findall(line) if len(word) > 3]
    capitals = sum(word[0].isupper() for word in words)
    return (
        len(words) > 1
        and capitals > 0.85 * len(words)
        and not line.endswith((".", ";", ":", ","))
        and line[0] not in "-–•*"
    )
