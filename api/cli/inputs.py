"""The statements behind what stands on the command line: files, folders, web addresses."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from loaders.sources.text import SourceError, paths, read
from ontology.records import Statement


def statements(inputs: Iterable[str]) -> Iterator[Statement | SourceError]:
    """Every statement in order; in place of one that cannot be read, the error that says why."""
    for name in inputs:
        yield from (_fetched(name) if name.startswith(("http://", "https://")) else _read(Path(name)))


def _fetched(url: str) -> Iterator[Statement | SourceError]:
    from loaders.sources.web import fetch  # reading files shall not wait for an HTTP client

    try:
        yield fetch(url)
    except SourceError as error:
        yield error


def _read(path: Path) -> Iterator[Statement | SourceError]:
    try:
        files = list(paths([path]))
    except SourceError as error:
        yield error
        return
    for file in files:
        try:
            yield read(file)
        except SourceError as error:
            yield error
