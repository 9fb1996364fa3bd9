"""What a model may answer, and what of its answer the paragraph bears out."""

import json
import re
from collections import Counter
from enum import StrEnum
from typing import Any, Final

from loaders.reading.tagger import Span
from ontology.taxonomy import TOP
from ontology.terms import Kind

SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["acts"],
    "properties": {
        "acts": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["quote", "kind", "fields", "confidence"],
                "properties": {
                    "quote": {"type": "string", "description": "The action, word for word as in the paragraph."},
                    "kind": {"type": "string", "enum": [kind.value for kind in Kind]},
                    "fields": {"type": "array", "minItems": 1, "items": {"type": "string", "enum": list(TOP)}},
                    "confidence": {"type": "number", "minimum": 0, "maximum": 1},
                },
            },
        }
    },
}
"""The shape of an answer: what `Span` holds, with a quote in place of offsets."""


class Refusal(StrEnum):
    """Why something that a model answered became no act."""

    SHAPE = "not of the shape that was asked for"
    QUOTE = "quoted words that do not stand in the text"
    OVERLAP = "lay over another act"


def borne_out(answer: str, paragraph: str, start: int) -> tuple[tuple[Span, ...], Counter[Refusal]]:
    """The acts of an answer whose quotes stand in the paragraph, in order, and how many were refused and why."""
    refused = Counter[Refusal]()
    taken: list[tuple[int, int]] = []
    found: list[Span] = []
    for act in _acts(answer, refused):
        span, refusal = _placed(act, paragraph, taken)
        if span is None:
            refused[refusal] += 1
            continue
        taken.append(span)
        found.append(
            Span(start + span[0], start + span[1], Kind(act["kind"]), tuple(act["fields"]), float(act["confidence"]))
        )
    return tuple(sorted(found, key=lambda one: one.start)), refused


def _acts(answer: str, refused: Counter[Refusal]) -> list[dict[str, Any]]:
    try:
        acts = json.loads(answer)["acts"]
    except (ValueError, LookupError, TypeError, RecursionError):
        acts = None
    if not isinstance(acts, list):
        refused[Refusal.SHAPE] += 1
        return []
    sound = [act for act in acts if _sound(act)]
    refused[Refusal.SHAPE] += len(acts) - len(sound)
    return sound


def _sound(act: Any) -> bool:
    if not isinstance(act, dict):
        return False
    quote, kind, fields, sure = (act.get(key) for key in ("quote", "kind", "fields", "confidence"))
    return (
        isinstance(quote, str)
        and any(letter.isalnum() for letter in quote)
        and kind in tuple(Kind)
        and isinstance(fields, list)
        and bool(fields)
        and all(field in TOP for field in fields)
        and isinstance(sure, int | float)
        and 0 <= sure <= 1
    )


def _placed(
    act: dict[str, Any], paragraph: str, taken: list[tuple[int, int]]
) -> tuple[tuple[int, int] | None, Refusal]:
    """Where the quote stands for the first time without lying over another act; spaces may differ, letters not."""
    words = map(re.escape, act["quote"].split())
    places = [match.span() for match in re.finditer(r"\s+".join(words), paragraph)]
    free = [place for place in places if all(place[1] <= low or high <= place[0] for low, high in taken)]
    return (free[0] if free else None), (Refusal.OVERLAP if places else Refusal.QUOTE)
