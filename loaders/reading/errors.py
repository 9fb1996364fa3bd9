"""What kind of mistake each disagreement between found and annotated acts is, so that one knows where to work."""

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final

from loaders.reading.agreement import MATCH, SLOTS, overlap
from loaders.reading.annotations import Annotation

Pair = tuple[Annotation, Annotation]


class Fault(StrEnum):
    """A class of mistakes. The first eight keep an act from being matched, the others are wrong in a matched one."""

    MISSED = "missed"
    SPURIOUS = "spurious"
    CLASS = "commitment taken for call, or the other way round"
    SPLIT = "one act found as several"
    MERGED = "several acts found as one"
    CUT = "found, cut elsewhere"
    FRAGMENT = "another piece of an act already matched"
    OVERLAID = "found over an act that another one matched"
    ACTORS = "wrong actors"
    KIND = "wrong kind"
    FIELDS = "wrong fields"
    SPAN = "span off by more than a fifth"


_SLOTS: Final = ((Fault.ACTORS, "actors"), (Fault.KIND, "kind"), (Fault.FIELDS, "fields"), (Fault.SPAN, "span"))


def faults(
    gold: Sequence[Annotation],
    found: Sequence[Annotation],
    pairs: Sequence[Pair],
    other_gold: Sequence[Annotation],
    other_found: Sequence[Annotation],
) -> Counter[Fault]:
    """How many mistakes of each class one document's acts of one class have; `other_…` are those of the other class."""
    matched = {id(act) for pair in pairs for act in pair}
    counted = Counter(_of_gold(act, gold, found, other_found) for act in gold if id(act) not in matched)
    counted.update(_of_found(act, gold, other_gold, matched) for act in found if id(act) not in matched)
    counted.update(fault for pair in pairs for fault in _of_slots(pair))
    return counted


def _of_gold(
    act: Annotation, gold: Sequence[Annotation], found: Sequence[Annotation], others: Sequence[Annotation]
) -> Fault:
    if any(overlap(act, other) >= MATCH for other in others):
        return Fault.CLASS
    over = [other for other in found if overlap(act, other) > 0]
    if not over:
        return Fault.MISSED
    if len(over) > 1:
        return Fault.SPLIT
    return Fault.MERGED if sum(overlap(other, over[0]) > 0 for other in gold) > 1 else Fault.CUT


def _of_found(act: Annotation, gold: Sequence[Annotation], others: Sequence[Annotation], matched: set[int]) -> Fault:
    if any(overlap(act, other) >= MATCH for other in others):
        return Fault.CLASS
    under = [other for other in gold if overlap(act, other) > 0]
    if not under:
        return Fault.SPURIOUS
    if len(under) > 1:
        return Fault.OVERLAID
    return Fault.FRAGMENT if id(under[0]) in matched else Fault.CUT


def _of_slots(pair: Pair) -> Iterator[Fault]:
    return (fault for fault, slot in _SLOTS if not SLOTS[slot](*pair))
