"""Which noun phrase governs an act: its subject, its owner, its agent, or nobody in the sentence."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from loaders.reading.passages import paragraphs, sentences
from loaders.reading.phrases import interposed
from loaders.reading.references import Reference, References
from loaders.reading.registry import knowledge
from ontology.terms import ActorType

_OPEN = re.compile(r"\b(?:will|shall|(?:agrees?|commits?|pledges?|undertakes?|intends?|resolves?)\s+to)\s*:?\s*$")
_BULLET = re.compile(r"\s*(?:[-•*–—·o\uf0b7ï]\s?[·]?|\(?(?:[a-z]|[0-9]{1,2}|[ivx]{1,4})[./)])\s")
_WHOLE = re.compile(r"(?<!following)\.[”\"')]*\s*\Z")
_LIST = re.compile(
    r"(?:[”\"']?\))?\s*(?:\([^()\n]{1,60}\))?(?:,|,?\s+and|,?\s+or|,?\s+as\s+well\s+as|\s*&|,?\s+both)\s+"
    r"(?:the\s+|both\s+|that\s+of\s+)*"
)
_AGAIN = re.compile(r"\s*\(\s*[“\"']?(?:the\s+)?")
_LAST = re.compile(r"\b(?:and|or|as)\b|&")
ASKS = re.compile(
    r"\b(?:call(?:s|ed|ing)?\s+(?:up)?on|call(?:s|ed|ing)?\s+for|urg(?:e|es|ed|ing)|ask(?:s|ed|ing)?|request(?:s|ed|ing)?"
    r"|invit(?:e|es|ed|ing)|encourag(?:e|es|ed|ing)|expect(?:s|ed|ing)?|demand(?:s|ed|ing)?|appeal(?:s|ed|ing)?\s+to"
    r"|propos(?:e|es|ed|ing)|recommend(?:s|ed|ing)?|task(?:s|ed|ing)?|direct(?:s|ed|ing)?|instruct(?:s|ed|ing)?"
    r"|order(?:s|ed|ing)?|want(?:s|ed|ing)?|hop(?:e|es|ed|ing)|implor(?:e|es|ed)|press(?:es|ed|ing)?|trusts?"
    r"|suggest(?:s|ed)?|invitation|appeal)\b",
    re.I,
)
SHOULD = re.compile(
    r"\b(?:should|must|needs?\s+to|has\s+to|have\s+to|had\s+to|ought\s+to|will|would|can|shall|(?:is|are)\s+obligated)\b"
)


class Sentences:
    """Where sentences and bullets begin, and which earlier line leads each bullet in."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.starts = [start for block in paragraphs(text) for start, _ in sentences(text, block)] or [0]
        if self.starts[0]:
            self.starts.insert(0, 0)
        self._leads = self._lead_ins()

    def _lead_ins(self) -> list[int]:
        leads: list[int] = []
        for index in range(len(self.starts)):
            body = self._text[slice(*self.span(index))]
            previous = self._text[slice(*self.span(index - 1))].rstrip() if index else ""
            bullet = _BULLET.match(body) or body[:1].islower() or (previous.endswith((":", ";")) and index)
            leads.append(leads[-1] if bullet and leads and not _OPEN.search(body) else index)
        return leads

    def span(self, index: int) -> tuple[int, int]:
        """Where the sentence of this index begins and ends."""
        end = self.starts[index + 1] if index + 1 < len(self.starts) else len(self._text)
        return self.starts[index], end

    def at(self, offset: int) -> int:
        """The index of the sentence that holds an offset."""
        return bisect_right(self.starts, offset) - 1

    def lead_in(self, index: int) -> int | None:
        """The index of the line that leads in the bullet of this index, if it is one."""
        lead = self._leads[index]
        whole = _WHOLE.search(self._text[slice(*self.span(lead))]) is not None
        return lead if lead != index and not whole else None


@dataclass(frozen=True, slots=True)
class Words:
    """The closed word classes by which subjects are told from other nouns."""

    verbs: frozenset[str]
    bare: frozenset[str]
    adverbs: str
    prepositions: frozenset[str]
    nouns: str


@lru_cache(maxsize=1)
def words() -> Words:
    """The word classes of `grammar.yaml`, third-person forms added."""
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
    verbs = frozenset([*base, *third, *table["irregular"].split()])
    bare = frozenset(base) - {"would", "have", "do"}
    return Words(verbs, bare, adverbs, frozenset(table["prepositions"].split()), nouns)


@lru_cache(maxsize=1)
def _follow() -> re.Pattern[str]:
    adverb = (
        rf"(?:(?:{words().adverbs}|\w+ly|on\s+\w+day|this\s+\w+|in\s+turn"
        r"|(?:on|for)\s+(?:its|his|her|their)\s+(?:own\s+)?(?:part|side))\b,?\s+)"
    )
    aside = r"(?:,[^,.;:\n]{1,160}(?:\n[^,.;:\n]{1,100})?,\s*|[–—-]\s[^–—\n]{1,160}\s[–—-]\s*|,\s*)?"
    return re.compile(
        r"(?:[”\"']?\))?\s*(?:\((?:[^()\n]{1,80})\)\s*)?(?:and\s+(?:their|his|her)\s+\w+\s*)?"
        rf"(?:,\s[A-Z][a-z]+(?=\s[a-z]))?{aside}(?:(?:which|who|that)\s+)?{adverb}*(?P<verb>[A-Za-z'’]+)"
    )


