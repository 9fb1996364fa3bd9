"""Who issues a statement, read off its heading, its opening and the position from which it speaks."""

import re
from collections import Counter
from functools import lru_cache
from itertools import zip_longest

from loaders.reading.contenders import campaigning, opposition
from loaders.reading.people import known, office_pattern
from loaders.reading.references import References
from loaders.reading.registry import Registry, knowledge
from loaders.reading.stances import NEVER, clearly, foremost, weights
from loaders.reading.turns import is_transcript
from ontology.records import Actor, Statement
from ontology.terms import ActorType

HEAD = 1500
SELF = re.compile(r"\b(?:I|my|My|[Mm]yself|Mr\. President|Mr President|Madam President|Madam)\b")
_ONE = re.compile(
    r"\b[Mm]y\s+(?:own\s+)?(?:country|delegation|[Gg]overnment|nation|people|Prime|President)\b"
    r"|(?:\A|\n)Thank\s+you,?\s+(?:Madam|Mr\.?)\s+(?:Chair|President)"
    r"|\b[Tt]his\s+(?:august\s+)?(?:Assembly|Hall|podium|rostrum)\b"
)
_ORATION = re.compile(
    r"^(?![^\n]*\b(?i:joint|press release|transcript)\b)[^\n]{0,120}"
    r"\b(?i:toast|doorstep|speech|address|keynote|lecture|oration|opening\s+remarks|closing\s+remarks|remarks)\b(?!\s+(?:on|about|to\s+climate))",
    re.M,
)
_I = re.compile(r"\b(?:I|[Mm]y)\b")
_BYLINE = re.compile(
    r"(?i)(?:opening |closing |welcom\w+ )?(?:remarks|speech|address|keynote|lecture)\s+(?:by|of)\s"
    r"(?![^\n]*\band\b)"
)
_QUOTED = re.compile(r"“[^“”]{0,2000}”|\"[^\"]{0,2000}\"")
_DELIVERS = re.compile(
    r"(?i)\b(?:statement|speech|address|remarks|delivered|delegation|mission|embassy|behalf|note|explanation|discurso"
    r"|toast|letter|anförande)\b(?:(?!\b(?:to|at|in|with|before|vid|till|inför|ante|devant|on(?!\s+behalf))\b)[^.\n]){0,90}$"
    r"|\n[ \t]*by[ \t]+(?:the[ \t]+)?$"
)
_REPLIES = re.compile(
    r"(?i)\b(?:reply|replying|respond|responding|response|reaction)\s+to\b|\b(?:made|delivered)\b.*\bby\b"
)
_PLACE = re.compile(
    r"^[ \t]*(?P<place>[A-ZÀ-Ý][\w' À-ÿ]{2,25}?)"
    r"(?:(?:,?[ \t]*(?:\d{1,2}(?:st|nd|rd|th)?\b.{0,20}|[A-Z][a-z]+ \d.{0,12}|\d[\d./-]+))?$"
    r"|,[ \t]+(?:[A-Z][a-z]+\.?[ \t]+\d{1,2}|\d{1,2}[ \t]+[A-Z][a-z]+)(?:,?[ \t]+\d{4})?[ \t]*[-–—:.]{1,2}[ \t])",
    re.M,
)
_SALUTES = re.compile(
    r"\s*(?:Your|Excellenc|Distinguished|Hono|Dear\b|M(?:r|s|me|adam)\.?\s(?:President|Chair|Speaker|Secretary))"
)
_SHAPE = re.compile(
    r"(?i)(?:the\s+)?(?:government|embassy|republic|kingdom|ministry|permanent\s+mission|gobierno"
    r"|house\s+of\s+\w+|parliament|senate|national\s+assembly|legislative\s+assembly|hansard)\b"
)
_BANK = re.compile(
    r"(?:T(?:HE|he) )?((?:[A-Z]\w+ )*B(?:ANK|ank)(?: (?:OF|of)(?: (?:THE|the))?(?: [A-Z][\w'-]+)+)?)(?:,[^,]*\d{4})?"
)
_FULL_NAME = re.compile(r"\b[A-Z][A-Za-z.'-]+,?[ \t]+(?:[A-Z]\.[ \t]+)?([A-Z][A-Za-z'-]{3,})\b")
_CUT = re.compile(r"(?i)(?:mr|ms|mrs|miss|dr)\b")
_SUBJECT = re.compile(
    r"(?P<name>(?:[A-Z][\w&'-]+\s){1,5})(?i:sets|announces|launches|commits|pledges|unveils|promises|publishes|vows|targets)\b"
)
_APPROVES = re.compile(
    r"(?:\s+(?:Board|Group|Directors))?\s+(?:approves|announces|launches|commits|pledges|unveils|signs|grants|allocates|provides"
    r"|extends|steps\s+up|to\s+(?:provide|invest|support|fund|lend))\b"
)
_MEETS = re.compile(
    r"(?:,[^,.;\n]{1,80},)?\s+(?:today\s+|on\s+\w+day\s+)?(?:met|spoke|held|had|received|hosted)\b[^.\n]{0,60}?\bwith\b"
)
_ON_BEHALF = re.compile(r"(?i)\bstatement\b.*\bon behalf of (?:the )?")
_SUMMONED = re.compile(
    r"[^.\n]{0,40}?\s(?:was|were|is|has\s+been)\s+(?:\w+ly\s+)?(?:summoned|received|called|handed|told|informed)\b"
)
_FIRM = re.compile(r"\b[Tt]he\s+(?:company|group|firm)\b|\bChief\s+Executive\b|\bCEO\b")
_AGENCY = re.compile(
    r"(?i)(?:the )?(?P<name>(?:[A-Z&-]+ ){0,6}(?P<noun>agency|authority|commission|board|bureau|institute|association"
    r"|chamber|union|foundation|federation|corporation|company|inspectorate|service|office|council)"
    r"(?: (?:of|for|on) [A-Z ,&-]+)?)"
)
_BY = re.compile(
    r"(?i)(?:\w+\s){0,2}?(?:statement|declaration|communiqu\S|letter|release|position|appeal)\s+(?:by|of|from)\s+"
    r"(?:the\s+)?(?P<who>.+?)(?:\s+(?:on|about|regarding|concerning|following)\s.*)?"
)
_SMALL = re.compile(r"\b(?:Of|And|The|For|On)\b")


