"""The figures by which a reader is judged, against hand-made cases and against the judge's own program."""

import json
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from loaders.reading.annotated import AnnotationError
from loaders.reading.annotations import Annotation, read_annotations
from loaders.reading.errors import Fault
from loaders.reading.evaluation import Class, Figures, Score, evaluate
from ontology.terms import Kind

SHARED = Path(__file__).parents[3] / "shared" / "evaluation"
ACT = Annotation(document="a", kind=Kind.PLEDGE, actors=("Ruritania",), start=10, end=20, fields=("trade",))


def _slots(figures: Class) -> dict[str, float]:
    return {slot.name: slot.agreed for slot in figures.slots}


def test_what_is_found_right_is_right() -> None:
    call = replace(ACT, kind=Kind.CALL, start=30, end=44)
    figures = evaluate([ACT, call], [ACT, call])
    for part in (figures.commitments, figures.calls):
        assert (part.detection, part.quad) == (Score(1, 1, 1), Score(1, 1, 1))
        assert set(_slots(part).values()) == {1.0}
    assert figures.commitments.quad_interval == (1.0, 1.0)
    assert dict(figures.kinds)[Kind.PLEDGE].f1 == 1.0


@pytest.mark.parametrize(("start", "end", "right"), [(10, 20, 1), (10, 15, 1), (15, 25, 0), (10, 30, 1), (9, 30, 0)])
def test_spans_match_when_half_of_them_is_shared(start: int, end: int, right: int) -> None:
    assert evaluate([ACT], [replace(ACT, start=start, end=end)]).commitments.detection == Score(right, 1, 1)


def test_an_act_is_matched_once_and_the_best_overlap_wins() -> None:
    near, exact = replace(ACT, start=11, end=20, actors=("Graustark",)), ACT
    figures = evaluate([ACT], [near, exact])
    assert figures.commitments.detection == Score(1, 1, 2)
    assert figures.commitments.quad == Score(1, 1, 2)


@pytest.mark.parametrize(
    ("change", "slot"),
    [
        ({"actors": ("Graustark",)}, "actors"),
        ({"kind": Kind.WILLINGNESS}, "kind"),
        ({"fields": ("health", "energy")}, "fields"),
    ],
)
def test_the_quad_needs_actors_kind_and_fields(change: dict[str, object], slot: str) -> None:
    figures = evaluate([ACT], [replace(ACT, **change)]).commitments  # type: ignore[arg-type]
    assert (figures.detection.right, figures.quad.right) == (1, 0)
    assert [name for name, agreed in _slots(figures).items() if agreed < 1] == [slot]


def test_a_call_never_matches_a_pledge() -> None:
    figures = evaluate([ACT], [replace(ACT, kind=Kind.CALL)])
    assert figures.commitments.detection == Score(0, 1, 0)
    assert figures.calls.detection == Score(0, 0, 1)


def test_names_and_speakers_are_compared_without_titles_and_articles() -> None:
    gold = replace(ACT, actors=("the Holy See",), speaker="President Rudolf Rassendyll", deadline="by 2030,")
    found = replace(ACT, actors=("holy see",), speaker="Rassendyll", deadline="By 2030")
    assert set(_slots(evaluate([gold], [found]).commitments).values()) == {1.0}
    nobody = evaluate([replace(ACT, speaker="The two leaders")], [ACT]).commitments
    assert _slots(nobody)["speaker"] == 1.0
    other = evaluate([gold], [replace(found, speaker="Zenda")]).commitments
    assert _slots(other)["speaker"] == 0.0


def test_only_counted_documents_count() -> None:
    stray = replace(ACT, document="b")
    assert evaluate([ACT], [ACT, stray]).commitments.detection == Score(1, 1, 1)
    assert evaluate([ACT], [ACT, stray], documents=["a", "b"]).commitments.detection == Score(1, 1, 2)
    assert evaluate([], []).commitments.quad_interval == (0.0, 0.0)


