"""From label scores per token to spans of text: the best valid sequence, cut at words and trimmed."""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from loaders.reading.labels import OUTSIDE, kind_of
from ontology.terms import Kind

Scores = npt.NDArray[np.float32]
Labels = npt.NDArray[np.intp]

ENOUGH: Final = 0.1
"""The mean score of an act's words from which it is about a field."""
OUTRIGHT: Final = 2.0
"""The score at which one word is enough for a field: in a long list the mean drowns what each word names."""

_OPENERS, _CLOSERS = "([{“‘«", ")]}”’»"
_LOOSE: Final = frozenset(" \t\n\r\f\v.,;:!?…·•*–—-\"'“”‘’«»()[]{}")
_FUNCTION_WORDS: Final = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be been but by do for from had has have he her his i in into is it its nor not of on or our"
        " she should so such than that the their them these they this those to upon was we were which who will with"
        " would you your",
    )
)

# What follows is said about the act and is none of it: the guideline ends the span before.
_TAIL: Final = re.compile(r",\s+(?:which|recogni[sz]ing|aware|mindful|noting|because|backed|enabling)\b")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of tokens that carries one act: `first` to `last`, end exclusive."""

    first: int
    last: int
    kind: Kind


def log_softmax(scores: Scores) -> Scores:
    shifted = scores - scores.max(axis=-1, keepdims=True)
    result: Scores = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result


def best_labels(scores: Scores) -> Labels:
    """The best valid sequence: an inside label follows a begin or inside label of its kind, and a begin label follows
    OUTSIDE (acts never touch: a comma or an "and" lies between them)."""
    greedy: Labels = scores.argmax(axis=1)
    return greedy if _valid(greedy) else _viterbi(scores)


def _valid(labels: Labels) -> bool:
    before = np.concatenate(([OUTSIDE], labels[:-1]))
    inside = (labels > 0) & (labels % 2 == 0)
    torn = inside & (before != labels) & (before != labels - 1)
    touching = (labels % 2 == 1) & (before != OUTSIDE)
    return not np.any(torn | touching)


def _viterbi(scores: Scores) -> Labels:
    length, count = scores.shape
    back = np.zeros((length, count), dtype=np.intp)
    begins, insides = np.arange(1, count, 2), np.arange(2, count, 2)
    best = scores[0].copy()
    best[insides] = -np.inf
    for step in range(1, length):
        back[step, OUTSIDE] = best.argmax()
        back[step, insides] = np.where(best[begins] >= best[insides], begins, insides)
        best = best[back[step]] + scores[step]
    path = np.empty(length, dtype=np.intp)
    path[-1] = best.argmax()
    for step in range(length - 1, 0, -1):
        path[step - 1] = back[step, path[step]]
    return path


def runs(labels: Labels) -> list[Run]:
    """The acts of a valid sequence."""
    found: list[Run] = []
    open_at = -1
    for at, label in enumerate((*labels.tolist(), OUTSIDE)):
        if open_at >= 0 and (label == OUTSIDE or label % 2):
            found.append(Run(open_at, at, kind_of(int(labels[open_at]))))
            open_at = -1
        if label % 2:
            open_at = at
    return found


def named(scores: Scores) -> list[int]:
    """The numbers of an act's fields, from the scores of its tokens (tokens × fields), by falling weight: at least
    one."""
    mean, most = scores.mean(axis=0), scores.max(axis=0)
    order: list[int] = np.argsort(-mean, kind="stable").tolist()
    return [number for number in order if mean[number] > ENOUGH or most[number] > OUTRIGHT] or order[:1]


def trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span widened to whole words, without a tail or loose marks; None if nothing worth a record is left."""
    while 0 < start < end and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while start < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    tail = _TAIL.search(text, start, end)
    if tail and tail.start() > start:
        end = tail.start()
    while start < end and (text[start] in _LOOSE or text[start].isspace()) and not _opens(text, start, end):
        start += 1
    while start < end and (text[end - 1] in _LOOSE or text[end - 1].isspace()) and not _closes(text, start, end):
        end -= 1
    if text.startswith(")", end) and text.count("(", start, end) > text.count(")", start, end):
        end += 1
    if start < end and _wrapped(text, start, end):
        start, end = start + 1, end - 1
    words = text[start:end].split()
    if not words or (len(words) == 1 and words[0].lower() in _FUNCTION_WORDS):
        return None
    return (start, end) if any(letter.isalnum() for letter in text[start:end]) else None


def _wrapped(text: str, start: int, end: int) -> bool:
    at = _OPENERS.find(text[start])
    return at >= 0 and text.find(_CLOSERS[at], start, end) == end - 1


def _opens(text: str, start: int, end: int) -> bool:
    at = _OPENERS.find(text[start])
    return at >= 0 and _CLOSERS[at] in text[start + 1 : end]


def _closes(text: str, start: int, end: int) -> bool:
    at = _CLOSERS.find(text[end - 1])
    return at >= 0 and _OPENERS[at] in text[start : end - 1]
