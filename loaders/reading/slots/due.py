"""A deadline's words as an EDTF date, never more exact than they are.

What leans on the day of speaking ("next year", "within three months", "in July") is resolved only against the date of
the statement.
"""

import calendar
import re
from datetime import timedelta
from typing import Final

from loaders.reading.slots.dates import dated
from loaders.reading.slots.numbers import number
from ontology.edtf import Edtf, EdtfError, Period, parse

_SPAN: Final = re.compile(r"\b(?P<count>an?|[\w-]+)\s+(?P<unit>day|week|month|year)s?\b")
_UNTIL: Final = re.compile(
    r"(?:by|no\s+later\s+than|not\s+later\s+than|until|till|through|up\s+to|before\s+the\s+(?:end|close))\b"
)
_BEFORE: Final = re.compile(r"(?:before|prior\s+to|ahead\s+of|well\s+before)\b(?!\s+the\s+(?:end|close))")
_SINCE: Final = re.compile(r"(?:from|as\s+of|as\s+from|with\s+effect\s+from|after|beginning|starting|effective)\b")
_OUT: Final = re.compile(r"before (?:the|this) (year|month|decade) (?:is out|ends)")
_WITHIN: Final = re.compile(r"(?:within|in\s+less\s+than|no(?:t)?\s+later\s+than)\b")
_THROUGH: Final = re.compile(r"(?:over|during|for|in\s+the\s+(?:next|coming|first)|throughout)\b")


def due(deadline: str, statement_date: str | None = None) -> str | None:
    """The deadline as EDTF, or None when its words give no date."""
    words = _OUT.sub(r"by the end of the \1", re.sub(r"\s+", " ", deadline.strip().lower()))
    try:
        said = parse(statement_date).start if statement_date else None
        found = _span(words, said) or _bounded(words, dated(words, said))
    except (EdtfError, OverflowError):
        return None
    return str(found) if found else None


def _bounded(words: str, period: Edtf | None) -> Edtf | None:
    """The period with the direction that its preposition gives it."""
    if period is None:
        return None
    if _BEFORE.match(words) and period.earliest:
        return Edtf(None, _day_before(period))
    if _UNTIL.match(words):
        return Edtf(None, period.end)
    if _SINCE.match(words) and period.start == period.end:
        return Edtf(period.start, None)
    return period


def _day_before(period: Edtf) -> Period | None:
    start = period.start
    if start is None or start.part is None:
        return Period(start.year - 1) if start else None
    day = start.earliest - timedelta(days=1)
    return Period(day.year, day.month, day.day if start.day else None)


def _span(words: str, said: Period | None) -> Edtf | None:
    """ "within three months", "over the next two years": counted from the day of the statement."""
    found = _SPAN.search(words)
    if found is None or said is None or not (_WITHIN.match(words) or _THROUGH.match(words)):
        return None
    count = number(found["count"])
    if count is None or count != int(count):
        return None
    end = _later(said, int(count), found["unit"])
    if end is None:
        return None
    return Edtf(None, end) if _WITHIN.match(words) else Edtf(said, end)


def _later(said: Period, count: int, unit: str) -> Period | None:
    if unit == "year":
        last = calendar.monthrange(said.year + count, said.part or 1)[1]
        return Period(said.year + count, said.part, min(said.day, last) if said.day else None)
    if said.part is None or said.part > 12:
        return None
    if unit == "month":
        years, month = divmod(said.part - 1 + count, 12)
        year = said.year + years
        return Period(year, month + 1, min(said.day, calendar.monthrange(year, month + 1)[1]) if said.day else None)
    if not said.day:
        return None
    day = said.earliest + timedelta(days=count * (7 if unit == "week" else 1))
    return Edtf.of(day).start
