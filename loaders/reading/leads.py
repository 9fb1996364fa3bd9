"""The words under which the items of a list stand: "The Ministers agreed to:" before paragraphs with a mark each.

An item alone does not tell whether it is promised, asked or reported; the tagger is given its lead-in with it.
"""

import re
from collections.abc import Iterator
from typing import Final

from loaders.reading.passages import Passage, is_headline, paragraphs, sentences

_MARKS: Final = (
    re.compile(r"[-–—•·●▪◦*+]\s+(?=\S)"),
    re.compile(r"\(?\d{1,3}(?:\.\d{1,2})*[.)]\s+(?=\S)"),
    re.compile(r"\(?(?:[a-zA-Z]|[ivxlc]{2,5})[.)]\s+(?=\S)"),
    re.compile(r"(?=[a-z])"),
)
_LEADS: Final = re.compile(r"(?:[:,;—–-]|\w)[\"'”’*_]*\Z")
_SHORTEST: Final = 12


def under_leads(text: str) -> Iterator[tuple[Passage, str]]:
    """Every paragraph with the sentence that leads into it, empty where it stands for itself.

    Lists nest: an item that ends with a colon leads into items with another kind of mark.
    """
    open_lists: list[tuple[str, int | None]] = []
    for block in paragraphs(text):
        piece = text[block.start : block.end]
        mark = _mark(piece)
        if mark is None:
            open_lists.clear()
        else:
            _close(open_lists, mark)
        yield block, open_lists[-1][0] if open_lists else ""
        if _leads(text, block, piece, mark):
            *_, last = sentences(text, block)
            open_lists.append((text[last.start : last.end], None))


def _mark(piece: str) -> int | None:
    return next((number for number, mark in enumerate(_MARKS) if mark.match(piece)), None)


def _close(open_lists: list[tuple[str, int | None]], mark: int) -> None:
    """Leaves the innermost list whose items have this mark; a list that has none yet takes it."""
    while open_lists and open_lists[-1][1] not in (None, mark):
        open_lists.pop()
    if open_lists and open_lists[-1][1] is None:
        known = [at for at, (_, used) in enumerate(open_lists[:-1]) if used == mark]
        if known:
            del open_lists[known[-1] + 1 :]
        else:
            open_lists[-1] = (open_lists[-1][0], mark)


def _leads(text: str, block: Passage, piece: str, mark: int | None) -> bool:
    if mark is not None:
        return piece.endswith(":")
    return len(piece) >= _SHORTEST and _LEADS.search(piece) is not None and not is_headline(text, block)
