"""Stretches of time in words: "2023", "May 2023", "6 May 2023", "last Monday", "the last two years"."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from graph.words import Word

_NAMES: Final = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTHS: Final = {name[:size]: n for n, name in enumerate(_NAMES, start=1) for size in (3, len(name))} | {"sept": 9}
_WEEKDAYS: Final = {
    name: n for n, name in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
}
_NUMBERS: Final = {
    name: n
    for n, name in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], start=1)
} | {"a": 1}
_ORDINALS: Final = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_BEFORE: Final = frozenset({"last", "past", "previous", "preceding", "recent"})


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time by its first and last EDTF date, both inclusive; `size` words say it."""

    first: str
    last: str
    size: int


def moved_month(day: date, step: int) -> str:
    """The month that lies `step` months after the day's, in EDTF."""
    months = day.year * 12 + day.month - 1 + step
    return f"{months // 12:04}-{months % 12 + 1:02}"


def period(words: Sequence[Word], at: int, today: date) -> Period | None:
    """The stretch of time that begins at word `at`, the longest reading first."""
    if at >= len(words) or (at and words[at].folded in _MONTHS and _day(words[at - 1])):
        return None
    try:
        return max(_readings(words[at : at + 5], today), key=lambda found: found.size, default=None)
    except (ValueError, OverflowError):
        return None


def misdated(words: Sequence[Word], at: int) -> int:
    """How many words from `at` on look like a date that the calendar does not have, such as "31 February 2023"."""
    last = at
    while last < min(len(words), at + 3) and (words[last].folded in _MONTHS or re.match(r"\d", words[last].text)):
        last += 1
    written = any(word.folded in _MONTHS for word in words[at:last]) or any(word.glued for word in words[at + 1 : last])
    return last - at if last - at > 1 and written and period(words, at, date.max) is None else 0


def _readings(words: Sequence[Word], today: date) -> Iterator[Period]:
    yield from _numeric(words)
    yield from _part_of_year(words)
    yield from _by_month(words, today)
    yield from _relative(words, today)


def _year(word: Word) -> int | None:
    return int(word.text) if re.fullmatch(r"[12]\d{3}", word.text) else None


def _numeric(words: Sequence[Word]) -> Iterator[Period]:
    decade = re.fullmatch(r"([12]\d\d)0s", words[0].text)
    if decade:
        yield Period(f"{decade[1]}0", f"{decade[1]}9", 1)
    year = _year(words[0])
    if year is None:
        return
    yield Period(words[0].text, words[0].text, 1)
    if len(words) > 1 and words[1].glued:
        last = _year(words[1])
        if last:
            yield Period(words[0].text, words[1].text, 2)
        elif re.fullmatch(r"\d\d", words[1].text):
            month = date(year, int(words[1].text), 1).isoformat()[:7]
            yield Period(month, month, 2)
            if len(words) > 2 and words[2].glued and re.fullmatch(r"\d\d", words[2].text):
                day = date(year, int(words[1].text), int(words[2].text)).isoformat()
                yield Period(day, day, 3)


def _part_of_year(words: Sequence[Word]) -> Iterator[Period]:
    """ "the first half of 2023", "the second quarter of 2023", "Q2 2023"."""
    quarter = re.fullmatch(r"q([1-4])", words[0].folded)
    if quarter and len(words) > 1 and _year(words[1]):
        yield _months(words[1].text, int(quarter[1]), 3, 2)
    if len(words) < 4 or words[0].folded not in _ORDINALS or words[2].folded not in ("of", "in") or not _year(words[3]):
        return
    number, length = _ORDINALS[words[0].folded], {"half": 6, "quarter": 3}.get(words[1].folded, 12)
    if number * length <= 12 and length < 12:
        yield _months(words[3].text, number, length, 4)


def _months(year: str, number: int, length: int, size: int) -> Period:
    """The stretch of `length` months that is the year's `number`th."""
    last = number * length
    return Period(f"{year}-{last - length + 1:02}", f"{year}-{last:02}", size)


def _day(word: Word) -> int | None:
    match = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", word.text.lower())
    return int(match[1]) if match else None


def _by_month(words: Sequence[Word], today: date) -> Iterator[Period]:
    """ "May 2023", "6 May 2023", "6th of May", "May 6, 2023", "May"; without a year the latest that is past."""
    day, at = _day(words[0]), 0
    if day is not None:
        at = 2 if len(words) > 2 and words[1].folded == "of" else 1
    if at >= len(words) or words[at].folded not in _MONTHS:
        return
    verb = words[at].text == "may"
    month, at = _MONTHS[words[at].folded], at + 1
    if day is None and at < len(words) and (day := _day(words[at])) is not None:
        at += 1
    year = _year(words[at]) if at < len(words) else None
    if year is None:
        if verb and day is None:
            return
        year = today.year if date(today.year, month, day or 1) <= today else today.year - 1
    else:
        at += 1
    found = date(year, month, day or 1).isoformat()
    yield Period(found, found, at) if day else Period(found[:7], found[:7], at)


def _relative(words: Sequence[Word], today: date) -> Iterator[Period]:
    first = words[0].folded
    if first in ("today", "yesterday"):
        day = (today - timedelta(days=first == "yesterday")).isoformat()
        yield Period(day, day, 1)
    # "In recent years" does not say how many.
    one = len(words) > 1 and not words[1].text.endswith("s")
    if one and (first in _BEFORE or first in ("this", "current", "next")):
        found = _unit(words[1].folded, 1 if first == "next" else -1 if first in _BEFORE else 0, today)
        if found:
            yield Period(*found, 2)
    if len(words) > 2:
        number = _NUMBERS.get(words[1].folded) or _day(words[1])
        if first in _BEFORE and number:
            start = _ago(number, words[2].folded, today)
            if start:
                yield Period(start.isoformat(), today.isoformat(), 3)
        number = _NUMBERS.get(first) or _day(words[0])
        if number and words[2].folded == "ago":
            start = _ago(number, words[1].folded, today)
            if start:
                text = start.isoformat()[: {"year": 4, "month": 7}.get(words[1].folded, 10)]
                yield Period(text, text, 3)


def _unit(unit: str, step: int, today: date) -> tuple[str, str] | None:
    """This, the last or the next year, month, week or weekday."""
    match unit:
        case "year":
            return (f"{today.year + step:04}",) * 2
        case "month":
            return (moved_month(today, step),) * 2
        case "week":
            monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
            return monday.isoformat(), (monday + timedelta(days=6)).isoformat()
    if unit in _WEEKDAYS and step < 0:
        back = (today.weekday() - _WEEKDAYS[unit]) % 7 or 7
        return ((today - timedelta(days=back)).isoformat(),) * 2
    return None


def _ago(number: int, unit: str, today: date) -> date | None:
    match unit:
        case "day":
            return today - timedelta(days=number)
        case "week":
            return today - timedelta(weeks=number)
        case "month" | "year":
            year, month = map(int, moved_month(today, -number * (12 if unit == "year" else 1)).split("-"))
            return date(year, month, min(today.day, monthrange(year, month)[1]))
    return None
