"""Whose statement it is: its genre, who "we" is, and the parties that it brings together, in order."""

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from loaders.reading.people import known
from loaders.reading.references import Reference, References
from loaders.reading.registry import Registry
from ontology.records import Actor, Statement
from ontology.terms import ActorType

HEAD = 1500


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
    """`issuers` are who "we" is outside quotations, `members` all parties that the statement brings together."""

    genre: Genre
    issuers: tuple[Actor, ...]
    members: tuple[Actor, ...]


_JOINT = re.compile(
    r"(?i:\bjoint\s+(?:statement|communiqu|declaration|press|leaders|readout|vision|fact|plan|announcement|media|comm|ministerial)|memorandum\s+of\s+understanding|\btreaty\b|\bprotocol\b|communiqué conjoint"
    r"|exchange\s+of\s+notes|agreed\s+minutes|trilateral|\bGovernments\s+of\b|the\s+(?:two|three)\s+(?:countries|sides)\s+released)"
)
_TOGETHER = re.compile(
    r"(?i)\b(?:the\s+(?:two|three)\s+(?:sides|countries|leaders|ministers|governments|presidents)|both\s+(?:sides|countries|leaders|ministers)|the\s+(?:sides|parties|leaders|ministers|participants))\b"
)
_TURN = re.compile(
    r"^[ \t_*#>]*(?P<name>(?:[A-Z][A-Z.'’-]+|[A-Z]\.|Mr|Mrs|Ms|Dr|PM|Question|Journalist|Reporter|[A-Z][a-z]+)(?:[ \t]+[A-Z(][\w.'’()-]*){0,6})[_* ]*:(?=[_* \s])",
    re.M,
)
_CAPTURE = re.compile(
    r"\b(?:met|meeting|spoke|speaks|hosted|welcomed|held|call|traveled|travelled|visited|convened|participated|joined|received|discussed|phoned|called)\b"
)
_DATELINE = re.compile(
    r"^[\s\d-]*(?:.{0,200}\n+)?\s*[A-Z][A-Z .,/'-]{2,50}(?:\([^)]*\))?,?\s*(?:[A-Z][a-z]+\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]+)[^\n]{0,40}(?:--|—|–|\s-\s)",
    re.S,
)
_RESOLVES = re.compile(r"^\s*(?:\S[^\n]{0,90}\n+\s*){0,6}The\s+(?P<name>[A-Z][\w' -]{3,70}),\s*\n", re.M)
_WE_THE = re.compile(
    r"\bW(?:e|E),?\s+(?:the|THE|as)?[^.\n]{3,400}?[,.]|\b[Aa]s\s+(?:the\s+)?leaders\s+of[^.\n]{3,300}?,\s+(?:we|guided)",
    re.S,
)
_VERBS = r"\s+(?:also\s+|will\s+|has\s+|is\s+|fully\s+|strongly\s+|firmly\s+|remains\s+|continues\s+|shall\s+|stands\s+|believes\s+|supports\s+|welcomes\s+|reaffirms\s+|calls\s+|attaches\s+|considers\s+|urges\s+|wishes\s+|reiterates\s+|associates\s+|hopes\s+|therefore\s+)"


def _actors(references: tuple[Reference, ...]) -> tuple[Actor, ...]:
    return tuple(
        dict.fromkeys(actor for reference in references for actor in reference.actors if not reference.attributive)
    )


