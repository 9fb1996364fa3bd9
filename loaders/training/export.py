"""From the trained network to the files that the tagger reads: ONNX graphs, quantised to eight bits, and their
description."""

import hashlib
import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn

from loaders.reading.labels import LABELS
from loaders.reading.model_folder import Description, Gate
from loaders.reading.windows import LEAD, OVERLAP, SIZE
from loaders.training.encoder import Encoder
from loaders.training.network import Heads, Scores, TaggerNetwork

OPSET: Final = 18
_LONGEST: Final = SIZE + LEAD + 3


class Bytes(nn.Module):
    """Embeddings as signed bytes with a scale for each row: half of a model is here, and rows differ in size."""

    def __init__(self, table: nn.Embedding) -> None:
        super().__init__()
        scale = table.weight.detach().abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("rows", (table.weight.detach() / scale).round().to(torch.int8))

    def forward(self, ids: Tensor) -> Tensor:
        rows: Any = self.rows
        scale: Any = self.scale
        product: Tensor = rows[ids].float() * scale[ids]
        return product


class _Layers(nn.Module):
    """Some neighbouring layers of an encoder."""

    def __init__(self, encoder: Encoder, first: int, last: int) -> None:
        super().__init__()
        self.encoder, self.layers = encoder, encoder.layers[first:last]

    def forward(self, hidden: Tensor) -> Tensor:
        bias = self.encoder.bias(hidden.shape[1], None, hidden.dtype)
        for layer in self.layers:
            hidden = layer(hidden, bias)
        return hidden


class _Lower(nn.Module):
    """Token ids to hidden states and, of each token, the probability that it belongs to an act."""

    def __init__(self, network: TaggerNetwork, opens: nn.Linear) -> None:
        super().__init__()
        self.encoder, self.opens = network.encoder, opens
        self.layers = _Layers(network.encoder, 0, network.gate)

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        hidden = self.layers(self.encoder.embedded(ids))
        return hidden, torch.sigmoid(self.opens(hidden)).squeeze(-1)


class _Upper(nn.Module):
    """Hidden states to the scores of the last heads."""

    def __init__(self, network: TaggerNetwork) -> None:
        super().__init__()
        self.layers = _Layers(network.encoder, network.gate, network.kept)
        self.heads: Heads = network.heads

    def forward(self, hidden: Tensor) -> Scores:
        scores: Scores = self.heads(self.layers(hidden))
        return scores


@contextmanager
def _quiet() -> Iterator[None]:
    """The exporters warn of packages that are not needed here."""
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def export(network: TaggerNetwork, folder: Path, in_bytes: bool) -> None:
    """Writes `tagger.onnx`, and `gate.onnx` if the network has a gate; they take one window at a time, unpadded.

    `in_bytes` keeps weights as signed bytes, one scale per output channel; activations are scaled as they come.
    """
    network.eval()
    words = network.encoder.words
    network.encoder.words = Bytes(words) if in_bytes and isinstance(words, nn.Embedding) else words
    ids = torch.randint(1, min(100, words.num_embeddings), (1, 24))
    try:
        if network.opens is None:
            _write(network, ids, ("ids",), ("tags", "fields"), folder / "tagger.onnx", in_bytes)
        else:
            lower = _Lower(network, network.opens)
            _write(lower, ids, ("ids",), ("hidden", "gate"), folder / "gate.onnx", in_bytes)
            hidden = torch.randn(1, 24, network.encoder.shape.width)
            _write(_Upper(network), hidden, ("hidden",), ("tags", "fields"), folder / "tagger.onnx", in_bytes)
    finally:
        network.encoder.words = words


@_quiet()
def _write(
    module: nn.Module, example: Tensor, inputs: Sequence[str], outputs: Sequence[str], path: Path, in_bytes: bool
) -> None:
    length = torch.export.Dim("length", min=3, max=_LONGEST)
    program = torch.onnx.export(
        module.eval(),
        (example,),
        input_names=inputs,
        output_names=outputs,
        dynamic_shapes=({1: length},),
        opset_version=OPSET,
        dynamo=True,
        verbose=False,
    )
    program.save(str(path))
    if in_bytes:
        quantize_dynamic(
            path, path, per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul", "Gemm"]
        )
    _stripped(path)


def _stripped(path: Path) -> None:
    """Without the exporter's notes, which name files of the machine that trained."""
    model = onnx.load(path)
    for part in (model, model.graph, *model.graph.node, *model.graph.initializer, *model.graph.value_info):
        part.ClearField("metadata_props")
        part.ClearField("doc_string")
    onnx.checker.check_model(model)
    onnx.save(model, path)


def describe(
    folder: Path, base: str, fields: Sequence[str], tokenizer: Tokenizer, threshold: float | None
) -> Description:
    """Writes `tagger.json` and `tokenizer.json` beside the graphs; the threshold is that of the gate."""
    gate = None if threshold is None else Gate(_sha256(folder / "gate.onnx"), threshold)
    description = Description(base, LABELS, tuple(fields), SIZE, OVERLAP, _sha256(folder / "tagger.onnx"), gate)
    (folder / "tagger.json").write_text(json.dumps(asdict(description), indent=1) + "\n", encoding="utf-8")
    tokenizer.save(str(folder / "tokenizer.json"))
    return description


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
