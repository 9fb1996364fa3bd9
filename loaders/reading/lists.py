"""Lists of parties in a text, "A, B and C", and the one to which the text returns most."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from loaders.reading.clauses import governs, headed
from loaders.reading.issuers import HEAD
from loaders.reading.references import Reference, References
from loaders.reading.registry import Registry, knowledge
from loaders.reading.stances import NEVER
from ontology.records import Actor
from ontology.terms import ActorType

_AND = re.compile(
    r"(?:[”\"]?\))?\s*(?:\([^()\n]{1,60}\))?(?:,\s+(?:represented|led|headed)\s+by\s[^.;]{3,120}?(?=,\s+and\s))?\s*"
    r"(?:,|;|/|–|-|&|,?\s*\band\b|,?\s+as\s+well\s+as|,?\s+together\s+with|\s+and\s+its\s+Member\s+States\s+and|\s+with"
    r"|,?\s+of\s+the\s+(?:one|first)\s+part,?\s+and)"
    r"\s*(?:and\s+)?(?:of\s+|between\s+)?(?:the\s+)?(?:Governments?\s+of\s+|(?:his|her)\s+\w+\s+)?"
    r"(?:my\s+(?:own\s+)?country,\s+)?(?:the\s+)?(?:(?:Provisional|Military|Revolutionary|Transitional|Royal)\s+)*",
    re.I,
)
_ANEW = re.compile(r"(?:the\s+)?(?:representatives|leaders|ministers|members|member\s+states)\b")
_SAME = re.compile(r"(?:,?\s+of\s+(?:the\s+)?|\s*\(?\s*(?:the\s+)?[“\"]?|,\s+)")
_PAIRED = re.compile(r"\band\b|&|/|[–-]|\bwith\b|as\s+well\s+as", re.I)
_ISSUED_BY = re.compile(
    r"(?i)(?:\b(?:statement|communiqu\S+|text|declaration)\b[^.\n]{0,70}\bby\s+|^by\s+|\n(?:by|between)\s+"
    r"|(?:agreement|memorandum|treaty|protocol|consultations?|dialogue|talks|meeting)\b[^.\n]{0,60}\bbetween\s+)"
    r"(?:the\s+)?(?:governments?\s+of\s+(?:the\s+)?)?$"
)
_ASKED = re.compile(r"\b(?:ask|urge|call\s+on|thank|welcome|invite|encourage|request)\w*\s+(?:the\s+)?$")
_DEFINED = re.compile(
    r"\s*\(\s*(?:hereinafter|hereafter|collectively|together|the\s+[“\"](?:Participants|Parties|Sides|Leaders))"
)
_FIRST = re.compile(r"(?:^|[.\n][”\"]?\s)\s*(?:\d+\.\s+)?(?:The\s+|Both\s+|Today,?\s+(?:the\s+)?)?$")


@dataclass(frozen=True, slots=True)
class Run:
    """One list in the text: its first and its last phrase, and the parties."""

    first: Reference
    last: Reference
    actors: tuple[Actor, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list to which a text returns: how often, where it begins, whether the text opens with it as a subject."""

    actors: tuple[Actor, ...] = ()
    count: int = 0
    opens: bool = False
    start: int = 0


@dataclass(slots=True)
class _Tally:
    score: int = 0
    runs: list[Run] = field(default_factory=list)


def runs(references: References) -> list[Run]:
    """All lists of parties in the text, a single party being one of its own."""
    found: list[tuple[list[Reference], list[Actor]]] = []
    previous: Reference | None = None
    for reference in references.all:
        if reference.sort not in ("party", "person", "office", "organisation") or not reference.actors:
            continue
        gap = references.text[previous.end : reference.start] if previous else ""
        anew = gap.strip() == "," and _ANEW.match(references.text, reference.start, reference.core)
        if previous and _AND.fullmatch(gap) and not anew:
            found[-1][0].append(reference)
            found[-1][1].append(reference.actors[0])
        elif previous and _SAME.fullmatch(gap) and reference.actors[0].name == found[-1][1][-1].name:
            found[-1][0].append(reference)
        else:
            found.append(([reference], [reference.actors[0]]))
        previous = reference
    return [Run(phrases[0], phrases[-1], tuple(dict.fromkeys(actors))) for phrases, actors in found]


def listed(references: References, owner: Actor | None, among: bool = False) -> Listed:
    """The list of parties that the text returns to most, early ones counting more; a known issuer is among them.

    `among` lets organisations in, as the texts of agreements do.
    """
    tallies: dict[frozenset[str], _Tally] = defaultdict(_Tally)
    for run in runs(references):
        actors = tuple(actor for actor in run.actors if actor.name not in NEVER)
        if not _counts(references, run, actors, owner, among):
            continue
        start, tally = run.first.start, tallies[frozenset(actor.name for actor in actors)]
        tally.score += 8 if start < 250 else 5 if start < 500 else 2 if start < HEAD else 1
        tally.score += 8 if _DEFINED.match(references.text, run.last.end) else 0
        tally.runs.append(Run(run.first, run.last, actors))
    if not tallies:
        return Listed()
    best = max(tallies.values(), key=lambda tally: (tally.score, len(tally.runs[0].actors)))
    if best.score < 4:
        return Listed()
    opens = any(_opens(references, run) for run in best.runs if run.first.start < 250)
    return Listed(best.runs[0].actors, len(best.runs), opens, best.runs[0].first.start)


def _counts(references: References, run: Run, actors: tuple[Actor, ...], owner: Actor | None, among: bool) -> bool:
    if len(actors) < 2 or (not among and any(actor.type == ActorType.ORGANISATION for actor in actors)):
        return False
    if len(actors) == 2 and not _PAIRED.search(references.text, run.first.end - 2, run.last.start + 1):
        return False
    return owner is None or any(actor.name == owner.name for actor in actors)


def _opens(references: References, run: Run) -> bool:
    """Whether the list is the subject of its sentence, or is named as who issues the text."""
    text, start = references.text, run.first.start
    before = text[max(0, start - 90) : start]
    if _ISSUED_BY.search(before) or before.rstrip().endswith("("):
        return True
    if _ASKED.search(before) or run.last.owned or headed(text, run.first):
        return False
    return _FIRST.search(before) is not None or governs(text, run.last)


@lru_cache(maxsize=1)
def _groups() -> dict[str, dict[str, Any]]:
    table = knowledge("bodies.yaml")
    return {key: table[key] for key in ("members", "regions", "named")}


def whole(actors: tuple[Actor, ...], text: str, registry: Registry) -> tuple[Actor, ...]:
    """The group of which exactly the listed ones are the members, if the text names it; else the list."""
    names = frozenset(actor.name for actor in actors)
    for group, members in _groups()["members"].items():
        if names == frozenset(members) and re.search(rf"\b{re.escape(group)}(?!\w)", text):
            return (registry.named(group),)
    for region, members in _groups()["regions"].items():
        if len(names & frozenset(members)) >= 5:
            return (registry.named(region), *(actor for actor in actors if actor.name not in members))
    return actors


def within(group: Actor, actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Those of some parties who are the members of a group, if most of them are there; else the group."""
    members = _groups()["named"].get(group.name, ())
    found = tuple(actor for actor in actors if actor.name in members)
    return found if len(found) > len(members) / 2 else (group,)
