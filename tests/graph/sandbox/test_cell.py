"""A cell of the embedded store: killed with what runs there, and gone with the process that used it."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from graph.bolt import BoltStore
from graph.raw import LimitError
from graph.stores import open_store
from ontology.records import Act
from ontology.triples import triples
from tests.graph.sandbox.conftest import Ask, asker

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parents[3]
ENDLESS = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN count(a + b)"
USER = """
import asyncio, sys
from graph.raw import Limits
from graph.rows import as_json
from graph.stores import open_store

async def main(folder, text):
    async with await open_store(f"embedded:{folder}") as store:
        await store.prepare()
        await store.raw("RETURN 1", {}, as_json)
        print("here", flush=True)
        await store.raw(text, {}, as_json, Limits(seconds=60))

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.fixture(autouse=True)
def one_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is, nothing here takes so long that a second cell is made ready."""
    monkeypatch.setattr("graph.sandbox.turns._LONG", 600)


@pytest.fixture
async def own(data_folder: Path) -> AsyncIterator[BoltStore]:
    """A store that nobody else uses."""
    async with await open_store(f"embedded:{data_folder}") as store:
        assert isinstance(store, BoltStore)
        await store.prepare()
        yield store


@pytest.fixture
def inquire(own: BoltStore) -> Ask:
    return asker(own)


def processes(folder: Path, *words: str) -> list[int]:
    """The processes that have to do with a folder's cells, keepers included."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_text("utf-8")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if str(folder / "scratch") in line and all(word in line for word in words):
            found.append(int(process.name))
    return found


def clerks(parent: int) -> list[int]:
    listed = subprocess.run(["pgrep", "-P", str(parent), "-f", "graph.sandbox.desk"], capture_output=True, check=False)
    return [int(pid) for pid in listed.stdout.split()]


def left(folder: Path) -> list[str]:
    """What is left of a folder's cells on disk."""
    return [entry.name for entry in (folder / "scratch").iterdir() if entry.is_dir()]


def gone(folder: Path, seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while processes(folder) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not processes(folder)


async def test_nothing_is_left_behind_by_who_leaves(data_folder: Path) -> None:
    async with await open_store(f"embedded:{data_folder}") as store:
        assert isinstance(store, BoltStore)
        await store.prepare()
        assert not (data_folder / "scratch").exists(), "no statement, no cell"
        inquire = asker(store)
        assert await inquire("RETURN 1") == [[1]]
        with pytest.raises(LimitError):
            await inquire(ENDLESS, seconds=0.5)
        assert processes(data_folder)
    assert not processes(data_folder)
    assert not left(data_folder)
    assert not clerks(os.getpid())


async def test_nothing_is_left_behind_by_who_is_killed(data_folder: Path) -> None:
    clerk = killed_in_the_middle(data_folder)
    assert gone(data_folder), "neither server nor keeper"
    assert not any(runs(pid) for pid in clerk)
    assert left(data_folder)
    async with await open_store(f"embedded:{data_folder}"):
        assert not left(data_folder), "swept by the next one who comes"


def killed_in_the_middle(folder: Path) -> list[int]:
    """Let another process have a statement run and kill it then; its clerks."""
    command = [sys.executable, "-c", USER, str(folder), ENDLESS]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as user:
        assert user.stdout
        assert user.stdout.readline() == "here\n"
        time.sleep(1)
        clerk = clerks(user.pid)
        assert clerk
        assert processes(folder, "ArcadeDBServer")
        user.kill()
    return clerk


def niceness_of(server: int) -> set[int]:
    return {os.getpriority(os.PRIO_PROCESS, int(task.name)) for task in Path(f"/proc/{server}/task").iterdir()}


def expendability_of(server: int) -> int:
    return int(Path(f"/proc/{server}/oom_score_adj").read_text("ascii"))


def runs(pid: int) -> bool:
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            if "Z" in Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1][:3]:
                return False
        except FileNotFoundError:
            return False
        time.sleep(0.05)
    return True


