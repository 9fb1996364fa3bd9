"""The windows of tokens in which the encoder sees a paragraph; training and reading cut them alike."""

from collections.abc import Iterator
from typing import Final

SIZE: Final = 320
OVERLAP: Final = 80


def windows(length: int, size: int = SIZE, overlap: int = OVERLAP) -> Iterator[tuple[int, int]]:
    """Token ranges that cover `length` tokens, each at most `size` long, neighbours sharing `overlap`."""
    start = 0
    while start + size < length:
        yield start, start + size
        start += size - overlap
    yield start, length
