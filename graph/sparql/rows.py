"""Counts the rows of an answer while it is written, in each of the formats of SPARQL results.

Oxigraph writes much faster than Python could, and says nothing of rows; so they are read off the bytes that it writes.
"""

import re
from collections.abc import Callable
from typing import Final

Count = Callable[[bytes], int]

_RESULT: Final = b"<result>"
_ESCAPED: Final = re.compile(rb"\\.", re.S)


def lines() -> Count:
    """Of TSV, where a line break within a value is escaped. The header is no row."""
    found = -1

    def count(chunk: bytes) -> int:
        nonlocal found
        found += chunk.count(b"\n")
        return found

    return count


def records() -> Count:
    """Of CSV, where a line break counts unless it stands between quotation marks. The header is no row."""
    found, quoted = -1, False

    def count(chunk: bytes) -> int:
        nonlocal found, quoted
        for part in chunk.split(b'"'):
            found += 0 if quoted else part.count(b"\n")
            quoted = not quoted
        quoted = not quoted  # there is one mark less than parts
        return found

    return count


def elements() -> Count:
    """Of XML, where a value cannot look like a tag."""
    found, rest = 0, b""

    def count(chunk: bytes) -> int:
        nonlocal found, rest
        text = rest + chunk
        found += text.count(_RESULT)
        rest = text[-len(_RESULT) + 1 :]
        return found

    return count


def objects() -> Count:
    """Of JSON: outside of strings, every row but the first begins with `},{`, and nothing else does."""
    found, quoted, rest, between = 0, False, b"", b""

    def count(chunk: bytes) -> int:
        nonlocal found, quoted, rest, between
        text = rest + chunk
        kept = len(text) - (len(text) - len(text.rstrip(b"\\"))) % 2  # an escape may go on in the next chunk
        text, rest = text[:kept], text[kept:]
        outside = [between]
        for part in _ESCAPED.sub(b"", text).split(b'"'):
            if not quoted:
                outside.append(part)
            quoted = not quoted
        quoted = not quoted
        marks = b"".join(outside)
        found += marks.count(b"},{") + marks.count(b"[{") - between.count(b"[{")
        between = marks[-2:]
        return found

    return count


COUNTS: Final[dict[str, Callable[[], Count]]] = {
    "application/sparql-results+json": objects,
    "application/sparql-results+xml": elements,
    "text/csv": records,
    "text/tab-separated-values": lines,
}
