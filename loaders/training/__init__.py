"""Fine-tune the tagger on annotated statements; needs the extra `train`.

Nothing here imports torch until a training begins, so that gold is checked, and a missing extra named, without it.
"""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from loaders.training.card import Card
from loaders.training.gold import read_gold
from loaders.training.recipe import Recipe, Step

__all__ = ["Card", "MissingExtraError", "Recipe", "Step", "train"]

_RECIPE = Recipe()
_NEEDED = ("torch", "safetensors", "onnx", "onnxscript")


class MissingExtraError(RuntimeError):
    """The packages of the extra `train` are not installed."""


def train(
    texts: Path,
    gold: Path,
    out: Path,
    *,
    base: str = "minilm",
    epochs: int = _RECIPE.epochs,
    seed: int = _RECIPE.seed,
    held: float = _RECIPE.held,
    keep_float: bool = False,
    progress: Callable[[Step], None] = lambda step: None,
) -> Card:
    """Learns from a folder of texts and a file of acts, and writes a model folder that `Tagger.load` reads.

    Raises AnnotationError for annotations that do not fit their texts, BaseError for a base that is not at hand and
    MissingExtraError without the extra. The same seed on the same machine gives the same model. `keep_float` leaves
    the model before quantisation in `out/float`, to measure what quantisation costs. `held` is the share of the texts
    that are not learnt from but tell when to stop.
    """
    documents = read_gold(texts, gold)
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise MissingExtraError(
            f"Training needs {', '.join(missing)}. Install the extra: pip install 'pledgegraph[train]'"
        )
    from loaders.training.run import run

    command = f"pledgegraph train {texts.name} {gold.name} --base {base} --epochs {epochs} --seed {seed}"
    command += f" --hold-out {held:g}" if held else ""
    return run(documents, out, base, Recipe(epochs=epochs, seed=seed, held=held), command, progress, keep_float)
