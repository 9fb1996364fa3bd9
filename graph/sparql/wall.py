"""Takes from this process what answering a query does not need: sockets, programs, files to write, memory, time.

The second wall, behind `guard`: what is taken cannot be got back. Sockets and programs are taken by seccomp, which
Linux has; elsewhere the guard stands alone. The address space is not limited, since the store's files are mapped
into it, but the memory that is written to.
"""

import ctypes
import platform
import resource
import signal
import struct
import sys
from typing import Final

_SET_DEATH_SIGNAL: Final = 1
_SET_SECCOMP: Final = 22
_NO_NEW_PRIVILEGES: Final = 38
_FILTER: Final = 2
_STACK: Final = 64 * 2**20

# The numbers of an architecture, and of socket, connect, socketpair, execve, execveat and io_uring_setup there.
_CALLS: Final = {
    "x86_64": (0xC000003E, (41, 42, 53, 59, 322, 425)),
    "aarch64": (0xC00000B7, (198, 203, 199, 221, 281, 425)),
}
# Instructions, where the kernel keeps architecture and call, the numbers of another ABI, and the two verdicts.
_LOAD, _EQUAL, _NOT_LESS, _RETURN = 0x20, 0x15, 0x35, 0x06
_ARCHITECTURE, _CALL, _FOREIGN = 4, 0, 0x40000000
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050001


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def sealed(memory: int) -> bool:
    """Takes what can be taken; whether sockets are among it. `memory` is in bytes."""
    _limit(resource.RLIMIT_DATA, memory)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    # Oxigraph reads nested queries by recursion. Only the soft limit: the stack grows by it while we run.
    _, most = resource.getrlimit(resource.RLIMIT_STACK)
    resource.setrlimit(resource.RLIMIT_STACK, (_STACK if most < 0 else min(_STACK, most), most))
    return sys.platform == "linux" and _without_sockets()


def _limit(what: int, value: int) -> None:
    _, most = resource.getrlimit(what)
    value = value if most < 0 else min(value, most)
    resource.setrlimit(what, (value, value))


def _without_sockets() -> bool:
    if platform.machine() not in _CALLS:
        return False
    architecture, refused = _CALLS[platform.machine()]
    program = b"".join(struct.pack("HBBI", *step) for step in _steps(architecture, refused))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    filtered = _Program(len(program) // 8, program)
    return not libc.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(filtered), 0, 0)


def _steps(architecture: int, refused: tuple[int, ...]) -> list[tuple[int, int, int, int]]:
    """The filter: instruction, steps to skip if so, steps to skip if not, operand. The last step refuses."""
    many = len(refused)
    return [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 0, many + 3, architecture),
        (_LOAD, 0, 0, _CALL),
        (_NOT_LESS, many + 1, 0, _FOREIGN),
        *((_EQUAL, many - place, 0, call) for place, call in enumerate(refused)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
