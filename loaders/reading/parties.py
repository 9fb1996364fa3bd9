"""Whose statement it is: its genre, who "we" is, and the parties that it brings together, in order."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

from loaders.reading.clauses import governs, headed
from loaders.reading.issuers import HEAD, NEVER, SELF, heading, issuer, stances
from loaders.reading.references import Reference, References
from loaders.reading.registry import Registry, knowledge
from loaders.reading.turns import is_transcript
from ontology.records import Actor, Statement
from ontology.terms import ActorType


class Genre(StrEnum):
    """The kinds of statement that answer differently to the question who "we" is."""

    JOINT = "joint"
    BODY = "body"
    READOUT = "readout"
    TRANSCRIPT = "transcript"
    SPEECH = "speech"
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
    r"\bjoint\s+(?:\w+\s+)?(?:statement|communiqu|declaration|press|leaders|readout|vision|fact|plan|announcement|media|ministerial)|memorandum\s+of\s+understanding|\btreaty\b"
    r"|\bprotocol\b|communiqué\s+conjoint|exchange\s+of\s+(?:notes|letters)|agreed\s+minutes|minutes\s+of|trilateral|\bgovernments\s+of\b|two\s+(?:countries|sides)\s+released|\broadmap\b|\bagreement\s+between\b|^\s*agreement\b|\bminutes\b",
    re.I,
)
_TOGETHER = re.compile(
    r"\b(?:the\s+(?:two|three)\s+(?:sides|countries|leaders|ministers|governments|presidents)|both\s+(?:sides|countries|leaders|ministers)"
    r"|the\s+(?:sides|parties|leaders|ministers|participants|contracting))\b",
    re.I,
)
_MET = re.compile(
    r"\b(?:met|meets|meeting|spoke|speaks|hosted|welcomed|held|call|calls|travell?ed|visited|convened|participated|joined|received|discussed|phoned|called|talks)\b"
)
_DATELINE = re.compile(
    r"\s*(?:[^\n]{0,200}\n+){0,4}\s*[A-Z][A-Z .,/'-]{2,50}(?:\([^)]*\)|,?\s*(?:[A-Z][a-z]+\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]+)|/[A-Z]+)[^\n]{0,40}(?:--|—|–|\s-\s)"
)
_RESOLVES = re.compile(r"^\s*(?:[^\n]*\n+\s*){0,6}?The\s+(?P<name>[A-Z][\w' -]{3,70}),\s*\n")
_WE_THE = re.compile(
    r"\bW(?:e|E)\s*[,—–-]?\s*(?:as\s+)?(?:the|THE)\s[^.\n]{3,700}?[,.—–]|\bwe\s*[,—–-]\s*the\s[^.\n]{3,400}|\b[Aa]s\s+(?:the\s+)?leaders\s+of[^.\n]{3,300}?,\s+(?:we|guided)|\bWe, [A-Z][^.\n]{3,300}"
)
_DOCUMENT = re.compile(r"(?i)communiqu|comunicado|declaration|conclusions|statement|resolution|final\s+(?:document|act)|decision|summary|ministerial|manifesto|\bmeeting\s+of\s+the\b|press\s+release\s+no")
_LIST = re.compile(
    r"(?:[”\"]?\))?\s*(?:\([^()\n]{1,60}\))?\s*(?:,|;|/|–|-|&|,?\s*\band\b|,?\s+as\s+well\s+as|,?\s+together\s+with|\s+and\s+its\s+Member\s+States\s+and|\s+with)\s*(?:and\s+)?(?:of\s+|between\s+)?(?:the\s+)?"
    r"(?:Governments?\s+of\s+|(?:his|her)\s+\w+\s+)?(?:the\s+)?",
    re.I,
)
_SAME = re.compile(r"(?:,?\s+of\s+(?:the\s+)?|\s*\(?\s*(?:the\s+)?[“\"]?|,\s+)")
_ADDRESSED = re.compile(r"(?i)\b(?:address|statement|remarks|speech|briefing)\s+(?:to|at|in|before)\s[^.\n]{0,40}$")
_JOINED = re.compile(r"\band\b|&|/|[–-]|\bwith\b|as\s+well\s+as", re.I)
_SHARED = re.compile(r"\b[Oo]ur\s+(?:two\s+|both\s+|\w+\s+)?(?:countries|nations|peoples|leaders|governments|alliance|partnership|relationship|bilateral|relations|ties)\b|\bboth\s+(?:of\s+our\s+)?(?:countries|nations|peoples)\b")
_LEADS = re.compile(
    r"\s+(?:leaders|foreign\s+ministers|ministers|members?|heads|economies|partners|finance\s+ministers|nations|countries|governors|executive\s+committee|council)\b", re.I
)
_MEMBERS_OF = re.compile(
    r"\b(?:leaders|ministers|members?|member\s+states|heads\s+of\s+\w+(?:\s+and\s+government)?|states|governors|authority|council|committee|meeting|communiqu\S|statement|declaration|summit|session)\s+(?:of|from|by)\s+(?:the\s+)?(?:\w+\s+of\s+the\s+)?$",
    re.I,
)


def runs(references: References) -> list[tuple[Reference, Reference, tuple[Actor, ...]]]:
    """Lists of parties, "A, B and C": the first and last phrase, and the parties."""
    found: list[tuple[list[Reference], list[Actor]]] = []
    previous: Reference | None = None
    for reference in references.all:
        if reference.sort not in ("party", "person", "office", "organisation") or not reference.actors:
            continue
        gap = references.text[previous.end : reference.start] if previous else ""
        if previous and _LIST.fullmatch(gap):
            found[-1][0].append(reference)
            found[-1][1].append(reference.actors[0])
        elif previous and _SAME.fullmatch(gap) and reference.actors[0].name == found[-1][1][-1].name:
            found[-1][0].append(reference)
        else:
            found.append(([reference], [reference.actors[0]]))
        previous = reference
    return [(phrases[0], phrases[-1], tuple(dict.fromkeys(actors))) for phrases, actors in found]


def _subject(references: References, first: Reference, last: Reference) -> bool:
    """Whether a list of parties is the subject of its sentence."""
    before = references.text[max(0, first.start - 90) : first.start]
    if re.search(r"(?i)\b(?:statement|communiqu\S+|text|declaration)\b[^.\n]{0,70}\bby\s+(?:the\s+)?(?:governments?\s+of\s+(?:the\s+)?)?$|^by\s+|\n(?:by|between)\s+|(?:agreement|memorandum|treaty|protocol|consultations?|dialogue|talks|meeting)\b[^.\n]{0,60}\bbetween\s+(?:the\s+)?(?:governments?\s+of\s+(?:the\s+)?)?$", before):
        return True
    asked = re.search(r"\b(?:ask|urge|call\s+on|thank|welcome|invite|encourage|request)\w*\s+(?:the\s+)?$", before)
    opens = re.search(r"(?:^|[.\n][”\"]?\s)\s*(?:\d+\.\s+)?(?:The\s+|Both\s+|Today,?\s+(?:the\s+)?)?$", before) is not None
    free = not asked and not last.owned and not headed(references.text, first)
    return free and (opens or governs(references.text, last))


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of parties to which a text returns: how often, and whether the text opens with it as a subject."""

    actors: tuple[Actor, ...] = ()
    count: int = 0
    opens: bool = False
    start: int = 0


