"""The occasion of a statement: the dialogue, summit or session that its title or its opening names."""

import calendar
import re
from typing import Final

from loaders.reading.slots.phrases import pattern, phrases
from ontology.identifiers import event_iri
from ontology.records import Event, Statement

_OPENING: Final = 1_200
_WORDS: Final = phrases("events.yaml")
_NAME: Final = r"(?:[A-Z]\.)+(?:-[A-Z]\w*)?|[A-ZÀ-Ý][\w’'&+/–-]*(?:\.[A-Z]\.)?|\d\+\d"
_JOIN: Final = r"of|the|and|for|on|to|between|in|at|with"
_MONTH: Final = "|".join(filter(None, calendar.month_name))
_TAIL: Final = (
    rf"(?:\s+(?:of|on|between|for)\s+(?:the\s+)?(?!(?:{_MONTH}|Begin)\b)(?:{_NAME})"
    rf"(?:,?\s+(?:(?:{_JOIN})\s+)*(?!(?:{_MONTH})\b)(?:{_NAME}))*)?"
)
_NUMBERED: Final = re.compile(
    rf"\b(?P<name>(?i:{_WORDS['ordinal']})(?:\s+(?:(?:annual|joint|regular|special)|{_JOIN}|{_NAME})){{0,9}}?"
    rf"\s+(?i:{_WORDS['gathering']})\b{_TAIL})"
)
_NAMED: Final = re.compile(
    rf"\b(?P<name>(?!(?:The|This|At|In|Joint|Final|Chair|Leaders|Press|Global|Strategic)\b)(?:{_NAME})(?:\s+(?:{_NAME})){{0,5}}\s+(?:Summit|Dialogue|Forum|Conference)(?:\s+(?:19|20)\d\d)?|COP\s?\d{{1,2}})(?!\s+(?:Declaration|Communiqué|of\s+the\s+Parties))\b"
)
_AT: Final = pattern(rf"\b{_WORDS['at']} (?:(?:the|a|an|their|its|his|her) )?\Z")
_NEXT: Final = pattern(
    r"\b(?:next|last|previous|since (?:the|their|its)|until the|before the|following the|upcoming|forthcoming)\s+\Z"
)
_GENERIC: Final = pattern(
    rf"{_WORDS['ordinal']}|{_WORDS['gathering']}|\b(?:annual|joint|regular|special|press|global)\b"
)
_LONGEST: Final = 110
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")


def event(statement: Statement) -> Event | None:
    """The occasion that the title, or else the opening, names as its own; None when neither does."""
    text = statement.text or ""
    title = statement.title or _first_line(text)
    name = _find(title, anywhere=True) or _find(text[:_OPENING], anywhere=False)
    if name is None:
        return None
    named = _YEAR.search(name)
    year = named.group() if named else (statement.date or "")[:4] or None
    return Event(iri=event_iri(name, None if named else year), name=name)


def _first_line(text: str) -> str:
    line = text.lstrip().split("\n", 1)[0].strip(" #*_")
    return line if len(line) < 200 and not line.endswith(".") else ""


def _find(text: str, *, anywhere: bool) -> str | None:
    for sort in (_NUMBERED, _NAMED):
        for found in sort.finditer(text):
            before = text[max(0, found.start() - 60) : found.start()]
            if _NEXT.search(before) is None and (anywhere or _AT.search(before)) and _telling(found["name"]):
                return _titled(found["name"])
    return None


def _telling(name: str) -> bool:
    """Whether the name is more than a number and a kind of meeting, which every body has."""
    return len(name) <= _LONGEST and re.search(r"[A-Z]", _GENERIC.sub("", name)) is not None


def _titled(name: str) -> str:
    """The name in capitals as a title has them, so that "fourth strategic dialogue" and its title are one."""
    words = re.sub(r"\s+", " ", name).strip(" ,").split(" ")
    return " ".join(
        word if word in _JOIN.split("|") and at else word[:1].upper() + word[1:] for at, word in enumerate(words)
    )
