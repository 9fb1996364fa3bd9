"""The condition that an act hangs on, word for word."""

import re
from typing import Final

from loaders.reading.slots.phrases import pattern, phrases

_WORDS: Final = phrases("conditions.yaml")
_ANYWHERE: Final = pattern(rf"(?<![\w-]){_WORDS['openers']}\b")
_INVERTED: Final = pattern(rf"\b{_WORDS['inverted']}")
_TEMPORAL: Final = pattern(rf"(?<![\w-]){_WORDS['temporal']}")
_TRAILING: Final = re.compile(_WORDS["trailing"])
_DATE: Final = pattern(_WORDS["date"])
_IDLE: Final = pattern(_WORDS["idle"])
_OPENING: Final = re.compile(r"(?:[,;:(]|\b(?:that|and|but|or|will|would|is|are)|\s[—–-])\s+\Z")
_CLOSE: Final = re.compile(r"[,;:.)](?=\s|\Z)|\s+[—–-]\s+")


def condition(text: str, sentence: int, start: int, end: int) -> tuple[int, int] | None:
    """Where the condition of the act at `start` to `end` stands, if it has one; `sentence` is where that begins."""
    for sort in (_ANYWHERE, _TEMPORAL):
        for found in sort.finditer(text, start, end):
            if _counts(text, found, end):
                return found.start(), end
    if trailing := _TRAILING.search(text, start, end):
        return trailing.start(), end
    return _ahead(text, sentence, start)


def _ahead(text: str, sentence: int, start: int) -> tuple[int, int] | None:
    """A condition that opens the sentence or stands between commas before the action."""
    for sort in (_ANYWHERE, _INVERTED, _TEMPORAL):
        for found in sort.finditer(text, sentence, start):
            opens = _OPENING.search(text, max(sentence, found.start() - 12), found.start()) or not re.search(
                r"\w", text[sentence : found.start()]
            )
            close = _CLOSE.search(text, found.end(), start)
            if opens and close and _counts(text, found, start):
                return found.start(), close.start()
    return None


def _counts(text: str, found: re.Match[str], end: int) -> bool:
    tail = text[found.start() : min(end, found.start() + 100)]
    if _IDLE.match(tail):
        return False
    return found.re is not _TEMPORAL or _DATE.search(tail) is None
