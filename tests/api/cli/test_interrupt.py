"""What a command leaves behind that is stopped in the middle."""

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

from graph.stores import open_store

EXAMPLE = Path(__file__).parents[3] / "api" / "examples" / "2025-02-06-china-pakistan-joint-statement.md"
COMMAND = Path(sys.executable).parent / "pledgegraph"


def test_an_interrupted_load_leaves_whole_statements_only(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    for number in range(100):
        (tmp_path / f"{number:03}.md").write_text(f"{text}\nThis is copy number {number}.\n", encoding="utf-8")
    url = f"embedded:{tmp_path / 'store'}"

    async def interrupt() -> tuple[int, str]:
        async with await open_store(url, user=None, password=None) as store:
            await store.prepare()
            load = await asyncio.create_subprocess_exec(
                COMMAND, "load", tmp_path, "--store", url, stderr=asyncio.subprocess.PIPE
            )
            while not await store.read("MATCH (s:Statement) RETURN s.iri AS iri LIMIT 1", {}):
                assert load.returncode is None
                await asyncio.sleep(0.1)
            load.send_signal(signal.SIGINT)
            _, errors = await load.communicate()
            return load.returncode or 0, errors.decode()

    code, errors = asyncio.run(interrupt())
    assert code == 130
    assert "Traceback" not in errors
    verify = subprocess.run([COMMAND, "verify", "--store", url], capture_output=True, text=True, check=False)
    assert verify.returncode == 0, verify.stdout + verify.stderr
    assert "are proved" in verify.stdout
