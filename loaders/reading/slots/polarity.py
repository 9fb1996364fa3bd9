"""Whether the promised action is a not-doing, and whether the text marks the act as a repetition or continuation."""

import re
from typing import Final

from loaders.reading.slots.phrases import pattern, phrases

_WORDS: Final = phrases("polarity.yaml")
_NEGATION: Final = pattern(rf"(?<![\w-]){_WORDS['negation']}(?![\w-])(?! (?:only|hesitate)\b)")
_NO_NEGATION: Final = pattern(_WORDS["no_negation"])
_NOT_DOING: Final = pattern(_WORDS["not_doing"])
_NEW_CLAUSE: Final = pattern(_WORDS["new_clause"])
_AGAIN: Final = pattern(rf"(?<![\w-])(?:(?P<says>{_WORDS['says_again']})|(?P<goes>{_WORDS['goes_on']}))(?![\w-])")
_HEAD: Final = pattern(rf"(?:\w+ly )?(?:be )?{_WORDS['head_again']}")
_PRIORITY: Final = pattern(r" (?:remains?|continues? to be)\b")
_OTHER: Final = pattern(rf"\b{_WORDS['other_verb']}\b")
_SIBLING: Final = pattern(r"(?:\band|,) \Z")
_PAST: Final = pattern(rf"{_WORDS['past_verb']}\b")
_REPORTED: Final = pattern(_WORDS["reported"])
_CLAUSE: Final = re.compile(
    r"[;:!?]|,\s+(?:and|but|while|which|as)\s+(?:(?:also|further|therefore)\s+)?(?:will|shall|would|we|the|it|they|he|she|[A-Z]\w+|\w+ed|\w+s)\b|\bwhile\b|\bbut\b"
)


def negated(text: str, sentence: int, start: int, end: int) -> bool:
    """Whether the act at `start` to `end` is a not-doing; `sentence` is where its sentence begins."""
    if _NOT_DOING.match(text, start, end):
        return True
    before = text[max(sentence, start - 90) : start]
    cuts = list(_NEW_CLAUSE.finditer(before))
    clause = before[cuts[-1].end() :] if cuts else before
    return _NEGATION.search(_NO_NEGATION.sub(" ", clause)) is not None


def reaffirmed(text: str, sentence: int, start: int, end: int) -> bool:
    """Whether the sentence that begins at `sentence` marks the act at `start` to `end` as said before or going on."""
    if _HEAD.match(text, start, end) or _PRIORITY.match(text, end):
        return True
    if _SIBLING.search(text, max(sentence, start - 8), start) and _PAST.match(text, start, end):
        return False
    return any(_reaches(text[cue.end() : start], cue) for cue in _AGAIN.finditer(text, sentence, start))


def _reaches(between: str, cue: re.Match[str]) -> bool:
    """Whether a mark of repetition still governs the act that follows `between`."""
    if _CLAUSE.search(between):
        return False
    if cue["says"]:
        return _REPORTED.search(between) is None
    return _OTHER.search(between) is None
