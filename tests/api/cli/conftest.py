"""Commands run as a user runs them, and stores that hold the examples."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from neo4j import GraphDatabase
from typer.testing import CliRunner, Result

from api.cli import app
from graph.stores import open_store

EXAMPLES = Path(__file__).parents[3] / "api" / "examples"
Run = Callable[..., Result]


@pytest.fixture(scope="session")
def pledgegraph() -> Run:
    """The command line, on a terminal of 160 columns unless `COLUMNS` says otherwise."""

    def run(*arguments: str | Path, **environment: str) -> Result:
        runner = CliRunner(env={"COLUMNS": "160", **environment})
        return runner.invoke(app, [str(argument) for argument in arguments])

    return run


@pytest.fixture(scope="session")
def examples() -> Path:
    return EXAMPLES


@pytest.fixture(scope="session")
def dialogue() -> Path:
    """The statement of the worked example."""
    return EXAMPLES / "2023-05-06-china-pakistan-strategic-dialogue.md"


@pytest.fixture(scope="session")
def exported(pledgegraph: Run) -> Callable[[str, str], str]:
    """What `export` prints of a store in a format."""

    def export(store: str, format_: str) -> str:
        result = pledgegraph("export", "--format", format_, "--store", store)
        assert result.exit_code == 0, result.output
        return result.stdout

    return export


@contextmanager
def running(url: str) -> Iterator[None]:
    """Keeps a store's server up, so that each command need not start one of its own."""
    ready, done = threading.Event(), threading.Event()

    async def hold() -> None:
        async with await open_store(url, user=None, password=None):
            ready.set()
            await asyncio.to_thread(done.wait)

    holder = threading.Thread(target=lambda: asyncio.run(hold()))
    holder.start()
    try:
        assert ready.wait(60)
        yield
    finally:
        done.set()
        holder.join()


@pytest.fixture(scope="package", params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, pledgegraph: Run) -> Iterator[str]:
    """A store that holds the examples."""
    if request.param == "embedded":
        url = f"embedded:{tmp_path_factory.mktemp('examples')}"
    else:
        url = request.getfixturevalue("neo4j_url")
        empty(url)
    with running(url):
        result = pledgegraph("load", EXAMPLES, "--store", url)
        assert result.exit_code == 0, result.output
        assert "new nodes" in result.stdout
        yield url


def empty(url: str) -> None:
    """Deletes all but the taxonomy, which other tests rely on."""
    parts = urlsplit(url)
    login = (parts.username or "", parts.password or "")
    with GraphDatabase.driver(f"{parts.scheme}://{parts.hostname}:{parts.port}", auth=login) as driver:
        driver.execute_query("MATCH (n) WHERE NOT n:Field DETACH DELETE n")


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[str]:
    """An empty store."""
    url = f"embedded:{tmp_path / 'store'}"
    with running(url):
        yield url
