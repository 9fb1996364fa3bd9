"""How much memory export and import need: not more for a graph ten times as large.

Run with `pytest -s tests/benchmarks/bench_transport.py`; `filled` says how to give it stores of other sizes and kinds.
"""

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from api.cli.formats import GraphFormat
from tests.benchmarks.filled import addresses

# Slots of the invented graph are not words of its quotes, which no import would take.
INVENTED = re.compile("ns#(deadline|due|quantity|amount|unit|condition)>")
COMMAND = Path(sys.executable).parent / "pledgegraph"


@dataclass(frozen=True)
class Cost:
    """What a command took: the most memory at a time in MiB, processor time and time in seconds."""

    peak: int
    busy: float
    taken: float

    def __str__(self) -> str:
        return f"{self.peak:,} MiB, {self.busy:,.0f} s busy, {self.taken:,.0f} s"


def cost(*arguments: str | Path) -> Cost:
    """What `pledgegraph` takes with these arguments; the store's server is another process and is not counted."""
    begun = time.perf_counter()
    process = subprocess.Popen([COMMAND, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return Cost(used.ru_maxrss // 1024, used.ru_utime + used.ru_stime, time.perf_counter() - begun)


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    return addresses(tmp_path_factory.mktemp("filled"))


@pytest.mark.parametrize("format_", GraphFormat)
def test_an_export_needs_no_more_memory_for_more(stores: tuple[str, str], format_: GraphFormat, tmp_path: Path) -> None:
    small, large = (cost("export", "--format", format_, "--out", tmp_path / "out", "--store", url) for url in stores)
    print(f"\nexport --format {format_}: {small}; from the large store: {large}")
    assert large.peak < 1.25 * small.peak + 50


def test_an_import_needs_no_more_memory_for_more(stores: tuple[str, str], tmp_path: Path) -> None:
    costs = []
    for url in stores:
        path, whole = tmp_path / "graph.nq", tmp_path / "whole.nq"
        cost("export", "--format", "nquads", "--out", whole, "--store", url)
        with whole.open() as lines, path.open("w") as out:
            out.writelines(line for line in lines if not INVENTED.search(line))
        costs.append(cost("import", path, "--store", f"embedded:{tmp_path / 'store'}"))
        print(f"\nimport {path.stat().st_size / 2**20:,.0f} MiB: {costs[-1]}")
    assert costs[1].peak < 1.25 * costs[0].peak + 100
