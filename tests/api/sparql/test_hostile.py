"""Hostile SPARQL over HTTP: nothing is written, reached or broken, all ends in time, and others do not notice."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import quantiles

import httpx2
import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.sparql.limits import Limits
from tests.api.sparql.hostile import EX, HARMLESS, PREFIX, Hostile, hostile
from tests.api.sparql.instance import serving_apart

LIMITS = Limits(seconds=1.0, memory=256 * 2**20, rows=2000, size=2**20, length=20_000, nesting=50)
ORDINARY = PREFIX + "SELECT ?o ?name { ?s ex:next ?o . ?o ex:name ?name } LIMIT 20"
ATTACKERS = 3
# Below this many seconds, a quantile says more of the machine than of us.
FLOOR = 0.025


@pytest.fixture(scope="module")
def trap() -> Iterator[tuple[str, list[object]]]:
    """The address of a server, and who came to it."""
    came: list[object] = []
    listening = socket.create_server(("127.0.0.1", 0))

    def listen() -> None:
        while True:
            try:
                connection, who = listening.accept()
            except OSError:
                return
            came.append(who)
            connection.close()

    thread = threading.Thread(target=listen)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/", came
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join()


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("secret") / "secret.nt"
    path.write_text(f'<{EX}secret> <{EX}is> "open sesame" .\n', encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("hostile")
    store = Store(folder / "store")
    store.bulk_extend(quads())
    store.backup(folder / "snapshot")
    yield folder / "snapshot"
    assert contents(Store.read_only(str(folder / "snapshot"))) == contents(store) == {*quads()}


@pytest.fixture(scope="module")
def endpoint(snapshot: Path) -> Iterator[httpx2.Client]:
    with served(snapshot, LIMITS) as client:
        yield client


@pytest.fixture(scope="module")
def patient(snapshot: Path) -> Iterator[httpx2.Client]:
    """Another endpoint, whose time does not run out on a busy machine."""
    with served(snapshot, replace(LIMITS, seconds=30)) as client:
        yield client


@contextmanager
def served(snapshot: Path, limits: Limits) -> Iterator[httpx2.Client]:
    with (
        serving_apart(snapshot, limits) as url,
        httpx2.Client(base_url=url, timeout=60, trust_env=False) as client,
    ):
        yield client


def contents(store: Store) -> set[Quad]:
    return set(store)


def quads() -> Iterator[Quad]:
    """A long chain, a dense knot, names and numbers: some ten thousand triples."""
    name, number, following, link = (NamedNode(EX + word) for word in ("name", "number", "next", "link"))
    for n in range(3000):
        node = NamedNode(f"{EX}n{n}")
        yield Quad(node, following, NamedNode(f"{EX}n{n + 1}"))
        yield Quad(node, name, Literal(f"name {n}"))
        yield Quad(node, number, Literal(n))
        yield from (Quad(node, link, NamedNode(f"{EX}n{(n * 7 + k * k) % 60}")) for k in range(20) if n < 60)


@dataclass(frozen=True)
class Ended:
    """How a hostile query ended: the last part of the problem's type or "answer", and after how many seconds."""

    how: str
    seconds: float
    text: str


@dataclass(frozen=True)
class Storm:
    """All hostile queries at once, and what another client saw meanwhile, and before and after, in seconds.

    `noise` is the longest that the service took meanwhile for an answer of no work: what the machine adds.
    """

    ended: dict[str, Ended]
    quiet: list[float]
    meanwhile: list[float]
    noise: float


def ask(client: httpx2.Client, query: bytes, **parameters: str) -> httpx2.Response:
    headers = {"Content-Type": "application/sparql-query"}
    return client.post("/sparql", params=parameters, content=query, headers=headers)


def attack(client: httpx2.Client, query: Hostile) -> Ended:
    body = query.text if isinstance(query.text, bytes) else query.text.encode()
    begun = time.perf_counter()
    response = ask(client, body, **query.parameters)
    taken = time.perf_counter() - begun
    if response.status_code == 200:
        return Ended("answer", taken, response.text)
    return Ended(response.json()["type"].rpartition("/")[2], taken, response.text)


