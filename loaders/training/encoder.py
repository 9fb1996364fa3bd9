"""The encoder in plain torch: a post-norm transformer of the BERT family, filled from a safetensors file.

Position comes from learnt embeddings; a base with a relative bias (MPNet) gives its own `bias` to the same layers.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True, slots=True)
class Shape:
    """The measures of an encoder. `buckets` is the number of relative-position buckets, 0 for none;
    `first_position` what the position embeddings count from; `segments` how many segment embeddings there are."""

    vocabulary: int
    width: int = 384
    heads: int = 12
    layers: int = 6
    inner: int = 1536
    positions: int = 512
    first_position: int = 0
    segments: int = 2
    buckets: int = 0
    epsilon: float = 1e-12
    dropout: float = 0.1


class Dropout(nn.Module):
    """Dropout with cheap dice: torch draws one number at a time on a processor, which took a third of a step."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.limit = round(rate * 256)
        self.dice = np.random.Generator(np.random.SFC64(torch.initial_seed()))

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.limit:
            return x
        drawn = torch.frombuffer(bytearray(self.dice.bytes(x.numel())), dtype=torch.uint8).view(x.shape)
        return x * (drawn >= self.limit).to(x.dtype).mul_(256 / (256 - self.limit))


class Layer(nn.Module):
    """Self-attention and a two-layer perceptron, each followed by its residual and norm."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.norm_out = nn.LayerNorm(shape.width, shape.epsilon)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.norm_down = nn.LayerNorm(shape.width, shape.epsilon)
        self.dropout = Dropout(shape.dropout)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        """`x` is batch × length × width, `bias` is added to the attention scores (batch × heads or 1 × … × length)."""
        batch, length, width = x.shape
        qkv = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4).unbind(0)
        scores = (q * (width // self.heads) ** -0.5) @ k.transpose(2, 3)
        mixed = torch.softmax(scores if bias is None else scores + bias, -1).to(v.dtype) @ v
        mixed = mixed.transpose(1, 2).reshape(batch, length, width)
        x = self.norm_out(x + self.dropout(self.out(mixed)))
        hidden: Tensor = self.norm_down(x + self.dropout(self.down(functional.gelu(self.up(x)))))
        return hidden


class Encoder(nn.Module):
    """Token ids to hidden states."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.places = nn.Embedding(shape.positions, shape.width)
        self.segments = nn.Embedding(shape.segments, shape.width) if shape.segments else None
        self.norm = nn.LayerNorm(shape.width, shape.epsilon)
        self.dropout = Dropout(shape.dropout)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.relative = nn.Embedding(shape.buckets, shape.heads) if shape.buckets else None

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        """`ids` is batch × length, `mask` true where a token is real (None: everywhere); batch × length × width."""
        return self.states(ids, mask)[-1]

    def states(self, ids: Tensor, mask: Tensor | None = None, layers: int | None = None) -> list[Tensor]:
        """What goes into the first layer and what comes out of each, or of so many."""
        states = [self.embedded(ids)]
        bias = self.bias(ids.shape[1], mask, states[0].dtype)
        for layer in self.layers[:layers]:
            states.append(layer(states[-1], bias))
        return states

    def embedded(self, ids: Tensor) -> Tensor:
        """The tokens with their places."""
        places = torch.arange(ids.shape[1], device=ids.device) + self.shape.first_position
        x = self.words(ids) + self.places(places)
        if self.segments is not None:
            x = x + self.segments.weight[0]
        embedded: Tensor = self.dropout(self.norm(x))
        return embedded

    def bias(self, length: int, mask: Tensor | None, kind: torch.dtype) -> Tensor | None:
        """What is added to the attention scores: nearness where the base knows it, and nothing of what is padding."""
        padding = None
        if mask is not None:
            padding = torch.zeros(mask.shape, dtype=kind).masked_fill(~mask, torch.finfo(kind).min)[:, None, None, :]
        if self.relative is None:
            return padding
        near = self.relative(buckets(length, self.shape.buckets)).permute(2, 0, 1)[None]
        return near if padding is None else near + padding


def buckets(length: int, count: int, furthest: int = 128) -> Tensor:
    """The bucket of each pair of positions, length × length: exact when near, logarithmic when far (as in T5)."""
    places = torch.arange(length)
    distance = places[:, None] - places[None, :]
    half, exact = count // 2, count // 4
    far = distance.abs().clamp(min=1).float().div(exact).log() / torch.log(torch.tensor(furthest / exact))
    near = torch.where(
        distance.abs() < exact, distance.abs(), (exact + far * (half - exact)).long().clamp(max=half - 1)
    )
    return near + half * (distance < 0)
