"""How probable it is that an act is right, from what the tagger calls its confidence: isotonic regression on acts of
documents that were not learnt from."""

from collections.abc import Sequence
from typing import Final

Knots = tuple[tuple[float, float], ...]
"""Pairs of raw confidence and probability, both rising; between them the line is straight."""

_GROUP: Final = 25
"""Acts that are judged together: fewer would tell chance from chance."""


def knots(judged: Sequence[tuple[float, bool]]) -> Knots:
    """The knots of a calibration, from raw confidences and whether each act was right; none where too few are given."""
    ranked = sorted(judged)
    groups = [ranked[at : at + _GROUP] for at in range(0, len(ranked) - _GROUP + 1, _GROUP)]
    if len(groups) < 2:
        return ()
    groups[-1] += ranked[len(groups) * _GROUP :]
    pools: list[tuple[float, float, int]] = []
    for group in groups:
        size = len(group)
        pool = (sum(raw for raw, _ in group) / size, sum(right for _, right in group) / size, size)
        while pools and pools[-1][1] >= pool[1]:
            pool = _merged(pools.pop(), pool)
        pools.append(pool)
    return tuple((round(raw, 4), round(share, 4)) for raw, share, _ in pools)


def _merged(one: tuple[float, float, int], other: tuple[float, float, int]) -> tuple[float, float, int]:
    size = one[2] + other[2]
    return (one[0] * one[2] + other[0] * other[2]) / size, (one[1] * one[2] + other[1] * other[2]) / size, size
