"""Workers: answers, limits, and that a dead one is replaced without anybody else noticing."""

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.sparql.frames import HEAD, Kind
from graph.sparql.frames import told as told_in_frame
from graph.sparql.guard import RefusedError
from graph.sparql.limits import LimitError, Limits
from graph.sparql.nursery import Nursery, WorkerError
from graph.sparql.pool import Workers
from graph.sparql.process import FormError, MalformedError, Query, Worker
from graph.sparql.turns import BusyError, Turns

pytestmark = pytest.mark.anyio
LIMITS = Limits(seconds=30, memory=200 * 2**20, rows=50, size=100_000, nesting=20)
CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
LONG = f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}"


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pool")
    store = Store(folder / "store")
    store.extend(Quad(NamedNode(f"a:{n}"), NamedNode("a:p"), Literal(n)) for n in range(200))
    store.backup(folder / "snapshot")
    return folder / "snapshot"


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    async with Workers(LIMITS) as workers:
        yield workers


async def told(workers: Workers, folder: Path, text: str, **more: str) -> str:
    answer = await workers.answer(Query(text=text, **more), folder)
    with answer.body as body:
        return body.read().decode()


async def test_an_answer(workers: Workers, folder: Path) -> None:
    csv = await told(workers, folder, "SELECT ?o { <a:7> ?p ?o }", solutions="text/csv")
    assert csv == "o\r\n7\r\n"
    answer = await workers.answer(Query(text="CONSTRUCT WHERE { ?s ?p ?o } LIMIT 3"), folder)
    with answer.body as body:
        assert (answer.media, answer.rows, answer.size) == ("text/turtle", 3, len(body.read()))


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        ("memory", f"SELECT * {{ {CROSS} }} ORDER BY ?a"),
        ("rows", "SELECT * { ?s ?p ?o }"),
        ("rows", "CONSTRUCT WHERE { ?s ?p ?o }"),
        ("size", f"SELECT ('{'x' * 2000}' AS ?x) {{ ?s ?p ?o }}"),
        ("nesting", "ASK " + "{" * 21 + "}" * 21),
        ("nesting", "ASK { FILTER(" + "!" * 90_000 + "1) }"),
        ("length", "ASK {} #" + "x" * 100_000),
    ],
)
async def test_limits(workers: Workers, folder: Path, limit: str, text: str) -> None:
    with pytest.raises(LimitError) as stopped:
        await told(workers, folder, text)
    assert stopped.value.limit == limit
    assert limit in str(stopped.value)
    assert await told(workers, folder, "ASK {}") == '{"head":{},"boolean":true}'


async def test_time(folder: Path) -> None:
    async with Workers(replace(LIMITS, seconds=0.5)) as workers:
        begun = time.monotonic()
        with pytest.raises(LimitError, match=r"time limit: The query took longer than 0\.5 s"):
            await told(workers, folder, LONG)
        assert 0.5 <= time.monotonic() - begun < 2


async def test_other_errors_leave_the_worker_alone(workers: Workers, folder: Path) -> None:
    for text, error in (
        ("SELECT", MalformedError),
        ("DROP ALL", RefusedError),
        ("ASK { SERVICE <a:a> {} }", RefusedError),
        ("SELECT (<a:f>(1) AS ?x) {}", RefusedError),
    ):
        with pytest.raises(error):
            await told(workers, folder, text)
    with pytest.raises(FormError):
        await workers.answer(Query(text="CONSTRUCT WHERE { ?s ?p ?o }", triples=None), folder)
    with pytest.raises(FormError):
        await workers.answer(Query(text="ASK {}", solutions=None), folder)
    with pytest.raises(WorkerError):
        await told(workers, folder.with_name("nothing"), "ASK {}")
    assert await told(workers, folder, "ASK {}")


async def test_all_workers_killed_at_once(workers: Workers, folder: Path) -> None:
    await told(workers, folder, "ASK {}")
    for worker in workers._idle:
        os.kill(worker._pid, signal.SIGKILL)
    await asyncio.sleep(0.1)
    assert await told(workers, folder, "ASK {}")


async def test_killed_while_it_answers(workers: Workers, folder: Path) -> None:
    running = asyncio.create_task(told(workers, folder, LONG))
    await until(lambda: bool(workers._busy))
    (busy,) = workers._busy
    os.kill(busy._pid, signal.SIGKILL)  # as the kernel does when memory runs out
    with pytest.raises(LimitError, match="memory"):
        await running
    assert await told(workers, folder, "ASK {}")


