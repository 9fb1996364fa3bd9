"""Dates keep their precision, know their first and last day, and survive being written down."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ontology.edtf import Edtf, EdtfError, Period, parse

PARTS = st.sampled_from([*range(1, 13), 21, 22, 23, 24, 33, 34, 35, 36, 40, 41])
DAYS = st.dates(date(1, 1, 1), date(9998, 12, 31)).map(lambda day: Period(day.year, day.month, day.day))
YEARS = st.integers(1, 9998)
PERIODS = st.one_of(st.builds(Period, YEARS), st.builds(Period, YEARS, PARTS), DAYS)


@st.composite
def dates(draw: st.DrawFn) -> Edtf:
    start, end = draw(PERIODS | st.none()), draw(PERIODS | st.none())
    assume(start or end)
    if start and end and start.earliest > end.latest:
        start, end = end, start
    assume(not (start and end and start.earliest > end.latest))
    return Edtf(start, end)


@given(dates())
def test_what_is_written_is_read_again(when: Edtf) -> None:
    assert parse(str(when)) == when


@given(dates())
def test_a_date_begins_before_it_ends(when: Edtf) -> None:
    assert when.earliest is None or when.latest is None or when.earliest <= when.latest


@given(dates(), dates())
def test_two_dates_overlap_unless_one_precedes_the_other(one: Edtf, other: Edtf) -> None:
    assert one.overlaps(other) == other.overlaps(one)
    assert one.overlaps(other) + one.precedes(other) + other.precedes(one) == 1
    assert one.overlaps(one)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2027", date(2027, 1, 1), date(2027, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2027-12", date(2027, 12, 1), date(2027, 12, 31)),
        ("2023-05-06", date(2023, 5, 6), date(2023, 5, 6)),
        ("2027-22", date(2027, 6, 1), date(2027, 8, 31)),
        ("2027-24", date(2027, 12, 1), date(2028, 2, 29)),
        ("2027-Q3", date(2027, 7, 1), date(2027, 9, 30)),
        ("2027-40", date(2027, 1, 1), date(2027, 6, 30)),
        ("2027-H2", date(2027, 7, 1), date(2027, 12, 31)),
        ("2020/2024", date(2020, 1, 1), date(2024, 12, 31)),
        ("../2030", None, date(2030, 12, 31)),
        ("2026-05/..", date(2026, 5, 1), None),
    ],
)
def test_first_and_last_day(text: str, earliest: date | None, latest: date | None) -> None:
    when = parse(text)
    assert (when.earliest, when.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "edtf", "readable"),
    [
        ("2027-H2", "2027-41", "2027-H2"),
        ("2027-Q1", "2027-33", "2027-Q1"),
        ("2027-21", "2027-21", "spring 2027"),
        ("../2027-H1", "../2027-40", "until 2027-H1"),
        ("2026-05/..", "2026-05/..", "from 2026-05"),
        ("2020/2024", "2020/2024", "2020 to 2024"),
        ("2023-05-06", "2023-05-06", "2023-05-06"),
    ],
)
def test_halves_and_quarters_are_written_as_the_standard_has_them(text: str, edtf: str, readable: str) -> None:
    when = parse(text)
    assert (str(when), when.readable) == (edtf, readable)


@pytest.mark.parametrize(
    "text",
    [
        *("", "next year", "27", "2027-13", "2027-00", "2027-5", "2027-02-29", "2027-41-01", "2027-H3", "2027-Q5"),
        *("0000", "9999", "../..", "/2030", "2030/", "2030/2020", "2020/2021/2022", "2027-05-06T10:00"),
        *("2027?", "2027\n", "٢٠٢٧"),
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(EdtfError):
        parse(text)


def test_one_day() -> None:
    assert str(Edtf.of(date(2023, 5, 6))) == "2023-05-06"
