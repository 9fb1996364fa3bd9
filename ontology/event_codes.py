"""PLOVER event types and CAMEO codes for acts, so that the graph joins event data.

The tables stand in `alignments.ttl`; a test proves that what stands here is equal to it. Reading acts must not wait for
RDF to be parsed.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from ontology.terms import Kind


class EventCode(NamedTuple):
    """A PLOVER event type and a CAMEO code."""

    plover: str
    cameo: str


KIND_CODES: Final = {
    Kind.PLEDGE: EventCode("AGREE", "030"),
    Kind.WILLINGNESS: EventCode("AGREE", "030"),
    Kind.SUPPORT: EventCode("SUPPORT", "051"),
    Kind.OPPOSITION: EventCode("REJECT", "120"),
    Kind.CALL: EventCode("REQUEST", "020"),
}

# The CAMEO codes of pledges and of calls. Every top field has some, so that the way up from any field ends here.
FIELD_CODES: Final = {
    "security": ("031", "021"),
    "defence": ("0312", "0212"),
    "defence-spending": ("030", "020"),
    "military-aid": ("0332", "0232"),
    "arms-control": ("030", "020"),
    "ceasefire": ("0356", "0256"),
    "peace-process": ("037", "027"),
    "terrorist-financing": ("0313", "0213"),
    "intelligence": ("0314", "0214"),
    "peacekeeping": ("0334", "0234"),
    "sovereignty": ("032", "022"),
    "territorial-dispute": ("037", "027"),
    "diplomacy": ("032", "022"),
    "high-level-exchange": ("036", "026"),
    "mediation": ("039", "028"),
    "accountability": ("0313", "0213"),
    "strategic-communication": ("036", "026"),
    "governance": ("034", "024"),
    "human-rights": ("0343", "0243"),
    "law-enforcement": ("0313", "0213"),
    "economy": ("0311", "0211"),
    "development": ("0331", "0231"),
    "capacity-building": ("031", "021"),
    "development-finance": ("0331", "0231"),
    "economic-corridor": ("0311", "0211"),
    "trade": ("0311", "0211"),
    "export-control": ("030", "020"),
    "sanctions": ("030", "020"),
    "finance": ("0311", "0211"),
    "anti-money-laundering": ("0313", "0213"),
    "infrastructure": ("0311", "0211"),
    "energy": ("0311", "0211"),
    "environment": ("031", "021"),
    "water": ("031", "021"),
    "climate-finance": ("0331", "0231"),
    "agriculture": ("0311", "0211"),
    "health": ("031", "021"),
    "technology": ("031", "021"),
    "telecoms": ("0311", "0211"),
    "society": ("030", "020"),
    "labour": ("031", "021"),
    "humanitarian": ("0333", "0233"),
    "disaster-risk": ("031", "021"),
    "food-aid": ("0333", "0233"),
    "humanitarian-access": ("0355", "0255"),
    "post-conflict": ("0331", "0231"),
    "prisoners": ("0353", "0253"),
    "refugees": ("0333", "0233"),
    "migration": ("031", "021"),
}
_COLUMN: Final = {Kind.PLEDGE: 0, Kind.WILLINGNESS: 0, Kind.CALL: 1}


def event_code(kind: Kind, fields: tuple[str, ...], *, negated: bool) -> EventCode:
    """The codes under which event data files an act of this kind in these fields.

    Of several fields the one with the most particular code decides. An act of not doing says nothing about doing what
    the field's code names, so that it keeps the general code of its kind.
    """
    general = KIND_CODES[kind]
    if negated or kind not in _COLUMN:
        return general
    codes = {codes[_COLUMN[kind]] for field in fields for codes in _nearest(field)}
    cameo = min(codes, key=lambda code: (-len(code), code == general.cameo, code), default=general.cameo)
    return EventCode(general.plover, cameo)


def _nearest(field: str) -> Iterator[tuple[str, str]]:
    """The codes of a field, else of the nearest broader fields that have some; none for another codebook's field."""
    if field in FIELD_CODES:
        yield FIELD_CODES[field]
        return
    from ontology.taxonomy import by_slug  # only here: the fields that the tagger gives are all in the table

    known = by_slug().get(field)
    for broader in known.broader if known else ():
        yield from _nearest(broader)
