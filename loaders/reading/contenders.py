"""Political parties that are out of office or stand for election, by the texts in which they speak."""

import re
from collections import Counter

from loaders.reading.registry import Registry, knowledge
from ontology.records import Actor

_HEAD = 1500
_OPPOSED = re.compile(r"(?i)\bshadow\s+(?:minister|attorney|treasurer)|^\W*leader of the opposition")
_ELECTION = re.compile(
    r"(?i)\bmanifesto\b|\b(?:general|federal|parliamentary)\s+election\b|\bcampaign\s+(?:launch|speech)\b"
)
_GOVERNMENT = re.compile(
    r"\b(?:[Aa]n?|[Tt]he\s+next)\s+(?P<name>(?!New\b|National\b|Federal\b|Coalition\b)[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)"
    r"\s+[Gg]overnment\s+(?:will|would|shall)\b"
)


def opposition(head: str, registry: Registry) -> Actor | None:
    """The party of somebody who heads the text as a speaker of the opposition."""
    if not _OPPOSED.search(head[:700]):
        return None
    lines = [line for line in head[:700].splitlines() if len(line) < 160]
    for party, names in knowledge("offices.yaml")["oppositions"].items():
        if any(re.search(rf"\b{name}\b", line, re.I) for name in names for line in lines):
            return registry.named(party)
    return None


def campaigning(text: str, registry: Registry) -> Actor | None:
    """The party whose government an election text promises: "a Liberal Government will"."""
    if not _ELECTION.search(text, 0, _HEAD):
        return None
    promised = Counter(match["name"] for match in _GOVERNMENT.finditer(text))
    best = next((name for name, _ in promised.most_common(1)), None)
    return registry.named(f"{best} Party") if best and not registry.mentions(best) else None
