"""Runs the server of one data folder for as long as anybody uses it. A script of its own: it imports nothing of ours.

It belongs to no user of the folder, so that the first may leave before the second. What keeps it alive are locks, which
the kernel drops when their holder ends, however it ends:
- `users.lock` is held shared by everybody who uses the server. Here we wait for it exclusively: we get it when the last
  user is gone, `kill -9` included, and keep it until the server has stopped, so that who comes meanwhile waits.
- `server.lock` is inherited by us and by the server. Who can take it knows that no server runs in this folder.
On Linux the server is told to end when we do.

A server is `lasting` or `expendable`. The second is killed instead of stopped, is the first to go when memory is short,
and leads a process group, by which it can be told to give way.

Usage: keeper.py RUN_FOLDER LOG SERVER_LOCK_FD lasting|expendable COMMAND...   and a JSON object on the standard input,
to be published in `server.json` with the port and the process, once the server answers.
"""

import contextlib
import ctypes
import fcntl
import json
import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

STARTED = b"Server started in"
PORT = re.compile(rb"BOLT connections on \S*:(\d+)")
PATIENCE = 60
PR_SET_PDEATHSIG = 1


def main() -> None:
    """Detach, start the server, publish where it listens, copy what it says to its log, end when it ends."""
    run, log, lock = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    expendable = sys.argv[4] == "expendable"
    instance = json.load(sys.stdin)
    if os.fork():
        os._exit(0)
    server = subprocess.Popen(
        sys.argv[5:],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=run.parent,
        env=os.environ | {"LC_ALL": "C.UTF-8"},  # file names are UTF-8, whatever the terminal is
        pass_fds=(lock,),
        preexec_fn=end_at_once if expendable else end_with_parent,
    )
    patience = 0 if expendable else PATIENCE
    threading.Thread(target=stop_when_unused, args=(run, server, patience), daemon=True).start()
    assert server.stdout
    with log.open("ab", buffering=0) as out:
        for line in server.stdout:
            out.write(line)
            if found := PORT.search(line):
                instance |= {"port": int(found[1]), "pid": server.pid}
            if STARTED in line and "port" in instance:
                publish(run, instance)
    server.wait()
    (run / "server.json").unlink(missing_ok=True)


def end_with_parent() -> None:
    """In the child, before it becomes the server: the kernel shall end it when the keeper dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def end_at_once() -> None:
    """In the child: end at once with the keeper, and be the first to go when memory is short."""
    os.setpgid(0, 0)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("1000", "ascii")


def stop_when_unused(run: Path, server: "subprocess.Popen[bytes]", patience: float) -> None:
    """Wait until nobody uses the server, then stop it. The lock goes with this process, after the server."""
    users = os.open(run / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(users, fcntl.LOCK_EX)
    server.terminate()
    try:
        server.wait(patience)
    except subprocess.TimeoutExpired:
        server.kill()


def publish(run: Path, instance: dict[str, object]) -> None:
    """Write the instance file whole, readable for its owner alone."""
    draft = run / "server.json.new"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        json.dump(instance, out)
    draft.replace(run / "server.json")


if __name__ == "__main__":
    main()
