"""Files of annotated acts, as rows: JSON Lines as the guideline writes them, W3C Web Annotations, BRAT standoff."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from loaders.reading.standoff import AnnotationError, brat, content_of, is_web_annotation, web_annotations, web_row
from ontology.terms import Kind

__all__ = ["AnnotationError", "rows"]

_JSON: Final = (".json", ".jsonld")


def rows(path: Path, needed: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The acts of a JSON Lines file, of a JSON file of Web Annotations or of a folder of BRAT files as they are
    written, each with its place, the needed keys and a known kind.

    Raises AnnotationError at the first that is no such act, and for a file that holds none.
    """
    found = brat(path) if path.is_dir() else web_annotations(path) if path.suffix in _JSON else _lines(path)
    none = True
    for where, row in found:
        none = False
        yield where, _checked(row, where, needed)
    if none:
        raise AnnotationError("holds no act", str(path), "Give a file with one annotated act a line.")


def _lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, line in enumerate(content_of(path).split("\n"), 1):
        if line.strip():
            where = f"{path}:{number}"
            yield where, _row(line, where)


def _row(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise AnnotationError(f"is not JSON ({error})", where, "Write one JSON object a line.") from error
    if not isinstance(row, dict):
        remedy = 'Write {"document": …, "kind": …, "start": …, "end": …}.'
        raise AnnotationError("is not a JSON object", where, remedy)
    return web_row(row, where) if is_web_annotation(row) else row


def _checked(row: dict[str, Any], where: str, needed: Sequence[str]) -> dict[str, Any]:
    missing = [key for key in needed if key not in row]
    if missing:
        raise AnnotationError(f"lacks {', '.join(missing)}", where, f"Every act needs {', '.join(needed)}.")
    if row["kind"] not in tuple(Kind):
        raise AnnotationError(f"the kind {row['kind']!r} is unknown", where, f"Use one of {', '.join(Kind)}.")
    return row
