"""The service as a process of its own over a store that can be compared with what it was, and traps beside it."""

import asyncio
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from socket import create_server
from time import monotonic, sleep
from typing import Any

import httpx2

from graph.bolt import BoltStore
from graph.stores import open_store
from ontology.triples import triples
from tests.benchmarks.invented import records
from tests.graph.guard.statements import Statement

SECONDS = 2.0
COMMAND = Path(sys.executable).parent / "pledgegraph"
ALL = (
    "MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties ORDER BY n.iri, labels(n)[0]",
    "MATCH (a)-[r]->(b) RETURN a.iri AS start, type(r) AS type, b.iri AS end, properties(r) AS properties "
    "ORDER BY start, type, end",
    "CALL db.labels() YIELD label RETURN label ORDER BY label",
    "CALL db.relationshipTypes() YIELD relationshipType RETURN relationshipType ORDER BY relationshipType",
)


@dataclass(frozen=True)
class Serving:
    """A running service: how to reach it, and which store it serves."""

    client: httpx2.Client
    store: str

    def ask(self, statement: Statement) -> tuple[httpx2.Response, float]:
        """The answer to a statement, and how long it took."""
        began = monotonic()
        answer = self.client.post("/cypher", json={"query": statement.text, "parameters": statement.parameters})
        return answer, monotonic() - began

    def everything(self) -> list[list[dict[str, Any]]]:
        """All that the store holds."""
        return asyncio.run(_everything(self.store))


async def _everything(url: str) -> list[list[dict[str, Any]]]:
    async with await open_store(url) as store:
        return [await store.read(text, {}) for text in ALL]


async def fill(url: str, acts: int) -> None:
    """Leave nothing in the store but so many acts that are made up."""
    async with await open_store(url) as store:
        assert isinstance(store, BoltStore)
        await store.prepare()
        database = store._backend.database
        await store._driver.execute_query("MATCH (n) WHERE NOT n:Field DETACH DELETE n", database_=database)
        for batch in records(acts):
            await store.add(triples(batch))


@contextmanager
def serving(store: str, seconds: float) -> Iterator[Serving]:
    """The service over a store, in which a statement may run for so long."""
    environment = os.environ | {"PLEDGEGRAPH_RAW_SECONDS": str(seconds)}
    command = [COMMAND, "serve", "--port", "0", "--store", store]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as run:
        try:
            assert run.stdout
            told = re.search(r"http://127\.0\.0\.1:\d+", run.stdout.readline())
            assert told, "the service does not start"
            threading.Thread(target=run.stdout.read, daemon=True).start()  # a full pipe would hold it up
            with httpx2.Client(base_url=told[0], timeout=120) as client:
                yield Serving(client, store)
                assert run.poll() is None, "the service has ended"
        finally:
            run.terminate()
            run.communicate(timeout=60)


@dataclass
class Trap:
    """A port at which nobody should ever knock."""

    address: str
    knocks: int = 0


@contextmanager
def trap() -> Iterator[Trap]:
    """A trap that listens on the loopback."""
    with create_server(("127.0.0.1", 0)) as listening:
        caught = Trap(f"http://127.0.0.1:{listening.getsockname()[1]}")

        def wait() -> None:
            while True:
                try:
                    with listening.accept()[0]:
                        caught.knocks += 1
                except OSError:
                    return

        threading.Thread(target=wait, daemon=True).start()
        yield caught


@dataclass
class Other:
    """Another client, who looks at commitments all the time: how long each answer took, in seconds."""

    took: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def p95(self) -> float:
        """The time within which 95 of 100 answers came."""
        return sorted(self.took)[int(0.95 * (len(self.took) - 1))]


@contextmanager
def other(service: Serving) -> Iterator[Other]:
    """The other client at work."""
    seen, done = Other(), threading.Event()

    def look() -> None:
        with httpx2.Client(base_url=service.client.base_url, timeout=60) as client:
            while not done.is_set():
                began = monotonic()
                answer = client.get("/commitments", params={"limit": 5})
                seen.took.append(monotonic() - began)
                if answer.status_code != 200:
                    seen.failed.append(answer.text)
                sleep(0.05)

    at_work = threading.Thread(target=look)
    at_work.start()
    try:
        yield seen
    finally:
        done.set()
        at_work.join()
