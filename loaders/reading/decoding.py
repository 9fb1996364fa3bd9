"""From label scores per token to spans of text: the best valid sequence, cut at words and trimmed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from loaders.reading.labels import OUTSIDE, kind_of
from ontology.terms import Kind

Scores = npt.NDArray[np.float32]
Labels = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

MAY: Final = 0.25
"""How probable the end and the beginning of an act must be for a cut between them."""

OUTRIGHT: Final = 3.0
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
_LEADING_ON: Final = frozenset(
    re.findall(
        r"\w+",
        "a also an and are as at between by for from his her in including is its my of on or our than the their to"
        " under we were which with your",
    )
)


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


def best_labels(scores: Scores, leads_on: Flags | None = None) -> Labels:
    """The best valid sequence: an inside label follows a begin or inside label of its kind, a begin label follows
    OUTSIDE (acts never touch: a comma or an "and" lies between them), and no act ends at a word that leads on."""
    bound = np.zeros(len(scores), dtype=bool) if leads_on is None else leads_on
    greedy: Labels = scores.argmax(axis=1)
    return greedy if _valid(greedy, bound) else _viterbi(scores, bound)


def _valid(labels: Labels, leads_on: Flags) -> bool:
    before = np.concatenate(([OUTSIDE], labels[:-1]))
    inside = (labels > 0) & (labels % 2 == 0)
    torn = inside & (before != labels) & (before != labels - 1)
    touching = (labels % 2 == 1) & (before != OUTSIDE)
    ending = (before != OUTSIDE) & ~inside & np.concatenate(([False], leads_on[:-1]))
    return not np.any(torn | touching | ending)


def _viterbi(scores: Scores, leads_on: Flags) -> Labels:
    length, count = scores.shape
    back = np.zeros((length, count), dtype=np.intp)
    begins, insides = np.arange(1, count, 2), np.arange(2, count, 2)
    best = scores[0].copy()
    best[insides] = -np.inf
    for step in range(1, length):
        back[step, OUTSIDE] = OUTSIDE if leads_on[step - 1] else best.argmax()
        back[step, insides] = np.where(best[begins] >= best[insides], begins, insides)
        best = best[back[step]] + scores[step]
    path = np.empty(length, dtype=np.intp)
    path[-1] = best.argmax()
    for step in range(length - 1, 0, -1):
        path[step - 1] = back[step, path[step]]
    return path


def leading_on(words: Sequence[str]) -> Flags:
    """Which words cannot be the last of an act."""
    return np.array([word.lower() in _LEADING_ON for word in words], dtype=bool)


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


def joined(found: Sequence[Run], words: Sequence[str]) -> list[Run]:
    """The acts, "maintain" and "expand trade" made one: a lone verb before "and" shares the object that follows."""
    result: list[Run] = []
    for run in found:
        last = result[-1] if result else None
        if last and last.last - last.first == 1 and _coordinated(last, run, words):
            result[-1] = Run(last.first, run.last, run.kind)
        else:
            result.append(run)
    return result


def parted(run: Run, scores: Scores, words: Sequence[str]) -> list[Run]:
    """An act cut at each comma that may well end it before a word that may well begin another. The best sequence
    undervalues such a cut, since it counts the doubt about one event twice."""
    found, first = [], run.first
    for comma in range(run.first + 2, run.last - 1):
        verb = comma + 1
        while verb < run.last - 1 and (words[verb].endswith("ly") or words[verb] in ("and", "or", "to")):
            verb += 1
        may_end, may_begin = np.exp(scores[comma, OUTSIDE]), np.exp(scores[verb, 1::2]).sum()
        if words[comma] == "," and comma - first >= 2 and min(may_end, may_begin) >= MAY:
            found.append(Run(first, comma, run.kind))
            first = verb
    return [*found, Run(first, run.last, run.kind)]


def _coordinated(one: Run, other: Run, words: Sequence[str]) -> bool:
    return one.kind == other.kind and other.first - one.last == 1 and words[one.last].lower() in ("and", "or")


def named(scores: Scores) -> list[int]:
    """The numbers of an act's fields, from the scores of its tokens (tokens × fields), by falling weight: at least
    one."""
    mean, most = scores.mean(axis=0), scores.max(axis=0)
    order: list[int] = np.argsort(-mean, kind="stable").tolist()
    return [number for number in order if mean[number] > 0 or most[number] > OUTRIGHT] or order[:1]


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