def is_verb(word: str) -> bool:
    """Whether a word is a finite verb of the kind that statements use."""
    verb = word.replace("’", "'").casefold()
    return verb in words().verbs or (len(verb) > 4 and verb.endswith("ed"))


_ONLY_ADVERBS = re.compile(r"(?:\s+(?:\w+ly|also|both|all|always|never|therefore|once\s+again|too|further))*\s+")
_IMPERSONAL = re.compile(
    r"\s+(?:is|was|would\s+be|will\s+be|has\s+been|had\s+been|becomes?|remains?|seems?)\s+"
    r"(?:\w+ly\s+|therefore\s+|also\s+|now\s+|thus\s+|only\s+|not\s+|the\s+|our\s+|my\s+|a\s+|in\s+)*"
    r"(?!(?:ready|willing|prepared|committed|determined|pleased|proud|working|considering|planning|seeking|looking"
    r"|taking|providing|going|expected|set|convinced|resolved|opposed|open|concerned|confident|keen|eager|party|due"
    r"|on)\b)"
)
_SHORTENED = re.compile(r"['’](?:ll|re|ve|d|m|s)\b")


def governs(text: str, reference: Reference, at: int | None = None) -> bool:
    """Whether a finite verb follows the phrase, or, with nothing but adverbs between, the act that starts at `at`."""
    if at is not None and not reference.owned and _ONLY_ADVERBS.fullmatch(text, reference.end, at):
        return True
    if reference.sort in ("we", "i", "they", "he", "it") and _SHORTENED.match(text, reference.end):
        return not reference.owned
    if reference.owned or text.startswith("-", reference.end):
        return False
    if reference.sort == "it" and reference.name is None and _IMPERSONAL.match(text, reference.end):
        return False
    match = _follow().match(text, reference.end)
    return match is not None and is_verb(match["verb"]) and not _is_object(text, reference, match)


_IN_LIST = re.compile(r"(?:\band|,|&)\s+(?:the\s+)?$")


def _is_object(text: str, reference: Reference, follows: re.Match[str]) -> bool:
    """Whether a bare verb right after one state shows that it is no subject: "help Ruritania build"."""
    return (
        follows["verb"] in words().bare
        and follows.start("verb") == reference.end + 1
        and reference.sort == "party"
        and [actor.type == ActorType.GROUP for actor in reference.actors] == [False]
        and not text.endswith("s", reference.start, reference.end)
        and not _IN_LIST.search(text, max(0, reference.start - 12), reference.start)
    )


_PASSIVE = re.compile(r"(?:be|being|been)\s")
_BY = re.compile(r"\bby\s+(?:the\s+|our\s+)?$")
_UNLABELLED = re.compile(r"(?:[^A-Za-z]|\b[A-Za-z]\b)*(?:[Tt]he\s+)?")
_NEXT = re.compile(
    r"\n[ \t]*(?:The[ \t]+)?[A-ZÀ-Ý][^\n:]*?(?:[ \t](?:will|shall|commits|pledge[sd]|announce[sd]|agreed)\b|:)"
)
_AS_WE = re.compile(
    r"\b[Ww][eE],?\s+(?:[Tt]he\s+)?(?:[\w-]+\s+){1,6}?(?:of|from)\s+(?:[A-ZÀ-Ý][\w'.-]*|and|the|of|,|\s)*$"
)
_TO_DO = re.compile(r"\s+(?:to|for|not\s+to|in)\s+(?:\w+ly\s+|continue\s+)?")
_GRADED = re.compile(r"(?:'s|')?\s+(?:[\w-]+,?\s+){0,4}")
_GRADE = (
    "continued|strong|full|firm|further|enduring|steadfast|unwavering|ongoing|shared|joint|mutual|ironclad|iron-clad"
    "|deep|abiding|additional|unequivocal|complete|longstanding|long-standing"
)
_BEFORE = re.compile(
    r"([A-Za-z']+)(,?)\s+(?:(?:the|its|his|her|their|our|both|all|a|an|other|fellow|new|current)\s+)*$"
)


def headed(text: str, reference: Reference) -> bool:
    """Whether the phrase hangs on a preposition or on a noun before it, so that it is no subject."""
    before = _BEFORE.search(text, max(0, reference.start - 40), reference.start)
    if not before:
        return False
    word = before[1].casefold()
    if word in words().prepositions:
        return True
    if "\n" in before.group():
        return False
    return not before[2] and word == before[1] and len(word) > 4 and word.endswith("s") and not is_verb(word)


