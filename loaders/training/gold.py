"""Annotated statements to learn from: texts in a folder, acts as JSON Lines that point into them."""

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from loaders.sources.text import paths, read
from ontology.terms import Kind


class GoldError(ValueError):
    """An annotation that cannot be learnt from: what is wrong, in which line of which file, and what to do."""

    def __init__(self, where: str, what: str, remedy: str) -> None:
        super().__init__(f"{where}: {what}. {remedy}")
        self.where, self.what, self.remedy = where, what, remedy


@dataclass(frozen=True, slots=True)
class GoldAct:
    """One annotated act: `text[start:end]` of its document, in code points."""

    start: int
    end: int
    kind: Kind
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its acts in reading order, none overlapping another. Without acts it teaches what is no act."""

    document: str
    text: str
    acts: tuple[GoldAct, ...]


def read_gold(texts: Path, gold: Path) -> tuple[Annotated, ...]:
    """Every text of a folder with its acts.

    Raises GoldError at the first line that does not fit, and SourceError for a text that cannot be read.
    """
    found = _texts(texts)
    acts: dict[str, list[GoldAct]] = defaultdict(list)
    try:
        lines = gold.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(str(gold), f"cannot be read ({error})", "Give a UTF-8 file with one act per line.") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            document, act = _act(f"{gold}:{number}", line, found, texts)
            acts[document].append(act)
    if not acts:
        raise GoldError(str(gold), "holds no act", "Annotate at least one act.")
    return tuple(Annotated(name, text, without_overlaps(acts[name])) for name, text in found.items())


def without_overlaps(acts: list[GoldAct]) -> tuple[GoldAct, ...]:
    """A token has one label, so of two overlapping acts the one that begins first stays, the longer on a tie."""
    kept: list[GoldAct] = []
    for act in sorted(acts, key=lambda act: (act.start, -act.end)):
        if not kept or act.start >= kept[-1].end:
            kept.append(act)
    return tuple(kept)


def _texts(folder: Path) -> dict[str, str]:
    if not folder.is_dir():
        raise GoldError(str(folder), "is not a folder", "Give the folder that holds the annotated texts.")
    return {path.stem: read(path).text or "" for path in paths([folder])}


def _act(where: str, line: str, texts: dict[str, str], folder: Path) -> tuple[str, GoldAct]:
    row = _row(where, line)
    document, text = str(row["document"]), texts.get(str(row["document"]))
    if text is None:
        raise GoldError(where, f"names the text {document!r}", f"{folder} has no such file; add it or mend the name.")
    start, end, fields = row["start"], row["end"], row["fields"]
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
        raise GoldError(
            where, f"start {start!r} and end {end!r} lie outside the text", f"It has {len(text)} code points."
        )
    if "action" in row and text[start:end] != row["action"]:
        cut = text[start:end]
        raise GoldError(
            where,
            f"the offsets cut {cut[:60]!r}, the action is {str(row['action'])[:60]!r}",
            "Count Unicode code points of the text after any front matter, end exclusive.",
        )
    if row["kind"] not in tuple(Kind):
        raise GoldError(where, f"kind {row['kind']!r} is unknown", f"Use one of {', '.join(Kind)}.")
    if not (isinstance(fields, list) and fields and all(isinstance(field, str) for field in fields)):
        raise GoldError(where, f"fields is {fields!r}", "Give a list with at least one field's slug.")
    return document, GoldAct(start, end, Kind(str(row["kind"])), tuple(fields))


def _row(where: str, line: str) -> dict[str, object]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise GoldError(where, f"is not JSON ({error})", "Write one JSON object per line.") from error
    if not isinstance(row, dict):
        raise GoldError(where, "is not a JSON object", 'Write {"document": …, "kind": …, "start": …, "end": …}.')
    missing = [key for key in ("document", "kind", "start", "end", "fields") if key not in row]
    if missing:
        raise GoldError(where, f"lacks {', '.join(missing)}", "Every act needs document, kind, start, end and fields.")
    return row