def ordinary(client: httpx2.Client) -> float:
    """How long an ordinary query takes."""
    time.sleep(0.01)
    begun = time.perf_counter()
    response = client.get("/sparql", params={"query": ORDINARY})
    assert response.status_code == 200, response.text
    assert len(response.json()["results"]["bindings"]) == 20
    return time.perf_counter() - begun


def probe(client: httpx2.Client, until: Callable[[], bool]) -> list[float]:
    """How long the service takes for an answer of no work, over and over."""
    found = []
    while not until():
        time.sleep(0.05)
        begun = time.perf_counter()
        assert client.get("/same").status_code == 200
        found.append(time.perf_counter() - begun)
    return found


@pytest.fixture(scope="module")
def storm(endpoint: httpx2.Client, trap: tuple[str, list[object]], secret: Path) -> Storm:
    queries = hostile(trap[0], secret.as_uri())
    transport = httpx2.HTTPTransport(local_address="127.0.0.2")
    with (
        httpx2.Client(base_url=endpoint.base_url, timeout=60, trust_env=False, transport=transport) as neighbour,
        ThreadPoolExecutor(ATTACKERS) as threads,
        ThreadPoolExecutor(1) as prober,
    ):
        quiet = [ordinary(neighbour) for _ in range(200)][50:]
        running = [threads.submit(attack, endpoint, query) for query in queries]
        probed = prober.submit(probe, endpoint, lambda: all(each.done() for each in running))
        meanwhile = []
        while not all(each.done() for each in running):
            meanwhile.append(ordinary(neighbour))
        ended = {query.name: each.result() for query, each in zip(queries, running, strict=True)}
        quiet += [ordinary(neighbour) for _ in range(150)]
    return Storm(ended, quiet, meanwhile, max(probed.result()))


NAMES = {query.name: query for query in hostile("http://trap.invalid/", "file:///secret")}


def test_there_are_many() -> None:
    assert len(NAMES) >= 60
    assert len(HARMLESS) >= 40


@pytest.mark.parametrize("name", NAMES)
def test_ends_as_it_must(storm: Storm, name: str) -> None:
    ended = storm.ended[name]
    assert ended.how in NAMES[name].ends, ended
    assert "open sesame" not in ended.text
    assert ended.seconds <= LIMITS.seconds + 0.5 + storm.noise


def test_nothing_is_written(endpoint: httpx2.Client, storm: Storm) -> None:
    assert len(storm.ended) == len(NAMES)
    count = b"SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    everything = ask(endpoint, count).json()["results"]["bindings"]
    assert everything[0]["n"]["value"] == str(len({*quads()}))


def test_nobody_comes_to_the_trap(trap: tuple[str, list[object]], storm: Storm) -> None:
    assert storm.ended
    assert trap[1] == []
    port = int(trap[0].rsplit(":", 1)[1].strip("/"))
    socket.create_connection(("127.0.0.1", port)).close()
    time.sleep(0.1)
    assert len(trap[1]) == 1, "the trap works"


def test_another_client_does_not_notice(storm: Storm) -> None:
    quiet, meanwhile = (quantiles(each, n=20)[-1] for each in (storm.quiet, storm.meanwhile))
    print(f"\np95 of another client: {quiet * 1000:.1f} ms before and after, {meanwhile * 1000:.1f} ms meanwhile")
    print(
        f"longest hostile query {max(each.seconds for each in storm.ended.values()):.2f} s, noise {storm.noise:.2f} s"
    )
    assert len(storm.meanwhile) >= 100
    assert meanwhile <= 2 * max(quiet, FLOOR)


@pytest.mark.parametrize("query", HARMLESS)
def test_what_is_harmless_is_answered(patient: httpx2.Client, query: str) -> None:
    response = ask(patient, query.encode())
    assert response.status_code == 200, response.text
