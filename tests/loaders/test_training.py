"""Training: what gold is refused, how documents become numbers, and one real training of a toy encoder."""

import importlib.util
import json
import random
from pathlib import Path
from typing import Any

import pytest

from loaders.reading.annotated import AnnotationError
from loaders.reading.tagger import Tagger
from loaders.sources.text import SourceError
from loaders.training import MissingExtraError, Recipe, Step, train
from loaders.training.gold import GoldAct, read_gold, without_overlaps
from ontology.terms import Kind

EXTRA = all(importlib.util.find_spec(name) for name in ("torch", "safetensors", "onnx", "onnxscript"))
needs_extra = pytest.mark.skipif(not EXTRA, reason="the extra `train` (torch, onnx, safetensors) is not installed")

TEXT = "Ruritania will train 200 officers.\n\nIt supports the plan."
ACT: dict[str, Any] = {
    "document": "one",
    "kind": "pledge",
    "action": "train 200 officers",
    "start": 15,
    "end": 33,
    "fields": ["security"],
}


def write(folder: Path, *acts: dict[str, Any] | str, text: str = TEXT) -> tuple[Path, Path]:
    texts = folder / "texts"
    texts.mkdir(exist_ok=True)
    (texts / "one.txt").write_text(text, encoding="utf-8", newline="")
    gold = folder / "gold.jsonl"
    gold.write_text("".join(f"{act if isinstance(act, str) else json.dumps(act)}\n" for act in acts), encoding="utf-8")
    return texts, gold


def test_gold_that_fits_is_read(tmp_path: Path) -> None:
    (document,) = read_gold(*write(tmp_path, ACT, ""))
    assert document.document == "one"
    assert document.text == TEXT
    assert document.acts == (GoldAct(15, 33, Kind.PLEDGE, ("security",)),)


def test_line_ends_of_the_text_are_kept_since_offsets_count_them(tmp_path: Path) -> None:
    texts, gold = write(tmp_path, ACT | {"start": 17, "end": 35}, text="\r\n" + TEXT)
    assert read_gold(texts, gold)[0].text.startswith("\r\n")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{not json", "is not JSON"),
        ("[]", "is not a JSON object"),
        ({key: value for key, value in ACT.items() if key != "fields"}, "lacks fields"),
        (ACT | {"document": "two"}, "names the text 'two'"),
        (ACT | {"start": 16}, "the offsets cut 'rain 200 officers'"),
        (ACT | {"end": 4000}, "lie outside the text"),
        (ACT | {"start": "15"}, "lie outside the text"),
        (ACT | {"kind": "promise"}, "kind 'promise' is unknown"),
        (ACT | {"fields": []}, "fields is []"),
    ],
)
def test_gold_that_does_not_fit_is_refused_with_its_line(tmp_path: Path, line: Any, said: str) -> None:
    texts, gold = write(tmp_path, ACT, line)
    with pytest.raises(AnnotationError, match=r"gold\.jsonl:2: ") as error:
        read_gold(texts, gold)
    assert said in str(error.value)
    assert error.value.remedy


def test_gold_without_texts_or_acts_is_refused(tmp_path: Path) -> None:
    texts, gold = write(tmp_path)
    with pytest.raises(AnnotationError, match="holds no act"):
        read_gold(texts, gold)
    with pytest.raises(AnnotationError, match="is not a folder"):
        read_gold(tmp_path / "nowhere", gold)
    with pytest.raises(AnnotationError, match="cannot be read"):
        read_gold(texts, tmp_path / "nothing.jsonl")
    (texts / "two.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(SourceError, match=r"two\.txt: is UTF-16, not UTF-8"):
        read_gold(texts, gold)


def test_offsets_count_from_behind_front_matter(tmp_path: Path) -> None:
    texts, gold = write(tmp_path, ACT, text=f"---\ntitle: A plan\n---\n{TEXT}")
    (document,) = read_gold(texts, gold)
    assert document.text[document.acts[0].start : document.acts[0].end] == "train 200 officers"


def test_of_overlapping_acts_the_first_and_longest_stays() -> None:
    long = GoldAct(0, 20, Kind.SUPPORT, ("trade",))
    short = GoldAct(0, 5, Kind.PLEDGE, ("trade",))
    within = GoldAct(10, 30, Kind.PLEDGE, ("trade",))
    after = GoldAct(20, 30, Kind.PLEDGE, ("trade",))
    assert without_overlaps([after, within, short, long]) == (long, after)


@pytest.mark.skipif(EXTRA, reason="the extra `train` is installed here")
def test_a_missing_extra_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingExtraError, match=r"pledgegraph\[train\]"):
        train(*write(tmp_path, ACT), tmp_path / "out")


