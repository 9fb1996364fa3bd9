"""Every hostile and every harmless statement over HTTP, and what another client notices of them.

`pytest -s tests/benchmarks/bench_cypher.py`, with a Neo4j by `.ci/neo4j run`.
"""

from pathlib import Path
from statistics import median
from time import sleep

from tests.api.cypher.battery import attack, failing
from tests.api.cypher.conftest import patient, service, url
from tests.api.cypher.serving import Other, Serving, other
from tests.graph.guard.statements import harmless, hostile

__all__ = ["patient", "service", "url"]
_FLOOR = 0.010


def test_nothing_that_means_harm_does_any(service: Serving, tmp_path: Path) -> None:
    with other(service):
        sleep(5)
    with other(service) as before:
        sleep(20)
    ends, seen = attack(service, tmp_path)
    with other(service) as after:
        sleep(20)
    # What else the machine does changes all the time, so the quiet is measured on both sides.
    alone = Other(before.took + after.took)
    print(f"\n{len(hostile())} hostile statements: {dict(ends)}")
    for name, each in {"before": before, "meanwhile": seen, "after": after}.items():
        print(f"another client {name}: median {median(each.took) * 1000:.1f} ms, p95 {each.p95() * 1000:.1f} ms")
    assert seen.p95() < 2 * alone.p95() + _FLOOR


def test_what_people_ask_is_answered(patient: Serving) -> None:
    assert failing(patient, harmless()) == []
    print(f"\n{len(harmless())} harmless statements, all answered")
