"""How the service and a worker talk: frames over a pipe, each a kind, a length and that many bytes."""

import json
import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final, Protocol

HEAD: Final = struct.Struct(">BI")
LARGEST: Final = 2**20


class Kind(IntEnum):
    """What a frame holds."""

    OPEN = 1
    READY = 2
    QUERY = 3
    DATA = 4
    DONE = 5
    FAILED = 6


class Reading(Protocol):
    """What is read from, blocking: gives fewer bytes than asked for at its end only."""

    def read(self, size: int, /) -> bytes:
        """So many bytes."""
        ...


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame. What is no DATA is a JSON object."""

    kind: Kind
    content: bytes

    @property
    def told(self) -> Any:
        """The object that the frame holds."""
        return json.loads(self.content)


def told(kind: Kind, **values: object) -> bytes:
    """A frame that holds an object."""
    return packed(kind, json.dumps(values).encode())


def packed(kind: Kind, content: bytes) -> bytes:
    """A frame."""
    return HEAD.pack(kind, len(content)) + content


def received(source: Reading) -> Frame | None:
    """The next frame; None at the end."""
    head = source.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    kind, length = HEAD.unpack(head)
    return Frame(Kind(kind), source.read(length))