@lru_cache(maxsize=1)
def _letterheads() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((party, re.compile(pattern)) for party, pattern in knowledge("offices.yaml")["letterheads"].items())


def speaks(text: str) -> bool:
    """Whether one person speaks in the text."""
    if _ORATION.search(text, 0, 400) and (_I.search(text) or _BYLINE.match(text.lstrip("# *\n"))):
        return True
    return len(SELF.findall(text)) >= 3 or _ONE.search(_QUOTED.sub("", text)) is not None


def heading(statement: Statement, references: References, registry: Registry) -> Actor | None:
    """The party of the issuer field, of a source line, of a letterhead, or of a well-known name in the heading."""
    head = references.text[:HEAD]
    opposed = opposition(head, registry)
    if opposed is not None:
        return opposed
    for source in (statement.issuer, *re.findall(r'^source:\s*"?([^"\n]+)', head, re.M)):
        if source:
            name = source.title() if source.isupper() else source
            found = registry.find(name) or next((m.actor for m in registry.mentions(name)), None)
            if found:
                return found
    for line in [line for line in head[:400].splitlines() if line.strip()][:3]:
        behalf = _ON_BEHALF.search(line)
        spoken = next(iter(registry.mentions(line[behalf.end() :])), None) if behalf else None
        if spoken and spoken.start < 2 and spoken.actor.type == ActorType.GROUP:
            return spoken.actor
    for party, pattern in _letterheads():
        if pattern.search(head):
            return registry.find(party)
    return (
        _masthead(head, registry)
        or _familiar(head, registry, references.year)
        or campaigning(references.text, registry)
    )