def test_silence_is_the_measure_of_a_slot() -> None:
    gold = [replace(ACT, deadline="by 2030"), replace(ACT, start=40, end=50)]
    deadline = next(slot for slot in evaluate(gold, gold).commitments.slots if slot.name == "deadline")
    assert (deadline.agreed, deadline.silent) == (1.0, 0.5)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", "is not JSON"),
        ("[1]", "is not a JSON object"),
        ('{"document": "a"}', "lacks kind, actors, start, end, fields"),
        ('{"document":"a","kind":"vow","actors":[],"start":1,"end":2,"fields":[]}', "'vow' is unknown"),
        ('{"document":"a","kind":"call","actors":[],"start":2,"end":2,"fields":[]}', "no stretch of text"),
        ('{"document":"a","kind":"call","actors":"X","start":1,"end":2,"fields":[]}', "actors is 'X'"),
        ('{"document":"a","kind":"call","actors":[],"start":1,"end":2,"fields":[],"deadline":1}', "deadline is 1"),
    ],
)
def test_a_line_that_is_no_annotation_is_named(line: str, what: str, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(f"\n{line}\n")
    with pytest.raises(AnnotationError, match=what) as caught:
        read_annotations(path)
    assert caught.value.where == f"{path}:2"


def test_a_file_without_annotations_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    with pytest.raises(AnnotationError, match="cannot be read"):
        read_annotations(path)
    path.write_text("\n")
    with pytest.raises(AnnotationError, match="holds no act"):
        read_annotations(path)


def _noisy(acts: tuple[Annotation, ...], dice: random.Random) -> list[Annotation]:
    """Acts as a poor reader might have found them."""
    found = []
    for act in acts:
        start = max(0, act.start + dice.randint(-15, 15))
        changed = replace(act, start=start, end=max(start + 1, act.end + dice.randint(-15, 15)))
        if dice.random() < 0.2:
            changed = replace(changed, actors=(), fields=("trade",), speaker=None, deadline="next year")
        if dice.random() < 0.1:
            changed = replace(changed, kind=dice.choice(list(Kind)), reaffirmed=not act.reaffirmed)
        found += [changed] * (dice.random() < 0.9)
    return found


def _row(act: Annotation) -> str:
    return json.dumps({name: getattr(act, name) for name in Annotation.__slots__})


def _judged(gold: Path, predicted: Path) -> dict[str, dict[str, object]]:
    command = [sys.executable, str(SHARED / "score.py"), str(gold), str(predicted), "--json"]
    result: dict[str, dict[str, object]] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return result


@pytest.mark.skipif(not SHARED.exists(), reason="the annotated statements are not here")
def test_the_figures_are_those_of_the_judge(tmp_path: Path) -> None:
    gold = SHARED / "dev.jsonl"
    acts = read_annotations(gold)
    found = _noisy(acts, random.Random(5))
    path = tmp_path / "found.jsonl"
    path.write_text("\n".join(map(_row, found)))
    judged, figures = _judged(gold, path), evaluate(acts, found)
    _agree(judged, figures)


def _agree(judged: dict[str, dict[str, object]], figures: Figures) -> None:
    names = {"fields": "fields>=0.5", "span": "span>=0.8"}
    for name, ours in (("commitment", figures.commitments), ("call", figures.calls)):
        theirs = judged[name]
        for key, score in (("detection", ours.detection), ("quad", ours.quad)):
            assert theirs[key] == pytest.approx([score.precision, score.recall, score.f1])
        assert theirs["fields_micro_f1"] == pytest.approx(ours.fields.f1)
        assert theirs["counterparts_micro_f1"] == pytest.approx(ours.counterparts.f1)
        assert theirs["slots"] == pytest.approx({names.get(slot.name, slot.name): slot.agreed for slot in ours.slots})
    assert judged["commitment"]["quad_f1_95"] == pytest.approx(list(figures.commitments.quad_interval))
    documents = {page.name: page.quad.f1 for page in figures.documents}
    assert {name: row["quad_f1"] for name, row in judged["documents"].items()} == pytest.approx(documents)  # type: ignore[index]


def faults(gold: list[Annotation], found: list[Annotation]) -> dict[Fault, int]:
    counted = dict(evaluate(gold, found, ["a"]).commitments.faults)
    return {fault: many for fault, many in counted.items() if many}


def at(start: int, end: int, kind: Kind = Kind.PLEDGE) -> Annotation:
    return replace(ACT, start=start, end=end, kind=kind)


@pytest.mark.parametrize(
    ("gold", "found", "wrong"),
    [
        ([at(0, 10)], [at(0, 10)], {}),
        ([at(0, 10)], [], {Fault.MISSED: 1}),
        ([], [at(0, 10)], {Fault.SPURIOUS: 1}),
        ([at(0, 10)], [at(0, 10, Kind.CALL)], {Fault.CLASS: 1}),
        ([at(0, 10, Kind.CALL)], [at(0, 10)], {Fault.CLASS: 1}),
        ([at(0, 30)], [at(0, 14), at(16, 30)], {Fault.SPLIT: 1, Fault.CUT: 2}),
        ([at(0, 14), at(16, 30)], [at(0, 30)], {Fault.MERGED: 2, Fault.OVERLAID: 1}),
        ([at(0, 10)], [at(8, 20)], {Fault.CUT: 2}),
        ([at(0, 20)], [at(0, 15), at(16, 20)], {Fault.FRAGMENT: 1, Fault.SPAN: 1}),
        ([at(0, 10)], [at(0, 10, Kind.SUPPORT)], {Fault.KIND: 1}),
        (
            [at(0, 10)],
            [replace(at(0, 10), actors=("Graustark",), fields=("health",))],
            {Fault.ACTORS: 1, Fault.FIELDS: 1},
        ),
    ],
)
def test_every_mistake_has_a_class(gold: list[Annotation], found: list[Annotation], wrong: dict[Fault, int]) -> None:
    assert faults(gold, found) == wrong


def test_genres_are_summed_over_their_documents() -> None:
    acts = [replace(ACT, document=name) for name in "abc"]
    figures = evaluate(acts, acts[:2], genres={"a": "speech", "b": "speech", "c": "news"})
    assert [(part.name, part.detection) for part in figures.genres] == [
        ("news", Score(0, 1, 0)),
        ("speech", Score(2, 2, 2)),
    ]
    assert evaluate(acts, acts).genres == ()
