"""Persons in a statement and the parties for which they speak: "Ruritanian Foreign Minister Ada Morn", then "Morn"."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from loaders.reading.registry import Mention, Registry, knowledge
from ontology.records import Actor

_GAP = r"(?:[ \u00a0]+|[ \u00a0]*\n[ \u00a0]*(?!\n))"
NAME = (
    rf"[A-ZÀ-ÞŠŽČĐ][\w'’.-]*\w(?:{_GAP}(?:(?:bin|bint|al|el|de|del|da|dos|van|von|der|la|ul|ur)[ \u00a0])*"
    r"(?:[A-ZÀ-ÞŠŽČĐ][\w'’-]*\w|[A-Z]\.)){0,5}"
)
_STOP = frozenset("The This Today In On And But For Of At We He She It They His Her Our I To With By Following They These Both Their This That Each Every All Those There Here When While If As After Before During However Meanwhile Also Then Today Yesterday Together Under You Your My".split())


@dataclass(frozen=True, slots=True)
class Named:
    """A person named at `start` to `end`: the name, the office before it, and the party that the office serves."""

    start: int
    end: int
    name: str
    office: str
    actor: Actor | None


@lru_cache(maxsize=1)
def _offices() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str], dict[str, str]]:
    table = knowledge("offices.yaml")
    titles = sorted((title.strip() for title in table["titles"].split("|")), key=len, reverse=True)
    body = "|".join(re.escape(title).replace(r"\ ", r"\s+") for title in titles)
    title = rf"(?<![\w-])(?P<office>(?i:{body}))(?:[- ](?:elect|designate))?(?![\w-])"
    charge = r"(?:\s+(?:of|for|on|at|to)(?:\s+(?:the|and|[A-Z][\w’'.&-]*,?))+?)?"
    courtesy = r"(?:,?\s+(?:H\.E\.|HE|His Excellency|Her Excellency|Honorable|the Honorable|The Honorable|Shri|Smt\.?|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|M\.|Sheikh))*"
    named = re.compile(rf"{title}{charge}{courtesy}{_GAP}(?P<name>{NAME})")
    persons = {name: party for party, names in table["persons"].items() for name in names}
    return named, re.compile(title), dict(table["implied"]), persons


def office_pattern() -> re.Pattern[str]:
    """Matches an office without a name; the group is called `office`."""
    return _offices()[1]


def implied(office: str, registry: Registry) -> Actor | None:
    """The party of an office that only one state or body has."""
    party = _offices()[2].get(" ".join(office.split()))
    return registry.find(party) if party else None


def known(name: str, registry: Registry) -> Actor | None:
    """The party of a well-known person."""
    persons = _offices()[3]
    name = name.title() if name.isupper() else name
    party = persons.get(name) or persons.get(name.split()[-1])
    return registry.find(party) if party else None


def _owner(text: str, start: int, end: int, mentions: list[Mention], starts: list[int]) -> Actor | None:
    """The party named right before ("Ruritanian Minister") or after the person ("of Ruritania")."""
    at = bisect_left(starts, start)
    if at and re.fullmatch(
        r"(?:['’]s?)?(?:\s+(?:new|incoming|outgoing|former|acting|deputy|then|State|Interim|interim))*\s+",
        text[mentions[at - 1].end : start],
    ):
        return mentions[at - 1].actor
    if at < len(mentions) and mentions[at].start <= end + 40:
        if mentions[at].start < end and re.search(
            r"\bof\s+(?:the\s+)?(?:[A-Z]\w+\s+of\s+(?:the\s+)?)?$",
            text[max(0, mentions[at].start - 30) : mentions[at].start],
        ):
            return mentions[at].actor
        after = at
        while after < len(mentions) and mentions[after].start < end:
            after += 1
        if after < len(mentions) and re.fullmatch(
            r"(?:,\s+[\w\s]{2,40})?\s*(?:of|from)\s+(?:the\s+)?(?:\w+\s+of\s+)?(?:the\s+)?",
            text[end : mentions[after].start],
        ):
            return mentions[after].actor
    return None


SAID = r"(?:said|says|told|added|stated|stressed|noted|announced|declared|explained|warned|pledged|vowed|urged|reiterated|expressed)"


@lru_cache(maxsize=1)
def _introduced() -> tuple[re.Pattern[str], ...]:
    """Names without an office before them: "Ada Morn, Ruritanian envoy,", "Ada Morn said"."""
    full = rf"(?P<name>[A-ZÀ-Þ][\w'’-]+{_GAP}(?:(?:[A-ZÀ-Þ][\w'’-]*\w|[A-Z]\.){_GAP}?){{1,3}}(?<![ \n]))"
    office = office_pattern().pattern.replace("(?P<office>", "(?P<office>", 1)
    return (
        re.compile(rf"(?<![\w-]){full},\s+[^,.;\n]{{0,60}}?{office}"),
        re.compile(rf"(?<![\w-]){full}\s+(?:\w+ly\s+|also\s+)?{SAID}\b(?P<office>)"),
    )


def persons(text: str, registry: Registry, mentions: tuple[Mention, ...]) -> Iterator[Named]:
    """Everybody who is introduced with an office, or by a full name that speaks."""
    listed = list(mentions)
    starts = [mention.start for mention in listed]
    taken: list[tuple[int, int]] = []
    for match in _offices()[0].finditer(text):
        name = re.sub(r"\s+", " ", match["name"]).removesuffix("’s").removesuffix("'s")
        if name.split()[0] in _STOP or _offices()[1].match(name) or registry.find(name):
            continue
        office = " ".join(match["office"].split())
        end = match.start("name") + len(match["name"].removesuffix("’s").removesuffix("'s"))
        actor = _owner(text, match.start(), match.end(), listed, starts)
        taken.append((match.start(), end))
        yield Named(match.start(), end, name, office, actor or implied(office, registry) or known(name, registry))
    yield from _untitled(text, registry, listed, starts, taken)


def _untitled(
    text: str, registry: Registry, mentions: list[Mention], starts: list[int], taken: list[tuple[int, int]]
) -> Iterator[Named]:
    opened = [start for start, _ in taken]
    for pattern in _introduced():
        for match in pattern.finditer(text):
            name = " ".join(match["name"].split())
            start, end = match.span("name")
            at = bisect_left(opened, end)
            if (at and taken[at - 1][1] > start) or name.split()[0] in _STOP or registry.mentions(name) or name.isupper():
                continue
            if office_pattern().search(name) or _THING.search(name):
                continue
            first = bisect_left(starts, end)
            inside = mentions[first].actor if first < len(mentions) and mentions[first].start < match.end() + 40 and match["office"] else None
            if inside and match["office"] and "," in text[match.end() : mentions[first].start]:
                inside = None
            yield Named(start, end, name, match["office"] or "", inside or known(name, registry))


_THING = re.compile(r"\b(?:Ministry|Department|Government|Council|Commission|Committee|Agency|Bank|Association|Union|Party|Office|House|Court|Army|Police|University|Group|Institute|Forum|Board|Center|Centre|Company|Corporation|Initiative|Partnership|Summit|Agreement|Treaty|State|States|Ministers|Leaders|Presidents|Countries|Members|Heads|Delegations|Nations|Islands|Organization|Organisation)\b")
