"""Reading with several processors: the same acts in the same order as one reader gives, however many there are."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Final, TypeVar

from loaders.reading.read import Reader
from ontology.records import Statement, Utterance

_AHEAD: Final = 4
"""Statements that may wait for each worker, so that none is idle and a corpus of any length takes little memory."""

E = TypeVar("E", bound=Exception)
Acts = tuple[Utterance, ...]

_reader: Reader | None = None


def readings(found: Iterable[Statement | E], load: Callable[[], Reader], workers: int = 1) -> Iterator[Acts | E]:
    """The acts of every statement, in order; an error in place of a statement is passed on in its turn.

    `load` makes the reader of each process, so with several it must be something that can be sent to them.
    """
    if workers == 1:
        reader = load()
        yield from (item if isinstance(item, Exception) else reader.read(item) for item in found)
        return
    # A fresh start of each worker: a forked one would inherit the threads of whoever calls this.
    with ProcessPoolExecutor(workers, get_context("spawn"), _open, (load,)) as pool:
        waiting: deque[Future[Acts] | E] = deque()
        for item in found:
            waiting.append(item if isinstance(item, Exception) else pool.submit(_read, item))
            if len(waiting) >= _AHEAD * workers:
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())


def _result(item: Future[Acts] | E) -> Acts | E:
    return item.result() if isinstance(item, Future) else item


def _open(load: Callable[[], Reader]) -> None:
    global _reader
    _reader = load()


def _read(statement: Statement) -> Acts:
    assert _reader is not None
    return _reader.read(statement)
