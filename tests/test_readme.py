"""The README's console blocks are run as they stand, in order, against one fresh store, and print what it says."""

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.embedded import Embedded

ROOT = Path(__file__).parent.parent
BLOCKS = re.findall(
    r"^```console\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
)


def steps() -> Iterator[tuple[str, list[str]]]:
    """Each command with the lines that it prints; a line `…` stands for any lines."""
    for block in BLOCKS:
        for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *printed = step.rstrip("\n").split("\n")
            yield command, printed


def agrees(printed: list[str], expected: list[str]) -> bool:
    pattern = "\n".join(".*" if line == "…" else re.escape(line) for line in expected)
    return re.fullmatch(pattern, "\n".join(printed), re.DOTALL) is not None


@pytest.fixture
def store(tmp_path: Path) -> Iterator[str]:
    """The address of a store whose server keeps running between the commands, so that none waits for a start."""
    server = asyncio.run(Embedded.in_folder(tmp_path / "store"))
    yield f"embedded:{tmp_path}/store"
    asyncio.run(server.close())


def test_there_is_something_to_run() -> None:
    assert len(list(steps())) >= 6


def test_the_commands_print_what_the_readme_says(store: str) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "PLEDGEGRAPH_STORE": store, "COLUMNS": "100"}
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
