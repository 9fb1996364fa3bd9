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
_STOP = frozenset("The This Today In On And But For Of At We He She It They His Her Our I To With By Following".split())


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
    charge = r"(?:\s+(?:of|for|on|at)(?:\s+(?:the|and|[A-Z][\w’'.&-]*,?))+?)?"
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


def persons(text: str, registry: Registry, mentions: tuple[Mention, ...]) -> Iterator[Named]:
    """Everybody who is introduced with an office."""
    found, listed = _offices()[0], list(mentions)
    starts = [mention.start for mention in listed]
    for match in found.finditer(text):
        name = re.sub(r"\s+", " ", match["name"]).removesuffix("’s").removesuffix("'s")
        if name.split()[0] in _STOP or registry.find(name):
            continue
        office = " ".join(match["office"].split())
        end = match.start("name") + len(match["name"].removesuffix("’s").removesuffix("'s"))
        actor = (
            _owner(text, match.start(), match.end(), listed, starts)
            or implied(office, registry)
            or known(name, registry)
        )
        yield Named(match.start(), end, name, office, actor)
