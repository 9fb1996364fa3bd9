"""What the guideline settles about spans, once where it applies and once where it must not."""

import pytest

from loaders.reading.guideline import settled
from loaders.reading.tagger import Span
from ontology.terms import Kind


def _settled(action: str) -> list[tuple[str, Kind]]:
    text = f"Ruritania will {action}."
    span = Span(15, 15 + len(action), Kind.PLEDGE, ("security",), 0.9)
    return [(text[one.start : one.end], one.kind) for one in settled(text, span)]


def test_help_with_all_might_is_support() -> None:
    assert _settled("do its utmost to support Graustark") == [("support Graustark", Kind.SUPPORT)]
    assert _settled("do its utmost to protect Graustark") == [("do its utmost to protect Graustark", Kind.PLEDGE)]


@pytest.mark.parametrize(
    ("action", "kept"),
    [
        ("keep applying the safeguards", "applying the safeguards"),
        ("continue to host the talks", "host the talks"),
        ("keep its markets open", "keep its markets open"),
        ("continue the talks", "continue the talks"),
    ],
)
def test_that_it_goes_on_is_no_part_of_the_action(action: str, kept: str) -> None:
    assert _settled(action) == [(kept, Kind.PLEDGE)]


@pytest.mark.parametrize(
    ("action", "parts"),
    [
        (
            "pursue the attackers, firmly crack down on their backers",
            ["pursue the attackers", "crack down on their backers"],
        ),
        (
            "spare no effort to find the ships, quickly open the port and actively promote trade",
            ["spare no effort to find the ships", "open the port and actively promote trade"],
        ),
    ],
)
def test_a_verb_with_its_own_adverb_is_an_act_of_its_own(action: str, parts: list[str]) -> None:
    assert [part for part, _ in _settled(action)] == parts


@pytest.mark.parametrize(
    "action",
    [
        "strengthen patrols to find smugglers, quickly open the port",
        "open the port, jointly with Graustark",
        "support development, particularly help for farmers",
        "promote trade, actively and openly",
        "opening the port, quickly promote trade",
        "open the port by building a road, quickly and cheaply",
    ],
)
def test_these_stay_one_act(action: str) -> None:
    assert _settled(action) == [(action, Kind.PLEDGE)]
