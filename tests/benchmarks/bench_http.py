"""How fast a page is given over HTTP, against the floor: a FastAPI route that returns the same bytes from memory.

Run with `pytest -s tests/benchmarks/bench_http.py`; `filled` says how to give it a store of another size and kind. The
first answer to a question comes from the store, the next ones are kept until the store changes; both are shown.
"""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from statistics import median, quantiles

import httpx2
import pytest

from ontology.records import Actor
from tests.benchmarks.filled import addresses
from tests.benchmarks.invented import ACTORS, FREQUENT, TYPICAL

ROUNDS = 200
AT_ONCE = 8
SERVICE = """
import sys, uvicorn
from api.app import create_app
from api.settings import Settings
uvicorn.run(create_app(Settings(store=sys.argv[1])), port=int(sys.argv[2]), log_level="error")
"""
MEMORY = """
import sys, uvicorn
from fastapi import FastAPI, Response
app, page = FastAPI(), open(sys.argv[1], "rb").read()
@app.get("/commitments")
async def commitments() -> Response:
    return Response(page, media_type="application/json")
uvicorn.run(app, port=int(sys.argv[2]), log_level="error")
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    return os.environ.get("PLEDGEGRAPH_BENCH_LARGE") or addresses(tmp_path_factory.mktemp("filled"))[0]


@contextmanager
def served(program: str, about: str) -> Iterator[str]:
    """The address of a server in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-c", program, about, str(port)])
    try:
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert process.poll() is None, "the server ended"
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def asked(actor: Actor) -> dict[str, str | list[str]]:
    return {"actor": actor.code or actor.name, "field": "security", "kind": ["pledge", "willingness"]}


def timed(client: httpx2.Client, asked: list[tuple[str, dict[str, str | list[str]]]]) -> list[list[float]]:
    """Seconds of some rounds of each request, in turns, because machines are noisy."""
    taken: list[list[float]] = [[] for _ in asked]
    for _ in range(ROUNDS + 10):
        for (url, question), times in zip(asked, taken, strict=True):
            begun = time.perf_counter()
            client.get(url, params=question).raise_for_status()
            times.append(time.perf_counter() - begun)
    return [times[10:] for times in taken]


def p95(taken: list[float]) -> float:
    return quantiles(taken, n=20)[-1]


@pytest.fixture(scope="module")
def both(store: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The service, and a server that has the page in memory."""
    with ExitStack() as servers:
        service = servers.enter_context(served(SERVICE, store))
        page = tmp_path_factory.mktemp("page") / "page.json"
        page.write_bytes(httpx2.get(f"{service}/commitments", params=asked(TYPICAL), timeout=60).content)
        yield service, servers.enter_context(served(MEMORY, str(page)))


@pytest.mark.parametrize("actor", [TYPICAL, FREQUENT], ids=["typical", "most frequent"])
def test_a_page_over_http_is_little_slower_than_from_memory(both: tuple[str, str], actor: Actor) -> None:
    service, memory = (f"{url}/commitments" for url in both)
    with httpx2.Client(timeout=60) as client:
        new = [timed_once(client, service, other) for other in ACTORS[3:40]]
        floor, kept = timed(client, [(memory, asked(TYPICAL)), (service, asked(actor))])
    print(f"\np95 {p95(kept) * 1000:.1f} ms, {p95(kept) / p95(floor):.2f} times that from memory", end="")
    print(f" ({p95(floor) * 1000:.1f} ms); asked for the first time: median {median(new) * 1000:.1f} ms")
    assert p95(kept) / p95(floor) <= 5


def timed_once(client: httpx2.Client, url: str, actor: Actor) -> float:
    begun = time.perf_counter()
    client.get(url, params={**asked(actor), "limit": "99"}).raise_for_status()
    return time.perf_counter() - begun


def test_many_at_once_are_answered(both: tuple[str, str]) -> None:
    """Different questions over several connections, as often as the service can answer."""

    async def load() -> tuple[int, float, list[float]]:
        taken: list[float] = []
        async with httpx2.AsyncClient(timeout=60, base_url=both[0]) as client:

            async def one(first: int) -> None:
                for actor in ACTORS[first:80:AT_ONCE]:
                    begun = time.perf_counter()
                    (await client.get("/commitments", params=asked(actor))).raise_for_status()
                    taken.append(time.perf_counter() - begun)

            begun = time.perf_counter()
            await asyncio.gather(*(one(first) for first in range(AT_ONCE)))
            return len(taken), time.perf_counter() - begun, taken

    answers, seconds, taken = asyncio.run(load())
    print(f"\n{answers / seconds:,.0f} answers/s over {AT_ONCE} connections, p95 {p95(taken) * 1000:.0f} ms")
    assert answers == 80
