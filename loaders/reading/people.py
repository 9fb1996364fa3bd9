"""Persons in a statement and the parties for which they speak: "Ruritanian Foreign Minister Ada Morn", then "Morn"."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from loaders.reading.officeholders import party_of
from loaders.reading.registry import Mention, Registry, knowledge
from ontology.records import Actor

_GAP = r"(?:[ \u00a0]+|[ \u00a0]*\n[ \u00a0]*(?!\n))"
NAME = (
    rf"[A-ZÀ-ÞŠŽČĐ][\w'’.-]*\w(?:{_GAP}(?:(?:bin|bint|al|el|de|del|da|dos|van|von|der|la|ul|ur)[ \u00a0])*"
    r"(?:[A-ZÀ-ÞŠŽČĐ][\w'’-]*\w|[A-Z]\.)){0,5}"
)
_NO_NAMES = """
The This Today In On And But For Of At We He She It They His Her Our I To With By Following These Both Their That Each
Every All Those There Here When While If As After Before During However Meanwhile Also Then Yesterday Together Under
You Your My
"""
_STOP = frozenset(_NO_NAMES.split())
_SAID = (
    r"(?:said|says|told|added|stated|stressed|noted|announced|declared|explained|warned|pledged|vowed|urged|reiterated"
    r"|expressed)"
)
_THING = re.compile(
    r"\b(?:Ministry|Department|Government|Council|Commission|Committee|Agency|Bank|Association|Union|Party|Office|House"
    r"|Court|Army|Police|University|Group|Institute|Forum|Board|Center|Centre|Company|Corporation|Initiative|Partnership"
    r"|Summit|Agreement|Treaty|State|States|Ministers|Leaders|Presidents|Countries|Members|Heads|Delegations|Nations"
    r"|Islands|Organi[sz]ation)\b"
)
_CHARGE = re.compile(r"\b(?:of|for|on|at|to)\b")
_COURTESY = (
    r"(?:,?\s+(?:H\.E\.|HE|His Excellency|Her Excellency|Honorable|[Tt]he Honorable|Shri|Smt\.?|Mr\.?|Mrs\.?|Ms\.?"
    r"|Dr\.?|M\.|Sheikh))*"
)
_BEFORE = re.compile(
    r"(?!\s*\n\s*\n)(?:['’]s?)?(?:\s+(?:new|incoming|outgoing|former|acting|deputy|then|State|Interim|interim))*\s+"
    r"|['’]s?\s+[a-z]+(?:\s[a-z]+)?\s+"
)
_INSIDE = re.compile(r"\bof\s+(?:the\s+)?(?:[A-Z]\w+\s+of\s+(?:the\s+)?)?$")
GUEST = (
    r"(?i:\b(?:(?:interview|conversation|questions?(?:\s+and\s+answers)?|Q\s?&\s?A)\s+(?:with|to|for)|interview:)\s+"
    r"(?:the\s+)?)"
)
_OWNED = re.compile(
    rf"['’]s (?P<name>[A-ZÀ-Þ][a-zà-ÿ][\w'’-]*(?: [A-ZÀ-Þ][a-zà-ÿ][\w'’-]+){{1,2}})"
    rf"(?=,?\s+(?:was|{_SAID}|who|told|called|asked|went|made|put|is)\b)"
)
_LED = re.compile(r"\s+of\s+(?:the\s+)?(?P<body>[A-ZÀ-Þ][\w'&-]+(?: [A-ZÀ-Þ][\w'&-]+){0,3})(?![\w'&-]| of\b| [A-Z])")
_LEADERS = frozenset(["leader", "chairman", "chairwoman", "chairperson", "chief executive", "ceo", "managing director"])
_AFTER = re.compile(r"(?:,\s+[\w\s]{2,40})?\s*(?:of|from)\s+(?:the\s+)?(?:\w+\s+of\s+)?(?:the\s+)?")


@dataclass(frozen=True, slots=True)
class Named:
    """A person named at `start` to `end`: the name, the office before it, and the party that the office serves."""

    start: int
    end: int
    name: str
    office: str
    actor: Actor | None


@lru_cache(maxsize=1)
def _offices() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    table = knowledge("offices.yaml")
    titles = sorted((title.strip() for title in table["titles"].split("|")), key=len, reverse=True)
    body = "|".join(re.escape(title).replace(r"\ ", r"\s+") for title in titles)
    title = rf"(?<![\w-])(?P<office>(?i:{body}))(?:[- ](?:elect|designate))?(?![\w-])"
    charge = r"(?:\s+(?:of|for|on|at|to)(?:\s+(?:the|and|[A-Z][\w’'.&-]*,?))+?)?"
    named = re.compile(rf"{title}{charge}{_COURTESY}{_GAP}(?P<name>{NAME})")
    return named, re.compile(title), dict(table["implied"])


@lru_cache(maxsize=1)
def _areas() -> frozenset[str]:
    """Last words of what ministers are in charge of, which are no surnames."""
    return frozenset(knowledge("offices.yaml")["areas"].split())


def office_pattern() -> re.Pattern[str]:
    """Matches an office without a name; the group is called `office`."""
    return _offices()[1]


def implied(office: str, registry: Registry) -> Actor | None:
    """The party of an office that only one state or body has."""
    party = _offices()[2].get(" ".join(office.split()))
    return registry.find(party) if party else None


def known(name: str, registry: Registry, year: int | None = None) -> Actor | None:
    """The party of a well-known person in a year."""
    party = party_of(name, year)
    return registry.find(party) if party else None


_BANK = re.compile(r"\b(?:(?:Central|Reserve|National|State|Federal|People's)[ \n])?Bank[ \n]of[ \n](?:the[ \n])?$")


def bank(text: str, mention: Mention, registry: Registry) -> Actor:
    """The party of a mention, or the central bank whose name ends in it: "the Bank of Ruritania"."""
    before = _BANK.search(text, max(0, mention.start - 40), mention.start)
    whole = registry.named(text[before.start() : mention.end]) if before else None
    return whole or mention.actor


class _Owners:
    """The parties named around persons."""

    def __init__(self, text: str, mentions: tuple[Mention, ...], registry: Registry) -> None:
        self._text, self._mentions, self._registry = text, mentions, registry
        self._starts = [mention.start for mention in mentions]

    def around(self, start: int, end: int) -> Actor | None:
        """The party named right before ("Ruritanian Minister"), within, or after the person ("of Ruritania")."""
        at, after = bisect_left(self._starts, start), bisect_left(self._starts, end)
        if at and _BEFORE.fullmatch(self._text, self._mentions[at - 1].end, start):
            return bank(self._text, self._mentions[at - 1], self._registry)
        if at < after and _INSIDE.search(self._text, max(0, self._starts[at] - 30), self._starts[at]):
            return bank(self._text, self._mentions[at], self._registry)
        if after < len(self._mentions) and _AFTER.fullmatch(self._text, end, self._starts[after]):
            return bank(self._text, self._mentions[after], self._registry)
        return None

    def next(self, start: int, end: int) -> Actor | None:
        """The first party named after `start` and shortly after `end`, before any comma there."""
        at = bisect_left(self._starts, start)
        if at == len(self._mentions) or self._starts[at] >= end + 40:
            return None
        if re.search(r",|\n[ \t]*\n", self._text[end : self._starts[at]]):
            return None
        return bank(self._text, self._mentions[at], self._registry)


@lru_cache(maxsize=1)
def _introduced() -> tuple[re.Pattern[str], ...]:
    """Names without an office before them: "Ada Morn, Ruritanian envoy,", "Ada Morn said"."""
    full = rf"(?P<name>[A-ZÀ-Þ][\w'’-]+{_GAP}(?:(?:[A-ZÀ-Þ][\w'’-]*\w|[A-Z]\.){_GAP}?){{1,3}}(?<![ \n]))"
    return (
        re.compile(rf"(?<![\w-]){full},\s+[^,.;\n]{{0,60}}?{office_pattern().pattern}"),
        re.compile(rf"(?<![\w-]){full}\s+(?:\w+ly\s+|also\s+)?{_SAID}\b(?P<office>)"),
        re.compile(
            rf"(?<![\w-]){full}\s+(?:spoke\s+to|talk(?:s|ed)\s+to|sat\s+down\s+with|received\s+us)\b(?P<office>)"
        ),
        re.compile(rf"(?m:^){full}(?=:\s+[“\"])(?P<office>)"),
        re.compile(
            re.compile(
                rf"{GUEST}(?:(?P<firm>[A-Z][\w&-]+(?: [A-Z][\w&-]+)?)(?:'s|\s+(?:boss|chief|CEO|founder))\s+)?"
                rf"{full}(?P<office>)"
            ),
        ),
        re.compile(
            rf"{office_pattern().pattern}(?:\s+(?:of|for)\s+[^,.;:\n“”\"]{{2,70}}?)?,\s+{full}"
            rf"(?=,\s|\s+{_SAID}\b|[ \t]*\n)"
        ),
    )


def persons(text: str, registry: Registry, mentions: tuple[Mention, ...], year: int | None = None) -> Iterator[Named]:
    """Everybody who is introduced with an office, or by a full name that speaks; `year` is that of the statement."""
    owners = _Owners(text, mentions, registry)
    titled = list(_titled(text, registry, owners, year))
    yield from titled
    yield from _untitled(text, registry, owners, titled, year)
    yield from _owned(text, registry, mentions)


def _titled(text: str, registry: Registry, owners: _Owners, year: int | None) -> Iterator[Named]:
    for match in _offices()[0].finditer(text):
        written = match["name"].removesuffix("’s").removesuffix("'s")
        name = " ".join(written.split())
        if (
            name.split()[0] in _STOP
            or _offices()[1].match(name)
            or registry.find(name)
            or _THING.fullmatch(name.split()[-1])
        ):
            continue
        if " " not in name and _CHARGE.search(text, match.end("office"), match.start("name")) and name in _areas():
            continue
        office = " ".join(match["office"].split())
        actor = owners.around(match.start(), match.end()) or implied(office, registry)
        actor = actor or known(name, registry, year)
        yield Named(match.start(), match.start("name") + len(written), name, office, actor)


def _untitled(text: str, registry: Registry, owners: _Owners, titled: list[Named], year: int | None) -> Iterator[Named]:
    starts = [named.start for named in titled]
    for pattern in _introduced():
        for match in pattern.finditer(text):
            (start, end), name = match.span("name"), " ".join(match["name"].split())
            at = bisect_left(starts, end)
            if (at and titled[at - 1].end > start) or not _is_name(name, registry):
                continue
            leads = match["office"] and match.start("office") < start
            if leads:
                actor, start = owners.around(match.start(), end), match.start()
            else:
                actor = owners.next(end, match.end()) if match["office"] else None
            firm = match.groupdict().get("firm") or _led(text, match, registry)
            actor = registry.named(firm) if firm else actor
            yield Named(start, end, name, match["office"] or "", actor or known(name, registry, year))


def _led(text: str, match: re.Match[str], registry: Registry) -> str | None:
    """The city of which somebody is the mayor, or the unknown organisation that somebody leads."""
    of = _LED.match(text, match.end("office"))
    if of is None or match.start("office") < match.start("name"):
        return None
    office, unknown = match["office"].casefold(), not registry.mentions(of["body"])
    return of["body"] if office == "mayor" or (office in _LEADERS and unknown) else None


def _owned(text: str, registry: Registry, mentions: tuple[Mention, ...]) -> Iterator[Named]:
    """Those who are introduced by their state alone: "Ruritania's Ada Morn said"."""
    for mention in mentions:
        match = _OWNED.match(text, mention.end)
        if match and _is_name(match["name"], registry) and match["name"].split()[-1] not in _areas():
            yield Named(match.start("name"), match.end("name"), match["name"], "", mention.actor)


def _is_name(name: str, registry: Registry) -> bool:
    if name.split()[0] in _STOP or name.isupper() or registry.mentions(name):
        return False
    return not (office_pattern().search(name) or _THING.search(name))
