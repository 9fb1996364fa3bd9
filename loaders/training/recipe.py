"""How to train, and how far a training has come."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train. Rates are peaks (`encoder_rate` 0: what the base is used to), `warm_up` a share of all steps,
    `average` the decay of the running mean of the weights (0 keeps the last ones). `half` computes in bfloat16; None
    does so where the processor can, which takes half of the time. `threshold` is how probable a word of an act must be
    for the gate to open. `held` is the share of the documents that is held
    back to see when to stop: after `patience` epochs that are no better than the best."""

    epochs: int = 10
    batch: int = 16
    encoder_rate: float = 0.0
    head_rate: float = 1e-3
    warm_up: float = 0.08
    decay: float = 0.01
    smoothing: float = 0.05
    clip: float = 1.0
    average: float = 0.998
    fields_weight: float = 4.0
    seed: int = 7
    threshold: float = 0.15
    held: float = 0.0
    patience: int = 2
    half: bool | None = None

    def words(self) -> str:
        """The recipe in one line, for the card."""
        return (
            f"{self.epochs} epochs of batches of {self.batch}, AdamW at {self.encoder_rate:g} for the encoder and"
            f" {self.head_rate:g} for the heads, warm-up over {self.warm_up:.0%} then linear decay, label smoothing"
            f" {self.smoothing:g}, fields weighted {self.fields_weight:g}, gradient norm"
            f" {self.clip:g}, weights averaged at {self.average:g}, seed {self.seed}"
        ) + (f", stopped by {self.held:.0%} of the documents held back" if self.held else "")


@dataclass(frozen=True, slots=True)
class Step:
    """Progress: `number` of `total` steps done, in `epoch` (from 1), with the mean loss of late."""

    number: int
    total: int
    epoch: int
    loss: float
