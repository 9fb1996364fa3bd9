"""Dates and stretches of time in a question: "since May 2023", "between 2020 and 2024", "in the last two years"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from graph.periods import Period, moved_month, period
from graph.question import QuestionError
from graph.words import Word

_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


class When(StrEnum):
    """How a stretch of time bounds what is asked. `BY` may speak of a deadline."""

    SINCE = "since"
    AFTER = "after"
    BEFORE = "before"
    UNTIL = "until"
    BY = "by"
    IN = "in"


_RELATIONS: Final[dict[tuple[str, ...], When]] = {
    tuple(phrase.split()): when
    for when, phrases in {
        When.SINCE: "since|from|starting in|starting|beginning in|as from"
        "|from the start of|since the start of|since the beginning of",
        When.AFTER: "after|later than|following|since the end of",
        When.BEFORE: "before|prior to|earlier than|ahead of",
        When.UNTIL: "until|till|up to|through|to|until the end of|before the end of|up to the end of",
        When.BY: "by|by the end of|no later than|not later than",
        When.IN: "in|during|on|within|for|throughout|over|of|dated|from",
    }.items()
    for phrase in phrases.split("|")
}
_AFTERWARDS: Final[dict[tuple[str, ...], When]] = {
    ("onward",): When.SINCE,
    ("on",): When.SINCE,
    ("or", "later"): When.SINCE,
    ("and", "later"): When.SINCE,
    ("or", "earlier"): When.UNTIL,
    ("and", "earlier"): When.UNTIL,
}


@dataclass(frozen=True, slots=True)
class Dated:
    """A bound on time: from `since` to `until`, inclusive, either of which may be open; `size` words say it."""

    when: When
    since: str | None
    until: str | None
    size: int


def following(edtf: str) -> str:
    """The date after this one, of the same precision. Raises `QuestionError` for what is no date."""
    return _shifted(edtf, 1)


def preceding(edtf: str) -> str:
    """The date before this one, of the same precision. Raises `QuestionError` for what is no date."""
    return _shifted(edtf, -1)


def _shifted(edtf: str, step: int) -> str:
    match = _DATE.fullmatch(edtf)
    try:
        if not match:
            raise ValueError
        year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
        moved = date(year, month, day)
        if match[3]:
            return (moved + timedelta(days=step)).isoformat()
        if match[2]:
            return moved_month(date(year, month, 1), step)
        return f"{year + step:04}"
    except (ValueError, OverflowError) as error:
        raise QuestionError(f"{edtf!r} is no date that can be asked for; write 2023, 2023-05 or 2023-05-06") from error


def dated(words: Sequence[Word], at: int, today: date) -> Dated | None:
    """The bound on time that begins at word `at`, with the words before it that say how it bounds."""
    if words[at].folded == "between":
        return _between(words, at, today)
    for size in (5, 4, 3, 2, 1):
        relation = tuple(word.folded for word in words[at : at + size])
        if relation in _RELATIONS:
            start = _past_article(words, at + size)
            found = period(words, start, today)
            if found:
                return _ranged(words, at, start, found, _RELATIONS[relation], today)
    found = period(words, at, today)
    return _ranged(words, at, at, found, When.IN, today) if found else None


def _past_article(words: Sequence[Word], at: int) -> int:
    while at < len(words) and words[at].folded in ("the", "year"):
        at += 1
    return at


def _between(words: Sequence[Word], at: int, today: date) -> Dated | None:
    first = period(words, at + 1, today)
    middle = at + 1 + first.size if first else len(words)
    if first and middle < len(words) and words[middle].folded in ("and", "to", "until"):
        last = period(words, middle + 1, today)
        if last:
            return Dated(When.IN, first.first, last.last, middle + 1 + last.size - at)
    return None


def _ranged(words: Sequence[Word], at: int, start: int, found: Period, when: When, today: date) -> Dated:
    end = start + found.size
    following_word = words[end].folded if end < len(words) else ""
    if when in (When.SINCE, When.IN) and following_word in ("to", "until", "till", "through"):
        last = period(words, end + 1, today)
        if last:
            return Dated(When.IN, found.first, last.last, end + 1 + last.size - at)
    for phrase, later in _AFTERWARDS.items():
        after = end + len(phrase)
        # "in 2023 on trade" is about trade, "2023 on" goes on.
        ends = phrase != ("on",) or after >= len(words) or words[after].pause
        if when is When.IN and ends and tuple(word.folded for word in words[end:after]) == phrase:
            return _bound(later, found, after - at)
    return _bound(when, found, end - at)


def _bound(when: When, found: Period, size: int) -> Dated:
    match when:
        case When.SINCE:
            return Dated(when, found.first, None, size)
        case When.AFTER:
            return Dated(when, following(found.last), None, size)
        case When.BEFORE:
            return Dated(when, None, preceding(found.first), size)
        case When.UNTIL | When.BY:
            return Dated(when, None, found.last, size)
        case When.IN:
            return Dated(when, found.first, found.last, size)
