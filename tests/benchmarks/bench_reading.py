"""How fast statements are read, against the floor: the encoder's own pass over the same paragraphs.

Run with `pytest -s tests/benchmarks/bench_*.py`. Figures are ratios within one run, because machines are noisy.
"""

import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from loaders.reading.passages import paragraphs
from loaders.reading.read import Reader
from loaders.sources.text import paths, read
from ontology.records import Statement

EXAMPLES = Path(__file__).parents[2] / "api" / "examples"
ROUNDS = 3


@pytest.fixture(scope="module")
def statements() -> list[Statement]:
    return [read(path) for path in paths([EXAMPLES])]


@pytest.fixture(scope="module")
def reader(statements: list[Statement]) -> Reader:
    loaded = Reader.load()
    loaded.read(statements[0])
    return loaded


def seconds(work: Callable[[], object]) -> float:
    """The least processor time of a few rounds."""
    taken = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken)


def test_the_rules_cost_little_beside_the_encoder(statements: list[Statement], reader: Reader) -> None:
    def encode() -> None:
        for statement in statements:
            text = statement.text or ""
            for block in paragraphs(text):
                reader.finder.spans(text[block.start : block.end], block.start)

    def whole() -> None:
        for statement in statements:
            reader.read(statement)

    floor, taken = seconds(encode), seconds(whole)
    words = sum(len((statement.text or "").split()) for statement in statements)
    print(f"\n{words / taken:,.0f} words/s, {taken / floor:.2f} times the encoder alone ({words / floor:,.0f} words/s)")
    assert taken / floor <= 2.0


def test_memory_does_not_grow_with_the_corpus(statements: list[Statement], reader: Reader) -> None:
    def peak(times: int) -> int:
        tracemalloc.start()
        for _ in range(times):
            for statement in statements:
                reader.read(statement)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    once, often = peak(1), peak(5)
    print(f"\npeak {once / 2**20:.1f} MiB over the examples once, {often / 2**20:.1f} MiB over them five times")
    # What differs is the collector's timing, not anything that is kept.
    assert often <= once + 2**20
