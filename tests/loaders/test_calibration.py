"""From raw confidence to the share of acts that are right."""

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from loaders.reading.model_folder import Description
from loaders.reading.tagger import DEFAULT
from loaders.training.calibration import knots


def judged(acts: int) -> list[tuple[float, bool]]:
    """Acts whose raw confidence says more than is true: right with its square."""
    dice = random.Random(3)
    return [(raw, dice.random() < raw * raw) for raw in (dice.uniform(0.3, 1) for _ in range(acts))]


def test_knots_rise_and_say_the_share_that_is_right() -> None:
    found = knots(judged(4000))
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(found))
    known = replace(Description.read(DEFAULT), calibration=found)
    for raw in (0.5, 0.7, 0.9):
        assert known.probability(raw) == pytest.approx(raw * raw, abs=0.08)
    assert known.probability(0.0) == found[0][1]
    assert known.probability(1.0) == found[-1][1]


def test_a_falling_share_is_levelled() -> None:
    found = knots([(at / 100, at < 50) for at in range(100)])
    assert len(found) == 1
    assert found[0][1] == 0.5


def test_too_few_acts_tell_nothing() -> None:
    assert knots(judged(40)) == ()
    assert replace(Description.read(DEFAULT), calibration=()).probability(0.7) == 0.7
