"""`pledgegraph evaluate`: what the reader finds in annotated texts, beside the annotations."""

from pathlib import Path

from rich.table import Table
from typer import echo

from api.cli.progress import progress
from api.cli.tables import plain, show
from loaders.reading.annotations import Annotation, AnnotationError, read_annotations
from loaders.reading.evaluation import Figures, Score, evaluate
from loaders.reading.read import Reader
from loaders.sources.text import paths, read


def run(texts: Path, gold: Path, model: Path | None) -> None:
    """Prints the figures of the documents that have an annotated act; offsets count from behind the front matter."""
    annotations = read_annotations(gold)
    files = _files(texts, annotations)
    reader = Reader.load(model)
    found: list[Annotation] = []
    with progress() as shown:
        for file in shown.track(files, description="reading"):
            found += map(Annotation.of, reader.read(read(file)))
    _print(evaluate(annotations, found), len(files))


def _files(texts: Path, annotations: tuple[Annotation, ...]) -> list[Path]:
    known = {path.stem: path for path in paths([texts])}
    wanted = dict.fromkeys(act.document for act in annotations)
    for name in wanted:
        if name not in known:
            raise AnnotationError(f"there is no text called {name!r}", str(texts), "Add it, or mend the annotation.")
    return [known[name] for name in wanted]


def _print(figures: Figures, documents: int) -> None:
    show(_scores(figures))
    low, high = figures.interval
    echo(
        f"Of {documents} documents with annotated acts; 95 % of the quad F1 of commitments: {low:.3f} to {high:.3f}.\n"
    )
    show(_slots(figures))


def _scores(figures: Figures) -> Table:
    table = plain("", "annotated", "found", "right", "precision", "recall", "F1")
    for title, part in (("commitments", figures.commitments), ("calls", figures.calls)):
        _score(table, title, part.detection)
        _score(table, "  with actors, kind and fields right", part.quad)
        _score(table, "  fields where matched", part.fields)
        _score(table, "  counterparts where matched", part.counterparts)
    for kind, score in figures.kinds:
        _score(table, kind, score)
    return table


def _score(table: Table, title: str, score: Score) -> None:
    counts = (score.gold, score.found, score.right)
    rates = (score.precision, score.recall, score.f1)
    table.add_row(title, *map(str, counts), *(f"{rate:.3f}" for rate in rates))


def _slots(figures: Figures) -> Table:
    table = plain("slot, where an act matched", "commitments", "if left empty", "calls", "if left empty")
    calls = {slot.name: slot for slot in figures.calls.slots}
    for slot in figures.commitments.slots:
        other = calls[slot.name]
        table.add_row(slot.name, *map(_rate, (slot.agreed, slot.silent, other.agreed, other.silent)))
    return table


def _rate(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
