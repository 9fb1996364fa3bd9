"""The tagger: decoding by rule, span trimming, a model folder that is refused, and the model that is shipped."""

import json
import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.reading.decoding import Run, best_labels, log_softmax, named, runs, trimmed
from loaders.reading.labels import KINDS, LABELS, begin, inside, kind_of
from loaders.reading.model_folder import ModelError
from loaders.reading.tagger import DEFAULT, Tagger
from loaders.reading.windows import windows
from ontology.terms import Kind


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger.load()


def scores(*labels: int, sure: float = 5.0) -> np.ndarray:
    table = np.zeros((len(labels), len(LABELS)), dtype=np.float32)
    table[range(len(labels)), labels] = sure
    return table


def test_labels_name_every_kind() -> None:
    assert set(KINDS) == set(Kind)
    for kind in Kind:
        assert LABELS[begin(kind)] == f"B-{kind}"
        assert LABELS[inside(kind)] == f"I-{kind}"
        assert kind_of(begin(kind)) == kind_of(inside(kind)) == kind


def test_a_valid_sequence_is_kept() -> None:
    b, i, call = begin(Kind.PLEDGE), inside(Kind.PLEDGE), begin(Kind.CALL)
    labels = best_labels(log_softmax(scores(0, b, i, 0, b, i, 0, call)))
    assert labels.tolist() == [0, b, i, 0, b, i, 0, call]
    assert runs(labels) == [Run(1, 3, Kind.PLEDGE), Run(4, 6, Kind.PLEDGE), Run(7, 8, Kind.CALL)]


def test_acts_never_touch() -> None:
    b, i = begin(Kind.PLEDGE), inside(Kind.PLEDGE)
    table = scores(0, b, i, b, i)
    table[3, i] = 4.5
    assert best_labels(log_softmax(table)).tolist() == [0, b, i, i, i]


def test_an_inside_without_its_begin_is_mended() -> None:
    b, i, other = begin(Kind.PLEDGE), inside(Kind.PLEDGE), inside(Kind.CALL)
    table = scores(0, b, other, i)
    table[2, i] = 4.5
    assert best_labels(log_softmax(table)).tolist() == [0, b, i, i]
    assert best_labels(log_softmax(scores(i)))[0] != i


def test_an_act_has_the_fields_it_scores_for_or_names_outright_and_at_least_one() -> None:
    table = np.full((10, 4), -3.0, dtype=np.float32)
    table[:, 2] = -1
    assert named(table) == [2]
    table[:, 0], table[4, 3] = 1, 3.5
    assert named(table) == [0, 3]
    table[4, 3] = 1.5
    assert named(table) == [0]


@given(st.lists(st.lists(st.floats(-9, 9), min_size=len(LABELS), max_size=len(LABELS)), min_size=1, max_size=30))
def test_decoding_is_always_valid_and_no_worse_than_finding_nothing(rows: list[list[float]]) -> None:
    table = log_softmax(np.array(rows, dtype=np.float32))
    labels = best_labels(table).tolist()
    for before, label in pairwise([0, *labels]):
        inner = label > 0 and label % 2 == 0
        assert before in (label, label - 1) if inner else before == 0 or label == 0
    outside = float(table[:, 0].sum())
    assert float(table[range(len(labels)), labels].sum()) >= outside - 1e-3


@pytest.mark.parametrize(
    ("text", "start", "end", "kept"),
    [
        ("will train officers.", 5, 20, "train officers"),
        ("will train officers", 7, 16, "train officers"),
        ("will “train officers”,", 5, 22, "train officers"),
        ("will open the mine (two shafts).", 5, 32, "open the mine (two shafts)"),
        ("will open the mine (two", 5, 23, "open the mine (two"),
        ("will open the mine (two shafts).", 5, 30, "open the mine (two shafts)"),
        ("will end the war, which hurts all", 5, 33, "end the war"),
        ("will end the war, recognising its cost", 5, 38, "end the war"),
        ("will end the war, the hunger and the fear", 5, 41, "end the war, the hunger and the fear"),
        ("(a) train officers)", 4, 19, "train officers"),
        ("“Ocean” plan of work", 0, 20, "“Ocean” plan of work"),
    ],
)
def test_spans_end_at_words_without_loose_marks(text: str, start: int, end: int, kept: str) -> None:
    span = trimmed(text, start, end)
    assert span is not None
    assert text[slice(*span)] == kept


