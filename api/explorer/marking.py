"""Texts cut into pieces, so that a page can mark where acts stand in them."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from re import finditer

from ontology.records import Act, Utterance


@dataclass(frozen=True, slots=True)
class Marked:
    """An act as it stands in a text: the utterance, and the commitment or call that it expresses."""

    said: Utterance
    act: Act


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text: the act that it belongs to (the shortest, where acts overlap) and the acts that begin here."""

    text: str
    mark: Marked | None
    begins: tuple[Marked, ...]


def quoted(said: Utterance) -> tuple[str, str, str]:
    """A quote in three parts: before the action, the action, after it."""
    start, end = said.start - said.quote_start, said.end - said.quote_start
    return said.quote[:start], said.quote[start:end], said.quote[end:]


def marked(acts: Iterable[Act], statement: str) -> tuple[Marked, ...]:
    """What acts say in the statement with this IRI, by place."""
    found = [Marked(said, act) for act in acts for said in act.utterances if said.statement.iri == statement]
    return tuple(sorted(found, key=lambda mark: (mark.said.start, -mark.said.end, mark.said.iri)))


def paragraphs(text: str, marks: tuple[Marked, ...]) -> Iterator[tuple[Piece, ...]]:
    """The lines of a text that hold something, each in pieces. Acts that run over a line's end go on in the next."""
    waiting, running = deque(marks), list[Marked]()
    for line in finditer(r"[^\r\n]*\S[^\r\n]*", text):
        while waiting and waiting[0].said.start < line.end():
            running.append(waiting.popleft())
        running = [mark for mark in running if mark.said.end > line.start()]
        yield tuple(_pieces(text, line.start(), line.end(), running))


def _pieces(text: str, start: int, end: int, here: list[Marked]) -> Iterator[Piece]:
    cuts = {start, end}
    for mark in here:
        cuts |= {max(mark.said.start, start), min(mark.said.end, end)}
    for left, right in pairwise(sorted(cuts)):
        covering = [mark for mark in here if mark.said.start <= left and mark.said.end >= right]
        inner = min(covering, key=lambda mark: mark.said.end - mark.said.start, default=None)
        yield Piece(text[left:right], inner, tuple(mark for mark in here if mark.said.start == left))
