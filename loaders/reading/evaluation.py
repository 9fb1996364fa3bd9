"""How well a reader reads: its acts beside annotated ones.

A found act matches an annotated one of the same document and class (commitment or call) when their spans overlap by
half of what they cover together. Detection counts matches; the quad counts those whose actors, kind and fields agree
too; the other slots are judged where an act matched. Everything is counted over all acts, never averaged over
documents; the interval comes from drawing documents with replacement.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

from loaders.reading.agreement import QUAD, SLOTS, matches, names
from loaders.reading.annotations import Annotation
from loaders.reading.errors import Fault, faults
from ontology.terms import COMMITMENT_KINDS, Kind

_DRAWS: Final = 1_000
_SEED: Final = 7
_CALLS: Final = frozenset({Kind.CALL})


@dataclass(frozen=True, slots=True)
class Score:
    """How many were right, of how many that are annotated and how many that were found."""

    right: int = 0
    gold: int = 0
    found: int = 0

    def __add__(self, other: Self) -> Self:
        return type(self)(self.right + other.right, self.gold + other.gold, self.found + other.found)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        total = self.gold + self.found
        return 2 * self.right / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Slot:
    """How often one slot agreed where an act matched, from 0 to 1; `silent` is how often saying nothing would have."""

    name: str
    agreed: float
    silent: float | None = None


Interval = tuple[float, float]
"""The bounds between which 95 % of the F1 values lie when documents are drawn with replacement."""


@dataclass(frozen=True, slots=True)
class Class:
    """The figures of commitments, or of calls."""

    detection: Score
    detection_interval: Interval
    quad: Score
    quad_interval: Interval
    fields: Score
    counterparts: Score
    slots: tuple[Slot, ...]
    faults: tuple[tuple[Fault, int], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The figures of the commitments of one document, or of all documents of one genre."""

    name: str
    detection: Score
    quad: Score
    quad_interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that was measured; what has no genre is left out of `genres`."""

    commitments: Class
    calls: Class
    kinds: tuple[tuple[Kind, Score], ...]
    genres: tuple[Part, ...]
    documents: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class _Page:
    """One document's acts of one class, with their matches."""

    name: str
    gold: Sequence[Annotation]
    found: Sequence[Annotation]
    pairs: Sequence[tuple[Annotation, Annotation]]
    faults: Counter[Fault]

    def detection(self) -> Score:
        return Score(len(self.pairs), len(self.gold), len(self.found))

    def quad(self) -> Score:
        right = sum(all(SLOTS[slot](g, p) for slot in QUAD) for g, p in self.pairs)
        return Score(right, len(self.gold), len(self.found))


def evaluate(
    gold: Iterable[Annotation],
    predicted: Iterable[Annotation],
    documents: Collection[str] | None = None,
    genres: Mapping[str, str] | None = None,
) -> Figures:
    """Compares what was found with what is annotated.

    `documents` names those that count, by default every one that has an annotated act; `genres` says of which genre a
    document is.
    """
    gold, predicted = tuple(gold), tuple(predicted)
    counted = sorted({act.document for act in gold} if documents is None else set(documents))
    commitments = _pages(gold, predicted, counted, COMMITMENT_KINDS, _CALLS)
    calls = _pages(gold, predicted, counted, _CALLS, COMMITMENT_KINDS)
    return Figures(
        commitments=_class(commitments),
        calls=_class(calls),
        kinds=_kinds([*commitments, *calls]),
        genres=_genres(commitments, genres or {}),
        documents=tuple(Part(page.name, page.detection(), page.quad()) for page in commitments),
    )


def _pages(
    gold: Sequence[Annotation],
    predicted: Sequence[Annotation],
    documents: Sequence[str],
    kinds: Collection[Kind],
    others: Collection[Kind],
) -> list[_Page]:
    by_gold, by_found = _by_document(gold, kinds), _by_document(predicted, kinds)
    other_gold, other_found = _by_document(gold, others), _by_document(predicted, others)
    pages = []
    for name in documents:
        pairs = matches(by_gold[name], by_found[name])
        wrong = faults(by_gold[name], by_found[name], pairs, other_gold[name], other_found[name])
        pages.append(_Page(name, by_gold[name], by_found[name], pairs, wrong))
    return pages


def _genres(pages: Sequence[_Page], genres: Mapping[str, str]) -> tuple[Part, ...]:
    by_genre: defaultdict[str, list[_Page]] = defaultdict(list)
    for page in pages:
        if page.name in genres:
            by_genre[genres[page.name]].append(page)
    return tuple(
        Part(genre, _sum(held, _Page.detection), _sum(held, _Page.quad), _interval([page.quad() for page in held]))
        for genre, held in sorted(by_genre.items())
    )


def _sum(pages: Sequence[_Page], score: Callable[[_Page], Score]) -> Score:
    return sum(map(score, pages), Score())


def _by_document(acts: Sequence[Annotation], kinds: Collection[Kind]) -> defaultdict[str, list[Annotation]]:
    pages: defaultdict[str, list[Annotation]] = defaultdict(list)
    for act in acts:
        if act.kind in kinds:
            pages[act.document].append(act)
    return pages


def _class(pages: Sequence[_Page]) -> Class:
    pairs = [pair for page in pages for pair in page.pairs]
    return Class(
        detection=_sum(pages, _Page.detection),
        detection_interval=_interval([page.detection() for page in pages]),
        quad=_sum(pages, _Page.quad),
        quad_interval=_interval([page.quad() for page in pages]),
        fields=_shared((frozenset(g.fields), frozenset(p.fields)) for g, p in pairs),
        counterparts=_shared((names(g.counterparts), names(p.counterparts)) for g, p in pairs),
        slots=tuple(_slot(name, pairs) for name in SLOTS),
        faults=tuple((fault, sum(page.faults[fault] for page in pages)) for fault in Fault),
    )


def _shared(pairs: Iterable[tuple[frozenset[str], frozenset[str]]]) -> Score:
    return sum((Score(len(g & p), len(g), len(p)) for g, p in pairs), Score())


def _slot(name: str, pairs: Sequence[tuple[Annotation, Annotation]]) -> Slot:
    if not pairs:
        return Slot(name, 0.0)
    agreed = sum(SLOTS[name](g, p) for g, p in pairs) / len(pairs)
    values = [getattr(g, name) for g, _ in pairs] if name in Annotation.__slots__ else []
    can_be_silent = name not in ("actors", "kind", "fields", "span")
    return Slot(name, agreed, sum(not value for value in values) / len(pairs) if can_be_silent else None)


def _kinds(pages: Sequence[_Page]) -> tuple[tuple[Kind, Score], ...]:
    right = Counter(g.kind for page in pages for g, p in page.pairs if g.kind is p.kind)
    gold = Counter(act.kind for page in pages for act in page.gold)
    found = Counter(act.kind for page in pages for act in page.found)
    return tuple((kind, Score(right[kind], gold[kind], found[kind])) for kind in Kind)


def _interval(scores: Sequence[Score]) -> Interval:
    """Equal draws for equal input."""
    if not scores:
        return 0.0, 0.0
    dice = random.Random(_SEED)
    drawn = sorted(sum((dice.choice(scores) for _ in scores), Score()).f1 for _ in range(_DRAWS))
    return drawn[_DRAWS // 40 - 1], drawn[_DRAWS - _DRAWS // 40 - 1]