@pytest.mark.parametrize("text", ["to", " The ", "–", "…", "of,"])
def test_a_lone_function_word_or_mark_is_no_act(text: str) -> None:
    assert trimmed(text, 0, len(text)) is None


def test_a_lone_content_word_may_be_an_act() -> None:
    assert trimmed("We will cooperate.", 8, 18) == (8, 17)


@given(st.integers(0, 3000))
def test_windows_cover_everything_and_share_their_edges(length: int) -> None:
    found = list(windows(length))
    assert found[0][0] == 0
    assert found[-1][1] == length
    assert all(high - low <= 320 for low, high in found)
    assert all(high - low == 80 for (low, _), (_, high) in zip(found[1:], found, strict=False))


def test_a_plain_pledge_is_found_with_kind_and_field(tagger: Tagger) -> None:
    text = "Canada will provide 40 million dollars to train police officers in the region by 2030."
    (span,) = tagger.spans(text, 100)
    action = text[span.start - 100 : span.end - 100]
    assert action.startswith("provide 40 million dollars")
    assert not action.endswith(".")
    assert span.kind is Kind.PLEDGE
    assert span.fields
    assert 0 < span.confidence <= 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("China firmly supports Pakistan in safeguarding its sovereignty.", Kind.SUPPORT),
        ("Japan strongly opposes any attempt to change the status quo by force.", Kind.OPPOSITION),
        ("Norway is ready to host the next round of talks.", Kind.WILLINGNESS),
        ("The Ministers called on all parties to respect the ceasefire.", Kind.CALL),
    ],
)
def test_each_kind_is_told_apart(tagger: Tagger, text: str, kind: Kind) -> None:
    assert [span.kind for span in tagger.spans(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "The two ministers exchanged views on the regional situation.",
        "Last year the country provided food aid to its neighbours.",
        "",
        "\u200b",
        "\ud800",
    ],
)
def test_facts_and_empty_texts_hold_no_act(tagger: Tagger, text: str) -> None:
    assert tagger.spans(text) == ()


def test_the_same_text_gives_the_same_spans(tagger: Tagger) -> None:
    text = "We will open two ports, and we call on our partners to join us. " * 40
    assert tagger.spans(text) == tagger.spans(text) == Tagger.load().spans(text)


def test_a_long_paragraph_is_read_in_windows_without_overlapping_acts(tagger: Tagger) -> None:
    text = "The parties will build a bridge over the river. " * 120
    spans = tagger.spans(text)
    assert len(spans) > 100
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_tags_show_every_word_with_its_probabilities(tagger: Tagger) -> None:
    text = "Chile will cooperate."
    tokens = tagger.tags(text, 7)
    assert [text[token.start - 7 : token.end - 7] for token in tokens] == ["Chile", "will", "cooperate", "."]
    assert all(abs(sum(token.probabilities) - 1) < 0.01 for token in tokens)
    assert all(token.label in LABELS for token in tokens)


@settings(deadline=None)  # a busy machine is no failure
@given(st.text(max_size=400), st.integers(0, 10_000))
def test_no_text_breaks_the_tagger(tagger: Tagger, text: str, start: int) -> None:
    for span in tagger.spans(text, start):
        action = text[span.start - start : span.end - start]
        assert start <= span.start < span.end <= start + len(text)
        assert action.strip() == action
        assert action
        assert span.fields


ODD = ["We", "will", "to", "support", "the", "plan", *"()“”,.–éﬁ\u0301İ名🙂"]


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(st.sampled_from(ODD), max_size=60))
def test_odd_marks_between_acts_do_no_harm(tagger: Tagger, words: list[str]) -> None:
    text = " ".join(words)
    spans = tagger.spans(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_a_broken_model_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"tagger\.json: cannot be read"):
        Tagger.load(tmp_path)
    for name in ("tagger.json", "tokenizer.json", "tagger.onnx"):
        shutil.copy(DEFAULT / name, tmp_path / name)
    with (tmp_path / "tagger.onnx").open("ab") as graph:
        graph.write(b"x")
    with pytest.raises(ModelError, match=r"is not the file that tagger\.json describes"):
        Tagger.load(tmp_path)
    description = json.loads((DEFAULT / "tagger.json").read_text())
    (tmp_path / "tagger.json").write_text(json.dumps(description | {"version": 99}))
    with pytest.raises(ModelError, match="is of version 99"):
        Tagger.load(tmp_path)
    (tmp_path / "tagger.json").write_text("{}")
    with pytest.raises(ModelError, match="is not a description of a tagger"):
        Tagger.load(tmp_path)
