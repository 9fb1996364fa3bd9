"""Hostile and harmless statements over HTTP; `tests/benchmarks/bench_cypher.py` runs all that may take its time."""

from pathlib import Path

from tests.api.cypher.battery import attack, failing
from tests.api.cypher.serving import Serving
from tests.graph.guard.statements import harmless


def test_nothing_that_means_harm_does_any(service: Serving, tmp_path: Path) -> None:
    ends, _ = attack(service, tmp_path, every=6, later=2.0)
    assert ends["refused"] >= 700


def test_what_people_ask_is_answered(patient: Serving) -> None:
    assert failing(patient, harmless()[::6]) == []
