"""Calendar words as EDTF periods: days, months, parts of years, years, and what is counted from a day."""

import calendar
import re
from datetime import timedelta
from typing import Final

from ontology.edtf import Edtf, Period

_MONTHS: Final = {name.lower(): index for index, name in enumerate(calendar.month_name) if name}
_MONTH: Final = r"(?P<month>" + "|".join(_MONTHS) + r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
_DAYS: Final = {name.lower(): index for index, name in enumerate(calendar.day_name)}
_SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_PARTS: Final = {"first half": 40, "second half": 41} | {
    f"{name} quarter": 33 + index for index, name in enumerate(("first", "second", "third", "fourth"))
}
_YEAR: Final = re.compile(r"\b((?:19|20|21)\d\d)(s?)(?:\s*(?:-|–|/|to|and|or)\s*((?:19|20|21)?\d\d))?\b")
_DAY_MONTH: Final = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*(?:-|–|to|and)\s*(?P<last>\d{{1,2}})(?:st|nd|rd|th)?)?\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<year>\d{{4}}))?"
)
_MONTH_DAY: Final = re.compile(
    rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:\s*(?:-|–|to|and)\s*(?P<last>\d{{1,2}})\b)?(?:,?\s+(?P<year>\d{{4}}))?"
)
_MONTH_ONLY: Final = re.compile(rf"\b{_MONTH}\b(?:,?\s+(?:of\s+)?(?P<year>\d{{4}}))?")
_NEAR: Final = re.compile(
    r"\b(?P<which>next|this|the\s+end\s+of\s+the|current)\s+(?P<unit>week|month|year|spring|summer|autumn|fall|winter)\b"
)


def dated(words: str, said: Period | None) -> Edtf | None:
    """The time that lower-case words name, seen from the day, month or year in which they were `said`, if known."""
    for read in (_day, _part, _years, _months, _near, _weekday):
        found = read(words, said)
        if found is not None:
            return found
    return None


def _one(year: int, part: int | None = None, day: int | None = None) -> Edtf:
    period = Period(year, part, day)
    return Edtf(period, period)


def _day(words: str, said: Period | None) -> Edtf | None:
    found = _DAY_MONTH.search(words) or _MONTH_DAY.search(words)
    if found is None:
        return None
    month, day = _month_number(found["month"]), int(found["day"])
    year = int(found["year"]) if found["year"] else _coming(words, said, month, day)
    if year is None:
        return None
    return Edtf(Period(year, month, day), Period(year, month, int(found["last"] or day)))


def _months(words: str, said: Period | None) -> Edtf | None:
    found = list(_MONTH_ONLY.finditer(words))
    if not found:
        return None
    first, last = _month_number(found[0]["month"]), _month_number(found[-1]["month"])
    named = found[-1]["year"]
    end = int(named) if named else _coming(words, said, last)
    if end is None:
        return None
    begin = int(found[0]["year"]) if found[0]["year"] else end - (first > last)
    return Edtf(Period(begin, first), Period(end, last))


def _month_number(name: str) -> int:
    return next(index for month, index in _MONTHS.items() if month.startswith(name[:3]))


def _coming(words: str, said: Period | None, month: int, day: int | None = None) -> int | None:
    """The year in which a month, or a day of it, next comes round, unless the words name it."""
    if said and (named := re.search(r"\b(next|this)\s+year\b", words)):
        return said.year + (named[1] == "next")
    if said is None or said.part is None or said.part > 12:
        return None
    passed = (month, day or 99) < (said.part, said.day or 0)
    return said.year + passed


def _part(words: str, said: Period | None) -> Edtf | None:
    year = _year_of(words, said)
    for name, part in _PARTS.items():
        if name in words and year:
            return _one(year, part)
    for name, part in _SEASONS.items():
        if re.search(rf"\b{name}\b", words) and year:
            return _one(year, part)
    return None


def _year_of(words: str, said: Period | None) -> int | None:
    found = _YEAR.search(words)
    if found:
        return None if found[2] else int(found[1])
    if said and "next" in words:
        return said.year + 1
    return said.year if said and re.search(r"\b(?:this|the\s+year|later|coming)\b", words) else None


def _years(words: str, said: Period | None) -> Edtf | None:
    found = _YEAR.search(words)
    if found is None or _MONTH_ONLY.search(words):
        return None
    year, decade, until = int(found[1]), found[2], found[3]
    if decade:
        return Edtf(Period(year), Period(year + 9))
    if until:
        end = int(until) if len(until) == 4 else year // 100 * 100 + int(until)
        return Edtf(Period(year), Period(end)) if end > year else _one(year)
    return _one(year)


def _near(words: str, said: Period | None) -> Edtf | None:
    if said is None:
        return None
    today = said.earliest if said.day else None
    if today and re.search(r"\b(?:tomorrow|tonight|today)\b", words):
        return Edtf.of(today + timedelta(days="tomorrow" in words))
    found = _NEAR.search(words)
    if found is None:
        return None
    step = int(found["which"] == "next")
    if found["unit"] == "year":
        return _one(said.year + step)
    if found["unit"] == "month" and said.part and said.part <= 12:
        return _one(said.year + (said.part + step > 12), (said.part + step - 1) % 12 + 1)
    if found["unit"] == "week" and today:
        monday = today - timedelta(days=today.weekday() - 7 * step)
        return Edtf(Edtf.of(monday).start, Edtf.of(monday + timedelta(days=6)).start)
    return None


def _weekday(words: str, said: Period | None) -> Edtf | None:
    if said is None or not said.day:
        return None
    for name, index in _DAYS.items():
        if re.search(rf"\b{name}\b", words):
            return Edtf.of(said.earliest + timedelta(days=(index - said.earliest.weekday()) % 7))
    return None
