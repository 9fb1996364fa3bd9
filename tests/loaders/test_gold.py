"""The project's own annotated statements: bundled examples whose acts were marked by hand.

One file per example, one act per line, in the form that `train` reads. Offsets count code points of the example's
text after its front matter. They guard what the tagger can do already; they are too few to say how good it is.
"""

import json
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from loaders.reading.passages import paragraphs
from loaders.reading.tagger import DEFAULT, Span, Tagger
from ontology.terms import COMMITMENT_KINDS, Kind

FOLDER = Path(__file__).parent / "gold"
EXAMPLES = Path(__file__).parents[2] / "api" / "examples"
GOLD = sorted(path.stem for path in FOLDER.glob("*.jsonl"))
FLOOR = 0.90
"""Detection F1 over all kinds. What is shipped reaches 0.97: a later one must not fall far behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One line of a gold file; a key too many or too few is a TypeError."""

    document: str
    kind: str
    actors: list[str]
    counterparts: list[str]
    action: str
    start: int
    end: int
    fields: list[str]
    deadline: str | None
    quantity: str | None
    condition: str | None
    negated: bool
    reaffirmed: bool
    speaker: str | None

    def is_commitment(self) -> bool:
        return self.kind in COMMITMENT_KINDS


def acts(document: str) -> list[Act]:
    lines = (FOLDER / f"{document}.jsonl").read_text(encoding="utf-8").splitlines()
    return [Act(**json.loads(line)) for line in lines]


def text_of(document: str) -> str:
    example = (EXAMPLES / f"{document}.md").read_text(encoding="utf-8")
    return example.removeprefix("---\n").partition("\n---\n")[2]


def overlap(text: str, act: Act, span: Span) -> float:
    """The words that both share over the words that either has."""
    wanted, given = (
        {word.start() for word in re.finditer(r"\w+", text) if word.start() < place.end and word.end() > place.start}
        for place in (act, span)
    )
    return len(wanted & given) / len(wanted | given)


def matches(text: str, gold: list[Act], spans: list[Span]) -> int:
    """How many acts have a span of their own class (commitment or call) that shares at least half of the words.

    Neither acts nor spans overlap among themselves, so no span is counted for two acts unless it covers half of both.
    """
    return sum(
        any(
            act.is_commitment() == (span.kind in COMMITMENT_KINDS) and overlap(text, act, span) >= 0.5 for span in spans
        )
        for act in gold
    )


def test_there_are_annotated_examples() -> None:
    assert len(GOLD) >= 4


@pytest.mark.parametrize("document", GOLD)
def test_gold_is_well_formed(document: str) -> None:
    text = text_of(document)
    for act in acts(document):
        assert act.document == document
        assert act.kind in set(Kind)
        assert act.actors == sorted(set(act.actors)) != []
        assert act.fields
        assert text[act.start : act.end] == act.action
        assert all(slot is None or slot in text for slot in (act.deadline, act.quantity, act.condition))


@pytest.mark.parametrize("document", GOLD)
def test_gold_acts_stand_in_order_and_do_not_overlap(document: str) -> None:
    assert all(before.end <= after.start for before, after in pairwise(acts(document)))


def test_the_worked_example_has_five_security_pledges_of_pakistan() -> None:
    asked = [
        act
        for act in acts("2023-05-06-china-pakistan-strategic-dialogue")
        if act.actors == ["Pakistan"] and act.kind in {Kind.PLEDGE, Kind.WILLINGNESS} and "security" in act.fields
    ]
    assert len(asked) == 5


def test_the_tagger_finds_most_acts() -> None:
    if not (DEFAULT / "tagger.onnx").is_file():
        pytest.skip("no model in loaders/reading/model: make one with `pledgegraph train`")
    tagger = Tagger.load()
    matched = counted = 0
    for document in GOLD:
        text, gold = text_of(document), acts(document)
        spans = [span for start, end in paragraphs(text) for span in tagger.spans(text[start:end], start)]
        matched += matches(text, gold, spans)
        counted += len(spans) + len(gold)
    assert 2 * matched / counted >= FLOOR
