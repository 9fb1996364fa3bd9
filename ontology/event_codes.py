"""PLOVER event types and CAMEO codes for acts, so that the graph joins event data."""

from typing import NamedTuple

from ontology.terms import Kind


class EventCode(NamedTuple):
    """A PLOVER event type and a CAMEO code."""

    plover: str
    cameo: str


def event_code(kind: Kind, fields: tuple[str, ...], *, negated: bool) -> EventCode:
    """The codes under which event data files an act of this kind in these fields."""
    match kind:
        case Kind.SUPPORT:
            return EventCode("SUPPORT", "051")
        case Kind.OPPOSITION:
            return EventCode("REJECT", "120")
        case Kind.CALL:
            return EventCode("REQUEST", "020")
    return EventCode("AGREE", "030")
