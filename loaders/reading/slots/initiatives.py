"""Named programmes and plans that an act is part of: the Belt and Road Initiative, the Paris Agreement."""

import re
from functools import cache
from importlib.resources import files
from typing import Final

import yaml

from ontology.identifiers import initiative_iri
from ontology.records import Initiative

_FRAME: Final = re.compile(
    r"\b(?:under|within|through|via|as\s+part\s+of|in\s+the\s+(?:framework|context|spirit)\s+of|in\s+line\s+with|on\s+the\s+basis\s+of)"
    r"\s+(?:the\s+|its\s+|their\s+)?(?:\w+\s+){0,2}\Z",
    re.I,
)


@cache
def table() -> dict[str, Initiative]:
    """Every known initiative under each of its names."""
    known = yaml.load(
        files(__package__).joinpath("initiatives.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    found: dict[str, Initiative] = {}
    for name, others in known.items():
        initiative = Initiative(iri=initiative_iri(str(name)), name=str(name), names=tuple(map(str, others)))
        found |= dict.fromkeys((initiative.name, *initiative.names), initiative)
    return found


@cache
def _names() -> re.Pattern[str]:
    names = sorted(table(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names) + r")(?!\w)")


def initiatives(text: str, sentence: int, start: int, end: int) -> tuple[Initiative, ...]:
    """The programmes named in the act at `start` to `end`, or under which its sentence puts it before that."""
    found = []
    for name in _names().finditer(text, sentence, end):
        framed = _FRAME.search(text, max(sentence, name.start() - 60), name.start())
        if name.start() >= start or (framed and name.end() <= start):
            found.append(table()[re.sub(r"\s+", " ", name.group())])
    return tuple(dict.fromkeys(found))
