"""Dates that keep their precision: the part of EDTF (ISO 8601-2) that statements need.

`2027`, `2027-05`, `2027-05-06`, seasons and parts of a year, and intervals of these, open at either end: `2020/2024`,
`../2030`, `2026-05/..`. A half of a year is written as the standard has it, `2027-41`, because the literals in the
graph carry the EDTF datatype and other software must be able to read them. `2027-H2` and `2027-Q3` are understood,
and are what `readable` gives to people.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Self

_PERIOD: Final = re.compile(r"(\d{4})(?:-(?:([HQ]\d)|(\d\d)(?:-(\d\d))?))?", re.ASCII)
_SHORT: Final = {"H1": 40, "H2": 41, "Q1": 33, "Q2": 34, "Q3": 35, "Q4": 36}
_LONG: Final = {part: name for name, part in _SHORT.items()}
_SEASONS: Final = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
# First month and number of months. Seasons as the northern hemisphere has them; winter ends in the next year.
_MONTHS: Final = (
    {month: (month, 1) for month in range(1, 13)}
    | {21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3)}
    | {33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3)}
    | {40: (1, 6), 41: (7, 6)}
)


class EdtfError(ValueError):
    """A text that is no date of the supported part of EDTF: which text, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Period:
    """A year, a part of a year or a day. `part` is a month (1 to 12) or an EDTF code of a season, quarter or half."""

    year: int
    part: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9998:
            raise EdtfError(f"{self.year:04} is no year between 0001 and 9998")
        if self.part is not None and self.part not in _MONTHS:
            raise EdtfError(f"{self.year:04}-{self.part:02} has no month, season, quarter or half {self.part:02}")
        if self.day is not None and not 1 <= self.day <= self._days_in_month():
            raise EdtfError(f"{self.year:04}-{self.part or 0:02}-{self.day:02} is no day of the calendar")

    def _days_in_month(self) -> int:
        return calendar.monthrange(self.year, self.part)[1] if self.part and self.part <= 12 else 0

    @property
    def earliest(self) -> date:
        """The first day of the period."""
        return date(self.year, _MONTHS[self.part][0] if self.part else 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day of the period."""
        if self.day:
            return self.earliest
        first, length = _MONTHS[self.part] if self.part else (1, 12)
        years, month = divmod(first - 1 + length, 12)
        return date(self.year + years, month + 1, 1) - timedelta(days=1)

    @property
    def readable(self) -> str:
        """The period as people write it: `2027-H2`, `spring 2027`; else as EDTF has it."""
        if self.part in _SEASONS:
            return f"{_SEASONS[self.part]} {self.year:04}"
        return f"{self.year:04}-{_LONG[self.part]}" if self.part in _LONG else str(self)

    def __str__(self) -> str:
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.part, self.day) if part is not None)])


@dataclass(frozen=True, slots=True)
class Edtf:
    """A period, or an interval from `start` to `end`, both inclusive; `None` is an open end. `str` gives EDTF."""

    start: Period | None
    end: Period | None

    def __post_init__(self) -> None:
        if self.start is None and self.end is None:
            raise EdtfError("../.. says nothing; leave the date out instead")
        if self.start and self.end and self.start.earliest > self.end.latest:
            raise EdtfError(f"{self.start}/{self.end} ends before it begins")

    @classmethod
    def of(cls, day: date) -> Self:
        """One day."""
        period = Period(day.year, day.month, day.day)
        return cls(period, period)

    @property
    def earliest(self) -> date | None:
        """The first day that can be meant; `None` when the beginning is open."""
        return self.start.earliest if self.start else None

    @property
    def latest(self) -> date | None:
        """The last day that can be meant; `None` when the end is open."""
        return self.end.latest if self.end else None

    def overlaps(self, other: Self) -> bool:
        """Whether some day can be meant by both."""
        return not (self.precedes(other) or other.precedes(self))

    def precedes(self, other: Self) -> bool:
        """Whether every day that can be meant comes before every day of the other."""
        return self.latest is not None and other.earliest is not None and self.latest < other.earliest

    @property
    def readable(self) -> str:
        """The date as people write it, for showing."""
        if self.start == self.end and self.start:
            return self.start.readable
        if self.start and self.end:
            return f"{self.start.readable} to {self.end.readable}"
        return f"from {self.start.readable}" if self.start else f"until {self.end.readable if self.end else ''}"

    def __str__(self) -> str:
        if self.start == self.end:
            return str(self.start)
        return f"{self.start or '..'}/{self.end or '..'}"


def parse(text: str) -> Edtf:
    """The date that a text says. Raises `EdtfError` for any text outside the supported part of EDTF."""
    start, slash, end = text.partition("/")
    if not slash:
        period = _period(start, text)
        return Edtf(period, period)
    return Edtf(*(None if part == ".." else _period(part, text) for part in (start, end)))


def _period(part: str, text: str) -> Period:
    match = _PERIOD.fullmatch(part)
    if not match or (match[2] and match[2] not in _SHORT):
        raise EdtfError(
            f"{text!r} is no date such as 2027, 2027-05, 2027-05-06, 2027-H2, 2027-Q3, 2020/2024, ../2030 or 2026/.."
        )
    year, short, middle, day = match.groups()
    return Period(int(year), _SHORT[short] if short else int(middle) if middle else None, int(day) if day else None)