async def test_the_cradle_is_killed(workers: Workers, folder: Path) -> None:
    await told(workers, folder, "ASK {}")
    cradle = await workers._nursery.cradle()
    os.kill(cradle._process.pid, signal.SIGKILL)
    await until(lambda: not cradle.alive)
    assert await told(workers, folder, "ASK {}")


async def test_the_terminal_interrupts_the_service_alone(workers: Workers, folder: Path) -> None:
    await told(workers, folder, "ASK {}")
    cradle = await workers._nursery.cradle()
    os.kill(cradle._process.pid, signal.SIGINT)
    await asyncio.sleep(0.2)
    assert cradle.alive
    assert await told(workers, folder, "ASK {}")


async def test_a_cancelled_query_is_ended(workers: Workers, folder: Path) -> None:
    running = asyncio.create_task(told(workers, folder, LONG))
    await until(lambda: bool(workers._busy))
    (busy,) = workers._busy
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert await ends(busy._pid)


async def test_a_worker_can_do_nothing_else(folder: Path) -> None:
    nursery = Nursery(LIMITS)
    try:
        worker = await Worker.start(await nursery.cradle(), LIMITS, folder)
        assert worker.sealed is (sys.platform == "linux")
        if worker.sealed:
            assert "Seccomp:\t2" in of_process(worker._pid, "status")
            assert "Max file size             0 " in of_process(worker._pid, "limits")
        worker.kill()
    finally:
        await nursery.close()
    assert await ends(worker._pid)


UNGUARDED = """
from graph.sparql import worker
from graph.sparql.limits import Limits
worker.check = lambda *_: None
worker.serve(0, Limits())
"""


async def test_without_the_guard_the_wall_holds(folder: Path) -> None:
    """Where nothing is refused, the kernel still gives no socket."""
    ours, theirs = socket.socketpair()
    with theirs:
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", UNGUARDED, stdin=theirs.fileno())
    reader, writer = await asyncio.open_connection(sock=ours)
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.settimeout(0.2)
        port = trap.getsockname()[1]
        for silent, expected in (("", b"not permitted"), ("SILENT", b'"bindings":[{}]')):
            query = Query(text=f"SELECT * {{ SERVICE {silent} <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}")
            writer.write(told_in_frame(Kind.QUERY, **query.told, folder=str(folder)))
            _, length = HEAD.unpack(await reader.readexactly(HEAD.size))
            assert expected in await reader.readexactly(length)
        with pytest.raises(TimeoutError):
            trap.accept()
    writer.close()
    await writer.wait_closed()
    assert await process.wait() == 0


SERVICE = """
import asyncio, sys
from pathlib import Path
from graph.sparql.limits import Limits
from graph.sparql.pool import Workers
from graph.sparql.process import Query

async def main(folder, text):
    async with Workers(Limits()) as workers:
        asked = asyncio.create_task(workers.answer(Query(text=text), Path(folder)))
        while not workers._busy or len(workers._idle) < 2:
            await asyncio.sleep(0.01)
        print(*(worker._pid for worker in (*workers._idle, *workers._busy)), flush=True)
        await asked

asyncio.run(main(*sys.argv[1:]))
"""


async def test_workers_end_with_the_service(folder: Path) -> None:
    service = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SERVICE, folder, LONG, stdout=asyncio.subprocess.PIPE
    )
    assert service.stdout is not None
    pids = [int(pid) for pid in (await service.stdout.readline()).split()]
    assert len(pids) >= 3
    service.kill()
    await service.wait()
    for pid in pids:
        assert await ends(pid)


async def ends(pid: int) -> bool:
    """Whether a process is gone within some seconds."""
    return await until(lambda: not Path(f"/proc/{pid}").exists())


async def until(happened: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 10
    while not (there := happened()) and time.monotonic() < deadline:  # noqa: ASYNC110 - it is another process
        await asyncio.sleep(0.01)
    return there


def of_process(pid: int, name: str) -> str:
    return Path(f"/proc/{pid}/{name}").read_text(encoding="utf-8")


async def test_turns_are_shared() -> None:
    turns, loop = Turns(3, 2), asyncio.get_running_loop()
    async with turns.turn("a", loop.time() + 1), turns.turn("a", loop.time() + 1):
        with pytest.raises(BusyError):
            async with turns.turn("a", loop.time() + 0.05):
                pass
        async with turns.turn("b", loop.time() + 0.05):
            with pytest.raises(BusyError):
                async with turns.turn("c", loop.time() + 0.05):
                    pass
    async with turns.turn("a", loop.time() + 0.05):
        pass
    assert turns._clients == {}
