"""Deadlines as EDTF and quantities as amounts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.reading.slots.amount import Amount, amount
from loaders.reading.slots.due import due
from loaders.reading.slots.numbers import number
from ontology.edtf import parse


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("by 2030", "../2030"),
        ("by the end of 2026", "../2026"),
        ("before 2060", "../2059"),
        ("before March 2025", "../2025-02"),
        ("before the end of 2024", "../2024"),
        ("no later than 31 March 2020", "../2020-03-31"),
        ("on 20 August 2024", "2024-08-20"),
        ("on August 20, 2024", "2024-08-20"),
        ("from September 6-8, 2016", "2016-09-06/2016-09-08"),
        ("from 1 January 2027", "2027-01-01/.."),
        ("beginning in 2023", "2023/.."),
        ("in the first half of 2027", "2027-40"),
        ("in the fourth quarter of 2026", "2026-36"),
        ("in the spring of 2020", "2020-21"),
        ("during the 2020s", "2020/2029"),
        ("between 2022 and 2024", "2022/2024"),
        ("between April and October 2022", "2022-04/2022-10"),
        ("in 2006-07", "2006/2007"),
        ("in late 2022", "2022"),
        ("in December 1994", "1994-12"),
    ],
)
def test_dates_that_name_their_year_need_no_statement_date(words: str, expected: str) -> None:
    assert due(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("next year", "2024"),
        ("by next year", "../2024"),
        ("later this year", "2023"),
        ("by the end of the year", "../2023"),
        ("by the end of the month", "../2023-05"),
        ("before the year is out", "../2023"),
        ("on 15 August of this year", "2023-08-15"),
        ("in July", "2023-07"),
        ("in March", "2024-03"),
        ("in January next year", "2024-01"),
        ("this fall", "2023-23"),
        ("tomorrow", "2023-05-07"),
        ("next week", "2023-05-08/2023-05-14"),
        ("on Wednesday", "2023-05-10"),
        ("within three months", "../2023-08-06"),
        ("within 60 days", "../2023-07-05"),
        ("over the next two years", "2023-05-06/2025-05-06"),
        ("no later than September 1", "../2023-09-01"),
    ],
)
def test_dates_that_lean_on_the_day_of_speaking(words: str, expected: str) -> None:
    assert due(words, "2023-05-06") == expected
    assert due(words) is None


@pytest.mark.parametrize(
    "words", ["at COP27", "in the coming months", "on 30 February 2025", "shortly", "by 99999", ""]
)
def test_words_without_a_date_give_none(words: str) -> None:
    assert due(words, "2023-05-06") is None


def test_a_statement_known_by_its_year_gives_no_days() -> None:
    assert due("next year", "2023") == "2024"
    assert due("tomorrow", "2023") is None
    assert due("within 60 days", "2023-05") is None
    assert due("within three months", "2023-05") == "../2023-08"


@given(st.text(max_size=60) | st.from_regex(r"(by|in|over|within|before) [a-z0-9 ]{0,30}", fullmatch=True))
def test_what_is_given_is_edtf(words: str) -> None:
    for said in (None, "2023-12-31", "9998"):
        found = due(words, said)
        assert found is None or str(parse(found)) == found


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("$50 million", Amount(50e6, "USD")),
        ("up to US$ 5.9 million", Amount(5.9e6, "USD")),
        ("USD150 billion", Amount(150e9, "USD")),
        ("€45 million", Amount(45e6, "EUR")),
        ("EC$1.9 billion", Amount(1.9e9, "XCD")),
        ("Rs. 2 crore", Amount(2e7, "INR")),
        ("9.3 million Australian dollars", Amount(9.3e6, "AUD")),
        ("not less than 920 million cubic metres of water", Amount(920e6, "cubic metres of water")),
        ("one hundred and twenty nurses", Amount(120, "nurses")),
        ("twenty-five officers", Amount(25, "officers")),
        ("1.3 billion vaccine doses", Amount(1.3e9, "vaccine doses")),
        ("30 per cent", Amount(30, "%")),
        ("1.5°C", Amount(1.5, "°C")),
        ("net zero", Amount(0, "net zero")),
        ("from 22 to 12 months", Amount(12, "months")),
        ("100 million kroner (9.1 million dollars)", Amount(100e6, "kroner")),
        ("2 trillion", Amount(2e12, None)),
        ("six further P-8I aircraft", Amount(6, "further P-8I aircraft")),
    ],
)
def test_quantities_come_to_amounts(words: str, expected: Amount) -> None:
    found = amount(words)
    assert found is not None
    assert (found.number, found.unit) == (pytest.approx(expected.number), expected.unit)


@pytest.mark.parametrize("words", ["millions of dollars", "40 boats and 12 cold stores", "50-52%", "an equal amount"])
def test_what_is_no_single_number_has_no_amount(words: str) -> None:
    assert amount(words) is None


@given(st.text(max_size=40))
def test_any_words_are_a_number_or_not(words: str) -> None:
    number(words)
    amount(words)