def _titles(head: str) -> list[str]:
    """The lines that do not run on into the next one, as those of a paragraph do."""
    lines = head.splitlines()
    return [line for line, after in zip_longest(lines, lines[1:], fillvalue="") if not after[:1].islower()]


def _masthead(head: str, registry: Registry) -> Actor | None:
    """A party whose name fills most of one of the first lines."""
    first = [line for line in head.splitlines() if line.strip()][:2]
    for line in [line.strip(" #*_") for line in _titles(head) if line in first]:
        if line.endswith(",") or len(line) >= 90:
            continue
        bank = _BANK.fullmatch(line)
        if bank:
            return registry.named(re.sub(r"\bOf\b", "of", bank[1].title()))
        agency = _agency(line, head, registry)
        if agency is not None:
            return agency
        shape = _SHAPE.match(line)
        for mention in registry.mentions(line):
            fills = mention.end - mention.start > 0.45 * len(line) or (shape and mention.actor.type == ActorType.STATE)
            if fills and mention.form == "name" and mention.actor.name not in NEVER:
                return mention.actor
    company = _headline(head, registry)
    if company is not None:
        return company
    manifesto = re.search(r"manifesto of the ([A-Z][\w ]+?)[).\n]", head)
    return registry.named(manifesto[1]) if manifesto else None


def _agency(line: str, head: str, registry: Registry) -> Actor | None:
    """An agency that no list knows, whose name is the whole letterhead and of which the text goes on to speak."""
    by = _BY.fullmatch(line)
    match = _AGENCY.fullmatch(by["who"] if by else line)
    known = any(mention.actor.type != ActorType.STATE for mention in registry.mentions(line))
    if match is None or known or len(match["name"].split()) < 3:
        return None
    if not re.search(rf"\b[Tt]he\s+{match['noun'].title()}\b|\b[Ww]e\b", head):
        return None
    named = match["name"].title() if line.isupper() else match["name"]
    if office_pattern().search(named) or any(word[0].islower() and len(word) > 3 for word in named.split()):
        return None
    return registry.named(_SMALL.sub(lambda word: word.group().lower(), named))


def _headline(head: str, registry: Registry) -> Actor | None:
    """An organisation that no list knows and that a headline makes its subject, if the text goes on about it."""
    for line in [line.strip() for line in head.splitlines() if line.strip()][:3]:
        body = _announcing(line, registry)
        if body is not None:
            return body
        match = _SUBJECT.match(line)
        name = match["name"].strip() if match else ""
        unknown = name and not registry.mentions(name) and not office_pattern().search(name)
        if unknown and head.count(name) >= 2 and (" " in name or _FIRM.search(head)):
            return registry.named(name)
    return None


def _announcing(line: str, registry: Registry) -> Actor | None:
    """A known bank or body that a headline makes its subject, perhaps after the country concerned and a colon."""
    at = line.find(": ") + 2 if 0 < line.find(": ") < 30 else 0
    first = next((mention for mention in registry.mentions(line) if mention.start >= at), None)
    if first is None or first.start > at + 4 or first.actor.name in NEVER or first.form != "name":
        return None
    own = first.actor.type in (ActorType.ORGANISATION, ActorType.BODY)
    return first.actor if own and _APPROVES.match(line, first.end) else None


def _familiar(head: str, registry: Registry, year: int | None) -> Actor | None:
    """The party of a well-known person whose name stands in one of the short lines that open the text."""
    for line in _titles(head[:400]):
        if _SALUTES.match(line) or line.rstrip(" *_").endswith(","):
            continue
        words, byline = re.findall(r"[A-Za-z]+", line), _BYLINE.match(line)
        if len(line) > 160 or (byline is None and sum(word[:1].isupper() for word in words) < 0.6 * len(words)):
            continue
        for match in _FULL_NAME.finditer(line):
            if _CUT.match(match.group()) and re.match(r"[ \t]+[A-Z]", line[match.end() :]):
                continue
            parts = match.group().title().replace(",", " ").split()
            for name in (" ".join(parts), parts[0]) if "," in match.group() else (" ".join(parts),):
                found = known(name, registry, year) if registry.find(match[1]) is None else None
                if found and found.name != "UN":
                    return found
    return None


