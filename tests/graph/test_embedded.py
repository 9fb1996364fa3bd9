"""The embedded server: shared by processes, gone with its last user, back after a crash, clear about what is wrong."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.embedded import Embedded
from graph.store import StoreError
from graph.stores import open_store
from ontology.identifiers import actor_iri
from ontology.records import Actor
from ontology.terms import ActorType
from ontology.triples import triples

pytestmark = pytest.mark.anyio

USER = """
import asyncio, sys
from graph.stores import open_store
from ontology.identifiers import actor_iri
from ontology.records import Actor
from ontology.terms import ActorType
from ontology.triples import triples

async def main(folder, name):
    async with await open_store(f"embedded:{folder}") as store:
        await store.add(triples([Actor(iri=actor_iri(name), name=name, type=ActorType.STATE)]))
        print("here", flush=True)
        await asyncio.to_thread(sys.stdin.read)

asyncio.run(main(*sys.argv[1:]))
"""
ROOT = Path(__file__).parents[2]


class User:
    """Another process that has a store open until it is told to leave."""

    def __init__(self, folder: Path, name: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", USER, str(folder), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
        )

    def arrived(self) -> None:
        assert self.process.stdout
        assert self.process.stdout.readline() == "here\n"

    def leave(self) -> None:
        self.process.communicate(timeout=60)
        assert self.process.returncode == 0

    def killed(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=60)


@pytest.fixture
def users(data_folder: Path) -> Iterator[list[User]]:
    """Two users who came at the same moment to a folder where no server ran."""
    both = [User(data_folder, "Ruritania"), User(data_folder, "Graustark")]
    try:
        for user in both:
            user.arrived()
        yield both
    finally:
        for user in both:
            user.killed()


def server_pid(folder: Path) -> int:
    pid: int = json.loads((folder / "run" / "server.json").read_text("utf-8"))["pid"]
    return pid


def runs(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1][:3]
    except FileNotFoundError:
        return False


def ends(pid: int) -> bool:
    deadline = time.monotonic() + 30
    while runs(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not runs(pid)


def command_line(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text("utf-8")


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()[1])


def listening(pid: int) -> list[str]:
    """The addresses, in the kernel's hexadecimal, on which a process listens."""
    links = [link for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink()]
    sockets = {str(link.readlink()) for link in links}
    tables = [Path(f"/proc/{pid}/net/{table}").read_text("utf-8") for table in ("tcp", "tcp6")]
    lines = [line.split() for table in tables for line in table.splitlines()[1:]]
    return [line[1] for line in lines if line[3] == "0A" and f"socket:[{line[9]}]" in sockets]


async def names(folder: Path) -> list[str]:
    async with await open_store(f"embedded:{folder}") as store:
        rows = await store.read("MATCH (a:Actor) RETURN a.name AS name ORDER BY name", {})
        return [row["name"] for row in rows]


async def test_two_processes_share_a_server_which_outlives_the_first(data_folder: Path, users: list[User]) -> None:
    pid = server_pid(data_folder)
    users[0].leave()
    assert runs(pid)
    assert await names(data_folder) == ["Graustark", "Ruritania"]
    assert server_pid(data_folder) == pid
    users[1].leave()
    assert not runs(pid), "the last to leave waits for the end"
    assert not (data_folder / "run" / "server.json").exists()


async def test_killing_every_user_leaves_no_server_and_loses_nothing(data_folder: Path, users: list[User]) -> None:
    pid = server_pid(data_folder)
    for user in users:
        user.killed()
    assert ends(pid)
    assert await names(data_folder) == ["Graustark", "Ruritania"]


