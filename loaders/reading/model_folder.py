"""A folder with a trained tagger: what it says of itself, and its graphs, run with onnxruntime alone.

It holds `tagger.json`, `tokenizer.json`, `card.md`, `tagger.onnx` and, where a few layers suffice to tell that a window
holds no act, `gate.onnx` with those layers: the rest is then run only where they see one.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer

from loaders.reading.decoding import Scores
from loaders.reading.labels import LABELS, OUTSIDE

VERSION: Final = 2
_SURE: Final = 10.0
"""The score of "no act" where the gate stayed shut; all others are 0."""
_SLOWER: Final = "SkipLayerNormFusion"
"""A fusion whose kernel takes longer than what it fuses, a seventh of all."""


class ModelError(RuntimeError):
    """A model that cannot be used: what is wrong, where, and what to do."""

    def __init__(self, what: str, where: Path | str, remedy: str) -> None:
        super().__init__(f"{where}: {what}. {remedy}")
        self.what, self.where, self.remedy = what, where, remedy


@dataclass(frozen=True, slots=True)
class Gate:
    """`gate.onnx`: its checksum, and the score from which a window may hold an act."""

    sha256: str
    threshold: float


@dataclass(frozen=True, slots=True)
class Description:
    """What `tagger.json` says of a model."""

    base: str
    labels: tuple[str, ...]
    fields: tuple[str, ...]
    window: int
    overlap: int
    sha256: str
    gate: Gate | None = None
    version: int = VERSION

    @property
    def name(self) -> str:
        """How records name the model: its base and the first digits of its checksum."""
        return f"{self.base}@{self.sha256[:8]}"

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The description of a model folder; raises ModelError."""
        path = folder / "tagger.json"
        try:
            row = json.loads(_bytes(path))
            description = cls(
                base=str(row["base"]),
                labels=tuple(row["labels"]),
                fields=tuple(row["fields"]),
                window=int(row["window"]),
                overlap=int(row["overlap"]),
                sha256=str(row["sha256"]),
                gate=_gate(row.get("gate")),
                version=int(row["version"]),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise ModelError(f"is not a description of a tagger ({error})", path, "Train the model again.") from error
        if description.version != VERSION or description.labels != LABELS:
            raise ModelError(f"is of version {description.version}, not {VERSION}", path, "Train the model again.")
        return description


def _gate(row: dict[str, Any] | None) -> Gate | None:
    return Gate(str(row["sha256"]), float(row["threshold"])) if row else None


class Graphs:
    """The network of a model folder. Single-threaded, so that the same text always gives the same bytes."""

    def __init__(self, folder: Path, description: Description) -> None:
        self._fields = len(description.fields)
        self._tagger = _session(folder / "tagger.onnx", description.sha256)
        self._gate = description.gate
        self._lower = _session(folder / "gate.onnx", description.gate.sha256) if description.gate else None

    def scores(self, ids: Sequence[int], words: int, thorough: bool = False) -> tuple[Scores, Scores]:
        """Scores of the labels and of the fields, one row for each of the `words` tokens after the first.

        `thorough` runs the whole network even where the gate sees no act.
        """
        seen = np.array([ids], dtype=np.int64)
        if self._lower is None or self._gate is None:
            tags, fields = self._tagger.run(None, {"ids": seen})
        else:
            hidden, gate = self._lower.run(None, {"ids": seen})
            if not thorough and gate[0, 1 : words + 1].max() < self._gate.threshold:
                return self._nothing(words)
            tags, fields = self._tagger.run(None, {"hidden": hidden})
        return tags[0, 1 : words + 1], fields[0, 1 : words + 1]

    def _nothing(self, words: int) -> tuple[Scores, Scores]:
        tags = np.zeros((words, len(LABELS)), dtype=np.float32)
        tags[:, OUTSIDE] = _SURE
        return tags, np.zeros((words, self._fields), dtype=np.float32)


def tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer of a model folder."""
    return spelled(_bytes(folder / "tokenizer.json"))


def spelled(description: bytes) -> Tokenizer:
    """The tokenizer that a `tokenizer.json` describes; it neither cuts off nor fills up."""
    found = Tokenizer.from_str(description.decode("utf-8"))
    found.no_truncation()
    found.no_padding()
    return found


def _session(path: Path, sha256: str) -> ort.InferenceSession:
    graph = _bytes(path)
    if hashlib.sha256(graph).hexdigest() != sha256:
        raise ModelError("is not the file that tagger.json describes", path, "Copy the whole model folder again.")
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(graph, options, providers=["CPUExecutionProvider"], disabled_optimizers=[_SLOWER])


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"cannot be read ({error.strerror})", path, "Name a folder that `pledgegraph train` wrote."
        ) from error
