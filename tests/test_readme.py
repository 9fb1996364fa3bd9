"""What the README shows is run as it stands, against one fresh store: the console's commands print what it says, in
order, and a service answers each request that is written out."""

import asyncio
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.embedded import Embedded

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```console\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
# A request is one line, or goes on to the end of the text that it sends; what wants a token is left out.
REQUESTS = [
    request
    for block in re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    for request in re.findall(r"^curl (?:.*<<'END'\n.*?^END$|[^\n]*$)", block, re.MULTILINE | re.DOTALL)
    if "Bearer" not in request
]


def steps() -> Iterator[tuple[str, list[str]]]:
    """Each command with the lines that it prints; a line `…` stands for any lines."""
    for block in BLOCKS:
        for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *printed = step.rstrip("\n").split("\n")
            yield command, printed


def agrees(printed: list[str], expected: list[str]) -> bool:
    pattern = "\n".join(".*" if line == "…" else re.escape(_sure(line)) for line in expected)
    return re.fullmatch(pattern, "\n".join(map(_sure, printed)), re.DOTALL) is not None


def _sure(line: str) -> str:
    """Without what hangs on how a processor rounds: a second field of an act, and how many relationships that makes."""
    without_fields = re.sub(r"\([a-z, -]+, (\d{4}-\d\d-\d\d)\)$", r"(\1)", line)
    return re.sub(r"\d+(?= new relationships)", "…", without_fields)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[str]:
    """The address of a store whose server keeps running between the commands, so that none waits for a start."""
    server = asyncio.run(Embedded.in_folder(tmp_path / "store"))
    yield f"embedded:{tmp_path}/store"
    asyncio.run(server.close())


def test_there_is_something_to_run() -> None:
    assert len(list(steps())) >= 6
    assert len(REQUESTS) >= 5


@pytest.fixture
def environment(store: str, tmp_path: Path) -> dict[str, str]:
    """The environment of the commands, in which `pledgegraph` is the one under test."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return os.environ | {
        "PATH": path,
        "PLEDGEGRAPH_STORE": store,
        "PLEDGEGRAPH_CACHE": str(tmp_path / "cache"),
        "COLUMNS": "100",
    }


@pytest.fixture
def service(environment: dict[str, str]) -> Iterator[str]:
    """The host and port of a service on the store with one statement in it."""
    example = "api/examples/2023-05-06-china-pakistan-strategic-dialogue.md"
    subprocess.run(["pledgegraph", "load", example], cwd=ROOT, env=environment, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(["pledgegraph", "serve", "--port", str(port)], cwd=ROOT, env=environment) as serving:
        try:
            yield _ready(f"127.0.0.1:{port}")
        finally:
            serving.terminate()


def _ready(host: str) -> str:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"http://{host}/health") as health:
                if b'"replica":null' not in health.read().replace(b" ", b""):
                    return host
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.1)
    raise AssertionError("the service was not ready within half a minute")


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not there to send the requests with")
def test_the_service_answers_the_requests_of_the_readme(service: str, environment: dict[str, str]) -> None:
    for request in REQUESTS:
        asked = request.replace("127.0.0.1:8000", service).replace("curl ", "curl --silent --show-error --fail ", 1)
        run = subprocess.run(asked, shell=True, env=environment, capture_output=True, text=True, check=False)
        assert run.returncode == 0, f"{request}\n{run.stderr}"
        assert "security" in run.stdout.lower(), f"{request}\n{run.stdout}"


def test_the_commands_print_what_the_readme_says(environment: dict[str, str]) -> None:
    for command, expected in steps():
        run = subprocess.run(
            command, shell=True, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, f"{command}\n{run.stderr}"
        printed = [line.rstrip() for line in (run.stdout + run.stderr).rstrip("\n").split("\n")]
        assert agrees(printed, expected), f"$ {command}\n" + "\n".join(printed)


@pytest.mark.parametrize("target", ["run", "test", "env", "check"])
def test_the_targets_it_names_can_be_made(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
