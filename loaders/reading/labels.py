"""What the tagger says about a token: outside, or the beginning or inside of an act of one kind."""

from typing import Final

from ontology.terms import Kind

KINDS: Final = (Kind.PLEDGE, Kind.WILLINGNESS, Kind.SUPPORT, Kind.OPPOSITION, Kind.CALL)
OUTSIDE: Final = 0
LABELS: Final = ("O", *(f"{mark}-{kind}" for kind in KINDS for mark in "BI"))


def begin(kind: Kind) -> int:
    return 1 + 2 * KINDS.index(kind)


def inside(kind: Kind) -> int:
    return 2 + 2 * KINDS.index(kind)


def kind_of(label: int) -> Kind:
    """The kind of a label other than OUTSIDE."""
    return KINDS[(label - 1) // 2]
