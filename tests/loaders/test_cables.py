"""Cables of diplomats: who sends them, from where, and whose words they report."""

import pytest

from loaders.reading.attribution import Attribution
from loaders.reading.parties import Genre, Parties, parties
from loaders.reading.registry import Registry
from ontology.identifiers import sha256, statement_iri
from ontology.records import Statement
from ontology.terms import Kind

REGISTRY = Registry.load()


def stated(text: str) -> Statement:
    return Statement(iri=statement_iri(text), document="a", sha256=sha256(text), text=text)


def read(text: str) -> Parties:
    return parties(stated(text), REGISTRY)


def actors(text: str, action: str) -> list[str]:
    start = text.index(action)
    spans = [(start, start + len(action), Kind.PLEDGE)]
    return [actor.name for actor in Attribution(stated(text), None, REGISTRY, spans).of(*spans[0]).actors]


CABLE = """High Commissioner in Ghana to Secretary of State for External Affairs

TELEGRAM 7
Accra, May 2, 1961

1. The Minister received me today. He said that he would buy ten boats. I said that I would refer the matter to you.
"""


def test_a_cable_is_sent_home_from_a_post() -> None:
    found = read(CABLE)
    assert found.genre is Genre.CABLE
    assert [actor.name for actor in found.issuers] == ["Canada"]
    assert [actor.name for actor in found.members] == ["Canada", "Ghana"]


def test_in_a_cable_the_minister_is_the_host_and_the_first_person_the_sender() -> None:
    assert actors(CABLE, "buy ten boats") == ["Ghana"]
    assert actors(CABLE, "refer the matter") == ["Canada"]


@pytest.mark.parametrize(
    ("heading", "sender"),
    [
        ("CABLEGRAM TO WELLINGTON\nSuva, 3 May 1971", "New Zealand"),
        ("Telegram from the Embassy in Chad to the Department of State", "United States"),
        ("Telegram 3 from the Embassy in Chad to Foreign Office", "United Kingdom"),
    ],
)
def test_the_recipient_tells_the_sender(heading: str, sender: str) -> None:
    assert [actor.name for actor in read(f"{heading}\n\nWe saw the Minister.").issuers] == [sender]


@pytest.mark.parametrize(
    "text",
    [
        CABLE.replace("High Commissioner in Ghana to", "Our man writes to the").replace("TELEGRAM", "LETTER"),
        CABLE.replace("received me", "slept").replace("I said that I would refer the matter to you.", ""),
    ],
)
def test_a_letter_and_a_report_in_the_third_person_are_no_cables(text: str) -> None:
    assert read(text).genre is not Genre.CABLE
