"""Annotations that other tools write, as the rows of the guideline: W3C Web Annotation, and BRAT standoff.

A kind is the class of an annotation, its fields are tags. What such files have no place for stays unsaid.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from ontology.taxonomy import TOP
from ontology.terms import Kind

Rows = Iterator[tuple[str, dict[str, Any]]]

_ENTITY: Final = re.compile(r"(?P<id>T\S+)\t(?P<type>\S+) (?P<spans>\d+ \d+(?:;\d+ \d+)*)\t(?P<text>.*)")
_ATTRIBUTE: Final = re.compile(r"[AM]\S*\t(?P<name>\S+) (?P<of>T\S+)(?: (?P<value>.+))?")


class AnnotationError(ValueError):
    """An annotation that cannot be used: what is wrong, where, and what to do."""

    def __init__(self, what: str, where: str, remedy: str) -> None:
        super().__init__(f"{where}: {what}. {remedy}")
        self.what, self.where, self.remedy = what, where, remedy


def content_of(path: Path) -> str:
    """The text of a file of annotations; raises AnnotationError."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        remedy = "Give a UTF-8 file with one annotated act a line."
        raise AnnotationError(f"cannot be read ({error})", str(path), remedy) from error


def brat(folder: Path) -> Rows:
    """The entities of every `.ann` file of a folder; a field is an attribute `Field` or one called like the field."""
    files = sorted(folder.glob("*.ann"))
    if not files:
        raise AnnotationError("holds no .ann file", str(folder), "Give a folder of BRAT annotations, or a JSON file.")
    for file in files:
        lines = content_of(file).split("\n")
        fields = _attributes(lines)
        for number, line in enumerate(lines, 1):
            if line.startswith("T"):
                where = f"{file}:{number}"
                match = _ENTITY.fullmatch(line)
                if match is None:
                    raise AnnotationError("is no text-bound annotation", where, "Write it as BRAT does.")
                yield where, _of_brat(match, file.stem, fields)


def _attributes(lines: list[str]) -> Mapping[str, list[str]]:
    fields: defaultdict[str, list[str]] = defaultdict(list)
    for line in lines:
        if match := _ATTRIBUTE.fullmatch(line):
            name = match["name"].lower()
            if name.startswith("field"):
                fields[match["of"]] += re.findall(r"[\w-]+", match["value"] or "")
            elif name in TOP:
                fields[match["of"]].append(name)
    return fields


def _of_brat(match: re.Match[str], document: str, fields: Mapping[str, list[str]]) -> dict[str, Any]:
    ends = [int(number) for number in re.findall(r"\d+", match["spans"])]
    row = {"document": document, "kind": match["type"].lower(), "start": min(ends), "end": max(ends)}
    # An annotation in pieces has no action of its own: between them lies what belongs to none.
    said = {"action": match["text"]} if len(ends) == 2 else {}
    return row | said | {"fields": fields.get(match["id"], [])}


def web_annotations(path: Path) -> Rows:
    """The annotations of a JSON file: one, a list, a collection or a page of them."""
    try:
        content = json.loads(content_of(path))
    except json.JSONDecodeError as error:
        raise AnnotationError(f"is not JSON ({error})", str(path), "Give Web Annotations as JSON.") from error
    for number, annotation in enumerate(_items(content), 1):
        where = f"{path}: annotation {number}"
        yield where, web_row(annotation, where)


def is_web_annotation(value: Any) -> bool:
    """Whether a JSON value is a W3C Web Annotation."""
    return isinstance(value, dict) and "Annotation" in _several(value.get("type")) and "target" in value


def _items(content: Any) -> list[Any]:
    if isinstance(content, dict):
        for key in ("first", "items"):
            if key in content:
                return _items(content[key])
        return [content]
    return content if isinstance(content, list) else [content]


def web_row(annotation: Any, where: str) -> dict[str, Any]:
    """One annotation as a row. Raises AnnotationError."""
    if not is_web_annotation(annotation):
        raise AnnotationError("is no Web Annotation", where, 'Write {"type": "Annotation", "body": …, "target": …}.')
    target = annotation["target"]
    if not isinstance(target, dict) or not isinstance(target.get("source"), str):
        raise AnnotationError("has no target with a source", where, "Name the text in target.source.")
    bodies = [(body.get("purpose"), str(body.get("value", ""))) for body in _bodies(annotation)]
    kinds = [value.lower() for purpose, value in bodies if value.lower() in tuple(Kind)]
    row = {
        "document": PurePosixPath(unquote(urlsplit(target["source"]).path)).stem,
        "kind": next(iter(kinds), "none"),
        "fields": [value.lower() for _, value in bodies if value.lower() in TOP],
    }
    named = [value for purpose, value in bodies if purpose == "identifying"]
    return row | _place(target, where) | ({"actors": named} if named else {})


def _bodies(annotation: dict[str, Any]) -> list[dict[str, Any]]:
    bodies = _several(annotation.get("body"))
    return [body if isinstance(body, dict) else {"value": body} for body in bodies]


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _place(target: dict[str, Any], where: str) -> dict[str, Any]:
    place: dict[str, Any] = {}
    for selector in _several(target.get("selector")):
        if isinstance(selector, dict) and selector.get("type") == "TextPositionSelector":
            place |= {"start": selector.get("start"), "end": selector.get("end")}
        elif isinstance(selector, dict) and selector.get("type") == "TextQuoteSelector":
            place["action"] = selector.get("exact")
    if "start" not in place:
        raise AnnotationError("has no TextPositionSelector", where, "Give start and end in code points.")
    return place
