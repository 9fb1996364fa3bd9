"""The network that is trained: an encoder with a head for tags and a head for fields."""

from torch import Tensor, nn

from loaders.reading.labels import LABELS
from loaders.training.encoder import Dropout, Encoder


class TaggerNetwork(nn.Module):
    """Scores per token. A span's fields are the mean of its tokens' field scores: the head is linear, so this equals
    a head on the mean, and whoever runs the exported graph can take the mean outside of it."""

    def __init__(self, encoder: Encoder, fields: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = Dropout(dropout)
        self.tags = nn.Linear(encoder.shape.width, len(LABELS))
        self.fields = nn.Linear(encoder.shape.width, fields)

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """batch × length × labels and batch × length × fields, as logits."""
        hidden = self.dropout(self.encoder(ids, mask))
        return self.tags(hidden), self.fields(hidden)
