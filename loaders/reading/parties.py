"""Whose statement it is: its genre, who "we" is, and the parties that it brings together, in order."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from loaders.reading import cables, signatories, signatures
from loaders.reading.bodies import DOCUMENT, WE_THE, body, resolving
from loaders.reading.issuers import HEAD, SELF, heading, issuer, meeting, speaks
from loaders.reading.lists import Listed, listed, whole
from loaders.reading.people import GUEST, bank
from loaders.reading.references import References
from loaders.reading.registry import Registry
from loaders.reading.stances import NEVER, clearly
from loaders.reading.turns import interview, is_transcript, turns
from ontology.records import Actor, Statement
from ontology.terms import ActorType


class Genre(StrEnum):
    """The kinds of statement that answer differently to the question who "we" is."""

    JOINT = "joint"
    BODY = "body"
    READOUT = "readout"
    TRANSCRIPT = "transcript"
    SPEECH = "speech"
    CABLE = "cable"
    NEWS = "news"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Parties:
    """`issuers` are who "we" is outside quotations, `members` all parties that the statement brings together.

    `home` is the one party from whose side the text is told, where that can be known: a newspaper's dateline, the
    ministry that issues a readout.
    """

    genre: Genre
    issuers: tuple[Actor, ...]
    members: tuple[Actor, ...]
    home: Actor | None = None


_JOINT = re.compile(
    r"\bjoint\s+(?:\w+\s+)?(?:statement|communiqu|declaration|press|leaders|readout|vision|fact|plan|announcement|media"
    r"|ministerial)|memorandum\s+of\s+understanding|\btreaty\b|\bprotocol\b|communiqué\s+conjoint"
    r"|exchange\s+of\s+(?:notes|letters)|minutes\s+of|agreed\s+record|tripartite|quadripartite|trilateral|\bgovernments\s+of\b"
    r"|two\s+(?:countries|sides)\s+released|\broadmap\b|\bagreement\s+between\b|^\s*(?:agreement|accord)\b|contracting\s+parties|\bminutes\b|partner\s+economies",
    re.I,
)
_TOGETHER = re.compile(
    r"\b(?:the\s+(?:two|three)\s+(?:sides|countries|leaders|ministers|governments|presidents)"
    r"|both\s+(?:sides|countries|leaders|ministers)|the\s+(?:sides|parties|leaders|ministers|participants|contracting))\b",
    re.I,
)
_SHARED = re.compile(
    r"\b[Oo]ur\s+(?:\w+\s+)?(?:countries|nations|peoples|leaders|governments|alliance|partnership|relationship"
    r"|bilateral|relations|ties)\b|\bboth\s+(?:of\s+our\s+)?(?:countries|nations|peoples)\b"
)
_OURS = re.compile(r"\b(?:[Ww]e|[Oo]ur)\b")
_MET = re.compile(
    r"\b(?:met|meets|meeting|spoke|speaks|hosted|welcomed|held|calls?|called|travell?ed|visited|convened|participated"
    r"|joined|received|discussed|phoned|talks)\b"
)
_GUEST = re.compile(GUEST)
_BRIEFING = re.compile(r"\b(?:briefing|press\s+conference|cabinet|questions\s+and\s+answers|spokes\w+)\b", re.I)
_DATELINE = re.compile(
    r"\s*(?P<place>[A-Z][A-Z .'/-]{2,40}?)(?:,[A-Za-z .]{2,30})?"
    r"(?:\s*\([^)]*\)|,?\s*(?:[A-Z][a-z]+\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]+))[^\n]{0,40}?"
    r"(?:--|—|–|\s-\s|\s/[A-Z-]{3,}/)"
)
_CITY = re.compile(
    r"\s*(?P<place>[A-Z][A-Z .'-]{2,30}?)(?:,[A-Za-z0-9 .]{2,30}?)?(?:\s+\([A-Z][\w ]+\))?\s?"
    r"(?:\s[-–—]|--|\.-|\.\s?/[A-Z]{2,}/\.?|:)+\s"
)


def parties(statement: Statement, registry: Registry, references: References | None = None) -> Parties:
    """Read genre, issuers and parties off title, issuer and opening; the file's name plays no part."""
    references = references or References(statement.text or "", registry, statement.date)
    text = references.text
    resolved = resolving(text, registry)
    if resolved is not None:
        return Parties(Genre.BODY, (resolved,), (resolved,))
    cabled = _cabled(references, registry)
    if cabled is not None:
        return cabled
    who = issuer(statement, references, registry)
    if is_transcript(text) or interview(text) is not None:
        return _single(Genre.TRANSCRIPT, _guest(references) or _host(statement, references, registry) or who)
    dateline = _sent_from(text, registry)
    if dateline is not None and not _JOINT.search(text[:200]):
        return _single(Genre.NEWS, next(iter(dateline), who))
    who = signatories.rating(references) or who or signatories.acting(references)
    alone = speaks(text) and (clearly(references) or heading(statement, references, registry)) is not None
    signed = None if alone else _signed(references, registry)
    together = _stated(statement, registry) or signed or _together(statement, references, registry)
    together = together or _joint(signatories.led(references))
    if together is None and (who is None or who.type not in (ActorType.BODY, ActorType.GROUP)):
        together = _joint(signatories.attended(references))
    return replace(together, home=who) if together else _told(references, who)


