"""The training loop: AdamW, a linear warm-up and decay, smoothed tags, averaged weights."""

import copy
import random
from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from loaders.reading.labels import LABELS, OUTSIDE
from loaders.training.batches import IGNORED, Batch, Window, batches
from loaders.training.network import Scores, TaggerNetwork
from loaders.training.recipe import Recipe, Step

_HELPED = 0.5
_GATE = 0.3


def fit(
    network: TaggerNetwork,
    found: Sequence[Window],
    recipe: Recipe,
    filler: int,
    progress: Callable[[Step], None] = lambda step: None,
    goes_on: Callable[[int, TaggerNetwork], bool] = lambda epoch, network: True,
) -> TaggerNetwork:
    """Trains in place and returns the network to use: the averaged one where the recipe asks for it.

    `goes_on` is asked after each epoch, with that network, whether to train on.
    """
    torch.manual_seed(recipe.seed)
    dice, fields = random.Random(recipe.seed), network.fields
    per_epoch = -(-len(found) // recipe.batch)
    optimizer, schedule = _optimizer(network, recipe, per_epoch * recipe.epochs)
    mean = _Average(network, recipe.average) if recipe.average else None
    number, loss = 0, 0.0
    for epoch in range(1, recipe.epochs + 1):
        network.train()
        for piece in batches(found, recipe.batch, filler, fields, dice):
            value = _step(network, piece, recipe, optimizer)
            schedule.step()
            if mean:
                mean.take(network)
            number += 1
            loss = value if number == 1 else 0.98 * loss + 0.02 * value
            progress(Step(number, per_epoch * recipe.epochs, epoch, loss))
        if not goes_on(epoch, mean.network if mean else network):
            break
    best = mean.network if mean else network
    best.eval()
    return best


def loss_of(network: TaggerNetwork, piece: Batch, recipe: Recipe) -> Tensor:
    """The loss of the heads, that of the helpers, which weighs more as more layers learn from it, and the gate's."""
    scores, helpers, gate = network.taught(piece.ids, piece.mask)
    loss = _heads(scores, piece, recipe)
    if helpers is not None:
        loss = _HELPED * loss + _heads(helpers, piece, recipe)
    if gate is not None:
        real = piece.labels != IGNORED
        wanted = (piece.labels[real] != OUTSIDE).float()
        loss = loss + _GATE * functional.binary_cross_entropy_with_logits(gate.float()[real], wanted)
    return loss


def _heads(scores: Scores, piece: Batch, recipe: Recipe) -> Tensor:
    """Cross-entropy of the tags plus binary cross-entropy of the fields over the annotated spans."""
    loss = functional.cross_entropy(
        scores.tags.float().view(-1, len(LABELS)),
        piece.labels.view(-1),
        ignore_index=IGNORED,
        label_smoothing=recipe.smoothing,
    )
    if len(piece.rows):
        pooled = torch.einsum("al,alf->af", piece.pools, scores.fields.float()[piece.rows])
        loss = loss + recipe.fields_weight * functional.binary_cross_entropy_with_logits(pooled, piece.fields)
    return loss


def half_pays() -> bool:
    """Whether the processor multiplies bfloat16 faster than single precision."""
    able = torch.cpu.get_capabilities()
    return any(able.get(name, False) for name in ("amx_bf16", "avx512_bf16"))


def _step(network: TaggerNetwork, piece: Batch, recipe: Recipe, optimizer: torch.optim.Optimizer) -> float:
    half = half_pays() if recipe.half is None else recipe.half
    with torch.autocast("cpu", torch.bfloat16, enabled=half):
        loss = loss_of(network, piece, recipe)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), recipe.clip)
    optimizer.step()
    return float(loss.detach())


def _optimizer(
    network: TaggerNetwork, recipe: Recipe, total: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    # What training never shows must keep its place beside what it does.
    network.encoder.words.weight.requires_grad_(False)
    named = [(name, weight) for name, weight in network.named_parameters() if weight.requires_grad]
    groups = [
        {"params": [p for n, p in named if n.startswith("encoder.") and p.ndim > 1], "lr": recipe.encoder_rate},
        {
            "params": [p for n, p in named if n.startswith("encoder.") and p.ndim == 1],
            "lr": recipe.encoder_rate,
            "weight_decay": 0.0,
        },
        {"params": [p for n, p in named if not n.startswith("encoder.")], "lr": recipe.head_rate},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=recipe.decay, fused=True)
    warm = max(1, round(total * recipe.warm_up))

    def rate(step: int) -> float:
        return (step + 1) / warm if step < warm else max(0.0, (total - step) / max(1, total - warm))

    return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, rate)


class _Average:
    """A running mean of the weights, short at first so that the start is soon forgotten."""

    def __init__(self, network: TaggerNetwork, decay: float) -> None:
        self.network, self.decay, self.taken = copy.deepcopy(network), decay, 0

    @torch.no_grad()
    def take(self, network: TaggerNetwork) -> None:
        self.taken += 1
        keep = min(self.decay, (1 + self.taken) / (10 + self.taken))
        for ours, theirs in zip(self.network.parameters(), network.parameters(), strict=True):
            ours.lerp_(theirs, 1 - keep)
