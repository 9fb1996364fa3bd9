"""A held part of the documents, by which a training sees when it has learnt enough and how sure its model may be."""

import copy
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import torch
from torch import Tensor

from loaders.reading.decoding import Run, best_labels, log_softmax, runs
from loaders.training.batches import Window
from loaders.training.gold import Annotated
from loaders.training.network import TaggerNetwork

_SHARE: Final = 0.5
"""How much of the tokens that two acts cover together they must share to be the same, as in evaluation."""


def parted(documents: Sequence[Annotated], share: float, seed: int) -> tuple[list[Annotated], list[Annotated]]:
    """Documents to learn from and documents to hold back; which is which depends on name and seed alone."""
    ranked = sorted(documents, key=lambda one: hashlib.sha256(f"{seed} {one.document}".encode()).digest())
    held = {one.document for one in ranked[: round(share * len(ranked))]}
    return (
        [one for one in documents if one.document not in held],
        [one for one in documents if one.document in held],
    )


@dataclass(slots=True)
class Watch:
    """Measures the acts of held windows after each epoch, keeps the best weights, and says when to stop.

    `scores` are the F1 of the acts found, one an epoch. Training goes on for `patience` epochs without a better one.
    """

    windows: Sequence[Window]
    patience: int
    scores: list[float] = field(default_factory=list)
    _best: dict[str, Tensor] | None = None

    def goes_on(self, epoch: int, network: TaggerNetwork) -> bool:
        """Called after an epoch with the network that would be used; whether to train on."""
        score = f1(network, self.windows)
        if not self.scores or score > max(self.scores):
            self._best = copy.deepcopy(network.state_dict())
        self.scores.append(score)
        # Nothing found yet is a beginning, not an end.
        return not any(self.scores) or len(self.scores) - 1 - int(np.argmax(self.scores)) < self.patience

    def best(self, network: TaggerNetwork) -> TaggerNetwork:
        """The network with the weights of the best epoch."""
        if self._best is not None:
            network.load_state_dict(self._best)
        return network


@torch.no_grad()
def f1(network: TaggerNetwork, windows: Sequence[Window]) -> float:
    """The F1 of the acts that a network finds in windows, the kind included."""
    was = network.training
    network.eval()
    right = found = gold = 0
    for window in windows:
        tags, _ = network(torch.tensor([window.ids]))
        inner = slice(1, len(window.ids) - 1)
        offered = runs(best_labels(log_softmax(tags[0, inner].float().numpy())))
        wanted = runs(np.array(window.labels[inner]))
        right += _shared(wanted, offered)
        found, gold = found + len(offered), gold + len(wanted)
    network.train(was)
    return 2 * right / (found + gold) if found + gold else 0.0


def _shared(wanted: Sequence[Run], offered: Sequence[Run]) -> int:
    return sum(any(_same(one, other) for other in offered) for one in wanted)


def _same(one: Run, other: Run) -> bool:
    shared = min(one.last, other.last) - max(one.first, other.first)
    both = max(one.last, other.last) - min(one.first, other.first)
    return one.kind == other.kind and shared >= _SHARE * both
