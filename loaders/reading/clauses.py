"""Which noun phrase governs an act: its subject, its owner, or nobody in the sentence."""

import re
from dataclasses import dataclass
from functools import lru_cache

from loaders.reading.references import Reference, References
from loaders.reading.registry import knowledge

_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|No|Nos|Jr|Sr|Gen|Sen|Hon|Prof|vs|etc|Art|para|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|Inc|Ltd|Co|approx|Rep|Gov)|\b[A-Za-z]\.[A-Za-z])\.$"
)
_STOP = re.compile(
    r"[.!?]['”\"’)\]*_]*(?:\[\d+\])?\s+(?=[“\"'(A-Z0-9À-Ý*_•-])|\n\s*\n|\n(?=\s*(?:[-•*–—]|\(?[a-z0-9]{1,3}[.)])\s)|;\s*\n"
)


def sentence_starts(text: str) -> list[int]:
    """Where sentences and bullets begin, in order; the first is 0."""
    starts = [0]
    for match in _STOP.finditer(text):
        if match.group().startswith(".") and _ABBREVIATION.search(text, max(0, match.start() - 12), match.start() + 1):
            continue
        starts.append(match.end())
    return starts


@dataclass(frozen=True, slots=True)
class Words:
    """The closed word classes by which subjects are told from other nouns."""

    verbs: frozenset[str]
    adverbs: str
    prepositions: frozenset[str]
    nouns: str


@lru_cache(maxsize=1)
def words() -> Words:
    table = knowledge("grammar.yaml")
    base = table["verbs"].split()
    third = [
        verb[:-1] + "ies"
        if re.search(r"[^aeiou]y$", verb)
        else verb + ("es" if re.search(r"(s|sh|ch|x|o)$", verb) else "s")
        for verb in base
    ]
    adverbs = "|".join(sorted(set(table["adverbs"].split()), key=len, reverse=True))
    nouns = "|".join(sorted(set(table["nouns"].split()), key=len, reverse=True))
    return Words(
        frozenset([*base, *third, *table["irregular"].split()]),
        adverbs,
        frozenset(table["prepositions"].split()),
        nouns,
    )


@lru_cache(maxsize=1)
def _follow() -> re.Pattern[str]:
    adverb = rf"(?:(?:{words().adverbs}|\w+ly|on\s+\w+day|this\s+\w+|in\s+turn|on\s+(?:its|his|her|their)\s+(?:part|side)|for\s+(?:its|his|her|their)\s+part)\b,?\s+)"
    return re.compile(
        rf"\s*(?:\((?:[^()\n]{{1,80}})\)\s*)?(?:,[^,.;:\n]{{1,160}},\s*|[–—-]\s[^–—\n]{{1,160}}\s[–—-]\s*|,\s*)?(?:(?:which|who|that)\s+)?{adverb}*(?P<verb>[A-Za-z'’]+)"
    )


def governs(text: str, reference: Reference) -> bool:
    """Whether a finite verb follows the phrase."""
    rest = text[reference.end : reference.end + 2]
    if reference.sort in ("we", "i", "they", "he", "it") and re.match(
        r"['’](?:ll|re|ve|d|m|s)", text[reference.end : reference.end + 3]
    ):
        return True
    if reference.owned or rest.startswith("-"):
        return False
    match = _follow().match(text, reference.end)
    if not match:
        return False
    verb = match["verb"].replace("’", "'").casefold()
    return verb in words().verbs or (len(verb) > 4 and verb.endswith("ed"))


def headed(text: str, reference: Reference) -> bool:
    """Whether the phrase hangs on a preposition, so that it is no subject."""
    before = re.search(
        r"([A-Za-z]+)\s+(?:(?:the|its|his|her|their|our|both|all|a|an|other|fellow)\s+)*$",
        text[max(0, reference.start - 40) : reference.start],
    )
    return bool(before) and before[1].casefold() in words().prepositions  # type: ignore[index]


def subject(references: References, start: int, end: int) -> Reference | None:
    """The nearest phrase before `end` that governs a verb; `start` opens the sentence."""
    text = references.text
    for reference in reversed(references.between(start, end)):
        if reference.attributive or reference.owned:
            continue
        if governs(text, reference) and not headed(text, reference):
            return reference
    return None


@lru_cache(maxsize=1)
def _between() -> re.Pattern[str]:
    nouns = words().nouns
    return re.compile(
        rf"(?:'s|'|’s)?\s+(?:(?!(?:and|to|of)\b)[\w-]+,?\s+(?:and\s+[\w-]+\s+)?){{0,4}}?(?:{nouns})(?:\s+and\s+\w+)?(?:\s+(?:today|also|again))?(?:\s+(?:to|for|of|in|that|on|from|not\s+to|against))?(?:\s+(?:\w+ly|continue|continued|jointly))*\s*"
    )


def owner(references: References, start: int, at: int, action: str) -> Reference | None:
    """Whose commitment it is when the act is a noun's: "its readiness to …", "Ruritania's support for …"."""
    text = references.text
    nominal = re.match(rf"(?:\w+\s+){{0,2}}(?:{words().nouns})\b", action)
    for reference in reversed(references.between(max(start, at - 160), at)):
        if not (reference.owned or reference.attributive or reference.sort in ("party", "own")):
            continue
        between = text[reference.end : at]
        if reference.owned and _between().fullmatch(between):
            return reference
        if reference.attributive and _between().fullmatch(between):
            return reference
        if (
            nominal
            and (reference.owned or reference.attributive or reference.sort == "party")
            and re.fullmatch(r"(?:'s|')?\s+(?:[\w-]+,?\s+){0,4}", between)
        ):
            return reference
        if reference.sort == "own":
            continue
    return None