def issuer(statement: Statement, references: References, registry: Registry) -> Actor | None:
    """Who "we" and "I" are outside quotations, or None where nothing tells."""
    speech = speaks(references.text)
    found = heading(statement, references, registry)
    if found is None and not speech:
        found = _placed(references.text, registry)
    if found is None and speech:
        found = clearly(references)
    found = found or _delivered(references)
    return found if found is not None else _speaking(references, speech)


def _placed(text: str, registry: Registry) -> Actor | None:
    """The state whose capital stands alone on a line near the top, perhaps with a date."""
    for match in _PLACE.finditer(text[:400]):
        state = next((m.actor for m in registry.mentions(match["place"]) if m.form == "capital"), None)
        if state is not None:
            return state
    return None


def _delivered(references: References) -> Actor | None:
    """The party whose delegation, minister or embassy the first sentence says to deliver the text."""
    text = references.text
    opening = re.search(r"[a-z]{2}[.!?]\s", text)
    for reference in references.between(0, min(500, opening.start() if opening else 500)):
        party = next((actor for actor in reference.actors if actor.name not in NEVER), None)
        before = text[max(0, reference.start - 90) : reference.start]
        if party and _DELIVERS.search(before) and not _REPLIES.search(before):
            return party
    return None


def meeting(references: References) -> tuple[Actor, ...]:
    """The state whose minister the opening makes the subject of a meeting, and with whom he met, if that is told."""
    opening = [r for r in references.between(0, 600) if r.actors and r.sort in ("person", "office", "party")]
    for at, reference in enumerate(opening):
        match = None if reference.owned else _MEETS.match(references.text, reference.end)
        if match is not None:
            near = (other.actors[0] for other in opening[at + 1 :] if 0 <= other.start - match.end() < 40)
            guests = [actor for actor in near if actor.type != ActorType.ORGANISATION]
            host = reference.actors[0]
            return tuple(dict.fromkeys((host, *guests[:1]))) if host.type == ActorType.STATE else ()
    return ()


def _met_by_his_own(references: References, speech: bool) -> set[Actor]:
    """The guests of one whom the opening calls "the Prime Minister", as only his own side does."""
    for reference in () if speech else references.between(0, 400):
        match = _MEETS.match(references.text, reference.end)
        if reference.sort == "office" and not reference.actors and match is not None:
            near = references.between(match.end(), match.end() + 80)
            states = (actor for other in near for actor in other.actors if actor.type == ActorType.STATE)
            first = next(states, None)
            return {first} if first else set()
    return set()


def _speaking(references: References, speech: bool) -> Actor | None:
    """The party from whose position the text speaks; where nobody says "I", that of the first person named."""
    counted = weights(references)
    told = () if speech else meeting(references)
    if told:
        return told[0]
    clear = foremost(counted)
    if clear is not None:
        return clear
    people = [] if speech else [r for r in references.between(0, 500) if r.sort in ("person", "office") and not r.owned]
    if people and _SUMMONED.match(references.text, people[0].end):
        people = []
    if people and people[0].actors and people[0].actors[0] not in _met_by_his_own(references, speech):
        return people[0].actors[0]
    guests = _met_by_his_own(references, speech)
    if not is_transcript(references.text):
        guests |= {actor for reference in people for actor in reference.actors}
    hosts = Counter({actor: weight for actor, weight in counted.items() if actor not in guests})
    states = Counter({actor: weight for actor, weight in hosts.items() if actor.type == ActorType.STATE})
    return next((actor for actor, _ in ((states if speech and states else hosts) or counted).most_common(1)), None)
