"""Whose act it is where companies, unions and ministries speak."""

import pytest

from loaders.reading.attribution import Attribution
from loaders.reading.references import References
from loaders.reading.registry import Registry
from ontology.records import Statement
from ontology.terms import Kind

REGISTRY = Registry.load()
DEAL = "LIMA. The Lake Rail Works and Corvina Steel Works signed a deal on Monday.\n\nPeru's trade minister was glad. "


def actors(text: str, action: str) -> list[str]:
    """The actors of an action by its words, in a pledge."""
    start = text.index(action)
    found = Attribution(Statement(iri="s", document="a", sha256="0", text=text), None, REGISTRY)
    return [actor.name for actor in found.of(start, start + len(action), Kind.PLEDGE).actors]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Corvina Steel Works agreed a plan with Peru. Corvina's chief executive Ada Morn smiled.", "Corvina"),
        ("Peru is glad.\n\n- Corvina pledged to train ten welders", "Corvina"),
        ("Peru's minister met executives of Corvina and Rasmin on Friday. Rasmin agreed.", "Rasmin"),
        ("Peru is glad. Corvina said on Monday it would hire ten welders.", "Corvina"),
        ("Peru will talk. The Corvina union agreed to wait.", "Corvina"),
        ("The Corvina Lakes and the Port of Rasmin signed a plan. Peru is glad.", "Corvina Lakes"),
    ],
)
def test_what_a_text_says_of_a_name_makes_it_that_of_a_firm(text: str, expected: str) -> None:
    assert expected in {reference.name for reference in References(text, REGISTRY).all}


@pytest.mark.parametrize(
    "text",
    [
        "Peru is glad.\n\n- Donors pledged to train ten welders",
        "Peru is glad.\n\n- Ministers agreed to wait. Ministers will wait.",
        "Prime Ministers Morn and Prime Minister Rasmin signed a plan. Peru is glad.",
        "President Ada Morn of Peru spoke.\n\n- Morn agreed to wait",
        "Peru said on Monday it would hire ten welders.",
        "THE TREATY AGREEMENT BETWEEN THE LAKE FRONT AND PERU",
        "Peru hopes for corvina.\n\n- Corvina promised to return",
    ],
)
def test_others_are_no_firms(text: str) -> None:
    assert all(reference.sort != "organisation" for reference in References(text, REGISTRY).all)


@pytest.mark.parametrize(
    ("sentence", "action", "expected"),
    [
        ("The company will hire ten welders.", "hire ten welders", ["Corvina Steel Works"]),
        ("Corvina will hire ten welders.", "hire ten welders", ["Corvina Steel Works"]),
        ("The two companies will meet.", "meet", ["Lake Rail Works", "Corvina Steel Works"]),
        ("The two companies said they would meet.", "meet", ["Lake Rail Works", "Corvina Steel Works"]),
        ("The Lake Institute of Botany slept. The Lake Institute will meet.", "meet", ["Lake Institute of Botany"]),
        ("The government will meet.", "meet", ["Peru"]),
    ],
)
def test_firms_that_a_text_has_named(sentence: str, action: str, expected: list[str]) -> None:
    assert sorted(actors(DEAL + sentence, action)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ministry of Lakes and Rivers\nAccra\n\nThe Ministry will plant trees.", ["Ghana"]),
        ("Government of Ghana\n\nThe National Government will plant trees.", ["Ghana"]),
        ("Ghana is glad. Peru's trade ministry said it would plant trees.", ["Peru"]),
        ("Ghana is glad. The Ministry of Lakes of Peru will plant trees.", ["Peru"]),
        ("Ghana is glad. Peru's harvest would plant trees.", ["Ghana"]),
        ("The U.S. Department of State met us.\n\nThe Department will plant trees.", ["U.S. Department of State"]),
    ],
)
def test_the_ministry_of_one_state_is_that_state(text: str, expected: list[str]) -> None:
    assert actors(text, "plant trees") == expected


def test_a_chief_executive_speaks_for_the_firm() -> None:
    said = DEAL + 'Corvina Steel Works grew. "We will plant trees," said {} Ada Morn.'
    assert actors(said.format("Chief Executive"), "plant trees") == ["Corvina Steel Works"]
    assert actors(said.format("Trade Minister"), "plant trees") == ["Peru"]


def test_a_counterpart_is_the_other_one() -> None:
    text = "Foreign Minister Ada Morn of Peru met Foreign Minister Ben Rask of Malta today. Morn thanked "
    assert actors(text + "his counterpart, who promised to plant trees.", "plant trees") == ["Malta"]
    assert actors(text + "his deputy, who promised to plant trees.", "plant trees") == ["Peru"]
