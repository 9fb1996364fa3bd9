"""The body or group in whose name a text speaks: "We, the leaders of the G20", "The Supreme Council …"."""

import re

from loaders.reading.clauses import governs
from loaders.reading.issuers import HEAD
from loaders.reading.references import Reference, References
from loaders.reading.registry import Registry
from loaders.reading.stances import NEVER, stances
from ontology.records import Actor
from ontology.terms import ActorType

WE_THE = re.compile(
    r"\bW(?:e|E)\s*[,—–-]?\s*(?:as\s+)?(?:the|THE)\s[^.\n]{3,700}?[,.—–]|\bwe\s*[,—–-]\s*the\s[^.\n]{3,400}"
    r"|\b[Aa]s\s+(?:the\s+)?leaders\s+of[^.\n]{3,300}?,\s+(?:we|guided)|\bWe, [A-Z][^.\n]{3,300}"
)
DOCUMENT = re.compile(
    r"(?i)communiqu|comunicado|declaration|conclusions|statement|resolution|final\s+(?:document|act)|decision|summary"
    r"|ministerial|manifesto|\bmeeting\s+of\s+the\b|press\s+release\s+no"
)
_RESOLVES = re.compile(r"\s*The\s+(?P<name>[A-Z][\w' -]{3,70}),\s*")
_ADDRESSED = re.compile(
    r"(?i)\b(?:address|statement|remarks|speech|briefing|delivered)\s+(?:to|at|in|before)\s[^.\n]{0,40}$"
)
_CAPACITY = re.compile(
    r"\b(?:chaired\b[^.\n]{0,30}\b(?:by|of)|(?:his|her|its|their)\s+capacity\s+as|auspices\s+of|mediation\s+of|framework\s+of|arriv\w+\s+(?:at|for)|ahead\s+of|prior\s+to|margins\s+of|sidelines\s+of"
    r"|(?:FM|talks?|call|meets|met|spoke)\b[^.\n]{0,20}\b(?:to|with))\s+(?:the\s+)?(?:\w+\s+of\s+(?:the\s+)?)?$"
)
_LEADS = re.compile(
    r"\s+(?:leaders|foreign\s+ministers|ministers|members?|heads|economies|partners|finance\s+ministers|nations"
    r"|countries|governors|executive\s+committee|council)\b",
    re.I,
)
_MEMBERS_OF = re.compile(
    r"\b(?:leaders|ministers|members?|member\s+states|heads\s+of\s+\w+(?:\s+and\s+government)?|states|governors"
    r"|authority|council|committee|meeting|communiqu\S|statement|declaration|summit|session)"
    r"\s+(?:of|from|by)\s+(?:the\s+)?(?:\w+\s+of\s+the\s+)?$",
    re.I,
)


def resolving(text: str, registry: Registry) -> Actor | None:
    """The body of a resolution, which stands alone on a line near the top: "The General Assembly,"."""
    for line in [line for line in text[:HEAD].splitlines() if line.strip()][:7]:
        match = _RESOLVES.fullmatch(line)
        if match and (body := registry.find(match["name"])):
            return body
    return None


def body(references: References, registry: Registry, owner: Actor | None, before: int) -> Actor | None:
    """The body as which the text speaks, named before an offset; `owner` is who the letterhead names."""
    found = _opening(references, owner, before)
    if found is None:
        return None
    named = found.actors[0]
    titled = found.start < references.text.strip().find("\n")
    if _outspoken(references, named) and not titled and not _says_we(references, found):
        return None
    return _organ(references, registry, named)


def _says_we(references: References, found: Reference) -> bool:
    """Whether "We, the leaders of …" names the body before any state."""
    spoken = WE_THE.search(references.text, 0, HEAD)
    if spoken is None or not spoken.start() <= found.start < spoken.end():
        return False
    before = references.between(spoken.start(), found.start)
    return not any(actor.type == ActorType.STATE for reference in before for actor in reference.actors)


def _opening(references: References, owner: Actor | None, before: int) -> Reference | None:
    """The body as whose members the opening speaks; the heading alone counts where nobody else issues the text."""
    text = references.text
    for reference in references.between(0, min(700, before)):
        if reference.sort != "party" or not reference.actors or reference.actors[0].name in NEVER:
            continue
        actor, start = reference.actors[0], reference.core
        if actor.type not in (ActorType.GROUP, ActorType.BODY) or _ADDRESSED.search(text, max(0, start - 90), start):
            continue
        if _spoken_of(references, reference) or _CAPACITY.search(text, max(0, start - 50), start):
            continue
        if _LEADS.match(text, reference.end) or _MEMBERS_OF.search(text, max(0, start - 80), start):
            return reference
        heads = reference.start < 320 and text.count(". ", 0, reference.start) < 3
        if owner is None and heads and DOCUMENT.search(text, 0, 400):
            return reference
    return None


def _spoken_of(references: References, named: Reference) -> bool:
    """Whether somebody else governs the sentence before the body is named, so that it is only talked about."""
    text = references.text
    begin = max(text.rfind(". ", 0, named.start), text.rfind("\n", 0, named.start), 0)
    if WE_THE.search(text, begin, named.end + 2):
        return False
    return any(
        governs(text, other) and not other.attributive
        for other in references.between(begin, named.start)
        if other.sort in ("party", "person", "we", "i", "office", "he", "organisation")
    )


def _outspoken(references: References, named: Actor) -> bool:
    """Whether one state speaks for itself in the text so often that a body cannot be its issuer."""
    counted = stances(references, 0, len(references.text))
    best = max((weight for actor, weight in counted.items() if actor.type == ActorType.STATE), default=0)
    return best >= 10 and best > counted[named]


def _organ(references: References, registry: Registry, named: Actor) -> Actor:
    """The organ of a body that the text makes its subject again and again: "The Supreme Council …"."""
    if any(r.sort == "organisation" and (r.name or "").endswith("Council") for r in references.between(0, 800)):
        return named
    for actor in registry.actors():
        rest = actor.name.removeprefix(named.name + " ")
        again = rf"(?:^|[.\n]\s|\d\s)The\s+{rest}\s+[a-z]"
        organ = rest != actor.name and rest.endswith(("Council", "Committee"))
        if organ and len(re.findall(again, references.text)) >= 2:
            return actor
    return named
