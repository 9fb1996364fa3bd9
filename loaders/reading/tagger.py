"""The learned tagger: finds the acts of a paragraph, their kind and their fields, with onnxruntime alone.

A model folder holds `tagger.onnx`, `tokenizer.json`, `card.md` and `tagger.json`; `pledgegraph train` writes it.
"""

import hashlib
import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer

from loaders.reading.decoding import (
    Labels,
    Run,
    Scores,
    best_labels,
    joined,
    leading_on,
    log_softmax,
    named,
    parted,
    runs,
    trimmed,
)
from loaders.reading.labels import LABELS
from loaders.reading.windows import windows
from ontology.terms import Kind

DEFAULT: Final = Path(__file__).parent / "model"
VERSION: Final = 1
FLOOR: Final = 0.6
"""Spans of less confidence are left out: on held-back statements more of them were wrong than right."""
_SURROGATE = re.compile("[\ud800-\udfff]")


class ModelError(RuntimeError):
    """A model that cannot be used: what is wrong, where, and what to do."""

    def __init__(self, what: str, where: Path | str, remedy: str) -> None:
        super().__init__(f"{where}: {what}. {remedy}")
        self.what, self.where, self.remedy = what, where, remedy


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
class Description:
    """What `tagger.json` says of a model."""

    base: str
    labels: tuple[str, ...]
    fields: tuple[str, ...]
    window: int
    overlap: int
    sha256: str
    version: int = VERSION

    @property
    def name(self) -> str:
        """How records name the model: its base and the first digits of its checksum."""
        return f"{self.base}@{self.sha256[:8]}"


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
    words: tuple[str, ...]

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
    """A loaded model. Single-threaded, so that the same text always gives the same bytes."""

    def __init__(self, description: Description, session: ort.InferenceSession, tokenizer: Tokenizer) -> None:
        self.description = description
        self.name = description.name
        self._session, self._tokenizer = session, tokenizer
        self._ends = ends(tokenizer)

    @classmethod
    def load(cls, folder: Path = DEFAULT) -> Self:
        """Reads a model folder; raises ModelError when something is missing or is not what `tagger.json` says."""
        description = _description(folder)
        graph = _bytes(folder / "tagger.onnx")
        if hashlib.sha256(graph).hexdigest() != description.sha256:
            raise ModelError(
                "is not the file that tagger.json describes",
                folder / "tagger.onnx",
                "Copy the whole model folder again.",
            )
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        tokenizer = Tokenizer.from_str(_bytes(folder / "tokenizer.json").decode("utf-8"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return cls(description, ort.InferenceSession(graph, options, providers=["CPUExecutionProvider"]), tokenizer)

    def spans(self, text: str, start: int = 0, floor: float = FLOOR) -> tuple[Span, ...]:
        """The acts of one paragraph with at least `floor` of confidence, in order, none overlapping; `start` is where
        the paragraph begins in its document."""
        read = self._read(text)
        if read is None:
            return ()
        found: list[Span] = []
        for run in joined(runs(read.labels), read.words):
            sure = read.confidence(run)
            for part in parted(run, read.tags, read.words) if sure >= floor else ():
                low, high = read.offsets(part)
                span = trimmed(text, max(low, found[-1].end - start) if found else low, high)
                if span:
                    about = named(read.fields[read.firsts[part.first] : read.firsts[part.last]])
                    fields = tuple(self.description.fields[number] for number in about)
                    found.append(Span(start + span[0], start + span[1], run.kind, fields, round(sure, 4)))
        return tuple(found)

    def doubts(self, text: str, start: int = 0) -> tuple[Span, ...]:
        """The acts of a paragraph that are below the floor of confidence."""
        return tuple(span for span in self.spans(text, start, floor=0.0) if span.confidence < FLOOR)

    def tags(self, text: str, start: int = 0) -> tuple[Token, ...]:
        """Every word of one paragraph with its label and the probabilities behind it."""
        read = self._read(text)
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

    def _read(self, text: str) -> _Reading | None:
        encoding = self._tokenizer.encode(_SURROGATE.sub("\ufffd", text), add_special_tokens=False)
        count = len(encoding.ids)
        if not count:
            return None
        tags = np.empty((count, len(LABELS)), dtype=np.float32)
        fields = np.empty((count, len(self.description.fields)), dtype=np.float32)
        overlap = self.description.overlap
        for low, high in windows(count, self.description.window, overlap):
            skip = overlap // 2 if low else 0
            tags[low + skip : high], fields[low + skip : high] = (
                scores[skip:] for scores in self._run(encoding.ids[low:high])
            )
        words = encoding.word_ids
        firsts = [i for i in range(count) if i == 0 or words[i] != words[i - 1]]
        scores, ends = log_softmax(tags[firsts]), [*firsts[1:], count]
        places = encoding.offsets
        spoken = tuple(text[places[i][0] : places[j - 1][1]] for i, j in zip(firsts, ends, strict=True))
        return _Reading(places, [*firsts, count], scores, fields, best_labels(scores, leading_on(spoken)), spoken)

    def _run(self, ids: Sequence[int]) -> tuple[Scores, Scores]:
        first, last = self._ends
        tags, fields = self._session.run(None, {"ids": np.array([[first, *ids, last]], dtype=np.int64)})
        return tags[0, 1:-1], fields[0, 1:-1]


def ends(tokenizer: Tokenizer) -> tuple[int, int]:
    """The tokens before and after a window. MPNet's vocabulary holds BERT's two as well, but does not use them."""
    for first, last in (("<s>", "</s>"), ("[CLS]", "[SEP]")):
        low, high = tokenizer.token_to_id(first), tokenizer.token_to_id(last)
        if low is not None and high is not None:
            return low, high
    raise ValueError("the tokenizer knows neither [CLS] and [SEP] nor <s> and </s>")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"cannot be read ({error.strerror})", path, "Name a folder that `pledgegraph train` wrote."
        ) from error


def _description(folder: Path) -> Description:
    path = folder / "tagger.json"
    try:
        row = json.loads(_bytes(path))
        description = Description(
            base=str(row["base"]),
            labels=tuple(row["labels"]),
            fields=tuple(row["fields"]),
            window=int(row["window"]),
            overlap=int(row["overlap"]),
            sha256=str(row["sha256"]),
            version=int(row["version"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"is not a description of a tagger ({error})", path, "Train the model again.") from error
    if description.version != VERSION or description.labels != LABELS:
        raise ModelError(f"is of version {description.version}, not {VERSION}", path, "Train the model again.")
    return description
