"""The learned tagger: finds the acts of a paragraph, their kind and their fields; `pledgegraph train` makes one."""

import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import numpy as np
from tokenizers import Encoding, Tokenizer

from loaders.reading.decoding import Labels, Run, Scores, best_labels, log_softmax, named, runs, trimmed
from loaders.reading.labels import LABELS
from loaders.reading.model_folder import Description, Graphs, tokenizer
from loaders.reading.windows import LEAD, ends, framed, windows
from ontology.terms import Kind

DEFAULT: Final = Path(__file__).parent / "model"
FLOOR: Final = 0.5
"""Spans of less confidence are left out: on held-back statements keeping them spoilt as much as it gained."""
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Span:
    """One act: offsets in code points, its kind, its fields by falling weight, and a confidence from 0 to 1."""

    start: int
    end: int
    kind: Kind
    fields: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Token:
    """One word as the tagger saw it: offsets, the label it was given and the probability of each label of `LABELS`."""

    start: int
    end: int
    label: str
    probabilities: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One paragraph as the network saw it: the places of its tokens in the text, log-probabilities of the tags and the
    best label per word, field scores per token. `firsts` are the words' first tokens, closed by the number of tokens.
    """

    places: list[tuple[int, int]]
    firsts: list[int]
    tags: Scores
    fields: Scores
    labels: Labels

    def offsets(self, run: Run) -> tuple[int, int]:
        return self.places[self.firsts[run.first]][0], self.places[self.firsts[run.last] - 1][1]

    def confidence(self, run: Run) -> float:
        """The geometric mean of three probabilities: that an act begins there, that its words have their labels, and
        that it ends there."""
        words = np.arange(run.first, run.last)
        begins = np.exp(self.tags[run.first, 1::2]).sum()
        follows = np.exp(self.tags[run.last, 2::2]).sum() if run.last < len(self.tags) else 0.0
        inside = np.exp(self.tags[words, self.labels[words]].mean())
        return math.pow(begins * inside * max(0.0, 1 - follows), 1 / 3)


class Tagger:
    """A loaded model."""

    def __init__(self, description: Description, graphs: Graphs, spelling: Tokenizer) -> None:
        self.description = description
        self.name = description.name
        self._graphs, self._tokenizer = graphs, spelling
        self._ends = ends(spelling)

    @classmethod
    def load(cls, folder: Path = DEFAULT) -> Self:
        """Reads a model folder; raises ModelError when something is missing or is not what `tagger.json` says."""
        description = Description.read(folder)
        return cls(description, Graphs(folder, description), tokenizer(folder))

    def spans(self, text: str, start: int = 0, lead: str = "") -> tuple[Span, ...]:
        """The acts of one paragraph, in order, none overlapping; `start` is where the paragraph begins in its document,
        `lead` the sentence that leads into it."""
        return self._spans(self._read(text, lead), text, start, FLOOR)

    def doubts(self, text: str, start: int = 0, lead: str = "") -> tuple[Span, ...]:
        """The acts of a paragraph that are below the floor of confidence, or where the gate saw none."""
        given = self.spans(text, start, lead)
        possible = self._spans(self._read(text, lead, thorough=True), text, start, 0.0)
        return tuple(span for span in possible if span.confidence < FLOOR or span not in given)

    def tags(self, text: str, start: int = 0, lead: str = "") -> tuple[Token, ...]:
        """Every word of one paragraph with its label and the probabilities behind it."""
        read = self._read(text, lead, thorough=True)
        if read is None:
            return ()
        probabilities = np.exp(read.tags).round(4).tolist()
        places = [read.offsets(Run(i, i + 1, Kind.PLEDGE)) for i in range(len(read.labels))]
        return tuple(
            Token(start + low, start + high, LABELS[label], tuple(row))
            for (low, high), label, row in zip(places, read.labels.tolist(), probabilities, strict=True)
        )

    def remarks(self) -> tuple[str, ...]:
        """Nothing: what the tagger finds stands in the text."""
        return ()

    def _spans(self, read: _Reading | None, text: str, start: int, floor: float) -> tuple[Span, ...]:
        if read is None:
            return ()
        found: list[Span] = []
        for run in runs(read.labels):
            sure = read.confidence(run)
            low, high = read.offsets(run)
            span = trimmed(text, max(low, found[-1].end - start) if found else low, high) if sure >= floor else None
            if span:
                about = named(read.fields[read.firsts[run.first] : read.firsts[run.last]])
                fields = tuple(self.description.fields[number] for number in about)
                found.append(Span(start + span[0], start + span[1], run.kind, fields, round(sure, 4)))
        return tuple(found)

    def _read(self, text: str, lead: str, thorough: bool = False) -> _Reading | None:
        encoding = self._encoded(text)
        count = len(encoding.ids)
        if not count:
            return None
        before = self._encoded(lead).ids[-LEAD:] if lead else []
        tags = np.empty((count, len(LABELS)), dtype=np.float32)
        fields = np.empty((count, len(self.description.fields)), dtype=np.float32)
        overlap = self.description.overlap
        for low, high in windows(count, self.description.window, overlap):
            skip = overlap // 2 if low else 0
            ids = framed(self._ends, encoding.ids[low:high], before)
            tags[low + skip : high], fields[low + skip : high] = (
                scores[skip:] for scores in self._graphs.scores(ids, high - low, thorough)
            )
        words = encoding.word_ids
        firsts = [i for i in range(count) if i == 0 or words[i] != words[i - 1]]
        scores = log_softmax(tags[firsts])
        return _Reading(encoding.offsets, [*firsts, count], scores, fields, best_labels(scores))

    def _encoded(self, text: str) -> Encoding:
        return self._tokenizer.encode(_SURROGATE.sub("\ufffd", text), add_special_tokens=False)
