"""Rows of an answer in Cypher as JSON, as lines of JSON and as CSV, from values as the driver gives them.

A node is `{iri, labels, properties}`, a relationship `{type, start, end, properties}` with the iris of its ends where
they are known, a path `{nodes, relationships}`; what has to do with time is written as ISO 8601 has it.
"""

import base64
import csv
import io
import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time

from graph.aliases import Ends, named, shown

# A fraction of a second without what says nothing.
_ZEROS: Final = re.compile(r"(?:\.|(\.\d*[1-9]))0+(?=[^\d]|$)")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
Rows = Iterable[Sequence[Any]]


def as_json(columns: Sequence[str], rows: Rows) -> Iterator[bytes]:
    """`{"columns": [...], "rows": [[...], ...]}`."""
    yield b'{"columns":' + _json([named(column) for column, _ in shown(columns)]) + b',"rows":['
    separator = b""
    for row in _values(columns, rows):
        yield separator + _json(row)
        separator = b","
    yield b"]}"


def as_lines(columns: Sequence[str], rows: Rows) -> Iterator[bytes]:
    """One JSON object a line, with the columns as its members."""
    names = [named(column) for column, _ in shown(columns)]
    for row in _values(columns, rows):
        yield _json(dict(zip(names, row, strict=True))) + b"\n"


def as_csv(columns: Sequence[str], rows: Rows) -> Iterator[bytes]:
    """RFC 4180 with a header line; what is no single value stands in its cell as JSON.

    A cell that a spreadsheet would run as a formula begins with an apostrophe.
    """
    yield _line([_harmless(named(column)) for column, _ in shown(columns)])
    for row in _values(columns, rows):
        yield _line([_cell(value) for value in row])


def _values(columns: Sequence[str], rows: Rows) -> Iterator[list[Any]]:
    places = shown(columns)
    where = {column: place for place, column in enumerate(columns)}
    picks: list[Callable[[Sequence[Any]], Any]] = [_pick(where[column], ends, where) for column, ends in places]
    for row in rows:
        yield [pick(row) for pick in picks]


def _pick(place: int, ends: Ends | None, where: Mapping[str, int]) -> Callable[[Sequence[Any]], Any]:
    if ends is None:
        return lambda row: plain(row[place])
    start, end = where[ends.start], where[ends.end]
    return lambda row: _with_ends(plain(row[place]), row[start], row[end])


def _with_ends(value: Any, start: Any, end: Any) -> Any:
    return value | {"start": start, "end": end} if isinstance(value, dict) else value


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if math.isfinite(value) else _unusual(value)
        case list():
            return [plain(each) for each in value]
        case dict():
            return {key: plain(each) for key, each in value.items()}
        case Node():
            return {
                "iri": value.get("iri"),
                "labels": sorted(value.labels),
                "properties": plain(dict(value)),
            }
        case Relationship():
            start, end = ((node.get("iri") if node else None) for node in value.nodes)
            return {"type": value.type, "start": start, "end": end, "properties": plain(dict(value))}
        case Path():
            return {"nodes": [*map(plain, value.nodes)], "relationships": [*map(plain, value.relationships)]}
        case Date() | Duration():
            return value.iso_format()
        case DateTime() | Time():
            return _ZEROS.sub(r"\1", value.iso_format())
        case Point():
            return {"srid": value.srid, "coordinates": list(value)}
        case bytes() | bytearray():
            return base64.b64encode(value).decode()
    return str(value)


def _unusual(number: float) -> str:
    return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode(errors="replace")


def _cell(value: Any) -> Any:
    match value:
        case bool():
            return "true" if value else "false"
        case list() | dict():
            return _json(value).decode()
        case str():
            return _harmless(value)
    return value


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _line(cells: list[Any]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue().encode(errors="replace")
