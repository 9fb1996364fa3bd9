"""The vocabulary as Python sees it: namespaces, kinds, roles, forces, statuses.

`commitments.ttl` is the authored source of every term; a test proves that what stands here is equal to it.
`Final` constants and enum members instead of a dynamic namespace, so that a misspelt term is a type error.
"""

from enum import IntEnum, StrEnum
from typing import Final

NS: Final = "https://w3id.org/pledgegraph/ns#"
DATA: Final = "https://w3id.org/pledgegraph/id/"
FIELD_SCHEME: Final = "https://w3id.org/pledgegraph/fields"
FIELD: Final = "https://w3id.org/pledgegraph/fields/"


class Kind(StrEnum):
    """What an act is, as the annotation guideline defines it. All but `CALL` are commitments."""

    PLEDGE = "pledge"
    WILLINGNESS = "willingness"
    SUPPORT = "support"
    OPPOSITION = "opposition"
    CALL = "call"


COMMITMENT_KINDS: Final = frozenset({Kind.PLEDGE, Kind.WILLINGNESS, Kind.SUPPORT, Kind.OPPOSITION})


class Role(StrEnum):
    """What one utterance does to the commitment that it expresses."""

    STATES = "states"
    REAFFIRMS = "reaffirms"
    STRENGTHENS = "strengthens"
    WEAKENS = "weakens"
    WITHDRAWS = "withdraws"


class Force(IntEnum):
    """How strongly an act binds, read from its committing words; adverbs do not raise it."""

    HOPE = 1
    WILLINGNESS = 2
    BEST_EFFORT = 3
    FIRM = 4
    BINDING = 5


class ActorType(StrEnum):
    """What a party is."""

    STATE = "state"
    BODY = "body"
    ORGANISATION = "organisation"
    GROUP = "group"


class Status(StrEnum):
    """What became of a commitment, as an assessment says; `PLEDGED` when there is none."""

    PLEDGED = "pledged"
    IN_PROGRESS = "in-progress"
    STALLED = "stalled"
    PARTLY_FULFILLED = "partly-fulfilled"
    FULFILLED = "fulfilled"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    UNVERIFIABLE = "unverifiable"
