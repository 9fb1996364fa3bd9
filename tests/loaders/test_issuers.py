"""Who issues a text, one rule at a time: an opening that fires the rule, and one that must not."""

import pytest

from loaders.reading.parties import Parties, parties
from loaders.reading.registry import Registry
from ontology.identifiers import sha256, statement_iri
from ontology.records import Statement

REGISTRY = Registry.load()


def read(text: str) -> Parties:
    statement = Statement(iri=statement_iri(text), document="a", sha256=sha256(text), text=text)
    return parties(statement, REGISTRY)


def issuers(text: str) -> list[str]:
    return [actor.name for actor in read(text).issuers]


@pytest.mark.parametrize(
    "own",
    [
        "As a small island, Malta knows the sea.",
        "Malta, a landlocked place in dreams only, knows the sea.",
        "Malta pledges two boats.",
        "Malta was the 80th Member.",
    ],
)
def test_a_speech_is_of_the_state_that_it_describes_from_within(own: str) -> None:
    assert issuers(f"I thank you. I saw Chad and Peru. Chad has lakes. I say: {own}") == ["Malta"]


@pytest.mark.parametrize(
    "told", ["As a small ship sank, Malta slept.", "Malta, a friend, slept.", "Malta lost a boat."]
)
def test_a_speech_is_not_of_a_state_that_it_merely_mentions(told: str) -> None:
    assert issuers(f"I thank you. I saw Chad and Peru. Chad has lakes. I say: {told}") == ["Chad"]


@pytest.mark.parametrize(("old", "new"), [("Kazakstan", "Kazakhstan"), ("Dahomey", "Benin"), ("Viet-Nam", "Vietnam")])
def test_old_spellings_name_the_same_state(old: str, new: str) -> None:
    assert issuers(f"I thank you. I saw Peru. I say: {old} supports the treaty.") == [new]


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("The text of the following statement was released by the Governments of Peru and Chad.", ["Peru", "Chad"]),
        (
            "President Abel of Peru and the President of the European Commission issued the following statement.",
            ["Peru", "EU"],
        ),
    ],
)
def test_who_released_a_text_issues_it(opening: str, expected: list[str]) -> None:
    assert issuers(f"{opening}\n\nRain is falling. We will plant trees.") == expected


def test_one_who_released_a_text_does_not_make_it_joint() -> None:
    opening = "The text of the following statement was released by the Government of Peru after its talks with Chad."
    assert issuers(f"{opening}\n\nRain is falling. We will plant trees.") == ["Peru"]


def test_mayors_speak_for_their_cities() -> None:
    text = "We, the mayors of Athens, Lowbridge and Port Lune, met in spring.\n\nWe will plant trees."
    assert issuers(text) == ["Athens", "Lowbridge", "Port Lune"]


def test_leaders_speak_for_their_states() -> None:
    text = "We, the leaders of Greece, Peru and Chad, met in spring.\n\nWe will plant trees."
    assert issuers(text) == ["Greece", "Peru", "Chad"]


UNIONS = """COMMUNIQUE OF THE MEETING OF THE
LAKESIDE LABOUR CONGRESS (LLC) AND THE PORT WORKERS UNION (PWU)

The meeting looked at the state of the ports of Peru. A strike will begin in May.
"""


def test_organisations_head_a_communique() -> None:
    assert issuers(UNIONS) == ["Lakeside Labour Congress", "Port Workers Union"]
    assert issuers(UNIONS.replace("COMMUNIQUE OF", "NOTES ON")) == ["Peru"]


LED = """Rain is the work of nature. We know this. We see it. We love it.

The leaders of Peru, Chad and Japan remain committed to rain. We will plant trees. Iran should plant trees.
"""


def test_a_plural_text_is_of_those_whose_leaders_are_its_subject() -> None:
    assert issuers(LED) == ["Peru", "Chad", "Japan"]
    assert len(issuers(LED.replace("The leaders of", "Boats from"))) < 2
