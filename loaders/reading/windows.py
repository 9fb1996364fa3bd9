"""Paragraphs, and the windows of tokens in which the encoder sees them.

Training and reading must cut a text in the same way, so both do it here.
"""

import re
from collections.abc import Iterator

SIZE = 320
OVERLAP = 80

_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?!\s*\n))*")


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The offsets of each block of text between blank lines, without the space around it."""
    for block in _PARAGRAPH.finditer(text):
        yield block.start(), block.start() + len(block.group().rstrip())


def windows(length: int, size: int = SIZE, overlap: int = OVERLAP) -> Iterator[tuple[int, int]]:
    """Token ranges that cover `length` tokens, each at most `size` long, neighbours sharing `overlap`."""
    start = 0
    while start + size < length:
        yield start, start + size
        start += size - overlap
    yield start, length