def _listed(references: References, owner: Actor | None, among: bool = False) -> Listed:
    """The list of parties that the text returns to most, early ones counting more; a known issuer is among them.

    `among` lets organisations in, as the texts of agreements do.
    """
    scores, counts = Counter[frozenset[str]](), Counter[frozenset[str]]()
    orders: dict[frozenset[str], tuple[Actor, ...]] = {}
    opening, begins = set(), dict[frozenset[str], int]()
    for first, last, actors in runs(references):
        start = first.start
        solid = tuple(actor for actor in actors if actor.name not in NEVER)
        key = frozenset(actor.name for actor in solid)
        if len(solid) == 2 and not _JOINED.search(references.text, first.end - 2, last.start + 1):
            continue
        if len(solid) < 2 or (not among and any(actor.type == ActorType.ORGANISATION for actor in solid)) or (owner and owner.name not in key):
            continue
        orders.setdefault(key, solid)
        begins.setdefault(key, start)
        scores[key] += 8 if start < 250 else 5 if start < 500 else 2 if start < HEAD else 1
        counts[key] += 1
        if start < 250 and (_subject(references, first, last) or references.text[:start].rstrip().endswith("(")):
            opening.add(key)
    if not scores:
        return Listed()
    best, score = max(scores.items(), key=lambda item: (item[1], len(item[0])))
    return Listed(orders[best], counts[best], best in opening, begins[best]) if score >= 4 else Listed()