def _cabled(references: References, registry: Registry) -> Parties | None:
    """The parties of a cable: it is told from the side of those among whom its sender lives."""
    first_person = SELF.search(references.text) or _OURS.search(references.text)
    sender = cables.sender(references, registry) if first_person and cables.is_cable(references.text) else None
    if sender is None:
        return None
    host = cables.host(references, sender)
    return Parties(Genre.CABLE, (sender,), (sender, host) if host else (sender,), host or sender)


def _guest(references: References) -> Actor | None:
    """For whom the one speaks whom the heading says to be interviewed."""
    match = _GUEST.search(references.text, 0, HEAD // 2)
    near = references.between(match.end(), match.end() + 120) if match else ()
    return next((r.actors[0] for r in near if r.start - near[0].start < 5 and r.actors and not r.owned), None)


def _host(statement: Statement, references: References, registry: Registry) -> Actor | None:
    """The state in whose capital a briefing is given, where its heading names nobody."""
    first = next((start for start, _ in turns(references.text)), 0)
    if not _BRIEFING.search(references.text, 0, first):
        return None
    banks = (bank(references.text, mention, registry) for mention in references.within(0, first))
    issuing = next((one for one in banks if "Bank" in one.name), None)
    if issuing is not None:
        return issuing
    if heading(statement, references, registry):
        return None
    venues = [mention.actor for mention in references.within(0, first)]
    if len(set(venues)) == 1 and venues[0].type == ActorType.BODY and venues[0].name not in NEVER:
        return venues[0]
    named = {actor.name for actor in venues if actor.type == ActorType.STATE}
    capital = any(mention.form == "capital" for mention in references.within(0, first))
    return next(iter(venues)) if capital and len(named) == 1 == len({actor.name for actor in venues}) else None


def _stated(statement: Statement, registry: Registry) -> Parties | None:
    """Several parties that the issuer field lists, or that the title of a joint text names."""
    fields = [statement.issuer, statement.title if _JOINT.search(statement.title or "") else None]
    for field in fields:
        named = [mention.actor for mention in registry.mentions(field)] if field else []
        actors = tuple(dict.fromkeys(actor for actor in named if actor.name not in NEVER))
        if len(actors) > 1:
            return Parties(Genre.JOINT, actors, actors)
    return None


def _signed(references: References, registry: Registry) -> Parties | None:
    """The parties that the opening names as those who issue the text together."""
    return _joint(
        signatures.concluded(references, registry)
        or signatures.signed(references, registry)
        or signatories.released(references, registry)
        or signatories.localities(references)
        or signatories.headed(references)
        or signatories.undersigned(references, registry)
        or signatories.partnered(references)
        or signatories.chaired(references, registry)
        or signatories.endorsed(references)
    )


def _joint(actors: tuple[Actor, ...]) -> Parties | None:
    return Parties(Genre.JOINT if len(actors) > 1 else Genre.BODY, actors, actors) if actors else None


def _single(genre: Genre, who: Actor | None) -> Parties:
    actors = (who,) if who else ()
    return Parties(genre, actors, actors, who)


def _sent_from(text: str, registry: Registry) -> tuple[Actor, ...] | None:
    """The state of the place in a news dateline, empty for an unknown place, None where there is no dateline."""
    for line in [line for line in text[:900].splitlines() if line.strip()][:6]:
        match = _DATELINE.match(line)
        if match:
            return tuple(place.actor for place in registry.mentions(match["place"].title()))[:1]
        match = _CITY.match(line)
        sent = registry.mentions(match["place"].title()) if match else ()
        if sent and sent[0].form == "capital":
            return (sent[0].actor,)
    return None


def _together(statement: Statement, references: References, registry: Registry) -> Parties | None:
    """The parties of a text that several issue together, or the body as which they do."""
    text, owner = references.text, heading(statement, references, registry)
    head = f"{statement.title or ''}\n{text[:600]}"
    we_the, joint = WE_THE.search(text, 0, HEAD), _JOINT.search(head)
    sides = len(_TOGETHER.findall(text))
    if speaks(text) and not we_the and not (joint and sides >= 3 and clearly(references) is None):
        return None
    found = listed(references, owner, bool(joint))
    named = body(references, registry, owner, found.start + 1 if len(found.actors) > 2 and not we_the else HEAD)
    spoken = we_the is not None and len(found.actors) > 2 and we_the.start() <= found.start < we_the.end()
    stated = spoken and all(actor.type == ActorType.STATE for actor in found.actors)
    if (
        named
        and not stated
        and not (found.count > 1 and named in found.actors)
        and (we_the or DOCUMENT.search(head[:400]))
    ):
        actors = signatories.present(references, named)
        actors = found.actors if len(actors) > 1 and set(actors) < set(found.actors) else actors
        return Parties(Genre.JOINT if len(actors) > 1 else Genre.BODY, actors, actors)
    if found.actors and (joint or we_the or _shares(found, text, sides)):
        actors = whole(found.actors, text, registry)
        return Parties(Genre.JOINT if len(actors) > 1 else Genre.BODY, actors, actors)
    return None


def _shares(found: Listed, text: str, sides: int) -> bool:
    """Whether the text speaks of what its listed parties have in common."""
    if len(_SHARED.findall(text)) >= 2 and found.count >= 2 and found.start < HEAD:
        return True
    return found.opens and (len(_OURS.findall(text)) >= 2 or sides >= 3 or found.count >= 3)


def _told(references: References, who: Actor | None) -> Parties:
    """A text of one issuer: a speech, a body's own release, the account of a meeting, or another release."""
    text = references.text
    if speaks(text):
        return _single(Genre.SPEECH, who)
    if who and who.type != ActorType.STATE and not SELF.search(text):
        return Parties(Genre.BODY, (who,), (who,))
    sides = len(_TOGETHER.findall(text))
    if who and (_MET.search(text[:900]) or sides >= 2):
        told = meeting(references)
        members = listed(references, who).actors or _met(references, who)
        if len(told) == 2 and who in told and not set(told) <= set(members):
            members = told
        joint = len(members) > 1 and sides >= 6
        return Parties(Genre.JOINT if joint else Genre.READOUT, members if joint else (who,), members, who)
    return _single(Genre.RELEASE, who)


def _met(references: References, first: Actor) -> tuple[Actor, ...]:
    """The two parties of a meeting that the issuer tells of."""
    for reference in references.between(0, 900):
        if reference.sort in ("person", "office", "party") and reference.actors and not reference.attributive:
            other = reference.actors[0]
            if other.name != first.name and other.name not in NEVER and other.type != ActorType.ORGANISATION:
                return (first, other)
    return (first,)
