"""The statements behind what stands on the command line: files, folders, web addresses."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from loaders.sources.text import SourceError, paths, read
from ontology.records import Statement

Source = Path | str | SourceError


def sources(inputs: Iterable[str]) -> Iterator[Source]:
    """A path or a web address for every statement; in place of a folder that holds none, the error that says so."""
    for name in inputs:
        if name.startswith(("http://", "https://")):
            yield name
        else:
            try:
                yield from paths([Path(name)])
            except SourceError as error:
                yield error


def statement(source: Source) -> Statement | SourceError:
    """The statement of a source, or the error that says why there is none."""
    try:
        if isinstance(source, str):
            from loaders.sources.web import fetch  # reading files shall not wait for an HTTP client

            return fetch(source)
        return source if isinstance(source, SourceError) else read(source)
    except SourceError as error:
        return error