def _spoken_of(references: References, body: Reference) -> bool:
    """Whether somebody else governs the sentence before the body is named, so that it is only talked about."""
    text = references.text
    begin = max(text.rfind(". ", 0, body.start), text.rfind("\n", 0, body.start), 0)
    if _WE_THE.search(text, begin, body.end + 2):
        return False
    return any(
        governs(text, other) and not other.attributive
        for other in references.between(begin, body.start)
        if other.sort in ("party", "person", "we", "i", "office", "he", "organisation")
    )


def _body(references: References, owner: Actor | None, before: int) -> Actor | None:
    """The group or body as whose members the opening speaks; the heading alone counts where nobody else issues it."""
    text = references.text
    for reference in references.between(0, min(700, before)):
        if reference.sort != "party" or not reference.actors or reference.actors[0].name in NEVER:
            continue
        if reference.actors[0].type not in (ActorType.GROUP, ActorType.BODY) or _ADDRESSED.search(text[: reference.core]):
            continue
        if _spoken_of(references, reference):
            continue
        if _LEADS.match(text, reference.end) or _MEMBERS_OF.search(text, max(0, reference.core - 80), reference.core):
            return reference.actors[0]
        if owner is None and reference.start < 320 and _DOCUMENT.search(text[:400]) and text.count(". ", 0, reference.start) < 3:
            return reference.actors[0]
    return None


def _readout(references: References, first: Actor) -> tuple[Actor, ...]:
    """The two parties of a meeting that the issuer tells of."""
    for reference in references.between(0, 900):
        if reference.sort in ("person", "office", "party") and reference.actors and not reference.attributive:
            other = reference.actors[0]
            if other.name != first.name and other.name not in NEVER and other.type != ActorType.ORGANISATION:
                return (first, other)
    return (first,)


@lru_cache(maxsize=1)
def _groups() -> dict[str, Any]:
    table = knowledge("bodies.yaml")
    return {"members": table["members"], "regions": table["regions"]}


def _whole(listed: tuple[Actor, ...], text: str, registry: Registry) -> tuple[Actor, ...]:
    """The group of which exactly the listed ones are the members, if the text names it; else the list."""
    names, table = frozenset(actor.name for actor in listed), _groups()
    for group, members in table["members"].items():
        if names == frozenset(members) and re.search(rf"\b{group}\b", text):
            return (registry.named(group.replace("\\", "")),)
    for region, members in table["regions"].items():
        if len(names & frozenset(members)) >= 5:
            return (registry.named(region), *(actor for actor in listed if actor.name not in members))
    return listed


def _organ(references: References, registry: Registry, body: Actor) -> Actor:
    """The organ of a body that the text makes its subject again and again: "The Supreme Council …"."""
    if any(r.sort == "organisation" and (r.name or "").endswith("Council") for r in references.between(0, 800)):
        return body
    for actor in registry.actors():
        rest = actor.name.removeprefix(body.name + " ")
        if rest != actor.name and rest.endswith(("Council", "Committee")):
            if len(re.findall(rf"(?:^|[.\n]\s*|\d\s)The\s+(?:{rest})\s+[a-z]", references.text)) >= 2:
                return actor
    return body


