"""The same acts in three forms of annotation give the same gold; what does not fit is told with its place."""

import json
from pathlib import Path
from typing import Any

import pytest

from loaders.reading.annotated import AnnotationError
from loaders.reading.annotations import read_annotations
from loaders.training.gold import read_gold

TEXT = "Ruritania – with its neighbours – will train 200 officers.\nIt supports free ports.\n"
ACTS = [
    ("train 200 officers", "pledge", ["security", "law-enforcement"]),
    ("supports free ports", "support", ["trade"]),
]


def places() -> list[tuple[int, int]]:
    return [(TEXT.index(action), TEXT.index(action) + len(action)) for action, _, _ in ACTS]


def texts(folder: Path) -> Path:
    (folder / "texts").mkdir()
    (folder / "texts/talks.txt").write_text(TEXT, encoding="utf-8")
    return folder / "texts"


def lines(folder: Path) -> Path:
    rows = [
        {"document": "talks", "kind": kind, "actors": ["Ruritania"], "start": start, "end": end, "fields": fields}
        for (_, kind, fields), (start, end) in zip(ACTS, places(), strict=True)
    ]
    (folder / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder / "gold.jsonl"


def annotations() -> list[dict[str, Any]]:
    return [
        {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "type": "Annotation",
            "body": [
                {"type": "TextualBody", "purpose": "classifying", "value": kind},
                *({"type": "TextualBody", "purpose": "tagging", "value": field} for field in fields),
                {"type": "TextualBody", "purpose": "identifying", "value": "Ruritania"},
            ],
            "target": {
                "source": "https://example.org/texts/talks.txt",
                "selector": [
                    {"type": "TextPositionSelector", "start": start, "end": end},
                    {"type": "TextQuoteSelector", "exact": action},
                ],
            },
        }
        for (action, kind, fields), (start, end) in zip(ACTS, places(), strict=True)
    ]


def web(folder: Path, content: object = None) -> Path:
    (folder / "gold.json").write_text(json.dumps(annotations() if content is None else content), encoding="utf-8")
    return folder / "gold.json"


def standoff(folder: Path, *more: str) -> Path:
    (folder / "brat").mkdir()
    said = [
        f"T{number}\t{kind.title()} {start} {end}\t{action}"
        for number, ((action, kind, _), (start, end)) in enumerate(zip(ACTS, places(), strict=True), 1)
    ]
    marks = ["A1\tField T1 security", "A2\tField2 T1 law-enforcement", "A3\ttrade T2", "#1\tAnnotatorNotes T1\twell"]
    (folder / "brat/talks.ann").write_text("\n".join([*said, *marks, *more]) + "\n", encoding="utf-8")
    return folder / "brat"


def test_three_forms_give_the_same_gold(tmp_path: Path) -> None:
    folder = texts(tmp_path)
    one = read_gold(folder, lines(tmp_path))
    assert [[act.kind.value, list(act.fields)] for act in one[0].acts] == [[kind, fields] for _, kind, fields in ACTS]
    assert read_gold(folder, web(tmp_path)) == one
    assert read_gold(folder, standoff(tmp_path)) == one


@pytest.mark.parametrize("wrapped", [{"type": "AnnotationPage", "items": "them"}, {"first": {"items": "them"}}])
def test_collections_and_lines_of_web_annotations_are_read(tmp_path: Path, wrapped: dict[str, Any]) -> None:
    folder, plain = texts(tmp_path), lines(tmp_path)
    whole = json.loads(json.dumps(wrapped).replace('"them"', json.dumps(annotations())))
    assert read_gold(folder, web(tmp_path, whole)) == read_gold(folder, plain)
    (tmp_path / "lines.jsonl").write_text("\n".join(map(json.dumps, annotations())))
    assert read_annotations(tmp_path / "lines.jsonl") == read_annotations(plain)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"type": "Note"}, "is no Web Annotation"),
        ({"target": "https://example.org/talks.txt"}, "no target with a source"),
        ({"body": "dancing"}, "kind 'none' is unknown"),
        (
            {"target": {"source": "talks.txt", "selector": {"type": "TextQuoteSelector", "exact": "x"}}},
            "PositionSelector",
        ),
    ],
)
def test_a_web_annotation_that_says_too_little_is_refused(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    with pytest.raises(AnnotationError, match=rf"annotation 1.*{said}"):
        read_gold(texts(tmp_path), web(tmp_path, [annotations()[0] | change]))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("T9\tPledge 3\tx", "is no text-bound annotation"),
        ("T9\tPromise 0 9\tRuritania", "kind 'promise' is unknown"),
        ("T9\tPledge 0 9\tGraustark", "the offsets cut 'Ruritania'"),
        ("T9\tPledge 0 9\tRuritania", "at least one field"),
    ],
)
def test_a_line_of_brat_that_does_not_fit_is_refused(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(AnnotationError, match=rf"talks\.ann:7.*{said}|{said}"):
        read_gold(texts(tmp_path), standoff(tmp_path, line))


def test_an_annotation_in_pieces_is_taken_from_its_first_to_its_last(tmp_path: Path) -> None:
    start, end = places()[0]
    pieces = f"T9\tPledge {start} {start + 5};{end - 8} {end}\ttrain officers\nA9\tField T9 security"
    folder = standoff(tmp_path)
    (folder / "talks.ann").write_text(pieces + "\n")
    (gold,) = read_gold(texts(tmp_path), folder)
    assert [(act.start, act.end) for act in gold.acts] == [(start, end)]


def test_a_folder_without_annotations_is_told_of(tmp_path: Path) -> None:
    folder = texts(tmp_path)
    with pytest.raises(AnnotationError, match=r"no \.ann file"):
        read_gold(folder, folder)
