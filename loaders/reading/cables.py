"""Cables of diplomats: sent home from a post, so that "we" is the sender's state and "the Minister" the host's."""

import re
from functools import lru_cache

from loaders.reading.references import References
from loaders.reading.registry import Registry, knowledge
from ontology.records import Actor
from ontology.terms import ActorType

_CABLE = re.compile(
    r"(?im)^[\W\d]*(?:out|in)?(?:cablegram|telegram|telex)\b|^[^\n.]{0,60}\b(?:ambassador|high commissioner|embassy"
    r"|legation|consul(?:ate)?[ -]general|charg[eé][^\n]{0,20})\s+(?:in|at)\s+[^\n.]{3,30}\s+to\s+"
)
_TO = re.compile(r"(?i)\b(?:cablegram|telegram|despatch|embassy|\S+ in [A-Z]\w+)[^\n]{0,60}?\s+to\s+(?:the\s+)?$")
_POST = re.compile(
    r"(?i)\b(?:ambassador|commissioner|embassy|legation|consul\S*|general|charg\S+)\s+(?:in|at)\s+(?:the\s+)?$"
)
_HEAD = 500


@lru_cache(maxsize=1)
def _recipients() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((party, re.compile(pattern)) for party, pattern in knowledge("offices.yaml")["recipients"].items())


def is_cable(text: str) -> bool:
    """Whether the heading is that of a cable."""
    return _CABLE.search(text, 0, _HEAD) is not None


def sender(references: References, registry: Registry) -> Actor | None:
    """The state of the ministry or the capital to which a cable goes."""
    text = references.text
    for mention in references.within(0, _HEAD):
        if mention.form == "capital" and _TO.search(text, max(0, mention.start - 90), mention.start):
            return mention.actor
    head = text[:_HEAD]
    return next((registry.find(party) for party, pattern in _recipients() if pattern.search(head)), None)


def host(references: References, home: Actor) -> Actor | None:
    """The state of the post from which a cable comes, by its name or by its capital in the date line."""
    text = references.text
    for mention in references.within(0, _HEAD):
        if mention.actor.type != ActorType.STATE or mention.actor == home:
            continue
        line = text[text.rfind("\n", 0, mention.start) + 1 : mention.start]
        dated = mention.form == "capital" and re.match(r",?\s+(?:\d|[A-Z][a-z]+ \d)", text[mention.end :])
        if dated or _POST.search(line):
            return mention.actor
    return None