def _outspoken(references: References, body: Actor) -> bool:
    """Whether one state speaks for itself in the text so often that a body cannot be its issuer."""
    counted = stances(references, 0, len(references.text))
    best = max((weight for actor, weight in counted.items() if actor.type == ActorType.STATE), default=0)
    return best >= 10 and best > counted[body]


def _joint(references: References, registry: Registry, head: str, owner: Actor | None) -> Parties | None:
    """The parties of a text that several issue together, or the body as which they do."""
    text = references.text
    we_the = _WE_THE.search(text, 0, HEAD)
    together, joint = len(_TOGETHER.findall(text)), _JOINT.search(head)
    if len(SELF.findall(text)) >= 3 and not we_the and not (joint and together >= 3):
        return None
    listed = _listed(references, owner, bool(joint))
    body = _body(references, owner, listed.start + 1 if len(listed.actors) > 2 and not we_the else HEAD)
    if body and _outspoken(references, body):
        body = None
    body = _organ(references, registry, body) if body else None
    if body and not (listed.count > 1 and body in listed.actors) and (we_the or _DOCUMENT.search(head[:400])):
        return Parties(Genre.BODY, (body,), (body,))
    ours = len(re.findall(r"\b(?:[Ww]e|[Oo]ur)\b", text))
    shared = len(_SHARED.findall(text))
    if listed.actors and (joint or we_the or (shared >= 2 and listed.count >= 2 and listed.start < HEAD) or (listed.opens and (ours >= 2 or together >= 3 or listed.count >= 3))):
        actors = _whole(listed.actors, text, registry)
        return Parties(Genre.JOINT if len(actors) > 1 else Genre.BODY, actors, actors)
    return None


def _dateline(text: str, registry: Registry) -> Actor | None:
    """The state of the capital from which a news text is sent."""
    match = re.search(r"(?m)^\s*(?P<place>[A-Z][A-Z .'/-]{2,40}?)(?:,|\s\(|\s[–—-]|/)", text[:600])
    places = registry.mentions(match["place"].title()) if match else ()
    return next((place.actor for place in places), None)


def parties(statement: Statement, registry: Registry, references: References | None = None) -> Parties:
    """Read genre, issuers and parties off title, issuer and opening; the file's name plays no part."""
    references = references or References(statement.text or "", registry)
    text = references.text
    resolves = _RESOLVES.match(text[:HEAD])
    body = registry.find(resolves["name"]) if resolves else None
    if body:
        return Parties(Genre.BODY, (body,), (body,))
    who = issuer(statement, references, registry)
    issuers = (who,) if who else ()
    if is_transcript(text):
        return Parties(Genre.TRANSCRIPT, issuers, issuers, who)
    if _DATELINE.match(text[:500]) and not _JOINT.search(text[:200]):
        home = _dateline(text, registry) or who
        return Parties(Genre.NEWS, (home,) if home else (), (home,) if home else (), home)
    owner = heading(statement, references, registry)
    joint = _joint(references, registry, f"{statement.title or ''}\n{text[:600]}", owner)
    if joint:
        return replace(joint, home=who)
    if len(SELF.findall(text)) >= 3:
        return Parties(Genre.SPEECH, issuers, issuers, who)
    if who and who.type in (ActorType.BODY, ActorType.GROUP) and not SELF.search(text):
        return Parties(Genre.BODY, issuers, issuers)
    if who and (_MET.search(text[:900]) or len(_TOGETHER.findall(text)) >= 2):
        members = _listed(references, who).actors or _readout(references, who)
        if len(members) > 1 and len(_TOGETHER.findall(text)) >= 6:
            return Parties(Genre.JOINT, members, members, who)
        return Parties(Genre.READOUT, issuers, members, who)
    return Parties(Genre.RELEASE, issuers, issuers, who)