async def test_killing_the_server_loses_nothing_and_its_leftover_is_recognised(data_folder: Path) -> None:
    async with await open_store(f"embedded:{data_folder}") as store:
        await store.add(triples([Actor(iri=actor_iri("Ruritania"), name="Ruritania", type=ActorType.STATE)]))
        leftover = (data_folder / "run" / "server.json").read_bytes()
        os.kill(server_pid(data_folder), signal.SIGKILL)
        with pytest.raises(StoreError, match=r"its server ended or hangs; its log is .*console\.log"):
            await store.read("MATCH (a:Actor) RETURN a.name AS name", {})
    (data_folder / "run" / "server.json").write_bytes(leftover)
    assert await names(data_folder) == ["Ruritania"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can end a process with its parent")
async def test_killing_the_keeper_ends_the_server(data_folder: Path) -> None:
    backend = await Embedded.in_folder(data_folder)
    pid = server_pid(data_folder)
    os.kill(parent_of(pid), signal.SIGKILL)
    assert ends(pid)
    await backend.close()
    assert await names(data_folder) == []


async def test_secrets_are_for_the_owner_only_and_on_no_command_line(data_folder: Path) -> None:
    async with await open_store(f"embedded:{data_folder}"):
        run = data_folder / "run"
        assert run.stat().st_mode & 0o077 == 0
        assert (run / "server.json").stat().st_mode & 0o077 == 0
        instance = json.loads((run / "server.json").read_text("utf-8"))
        shown = command_line(instance["pid"])
        hashed = (run / "config" / "server-users.jsonl").read_text("utf-8")
        for secret in (instance["writer"], instance["reader"]):
            assert secret not in shown + hashed


async def test_only_this_machine_can_connect(data_folder: Path) -> None:
    async with await open_store(f"embedded:{data_folder}"):
        addresses = listening(server_pid(data_folder))
        assert addresses
        assert all(address.split(":")[0].endswith("0100007F") for address in addresses)


@pytest.fixture
def no_folder(tmp_path: Path) -> Path:
    file = tmp_path / "file"
    file.write_text("not a folder", "utf-8")
    return file


async def test_a_folder_that_is_a_file_is_said_so(no_folder: Path) -> None:
    with pytest.raises(StoreError, match=r"the data folder .* cannot be used: .*choose another one"):
        await open_store(f"embedded:{no_folder}")


async def test_a_folder_that_refuses_files_is_said_so() -> None:
    with pytest.raises(StoreError, match=r"the data folder /proc/\S+ cannot be used"):
        await open_store("embedded:/proc/pledgegraph")


@pytest.fixture
def broken_folder(data_folder: Path) -> Path:
    data_folder.mkdir()
    (data_folder / "databases").write_text("not a folder", "utf-8")
    return data_folder


async def test_a_server_that_does_not_start_is_quoted(broken_folder: Path) -> None:
    with pytest.raises(StoreError, match=r"did not start: .*console\.log"):
        await open_store(f"embedded:{broken_folder}")


def visited(folder: Path, locale: str) -> "subprocess.CompletedProcess[bytes]":
    """What became of a user who came alone, and left at once."""
    command = [sys.executable, "-c", USER, str(folder), "Ruritania"]
    environment = os.environ | {"LC_ALL": locale}
    return subprocess.run(
        command, env=environment, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False
    )


async def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "données d'été 数据: a=b"
    done = visited(folder, locale="C")
    assert done.returncode == 0, done.stderr
    assert await names(folder) == ["Ruritania"]


async def test_the_end_of_the_first_user_is_not_held_up_by_the_second(data_folder: Path, users: list[User]) -> None:
    started = time.monotonic()
    users[0].leave()  # reads its output to the end, which a server that inherited it would keep open
    assert time.monotonic() - started < 5
    assert runs(server_pid(data_folder))


def servers(folder: Path) -> list[int]:
    """The processes that have to do with a folder's server, its keeper included."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str(folder / "run") in command_line(int(process.name)):
                found.append(int(process.name))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


async def test_killing_the_first_user_before_the_server_answers_leaves_nothing(data_folder: Path) -> None:
    user = User(data_folder, "Ruritania")
    deadline = time.monotonic() + 30
    while not servers(data_folder) and time.monotonic() < deadline:
        time.sleep(0.02)  # noqa: ASYNC251 - nothing else is to run
    user.killed()
    assert servers(data_folder)
    assert all(ends(pid) for pid in servers(data_folder))
    assert await names(data_folder) == []


async def test_a_missing_wheel_is_said_so(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "arcadedb_embedded", None)
    with pytest.raises(StoreError, match="needs the package arcadedb-embedded"):
        await open_store(f"embedded:{data_folder}")


async def test_a_damaged_instance_file_is_said_so(data_folder: Path) -> None:
    async with await open_store(f"embedded:{data_folder}"):
        (data_folder / "run" / "server.json").write_text("{", "utf-8")
        with pytest.raises(StoreError, match=r"server\.json is damaged"):
            await open_store(f"embedded:{data_folder}")
    assert await names(data_folder) == []


async def test_many_tasks_of_one_process_share_a_server(data_folder: Path) -> None:
    stores = await asyncio.gather(*(open_store(f"embedded:{data_folder}") for _ in range(4)))
    assert len({store._backend.address for store in stores}) == 1  # type: ignore[attr-defined]
    for store in stores:
        await store.close()
    assert not (data_folder / "run" / "server.json").exists()
