"""The copy for SPARQL, seen from outside: what another process loads shows soon, and a command makes it anew."""

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from api.cli.failures import FAILED
from tests.api.cli.conftest import empty, running

COMMAND = Path(sys.executable).parent / "pledgegraph"
TEXT = "Ruritania will send {number} nurses to Graustark by 2030, the Foreign Minister of Ruritania said.\n"


@pytest.fixture(params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty store."""
    url = f"embedded:{tmp_path / 'store'}"
    if request.param == "neo4j":
        url = request.getfixturevalue("neo4j_url")
        empty(url)
    with running(url):
        yield url


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[str]:
    """An empty embedded store."""
    url = f"embedded:{tmp_path / 'store'}"
    with running(url):
        yield url


def rebuilt(store: str, **environment: str) -> Result:
    return CliRunner(env=environment).invoke(app, ["replica", "rebuild", "--store", store])


@contextmanager
def served(store: str) -> Iterator[str]:
    """The address of a service that another process runs."""
    command = [COMMAND, "serve", "--port", "0", "--store", store]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as service:
        assert service.stdout
        told = re.search(r"http://127\.0\.0\.1:\d+/", service.stdout.readline())
        assert told
        try:
            yield told[0]
        finally:
            service.send_signal(signal.SIGTERM)
            service.communicate(timeout=60)


def told(address: str) -> Any:
    with urlopen(address, timeout=30) as answer:
        return json.load(answer)


def up_to_date(base: str) -> float:
    """How many seconds it takes until the replica is where the store is."""
    begun = time.monotonic()
    while (health := told(f"{base}health"))["store"] != health["replica"]:
        assert time.monotonic() - begun < 60, health
        time.sleep(0.02)
    return time.monotonic() - begun


def statements(base: str) -> int:
    query = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/pledgegraph/ns#Statement> }"
    answer = told(f"{base}sparql?{urlencode({'query': query})}")
    return int(answer["results"]["bindings"][0]["n"]["value"])


def load(store: str, path: Path) -> None:
    subprocess.run([COMMAND, "load", path, "--store", store], check=True, capture_output=True)


def test_what_another_process_loads_shows_within_a_second(store: str, tmp_path: Path) -> None:
    with served(store) as base:
        for number in range(3):
            up_to_date(base)
            before = statements(base)
            (tmp_path / "statement.txt").write_text(TEXT.format(number=number + 1000))
            load(store, tmp_path / "statement.txt")
            assert up_to_date(base) < 1
            assert statements(base) == before + 1


def test_a_running_service_takes_over_what_is_rebuilt(store: str) -> None:
    with served(store) as base:
        up_to_date(base)
        before = statements(base)
        result = rebuilt(store)
        assert result.exit_code == 0, result.output
        assert re.fullmatch(r"Copied [\d,]+ nodes at sequence \d+ in [\d.]+ s\.\n", result.stdout)
        assert statements(base) == before


def test_a_folder_that_cannot_be_used_is_told(fresh: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = rebuilt(fresh, PLEDGEGRAPH_CACHE=str(tmp_path / "file"))
    assert result.exit_code == FAILED
    assert "no copy of the graph can be made" in result.stderr
    assert "PLEDGEGRAPH_CACHE" in result.stderr


def test_a_service_that_takes_no_raw_queries_copies_nothing(
    fresh: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLEDGEGRAPH_RAW", "false")
    monkeypatch.setenv("PLEDGEGRAPH_CACHE", str(tmp_path / "cache"))
    with served(fresh) as base:
        assert told(f"{base}health") == {"store": 1, "replica": None, "problem": None, "status": "ok"}
    assert not (tmp_path / "cache").exists()
