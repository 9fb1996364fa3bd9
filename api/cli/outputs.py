"""Where a command writes: a file that is there whole or not at all, or stdout."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


class OutputError(OSError):
    """A file that cannot be written: which, why, and what to do."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(f"{path}: cannot be written ({error.strerror or error}). Name a file in a folder of yours.")


@contextmanager
def output(path: Path | None) -> Iterator[BinaryIO]:
    """Bytes for a file, which replaces what was there only when all went well, or for stdout. Raises OutputError."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        file = draft.open("xb")
    except OSError as error:
        raise OutputError(path, error) from error
    try:
        with file:
            yield file
        _move(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _move(draft: Path, path: Path) -> None:
    try:
        draft.replace(path)
    except OSError as error:
        raise OutputError(path, error) from error
