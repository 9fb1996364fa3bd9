"""From the trained network to the files that the tagger reads: an ONNX graph, quantised to eight bits, and its
description."""

import hashlib
import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import nn

from loaders.reading.labels import LABELS
from loaders.reading.tagger import Description
from loaders.reading.windows import OVERLAP, SIZE

OPSET = 18


@contextmanager
def _quiet() -> Iterator[None]:
    """The exporters warn of packages that are not needed here."""
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


@_quiet()
def export_float(network: nn.Module, path: Path) -> None:
    """The network for one window at a time: `ids` 1 × length to `tags` and `fields` 1 × length × …; no padding."""
    length = torch.export.Dim("length", min=3, max=SIZE + 2)
    program = torch.onnx.export(
        network.eval(),
        (torch.randint(1, 100, (1, 24)),),
        input_names=["ids"],
        output_names=["tags", "fields"],
        dynamic_shapes=({1: length},),
        opset_version=OPSET,
        dynamo=True,
        verbose=False,
    )
    program.save(str(path))


@_quiet()
def quantise(source: Path, target: Path) -> None:
    """Weights to signed bytes, one scale per output channel; activations are scaled as they come. The embeddings too,
    since they are half of the file."""
    quantize_dynamic(
        source, target, per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul", "Gemm", "Gather"]
    )
    onnx.checker.check_model(str(target))


def describe(folder: Path, base: str, fields: Sequence[str], tokenizer: Tokenizer) -> Description:
    """Writes `tagger.json` and `tokenizer.json` beside the graph."""
    sha256 = hashlib.sha256((folder / "tagger.onnx").read_bytes()).hexdigest()
    description = Description(base, LABELS, tuple(fields), SIZE, OVERLAP, sha256)
    (folder / "tagger.json").write_text(json.dumps(asdict(description), indent=1) + "\n", encoding="utf-8")
    tokenizer.save(str(folder / "tokenizer.json"))
    return description