def _solid(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    return tuple(
        actor
        for actor in actors
        if actor.type in (ActorType.STATE, ActorType.BODY, ActorType.GROUP) and actor.name not in _NEVER
    )


_NEVER = frozenset(
    (
        "UN member states",
        "international community",
        "Africa",
        "civil society",
        "private sector",
        "developing countries",
        "developed countries",
        "UN",
    )
)


def _weights(references: References) -> Counter[Actor]:
    """How much the text speaks from the position of each party."""
    text, weights = references.text, Counter[Actor]()
    for reference in references.all:
        if reference.sort != "party" or not reference.actors:
            continue
        actor, after = reference.actors[0], text[reference.end : reference.end + 30]
        if actor.name in _NEVER:
            continue
        weight = 1.0 if not reference.attributive else 0.5
        if re.match(_VERBS, after):
            weight += 2
        before = text[max(0, reference.start - 30) : reference.start]
        if re.search(
            r"(?i)\b(?:my country,?|my own country,?|we in|we,|my government,?|behalf of|here in|in our|our country,?)\s+(?:the\s+)?$",
            before,
        ):
            weight += 6
        if reference.owned and re.match(
            r"['s]+\s+(?:commitment|position|support|efforts|policy|view|foreign|economy|national|people)", after
        ):
            weight += 2
        weights[actor] += weight  # type: ignore[assignment]
    return weights


def _issuer(statement: Statement, references: References, registry: Registry) -> Actor | None:
    text = references.text
    if statement.issuer:
        named = registry.find(statement.issuer) or next((m.actor for m in registry.mentions(statement.issuer)), None)
        if named:
            return named
    head = text[:HEAD]
    source = re.search(r'^source:\s*"?([^"\n]+)', head, re.M)
    if source:
        found = registry.find(source[1].title()) or next((m.actor for m in registry.mentions(source[1].title())), None)
        if found:
            return found
    if re.search(
        r"Office of the Spokesperson|Department Spokesperson|^[^\n]{3,60}, Secretary of State\b|attributable to (?:Deputy )?(?:Department )?Spokesperson|Biden-Harris Administration|President Biden|President Trump|Biden Administration",
        head,
    ):
        return registry.find("United States")
    lead = references.between(0, 400)
    speech = len(re.findall(r"\b(?:I|my|My|Mr\. President|Madam President)\b", text)) >= 3
    for reference in lead:
        before = text[max(0, reference.start - 80) : reference.start]
        if (
            reference.actors
            and re.search(
                r"(?i)\b(?:statement|speech|address|remarks|delivered|delegation|mission|embassy|behalf|note|explanation)\b[^.\n]*$",
                before,
            )
            and reference.actors[0].type == ActorType.STATE
        ):
            return reference.actors[0]
    for reference in () if speech else lead:
        if reference.sort in ("person", "office") and reference.actors:
            return reference.actors[0]
    for reference in lead:
        if reference.sort == "person" and reference.name:
            actor = known(reference.name, registry)
            if actor:
                return actor
    weights = _weights(references)
    states = Counter({actor: weight for actor, weight in weights.items() if actor.type == ActorType.STATE})
    weights = states if speech and states else weights
    return weights.most_common(1)[0][0] if weights else None


_LIST = re.compile(
    r"\s*(?:\([^()\n]{1,60}\))?\s*(?:,|;|/|–|-|&|,?\s*\band\b|,?\s+as\s+well\s+as|,?\s+together\s+with)\s*(?:and\s+)?(?:of\s+|between\s+)?(?:the\s+)?(?:Governments?\s+of\s+)?(?:the\s+)?",
    re.I,
)
_SAME = re.compile(r"(?:,?\s+of\s+(?:the\s+)?|\s*\(?\s*(?:the\s+)?[“\"]?|,\s+)")
_LEADS = re.compile(
    r"(?i)\s+(?:leaders|foreign\s+ministers|ministers|members?|heads|economies|partners|finance\s+ministers|summit|nations|countries)\b"
)


def runs(references: References) -> list[tuple[int, tuple[Actor, ...]]]:
    """Lists of parties, "A, B and C", with where each begins; what only qualifies another noun counts too."""
    found: list[tuple[int, list[Actor]]] = []
    previous: Reference | None = None
    for reference in references.all:
        if reference.sort not in ("party", "person", "office", "organisation") or not reference.actors:
            continue
        gap = references.text[previous.end : reference.start] if previous else ""
        if previous and _LIST.fullmatch(gap):
            found[-1][1].append(reference.actors[0])
        elif previous and _SAME.fullmatch(gap) and reference.actors[0] is found[-1][1][-1]:
            pass
        else:
            found.append((reference.start, [reference.actors[0]]))
        previous = reference
    return [(start, tuple(dict.fromkeys(actors))) for start, actors in found]


def _listed(references: References) -> tuple[Actor, ...]:
    """The list of parties that the text returns to most, early ones counting more."""
    scores = Counter[frozenset[str]]()
    orders: dict[frozenset[str], tuple[Actor, ...]] = {}
    for start, actors in runs(references):
        solid = tuple(actor for actor in actors if actor.name not in _NEVER)
        if len(solid) < 2 or any(actor.type == ActorType.ORGANISATION for actor in solid):
            continue
        key = frozenset(actor.name for actor in solid)
        orders.setdefault(key, solid)
        scores[key] += 4 if start < 400 else 2 if start < HEAD else 1
    if not scores:
        return ()
    best, score = max(scores.items(), key=lambda item: (item[1], len(item[0])))
    return orders[best] if score >= 4 else ()


def _body(references: References) -> Actor | None:
    """The group or body as whose members the opening speaks."""
    for reference in references.between(0, 700):
        if reference.sort == "party" and reference.actors and not reference.owned:
            actor = reference.actors[0]
            if actor.type in (ActorType.GROUP, ActorType.BODY) and actor.name not in _NEVER:
                after = references.text[reference.end : reference.end + 40]
                before = references.text[max(0, reference.start - 60) : reference.start]
                if _LEADS.match(after) or re.search(
                    r"(?i)\b(?:leaders|ministers|members?|heads\s+of\s+\w+(?:\s+and\s+government)?|states|governors)\s+(?:of|from)\s+(?:the\s+)?$",
                    before,
                ):
                    return actor
    return None


def parties(statement: Statement, registry: Registry, references: References | None = None) -> Parties:
    """Read genre, issuers and parties off title, issuer and opening; the file's name plays no part."""
    references = references or References(statement.text or "", registry)
    text = references.text
    head = f"{statement.title or ''}\n{text[:HEAD]}"
    resolves = _RESOLVES.search(text, 0, HEAD)
    if resolves and resolves["name"] not in ("President", "Secretary-General"):
        body = registry.named(resolves["name"])
        if body.type in (ActorType.BODY, ActorType.GROUP):
            return Parties(Genre.BODY, (body,), (body,))
    turns = len(_TURN.findall(text))
    issuer = _issuer(statement, references, registry)
    issuers = (issuer,) if issuer else ()
    if turns >= 3 and re.search(r"[A-Z]{2,}[_*]*:|Question:|^Mr ", text, re.M):
        return Parties(Genre.TRANSCRIPT, issuers, issuers)
    if _DATELINE.match(text[:400]):
        return Parties(Genre.NEWS, issuers, issuers)
    own = len(re.findall(r"\b(?:I|my|My|Mr\. President|Madam President)\b", text))
    two = len(_TOGETHER.findall(text))
    we_the = _WE_THE.search(text, 0, HEAD)
    joint = _JOINT.search(head[:600])
    if own >= 3 and not we_the and not (joint and two >= 3):
        return Parties(Genre.SPEECH, issuers, issuers)
    listed = _listed(references)
    body = _body(references)
    if body and (we_the or (joint and len(listed) < 2) or not listed) and not (listed and body in listed):
        return Parties(Genre.BODY, (body,), (body,))
    if len(listed) >= 2 and (joint or we_the or two >= 2 or listed[0] in _actors(references.between(0, 250))[:2]):
        return Parties(Genre.JOINT, listed, listed)
    first = text[:900]
    if _CAPTURE.search(first) and issuer:
        others = _solid(
            _actors(tuple(r for r in references.between(0, 900) if r.sort in ("person", "office", "party")))
        )
        pair = tuple(dict.fromkeys((issuer, *others)))[:2]
        return Parties(Genre.READOUT, issuers, pair)
    return Parties(Genre.RELEASE, issuers, issuers)
