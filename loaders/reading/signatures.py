"""Who concludes or signs a text, known or not: "Agreement between A and B", the names below "Signed by"."""

import re

from loaders.reading.issuers import HEAD
from loaders.reading.organisations import FIRMS
from loaders.reading.people import office_pattern
from loaders.reading.references import References
from loaders.reading.registry import Registry
from ontology.records import Actor

_BETWEEN = re.compile(
    r"(?is)^[^\n.]{0,120}\b(?:agreement|memorandum|treaty|protocol|arrangement|accord|understanding|minutes|charter|contract"
    r"|(?:action|work)\s+plan|declaration\b[^.\n]{0,60}\b(?:relations|co-?operation|partnership|friendship))\b"
    r"[^.]{0,160}?\bbetween\s+(?P<who>[^.;]{8,400}?)"
    r"(?=\s+(?:concerning|respecting|governing|providing|about|regarding|relating|relative|signed|dated|pertaining|hereinafter|with\s+regard|in\s+the\s+field"
    r"|on\s+(?:the|co-?operation)|for\s+(?:the|co-?operation))\b|\n\s*\n(?!\s*and\b)|[.;]|\Z)",
    re.M,
)
_JOINTLY = re.compile(
    r"(?i)^\W*joint\s+(?:\w+\s+)?(?:statement|communiqu\S|declaration)\s+(?:of|by|from)\s+(?P<who>the\s[^\n.]{8,300}?)"
    r"(?=\s+(?:on|regarding|concerning|following)\s|\n)"
)
_PARTED = re.compile(r"(?i)\s*[,;]?\s+and\s+(?=the\b)|\s*[,;]\s*(?=the\b)|\s*\n\s*and\s*\n\s*")
_GOVERNS = re.compile(
    r"(?i)(?:the\s+)?(?:(?:\w+\s+)?governments?\s+of\s+)?(?:the\s+)?(?:(?:\w+\s+)?(?:republic|kingdom|state)\s+of\s+)?(?:the\s+)?"
)
_GOVERNMENT = re.compile(r"(?i)(?:\w+\s+)?governments?\b")
_SIGNED = re.compile(
    r"(?im)^[*_# ]*(?:(?:jointly\s+)?(?:signed|endorsed|supported|co-?signed|adopted)(?:\s+by)?"
    r"(?:\s+the\s+following[\w ]*)?|(?:list\s+of\s+)?(?:signator(?:y|ies)|endorsers|endorsements|supporters"
    r"|undersigned)(?:\s+[\w ]{3,40})?(?:\s+\([^()\n]{1,60}\))?"
    r"|(?:endorsing|signatory|supporting|participating)"
    r"\s+(?:countries|states|governments|parties|members|cities|organi[sz]ations)"
    r"(?:\s+and\s+[\w ]+)?)[*_ ]*:?[*_ ]*$"
)
_KINDS = re.compile(
    r"(?i)(?:(?:national|local|sub-?national|regional|city|private|financial)\s+)?"
    r"(?:governments?|manufacturers|countries|states|companies|cities|organi[sz]ations|investors|businesses|banks|fleets"
    r"|civil\s+society|ngos|partners|regions|associations|unions)(?:\s+and\s+\w+)?:?"
)
_NAME = re.compile(
    r"[A-ZÀ-Ý][\w'’.&À-ÿ/-]*(?:\s+(?:(?:of|for|de|la|du|des|del|and|the|to|in|&)\s+)*[A-ZÀ-Ý0-9][\w'’.&À-ÿ/-]*){0,8}"
)
_SMALL = re.compile(r"\b(?:Of|And|The|For|On)\b")
_WE = re.compile(r"\b(?:[Ww]e|[Uu]ndersigned|[Ss]ignatories)\b")


def concluded(references: References, registry: Registry) -> tuple[Actor, ...]:
    """The parties of an agreement whose title names them."""
    match = _BETWEEN.search(references.text, 0, HEAD) or _JOINTLY.search(references.text, 0, HEAD)
    parts = _PARTED.split(match["who"]) if match else []
    parts = parts if len(parts) != 1 else re.split(r"(?i)\s+and\s+", parts[0])
    actors = [_party(part, registry) for part in parts]
    found = tuple(dict.fromkeys(actor for actor in actors if actor is not None))
    return found if len(found) == len(parts) > 1 else ()


def _party(part: str, registry: Registry) -> Actor | None:
    """A state by its government, a known body, or an organisation by the name that a title gives it."""
    written = " ".join(re.sub(r"\([^)]*\)", " ", part).split()).strip(" ,")
    name = re.sub(rf"(?i),?\s+(?:{FIRMS}|Co)\.?$", "", re.sub(r"(?i)^the\s+", "", written))
    shouted = name.isupper()
    title = _SMALL.sub(lambda word: word.group().lower(), name.title()) if shouted else name
    for mention in registry.mentions(title):
        whole = mention.end == len(title) or _GOVERNMENT.match(title)
        if whole and mention.form == "name" and _GOVERNS.fullmatch(title, 0, mention.start):
            return mention.actor
    if _GOVERNMENT.match(title):
        return None
    title = re.sub(r"\bof\s+the\s+(?:Republic|Kingdom|State)\s+of\b", "of", title)
    return registry.named(title) if _NAME.fullmatch(title) else None


def signed(references: References, registry: Registry) -> tuple[Actor, ...]:
    """Those whose names stand one to a line below "Signed by" or "Signatories", where the text says "we"."""
    text = references.text
    match = next((m for m in _SIGNED.finditer(text) if _WE.search(text, 0, m.start())), None)
    if match is None:
        return ()
    found: list[Actor] = []
    for line in text[match.end() :].splitlines():
        bare = line.strip(" \t*-•·,;")
        if not bare or _KINDS.fullmatch(bare):
            continue
        actor = _signer(bare, registry)
        if actor is None:
            break
        found.append(actor)
    return tuple(dict.fromkeys(found)) if len(found) > 1 else ()


def _signer(line: str, registry: Registry) -> Actor | None:
    """The party of one line of signatures: a name, or a person with the organisation after the office."""
    line = re.sub(r"\s*\([^)]*\)$", "", re.sub(r"^\(?\d{1,3}[.)]\s+", "", line))
    if len(line) > 120:
        return None
    name = line.rsplit(",", 1)[-1].strip() if office_pattern().search(line) else line
    known = registry.find(re.sub(r"^(?:the|The)\s+", "", name))
    return known or (registry.named(name) if _NAME.fullmatch(name) else None)