def _singular(text: str, reference: Reference) -> bool:
    """Whether the verb after the phrase is singular, so that the phrase cannot end a list."""
    match = _follow().match(text, reference.end)
    verb = match["verb"].casefold() if match else ""
    return verb in ("is", "was", "has", "does") or (verb.endswith("s") and verb in words().verbs)


def listed(references: References, reference: Reference, possessive: bool = False) -> tuple[Reference, ...]:
    """The phrases of a list "A, B and C" of which this one is the last, in order."""
    chain = [reference]
    if not possessive and _singular(references.text, reference):
        return (reference,)
    for other in reversed(references.between(max(0, reference.start - 400), reference.start)):
        if other.sort not in ("party", "person", "office", "organisation", "it", "own", "we"):
            break
        gap = references.text[other.end : chain[-1].start]
        if len(chain) == 1 and other.actors and other.actors == reference.actors and _AGAIN.fullmatch(gap):
            chain[0] = other
            continue
        if possessive:
            gap = gap.removeprefix("'s").removeprefix("'")
        if (other.owned and not possessive) or not _LIST.fullmatch(gap) or (len(chain) == 1 and not _LAST.search(gap)):
            break
        if other.attributive and chain[-1].end - chain[-1].start < 4:
            break
        chain.append(other)
    if len(chain) == 2 and not possessive and references.text[chain[1].end : chain[0].start].lstrip().startswith(","):
        return (reference,)
    return tuple(reversed(chain))


def _acts(references: References, reference: Reference, at: int | None = None) -> bool:
    """Whether a phrase is the subject of a verb."""
    if reference.attributive or reference.owned or not governs(references.text, reference, at):
        return False
    if interposed(references.text, reference):
        return False
    text, start = references.text, reference.start
    return not (headed(text, listed(references, reference)[0]) or _AS_WE.search(text, max(0, start - 400), start))


def subject(references: References, start: int, end: int) -> Reference | None:
    """The nearest phrase before `end` that governs a verb; `start` opens the sentence."""
    before = reversed(references.between(start, end))
    return next((reference for reference in before if _acts(references, reference, end)), None)


def first_subject(references: References, start: int, end: int) -> Reference | None:
    """The first phrase of a sentence that governs a verb."""
    return next((reference for reference in references.between(start, end) if _acts(references, reference)), None)


def agent(references: References, start: int, end: int) -> Reference | None:
    """Who acts in a passive: "be trained by Ruritania"."""
    text = references.text
    if not _PASSIVE.match(text, start, end):
        return None
    for reference in references.between(start, end):
        names = reference.sort in ("party", "person", "organisation", "office", "it")
        if names and not (reference.attributive or reference.owned) and _BY.search(text, start, reference.start):
            return reference
    return None


def label(references: References, start: int, at: int) -> Reference | None:
    """The party that labels a line: "- Ruritania: emergency aid"."""
    text = references.text
    for opening in (max(start, text.rfind("\n", start, at) + 1), start):
        first = next((r for r in references.between(opening, at)[:1] if r.sort in ("party", "organisation")), None)
        if first and text.startswith(":", first.end) and not _NEXT.search(text, first.end, at):
            return first if _UNLABELLED.fullmatch(text, opening, first.start) else None
    return None


@lru_cache(maxsize=1)
def _between() -> re.Pattern[str]:
    """What may stand between an owner and the act: "'s strong commitment to"."""
    return re.compile(
        r"(?:'s|'|’s)?\s+(?:(?!(?:and|to|of)\b)[\w-]+,?\s+(?:and\s+[\w-]+\s+)?){0,4}?"
        rf"(?:{words().nouns})(?:\s+and\s+\w+)?(?:\s+(?:today|also|again))?"
        r"(?:\s+(?:to|for|of|in|that|on|from|not\s+to|against))?(?:\s+(?:\w+ly|continue|continued|jointly))*\s*"
    )


@lru_cache(maxsize=1)
def _had_by() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words().nouns})\s+(?:of|by|from|expressed\s+by|made\s+by)\s+(?:the\s+|both\s+)?$")


@lru_cache(maxsize=1)
def _nominal() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{_GRADE})\s+){{0,2}}(?:{words().nouns})\b")


def owner(references: References, start: int, at: int) -> Reference | None:
    """Whose commitment it is when the act at `at` is a noun's: "its readiness to …", "Ruritania's support for …"."""
    text = references.text
    nominal = _nominal().match(text, at)
    for reference in reversed(references.between(max(start, at - 160), at)):
        had = not reference.owned and _TO_DO.fullmatch(text, reference.end, at)
        if had and _had_by().search(text, max(0, reference.start - 60), reference.start):
            return reference
        has = reference.owned or reference.attributive
        if not (has or reference.sort == "party"):
            continue
        graded = has and nominal and _GRADED.fullmatch(text, reference.end, at)
        if graded or _between().fullmatch(text, reference.end, at):
            return reference
    return None
