"""The process that workers are forked from: it has imported what they need, so that a new one is there at once.

Started by `nursery` as `python -I -m graph.sparql.cradle LIMITS`, with a socket as its standard input. For every file
descriptor that comes over the socket a worker is forked that talks over it. The lines on the socket are `kill PID` and
`slow PID`, and back go lines of `PID STATUS` for every worker that failed. It is their parent, so a PID cannot have
become that of a stranger. It ends when the socket is closed, and its workers with it.
"""

import gc
import json
import os
import select
import signal
import socket
import sys
from contextlib import suppress
from typing import NoReturn

from graph.sparql.limits import Limits
from graph.sparql.worker import serve

# A slow worker gives way to all that runs as usual, and still comes to an end on a busy machine.
_PATIENT = 10


def main() -> None:
    """Fork, kill and bury workers until the service is gone."""
    limits = Limits(**json.loads(sys.argv[1]))
    control = socket.socket(fileno=0)
    woken, wakes = os.pipe()
    os.set_blocking(wakes, False)
    signal.set_wakeup_fd(wakes)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the service, which then ends us
    gc.freeze()
    workers: set[int] = set()
    killed: set[int] = set()
    rest, said = b"", b"\n"
    while said:
        ready, _, _ = select.select([control.fileno(), woken], [], [])
        if woken in ready:
            os.read(woken, 512)
            _bury(workers, killed, control)
        if control.fileno() in ready:
            said, descriptors, *_ = socket.recv_fds(control, 4096, 64)
            while descriptors:
                descriptor = descriptors.pop()
                workers.add(_forked(descriptor, limits, (0, woken, wakes, *descriptors)))
            *lines, rest = (rest + said).split(b"\n")
            for line in lines:
                _obey(line.decode(), workers, killed)
    for pid in workers:
        os.kill(pid, signal.SIGKILL)


def _bury(workers: set[int], killed: set[int], control: socket.socket) -> None:
    while workers or killed:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if not pid:
            return
        if pid in workers and status:
            control.sendall(f"{pid} {os.waitstatus_to_exitcode(status)}\n".encode())
        workers.discard(pid)
        killed.discard(pid)


def _obey(line: str, workers: set[int], killed: set[int]) -> None:
    verb, _, number = line.partition(" ")
    if number and int(number) in workers:
        if verb == "kill":
            os.kill(int(number), signal.SIGKILL)
            workers.discard(int(number))
            killed.add(int(number))
        else:
            _slow_down(int(number))


def _slow_down(pid: int) -> None:
    os.setpriority(os.PRIO_PROCESS, pid, _PATIENT)
    # Where Linux shares time among sessions first, that counts within the worker's own only.
    with suppress(OSError), open(f"/proc/{pid}/autogroup", "w") as group:  # noqa: PTH123 - nothing to import for it
        group.write(str(_PATIENT))


def _forked(descriptor: int, limits: Limits, ours: tuple[int, ...]) -> int:
    pid = os.fork()
    if not pid:
        _live(descriptor, limits, ours)
    os.close(descriptor)
    return pid


def _live(descriptor: int, limits: Limits, ours: tuple[int, ...]) -> NoReturn:
    """The whole life of a worker."""
    os.setsid()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for each in ours:
        os.close(each)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # whoever runs out of memory says so at length
    try:
        serve(descriptor, limits)
        os._exit(0)
    finally:
        os._exit(1)


if __name__ == "__main__":
    main()
