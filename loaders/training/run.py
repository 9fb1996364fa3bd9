"""One training, from annotated documents to a model folder. Imports torch, so it is imported when asked for."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import torch

from loaders.reading.passages import paragraphs
from loaders.training.bases import Start, load_base
from loaders.training.batches import padding, windows_of
from loaders.training.card import Card
from loaders.training.export import describe, export
from loaders.training.fit import fit
from loaders.training.gold import Annotated
from loaders.training.network import TaggerNetwork
from loaders.training.recipe import Recipe, Step
from loaders.training.watch import Watch, parted
from ontology.terms import Kind


def run(
    documents: Sequence[Annotated],
    out: Path,
    base: str,
    recipe: Recipe,
    command: str,
    progress: Callable[[Step], None],
    keep_float: bool = False,
    start: Callable[[str], Start] = load_base,
) -> Card:
    """Trains and writes `out`, the float model into `out/float` if wanted. The seed is set before anything draws."""
    began, last = time.monotonic(), Step(0, 0, 0, 0.0)
    torch.manual_seed(recipe.seed)
    begin = start(base)
    fields = sorted({field for document in documents for act in document.acts for field in act.fields})
    learnt, held = parted(documents, recipe.held, recipe.seed)
    watch = Watch(windows_of(held, begin.tokenizer, fields), recipe.patience) if held else None
    network = TaggerNetwork(begin.encoder, len(fields), begin.base.gate, begin.base.kept)

    def follow(step: Step) -> None:
        nonlocal last
        last = step
        progress(step)

    recipe = replace(recipe, encoder_rate=recipe.encoder_rate or begin.base.rate)
    windows, goes_on = windows_of(learnt, begin.tokenizer, fields), watch.goes_on if watch else _always
    network = fit(network, windows, recipe, padding(begin.tokenizer), follow, goes_on)
    best = watch.best(network) if watch else network
    name = save(best, out, begin, fields, recipe.threshold, keep_float)
    scores = tuple(watch.scores) if watch else ()
    card = _card(learnt, begin, fields, recipe, command, name, out, time.monotonic() - began, last.loss, scores)
    card.write(out / "card.md")
    return card


def _always(epoch: int, network: TaggerNetwork) -> bool:
    return True


def save(
    network: TaggerNetwork,
    out: Path,
    begin: Start,
    fields: Sequence[str],
    threshold: float,
    keep_float: bool = False,
) -> str:
    """Writes graphs, description and tokenizer, in eight bits and on demand as float too; the name of the model."""
    gate = threshold if network.gate else None
    out.mkdir(parents=True, exist_ok=True)
    if keep_float:
        (out / "float").mkdir(exist_ok=True)
        export(network, out / "float", in_bytes=False)
        describe(out / "float", f"{begin.base.name}-float", fields, begin.tokenizer, gate)
    export(network, out, in_bytes=True)
    return describe(out, begin.base.name, fields, begin.tokenizer, gate).name


def _card(
    documents: Sequence[Annotated],
    begin: Start,
    fields: Sequence[str],
    recipe: Recipe,
    command: str,
    name: str,
    out: Path,
    seconds: float,
    loss: float,
    scores: tuple[float, ...],
) -> Card:
    kinds = Counter(act.kind for document in documents for act in document.acts)
    return Card(
        name=name,
        base=f"{begin.base.title}, from the package `{begin.base.requirements[0]}`",
        licence=begin.base.licence,
        command=command,
        documents=len(documents),
        words=sum(len(document.text.split()) for document in documents),
        paragraphs=sum(1 for document in documents for _ in paragraphs(document.text)),
        acts={kind: kinds[kind] for kind in Kind},
        fields=tuple(fields),
        recipe=recipe.words(),
        seconds=seconds,
        loss=loss,
        scores=scores,
        memory=_peak(),
        bytes=sum(graph.stat().st_size for graph in out.glob("*.onnx")),
    )


def _peak() -> int | None:
    try:
        import resource
    except ImportError:  # Windows
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
