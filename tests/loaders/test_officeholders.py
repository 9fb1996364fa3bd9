"""Who is known by name: fires for the bearer in the year, and for nobody else."""

import pytest

from loaders.reading.officeholders import party_of, year_of
from loaders.reading.people import persons
from loaders.reading.references import References
from loaders.reading.registry import Registry, knowledge

REGISTRY = Registry.load()


@pytest.mark.parametrize(
    ("name", "year", "party"),
    [
        ("Xi", None, "China"),
        ("Li Keqiang", None, "China"),
        ("Joseph R. Biden, Jr.", 2022, "United States"),
        ("Kishida Fumio", 2022, "Japan"),
        ("Mr. Kishida", 2022, "Japan"),
        ("Rodrigo Roa Duterte", 2016, "Philippines"),
        ("Recep Tayyip Erdogan", None, "Türkiye"),
        ("Sisi", 2016, "Egypt"),
        ("Mohammad bin Salman", 2022, "Saudi Arabia"),
        ("GORBACHEV", 1988, "Soviet Union"),
        ("J. Nehru", 1950, "India"),
        ("Juncker", 2010, "Luxembourg"),
        ("Juncker", 2016, "EU"),
        ("Tusk", None, "EU"),
    ],
)
def test_a_name_leads_to_its_party(name: str, year: int | None, party: str) -> None:
    assert party_of(name, year) == party


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("Wong", 2024),  # one in Canberra, one in Singapore
        ("Peter Smith", 2008),
        ("Blair", 2012),
        ("Nehru", 1999),
        ("Morn", None),
        ("Salman Rushdie", None),
        ("", None),
    ],
)
def test_other_names_and_other_years_lead_nowhere(name: str, year: int | None) -> None:
    assert party_of(name, year) is None


def test_every_party_of_the_table_is_known() -> None:
    assert [party for party in knowledge("officeholders.yaml") if REGISTRY.find(party) is None] == []


def test_the_year_is_that_of_the_first_whole_date() -> None:
    assert year_of("Islamabad, 6 May 2023. By 2030 they will") == 2023
    assert year_of("June 1995: the ministers met") == 1995
    assert year_of("Released 2016-09-20.") == 2016
    assert year_of("Vision 2030 is our plan for 2050.") is None


def test_the_year_decides_for_whom_a_person_speaks() -> None:
    said = "Prime Minister Rutte said that he would send advisers."
    mentions = REGISTRY.mentions(said)
    assert [p.actor and p.actor.name for p in persons(said, REGISTRY, mentions, 2015)] == ["Netherlands"]
    assert [p.actor and p.actor.name for p in persons(said, REGISTRY, mentions, 1980)] == [None]
    dated = References(said, REGISTRY, "2025-02-11")
    assert [p.actor and p.actor.name for p in dated.named] == ["NATO"]
