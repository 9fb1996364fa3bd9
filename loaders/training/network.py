"""The network that is trained: an encoder with heads for tags and fields, and a gate."""

from typing import NamedTuple

from torch import Tensor, nn

from loaders.reading.labels import LABELS
from loaders.training.encoder import Dropout, Encoder


class Scores(NamedTuple):
    """Logits per token: batch × length × labels and batch × length × fields."""

    tags: Tensor
    fields: Tensor


class Heads(nn.Module):
    """Scores per token. A span's fields are the mean of its tokens' field scores: the head is linear, so this equals
    a head on the mean, and whoever runs the exported graph can take the mean outside of it."""

    def __init__(self, width: int, fields: int, dropout: float) -> None:
        super().__init__()
        self.dropout = Dropout(dropout)
        self.tags = nn.Linear(width, len(LABELS))
        self.fields = nn.Linear(width, fields)

    def forward(self, hidden: Tensor) -> Scores:
        hidden = self.dropout(hidden)
        return Scores(self.tags(hidden), self.fields(hidden))


class TaggerNetwork(nn.Module):
    """The encoder with its heads after `kept` layers (0: after all).

    Layers above those have helping heads that learn the same task, which teaches the layers below; neither is exported.
    Where `gate` is not 0, so many layers tell of each token whether it belongs to an act at all.
    """

    def __init__(self, encoder: Encoder, fields: int, gate: int = 0, kept: int = 0, dropout: float = 0.1) -> None:
        super().__init__()
        width, layers = encoder.shape.width, encoder.shape.layers
        self.encoder, self.fields, self.gate, self.kept = encoder, fields, gate, kept or layers
        self.heads = Heads(width, fields, dropout)
        self.helpers = Heads(width, fields, dropout) if self.kept < layers else None
        self.opens = nn.Linear(width, 1) if gate else None

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> Scores:
        """What the last layer that is kept says."""
        scores: Scores = self.heads(self.encoder.states(ids, mask, self.kept)[-1])
        return scores

    def taught(self, ids: Tensor, mask: Tensor) -> tuple[Scores, Scores | None, Tensor | None]:
        """All that a loss is taken of: the scores, those of the helpers, and the gate's logits (batch × length)."""
        states = self.encoder.states(ids, mask)
        return (
            self.heads(states[self.kept]),
            self.helpers(states[-1]) if self.helpers is not None else None,
            self.opens(states[self.gate]).squeeze(-1) if self.opens is not None else None,
        )