async def test_who_asks_nothing_for_long_holds_nothing(
    data_folder: Path, own: BoltStore, inquire: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.sandbox.turns._IDLE", 0.2)
    assert await inquire("RETURN 1") == [[1]]
    await asyncio.sleep(0.3)
    assert await asyncio.to_thread(gone, data_folder)
    assert await inquire("RETURN 1") == [[1]]


async def test_who_takes_long_lets_the_next_one_find_a_cell_that_is_ready(
    data_folder: Path, own: BoltStore, inquire: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.sandbox.turns._LONG", 0.1)
    assert await inquire("RETURN 1") == [[1]]
    long = asyncio.create_task(inquire(ENDLESS, seconds=20))
    await asyncio.sleep(2)
    assert len(processes(data_folder, "keeper.py")) == 2
    long.cancel()
    with pytest.raises(asyncio.CancelledError):
        await long


async def test_the_cells_of_others_are_not_swept(data_folder: Path, own: BoltStore, inquire: Ask) -> None:
    assert await inquire("RETURN 1") == [[1]]
    cell = left(data_folder)
    async with await open_store(f"embedded:{data_folder}") as other:
        assert isinstance(other, BoltStore)
        assert await asker(other)("RETURN 1") == [[1]]
        assert set(left(data_folder)) > set(cell)
    assert left(data_folder) == cell
    assert await inquire("RETURN 1") == [[1]]


async def test_a_cell_gives_way_and_only_this_machine_reaches_it(
    data_folder: Path, own: BoltStore, inquire: Ask
) -> None:
    assert await inquire("RETURN 1") == [[1]]
    (server,) = processes(data_folder, "-Xmx256m", "ArcadeDBServer")[-1:]
    assert niceness_of(server) == {10}
    assert expendability_of(server) == 1000
    assert (data_folder / "scratch").stat().st_mode & 0o077 == 0


async def test_a_killed_server_is_back_within_seconds(data_folder: Path, own: BoltStore, inquire: Ask) -> None:
    assert await inquire("RETURN 1") == [[1]]
    for pid in processes(data_folder, "ArcadeDBServer"):
        os.kill(pid, signal.SIGKILL)
    assert gone(data_folder)
    assert await inquire("MATCH (f:Field {slug: 'security'}) RETURN f.slug") == [["security"]]


async def test_a_statement_that_takes_all_memory_is_told_so(own: BoltStore, inquire: Ask) -> None:
    assert await inquire("RETURN 1") == [[1]]
    with pytest.raises(LimitError, match="more memory than one may use") as error:
        await inquire("RETURN size(reduce(s = 'aaaaaaaaaa', x IN range(1, 40) | s + s))", seconds=30)
    assert error.value.limit == "memory"
    assert await inquire("RETURN 1") == [[1]]


async def test_what_is_written_meanwhile_is_in_the_next_answer(
    own: BoltStore, inquire: Ask, acts: tuple[Act, ...], data_folder: Path
) -> None:
    """More often than one server takes copies."""
    for number in range(7):
        await own.add(triples(acts[: 1 + number % 2]))
        await own._driver.execute_query("MATCH (l:Ledger) SET l.sequence = l.sequence + 1, l.check = $n", n=number)
        assert await inquire("MATCH (l:Ledger) RETURN l.check") == [[number]]
    assert len(left(data_folder)) == 1
    copies = [entry for entry in (data_folder / "scratch").glob("*/databases/graph*") if entry.is_dir()]
    assert len(copies) == 1, "older copies go"


async def test_many_at_a_time_wait_for_their_turn(own: BoltStore, inquire: Ask) -> None:
    answers = await asyncio.gather(*(inquire("RETURN $n", {"n": number}, wait=60) for number in range(30)))
    assert answers == [[[number]] for number in range(30)]
