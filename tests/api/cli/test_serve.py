"""`pledgegraph serve` as a process of its own."""

import json
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

COMMAND = Path(sys.executable).parent / "pledgegraph"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_it_says_where_it_answers_and_ends_when_told(tmp_path: Path, number: signal.Signals, code: int) -> None:
    folder = tmp_path / "store"
    command = [COMMAND, "serve", "--port", "0", "--store", f"embedded:{folder}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as service:
        assert service.stdout
        told = re.search(r"http://127\.0\.0\.1:\d+/", service.stdout.readline())
        assert told
        with urlopen(f"{told[0]}healthz", timeout=30) as answer:
            assert json.load(answer) == {"status": "ok"}
        service.send_signal(number)
        _, errors = service.communicate(timeout=60)
    assert service.returncode == code
    assert "Traceback" not in errors
    assert not (folder / "run" / "server.json").exists()


def test_a_port_that_is_taken_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [COMMAND, "serve", "--port", port, "--store", f"embedded:{tmp_path}"]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert run.stderr == f"pledgegraph: 127.0.0.1:{port}: cannot listen there (Address already in use)." + (
        " Give another --port or --host.\n"
    )
