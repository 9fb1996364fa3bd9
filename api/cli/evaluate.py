"""`pledgegraph evaluate`: what the reader finds in annotated texts, beside the annotations."""

from collections.abc import Sequence
from pathlib import Path

from rich.table import Table
from typer import echo

from api.cli.progress import progress
from api.cli.tables import plain, show
from api.reading import loaded
from loaders.reading.annotated import AnnotationError
from loaders.reading.annotations import Annotation, read_annotations
from loaders.reading.evaluation import Figures, Interval, Part, Score, evaluate
from loaders.sources.text import paths, read


def run(texts: Path, gold: Path, model: str | None) -> None:
    """Prints the figures of the documents that have an annotated act; offsets count from behind the front matter."""
    annotations = read_annotations(gold)
    files = _files(texts, annotations)
    reader = loaded(model)
    found: list[Annotation] = []
    genres: dict[str, str] = {}
    with progress() as shown:
        for file in shown.track(files, description="reading"):
            reading = reader.reading(read(file))
            found += map(Annotation.of, reading.utterances)
            genres[file.stem] = reading.genre or "nothing found"
    _print(evaluate(annotations, found, genres=genres))


def _files(texts: Path, annotations: tuple[Annotation, ...]) -> list[Path]:
    known = {path.stem: path for path in paths([texts])}
    wanted = dict.fromkeys(act.document for act in annotations)
    for name in wanted:
        if name not in known:
            raise AnnotationError(f"there is no text called {name!r}", str(texts), "Add it, or mend the annotation.")
    return [known[name] for name in wanted]


def _print(figures: Figures) -> None:
    show(_scores(figures))
    echo(f"Of {len(figures.documents)} documents with annotated acts; 95 % of the draws of documents lie between.\n")
    show(_slots(figures))
    echo()
    show(_faults(figures))
    echo()
    show(_parts("commitments, by genre as read", figures.genres))
    echo()
    show(_parts("commitments, by document", figures.documents))


def _scores(figures: Figures) -> Table:
    table = plain("", "annotated", "found", "right", "precision", "recall", "F1", "95 %")
    for title, part in (("commitments", figures.commitments), ("calls", figures.calls)):
        _score(table, title, part.detection, part.detection_interval)
        _score(table, "  with actors, kind and fields right", part.quad, part.quad_interval)
        _score(table, "  fields where matched", part.fields)
        _score(table, "  counterparts where matched", part.counterparts)
    for kind, score in figures.kinds:
        _score(table, kind, score)
    return table


def _score(table: Table, title: str, score: Score, interval: Interval | None = None) -> None:
    counts = (score.gold, score.found, score.right)
    rates = (score.precision, score.recall, score.f1)
    table.add_row(title, *map(str, counts), *(f"{rate:.3f}" for rate in rates), _between(interval))


def _between(interval: Interval | None) -> str:
    return f"{interval[0]:.3f} to {interval[1]:.3f}" if interval else ""


def _faults(figures: Figures) -> Table:
    table = plain("mistakes", "commitments", "calls")
    for (fault, many), (_, others) in zip(figures.commitments.faults, figures.calls.faults, strict=True):
        table.add_row(fault, str(many), str(others))
    return table


def _parts(title: str, parts: Sequence[Part]) -> Table:
    table = plain(title, "annotated", "found", "F1", "quad F1", "95 %")
    for part in parts:
        counts = (part.detection.gold, part.detection.found)
        rates = (f"{part.detection.f1:.3f}", f"{part.quad.f1:.3f}")
        table.add_row(part.name, *map(str, counts), *rates, _between(part.quad_interval))
    return table


def _slots(figures: Figures) -> Table:
    table = plain("slot, where an act matched", "commitments", "if left empty", "calls", "if left empty")
    calls = {slot.name: slot for slot in figures.calls.slots}
    for slot in figures.commitments.slots:
        other = calls[slot.name]
        table.add_row(slot.name, *map(_rate, (slot.agreed, slot.silent, other.agreed, other.silent)))
    return table


def _rate(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
