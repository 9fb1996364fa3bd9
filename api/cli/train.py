"""`pledgegraph train`: a model of the user's own."""

from pathlib import Path

from typer import echo

from api.cli.progress import progress
from loaders.training import Recipe, Step, train


def run(
    texts: Path,
    gold: Path,
    out: Path,
    base: str,
    epochs: int | None,
    seed: int | None,
    hold_out: float,
    keep_float: bool,
) -> None:
    """Trains, shows how far it is, and says where the model lies and how to use it."""
    recipe = Recipe()
    with progress() as shown:
        task = shown.add_task("learning", total=None)

        def follow(step: Step) -> None:
            words = f"epoch {step.epoch}, loss {step.loss:.3f}"
            shown.update(task, completed=step.number, total=step.total, description=words)

        card = train(
            texts,
            gold,
            out,
            base=base,
            epochs=recipe.epochs if epochs is None else epochs,
            seed=recipe.seed if seed is None else seed,
            held=hold_out,
            keep_float=keep_float,
            progress=follow,
        )
    echo(f"{card.name}: learnt from {card.documents:,} texts in {card.seconds:,.0f} seconds. It lies in {out}.")
    echo(f"Use it with --model {out}, or set PLEDGEGRAPH_MODEL.")
