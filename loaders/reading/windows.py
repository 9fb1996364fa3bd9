"""The windows of tokens in which the encoder sees a paragraph; training and reading cut and frame them alike."""

from collections.abc import Iterator, Sequence
from typing import Final

from tokenizers import Tokenizer

SIZE: Final = 320
OVERLAP: Final = 80
LEAD: Final = 48
"""How many tokens of a lead-in are shown, the last ones."""


def windows(length: int, size: int = SIZE, overlap: int = OVERLAP) -> Iterator[tuple[int, int]]:
    """Token ranges that cover `length` tokens, each at most `size` long, neighbours sharing `overlap`."""
    start = 0
    while start + size < length:
        yield start, start + size
        start += size - overlap
    yield start, length


def ends(tokenizer: Tokenizer) -> tuple[int, int]:
    """The tokens before and after a window. MPNet's vocabulary holds BERT's two as well, but does not use them."""
    for first, last in (("<s>", "</s>"), ("[CLS]", "[SEP]")):
        low, high = tokenizer.token_to_id(first), tokenizer.token_to_id(last)
        if low is not None and high is not None:
            return low, high
    raise ValueError("the tokenizer knows neither [CLS] and [SEP] nor <s> and </s>")


def framed(frame: tuple[int, int], ids: Sequence[int], lead: Sequence[int]) -> tuple[int, ...]:
    """A window between its two special tokens, followed by its lead-in if it has one."""
    first, last = frame
    return (first, *ids, last, *lead, last) if lead else (first, *ids, last)
