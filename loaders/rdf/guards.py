"""Bytes on their way to a parser that trusts its input more than we do.

RDF/XML: the parser expands entities without limit, follows any depth and takes a file that breaks off for a whole one.
JSON-LD: it needs memory by the square of the depth. So a second reader looks at the same bytes first.
"""

import re
from typing import BinaryIO, Final, Protocol
from xml.parsers import expat

DEEPEST: Final = 100
_BOM: Final = b"\xef\xbb\xbf"
_JSON: Final = re.compile(rb'\\.|["{}\[\]]', re.DOTALL)


class GuardError(ValueError):
    """Input that is refused before the parser sees it."""


class Guard(Protocol):
    """Looks at all bytes of a file, in order; raises GuardError."""

    def see(self, data: bytes) -> None: ...

    def end(self) -> None: ...


class Xml:
    """Well-formed XML without entities of its own and without elements in elements beyond measure."""

    def __init__(self) -> None:
        self._depth = 0
        self._parser = expat.ParserCreate()
        self._parser.EntityDeclHandler = self._entity
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._stop

    def see(self, data: bytes) -> None:
        """The next bytes of the file."""
        self._parse(data, False)

    def end(self) -> None:
        """The file is at its end."""
        self._parse(b"", True)

    def _parse(self, data: bytes, last: bool) -> None:
        try:
            self._parser.Parse(data, last)
        except expat.ExpatError as error:
            raise GuardError(f"it is no well-formed XML: {error}") from error

    def _entity(self, *_: object) -> None:
        raise GuardError("it declares XML entities, which are not expanded here; write the names out")

    def _start(self, *_: object) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise GuardError(f"its elements lie more than {DEEPEST} deep in each other; write them side by side")

    def _stop(self, _: str) -> None:
        self._depth -= 1


class Json:
    """JSON whose objects and arrays do not lie in each other beyond measure."""

    def __init__(self) -> None:
        self._depth = 0
        self._within = False
        self._rest = b""

    def see(self, data: bytes) -> None:
        """The next bytes of the file."""
        data = self._rest + data
        # A backslash at the end belongs to what comes next.
        cut = len(data) - 1 if data.endswith(b"\\") else len(data)
        for token in _JSON.finditer(data, 0, cut):
            self._token(token[0])
        self._rest = data[cut:]

    def end(self) -> None:
        """The parser itself notices when something is missing."""

    def _token(self, token: bytes) -> None:
        if token == b'"':
            self._within = not self._within
        elif self._within or token[:1] == b"\\":
            return
        elif token in b"{[":
            self._depth += 1
            if self._depth > DEEPEST:
                raise GuardError(f"its objects lie more than {DEEPEST} deep in each other; write them side by side")
        else:
            self._depth -= 1


class Guarded:
    """A file as a parser reads it, from behind a guard and without the mark that some editors put at the start."""

    def __init__(self, file: BinaryIO, guard: Guard | None = None) -> None:
        self._file = file
        self._guard = guard
        self._first = True

    def read(self, size: int = -1) -> bytes:
        """The next bytes; raises GuardError."""
        data = self._file.read(size)
        if self._first:
            self._first = False
            if data.startswith(_BOM):
                data = data.removeprefix(_BOM) or self._file.read(size)
        if self._guard:
            if data:
                self._guard.see(data)
            else:
                self._guard.end()
        return data
