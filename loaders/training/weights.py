"""Checkpoints of published encoders under the names of ours."""

from collections.abc import Iterator, Mapping

import torch
from torch import Tensor

from loaders.training.encoder import Encoder

_EMBEDDINGS = {
    "words.weight": "embeddings.word_embeddings.weight",
    "places.weight": "embeddings.position_embeddings.weight",
    "segments.weight": "embeddings.token_type_embeddings.weight",
    "relative.weight": "encoder.relative_attention_bias.weight",
    "norm.weight": "embeddings.LayerNorm.weight",
    "norm.bias": "embeddings.LayerNorm.bias",
}
_LAYER = {"up": "intermediate.dense", "down": "output.dense", "norm_down": "output.LayerNorm"}
_BERT = {"out": "attention.output.dense", "norm_out": "attention.output.LayerNorm"}
_MPNET = {"out": "attention.attn.o", "norm_out": "attention.LayerNorm"}


def fill_bert(encoder: Encoder, weights: Mapping[str, Tensor]) -> None:
    """Copies a BERT checkpoint into the encoder; raises KeyError where one of its weights is missing."""
    queries = ("attention.self.query", "attention.self.key", "attention.self.value")
    encoder.load_state_dict(dict(_renamed(encoder, weights, _LAYER | _BERT, queries)))


def fill_mpnet(encoder: Encoder, weights: Mapping[str, Tensor]) -> None:
    """Copies an MPNet checkpoint into the encoder; raises KeyError where one of its weights is missing."""
    queries = ("attention.attn.q", "attention.attn.k", "attention.attn.v")
    encoder.load_state_dict(dict(_renamed(encoder, weights, _LAYER | _MPNET, queries)))


def _renamed(
    encoder: Encoder, weights: Mapping[str, Tensor], parts: Mapping[str, str], queries: tuple[str, str, str]
) -> Iterator[tuple[str, Tensor]]:
    wanted = encoder.state_dict()
    yield from ((ours, weights[theirs]) for ours, theirs in _EMBEDDINGS.items() if ours in wanted)
    for index in range(encoder.shape.layers):
        theirs = f"encoder.layer.{index}"
        for what in ("weight", "bias"):
            yield f"layers.{index}.qkv.{what}", torch.cat([weights[f"{theirs}.{name}.{what}"] for name in queries])
            for ours, part in parts.items():
                yield f"layers.{index}.{ours}.{what}", weights[f"{theirs}.{part}.{what}"]
