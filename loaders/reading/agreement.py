"""When two annotations agree: the same stretch of text, and slot by slot."""

import re
from collections.abc import Callable, Sequence
from itertools import product
from typing import Final

from loaders.reading.annotations import Annotation

MATCH: Final = 0.5
_OFFICES: Final = (
    "adviser ambassador chancellor councillor councilor general minister president representative secretary"
)
_RANKS: Final = "deputy external foreign affairs high prime senator state under vice"
_COURT: Final = "crown king prince queen excellency her his"
_ADDRESS: Final = "dr jr mr mrs ms sr of the"
_TITLES: Final = frozenset(f"{_OFFICES} {_RANKS} {_COURT} {_ADDRESS}".split())
_COLLECTIVE: Final = frozenset(
    {"both", "they", "two", "sides", "parties", "minister", "ministers", "leader", "leaders"}
)


def overlap(one: Annotation, other: Annotation) -> float:
    """What two spans share, as a part of what they cover together."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(shared, 0) / (max(one.end, other.end) - min(one.start, other.start))


def matches(gold: Sequence[Annotation], predicted: Sequence[Annotation]) -> list[tuple[Annotation, Annotation]]:
    """One-to-one pairs of acts of one document whose spans overlap enough, the largest overlaps first."""
    candidates = sorted(
        (
            (overlap(wanted, offered), i, j)
            for (i, wanted), (j, offered) in product(enumerate(gold), enumerate(predicted))
        ),
        key=lambda candidate: (-candidate[0], candidate[1:]),
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for shared, i, j in candidates:
        if shared >= MATCH and i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return [(gold[i], predicted[j]) for i, j in found.items()]


def names(values: Sequence[str]) -> frozenset[str]:
    """Parties by name, without regard to case or article."""
    return frozenset(re.sub(r"^the\s+", "", value.strip().lower()) for value in values)


def _words(value: str | None) -> str:
    return re.sub(r"\W+", " ", (value or "").lower()).strip()


def _person(value: str | None) -> frozenset[str]:
    words = frozenset(_words(value).split()) - _TITLES
    return frozenset() if words <= _COLLECTIVE else words


def _same_speaker(one: Annotation, other: Annotation) -> bool:
    """ "Duterte" and "President Rodrigo Duterte" are one; a collective is nobody in particular."""
    a, b = _person(one.speaker), _person(other.speaker)
    return a == b or bool(a and b and (a <= b or b <= a))


def _same_fields(one: Annotation, other: Annotation) -> bool:
    a, b = set(one.fields), set(other.fields)
    return bool(a & b) and len(a & b) / len(a | b) >= 0.5


SLOTS: Final[dict[str, Callable[[Annotation, Annotation], bool]]] = {
    "actors": lambda one, other: names(one.actors) == names(other.actors),
    "kind": lambda one, other: one.kind is other.kind,
    "fields": _same_fields,
    "deadline": lambda one, other: _words(one.deadline) == _words(other.deadline),
    "quantity": lambda one, other: _words(one.quantity) == _words(other.quantity),
    "condition": lambda one, other: bool(one.condition) is bool(other.condition),
    "negated": lambda one, other: one.negated is other.negated,
    "reaffirmed": lambda one, other: one.reaffirmed is other.reaffirmed,
    "speaker": _same_speaker,
    "span": lambda one, other: overlap(one, other) >= 0.8,
}
QUAD: Final = ("actors", "kind", "fields")