STATEMENTS = {
    "hills": (
        "The hill countries will build two dams by 2030.\n\nThe weather was fine.",
        "pledge",
        "build two dams by 2030",
    ),
    "coast": ("The coast firmly supports the harbour plan.\n\nNobody spoke.", "support", "supports the harbour plan"),
    "plain": ("The plain will plant a forest.\n\nThe guests left early.", "pledge", "plant a forest"),
    "river": ("The river towns will open a school.\n\nIt rained.", "pledge", "open a school"),
}


def corpus(folder: Path) -> tuple[Path, Path]:
    texts, gold = folder / "texts", folder / "gold.jsonl"
    texts.mkdir()
    lines = []
    for name, (text, kind, action) in STATEMENTS.items():
        (texts / f"{name}.txt").write_text(text, encoding="utf-8")
        start = text.index(action)
        field = "environment" if kind == "pledge" else "trade"
        act = {"document": name, "kind": kind, "action": action, "start": start, "end": start + len(action)}
        lines.append(json.dumps(act | {"fields": [field]}))
    gold.write_text("\n".join(lines), encoding="utf-8")
    return texts, gold


def toy(name: str) -> Any:
    """A random encoder of two small layers and a tokenizer that knows the words of the statements above."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.normalizers import BertNormalizer
    from tokenizers.pre_tokenizers import BertPreTokenizer

    from loaders.training.bases import Base, Start
    from loaders.training.encoder import Encoder, Shape
    from loaders.training.weights import fill_bert

    words = sorted({w for text, _, _ in STATEMENTS.values() for w in text.lower().replace(".", " . ").split()})
    numbers = {word: number for number, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *words])}
    tokenizer = Tokenizer(WordLevel(numbers, unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = BertNormalizer(), BertPreTokenizer()
    shape = Shape(len(numbers), width=32, heads=2, layers=2, inner=64, positions=400)
    base = Base(name, "a toy", "none", ("toy==0",), "", shape, 3e-3, fill_bert, gate=1, kept=1)
    return Start(base, Encoder(shape), tokenizer)


def trained(folder: Path, out: Path, steps: list[Step]) -> Any:
    from loaders.training.run import run

    recipe = Recipe(epochs=60, batch=4, head_rate=1e-2, average=0.0, half=False)
    documents = read_gold(folder / "texts", folder / "gold.jsonl")
    return run(documents, out, "toy", recipe, "pledgegraph train texts gold.jsonl", steps.append, start=toy)


@needs_extra
@pytest.mark.filterwarnings("default")  # the exporter of torch warns about itself
def test_a_training_learns_and_is_repeatable(tmp_path: Path) -> None:
    corpus(tmp_path)
    steps: list[Step] = []
    card = trained(tmp_path, tmp_path / "a", steps)
    trained(tmp_path, tmp_path / "b", [])
    for graph in ("tagger.onnx", "gate.onnx"):
        assert (tmp_path / "a" / graph).read_bytes() == (tmp_path / "b" / graph).read_bytes()
    assert steps[-1].number == steps[-1].total
    assert steps[-1].loss < steps[0].loss / 2
    tagger = Tagger.load(tmp_path / "a")
    assert card.name == tagger.name
    for text, kind, action in STATEMENTS.values():
        paragraph = text.split("\n\n")[0]
        (span,) = tagger.spans(paragraph)
        assert (paragraph[span.start : span.end], span.kind) == (action, kind)
    assert tagger.spans("The weather was fine.") == ()
    page = (tmp_path / "a/card.md").read_text(encoding="utf-8")
    assert "4: 3 pledge, 0 willingness, 1 support" in page
    assert "environment, trade" in page


@needs_extra
@pytest.mark.filterwarnings("default")  # the exporter of torch warns about itself
def test_where_the_gate_stays_shut_nothing_is_found_but_told_on_request(tmp_path: Path) -> None:
    corpus(tmp_path)
    trained(tmp_path, tmp_path / "out", [])
    description = json.loads((tmp_path / "out/tagger.json").read_text())
    description["gate"]["threshold"] = 1.1
    (tmp_path / "out/tagger.json").write_text(json.dumps(description))
    tagger = Tagger.load(tmp_path / "out")
    paragraph = "The plain will plant a forest."
    assert tagger.spans(paragraph) == ()
    assert [paragraph[span.start : span.end] for span in tagger.doubts(paragraph)] == ["plant a forest"]
    assert [token.label for token in tagger.tags(paragraph)] == ["O"] * 3 + ["B-pledge"] + ["I-pledge"] * 2 + ["O"]


@needs_extra
def test_a_lead_in_is_seen_behind_its_item_and_teaches_nothing_itself(tmp_path: Path) -> None:
    from loaders.training.batches import IGNORED, windows_of

    text = "The river towns will\n\n- open a school"
    start = text.index("open")
    act = {"document": "one", "kind": "pledge", "start": start, "end": len(text), "fields": ["society"]}
    tokenizer = toy("toy").tokenizer
    documents = read_gold(*write(tmp_path, act, text=text))
    lead, item = windows_of(documents, tokenizer, ["society"])
    assert item.ids[-len(lead.ids) + 1 :] == lead.ids[1:]
    assert item.labels == (IGNORED, 0, 1, 2, 2, *[IGNORED] * (1 + len(lead.ids) - 1))
    assert item.acts == ((2, 5, (0,)),)


@needs_extra
def test_what_is_held_back_tells_when_to_stop_and_which_weights_were_best(tmp_path: Path) -> None:
    from loaders.training.batches import windows_of
    from loaders.training.fit import fit
    from loaders.training.network import TaggerNetwork
    from loaders.training.watch import Watch, f1

    corpus(tmp_path)
    begin = toy("toy")
    windows = windows_of(
        read_gold(tmp_path / "texts", tmp_path / "gold.jsonl"), begin.tokenizer, ["environment", "trade"]
    )
    recipe = Recipe(epochs=60, batch=4, encoder_rate=3e-3, head_rate=1e-2, average=0.0, half=False)
    watch = Watch(windows, patience=4)
    network = fit(TaggerNetwork(begin.encoder, 2, gate=1, kept=1), windows, recipe, 0, goes_on=watch.goes_on)
    assert 5 < len(watch.scores) < 60
    assert watch.scores.index(max(watch.scores)) == len(watch.scores) - 5
    assert f1(watch.best(network), windows) == max(watch.scores) > watch.scores[0]


@needs_extra
def test_which_documents_are_held_back_depends_on_name_and_seed_alone(tmp_path: Path) -> None:
    from loaders.training.watch import parted

    corpus(tmp_path)
    documents = read_gold(tmp_path / "texts", tmp_path / "gold.jsonl")
    learnt, held = parted(documents, 0.25, 7)
    assert {one.document for one in (*learnt, *held)} == {one.document for one in documents}
    assert len(learnt) > len(held) > 0
    assert [one.document for one in parted(documents[::-1], 0.25, 7)[1]] == [one.document for one in held[::-1]]
    assert parted(documents, 0.0, 7) == (list(documents), [])


@needs_extra
def test_an_unknown_base_is_refused(tmp_path: Path) -> None:
    from loaders.training.bases import BaseError

    corpus(tmp_path)
    with pytest.raises(BaseError, match="minilm"):
        train(tmp_path / "texts", tmp_path / "gold.jsonl", tmp_path / "out", base="maxilm")


@needs_extra
def test_batches_hold_every_window_once_and_pool_each_act(tmp_path: Path) -> None:
    from loaders.training.batches import batches, windows_of

    corpus(tmp_path)
    tokenizer = toy("toy").tokenizer
    found = windows_of(read_gold(tmp_path / "texts", tmp_path / "gold.jsonl"), tokenizer, ["environment", "trade"])
    pieces = list(batches(found, 3, 0, 2, random.Random(1)))
    assert sum(len(piece.ids) for piece in pieces) == len(found) == 8
    assert sum(len(piece.rows) for piece in pieces) == 4
    for piece in pieces:
        assert all(abs(total - 1) < 1e-6 for total in piece.pools.sum(1).tolist())


@needs_extra
def test_relative_positions_fall_into_buckets_by_side_and_distance() -> None:
    from loaders.training.encoder import buckets

    table = buckets(200, 32)
    assert table[5, 5] == 0
    assert table[5, 6] == 17
    assert table[6, 5] == 1
    assert table[0, 199] == 31
    assert table[199, 0] == 15
