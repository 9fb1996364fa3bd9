"""The committing words of an act, and how strongly they bind; adverbs do not raise it."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from loaders.reading.slots.phrases import pattern, phrases
from ontology.terms import Force, Kind

_CUES: Final = phrases("cues.yaml")
_PLEDGES: Final = (("binding", Force.BINDING), ("best_effort", Force.BEST_EFFORT), ("firm", Force.FIRM))
_INTENTIONS: Final = (("willingness", Force.WILLINGNESS), ("hope", Force.HOPE))
_CALLS: Final = (
    ("demand", Force.BINDING),
    ("urging", Force.FIRM),
    ("asking", Force.BEST_EFFORT),
    ("encouraging", Force.WILLINGNESS),
    ("hope", Force.HOPE),
)


def _any(rows: Iterable[tuple[str, Force]]) -> re.Pattern[str]:
    groups = "|".join(f"(?P<f{force:d}>{_CUES[name]})" for name, force in rows)
    return pattern(rf"(?<![\w’'-])(?:{groups})(?![\w’'-])|(?<=\w)(?P<f4x>['’]ll)\b")


_PATTERNS: Final = {
    Kind.PLEDGE: (_any(_PLEDGES), Force.FIRM),
    Kind.WILLINGNESS: (_any(_INTENTIONS), Force.WILLINGNESS),
    Kind.CALL: (_any(_CALLS), Force.FIRM),
}
_POSITION: Final = pattern(rf"(?<![\w-]){_CUES['position']}(?![\w-])")
_BEST_EFFORT: Final = pattern(_CUES["best_effort"] + r"\b")


class Cue(NamedTuple):
    """The committing words, as the text has them, and their force."""

    words: str | None
    force: Force


def cue(text: str, sentence: int, start: int, end: int, kind: Kind) -> Cue:
    """What commits the party to the act at `start` to `end`; `sentence` is where its sentence begins."""
    if kind in (Kind.SUPPORT, Kind.OPPOSITION):
        return _position(text, sentence, start, end)
    words, default = _PATTERNS[kind]
    last = words.match(text, start, end) or _last(words, text, sentence, start)
    force = Force(int(str(last.lastgroup)[1])) if last else default
    if kind is Kind.PLEDGE and force is Force.FIRM and _BEST_EFFORT.match(text, start, end):
        force = Force.BEST_EFFORT
    return Cue(_plain(last), force)


def _position(text: str, sentence: int, start: int, end: int) -> Cue:
    """Positions are taken by their verb, which opens the action or stands before it."""
    head = _POSITION.search(text, start, min(end, start + 40)) or _last(_POSITION, text, sentence, start)
    return Cue(_plain(head), Force.FIRM)


def _last(words: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    found = None
    for one in words.finditer(text, start, end):
        found = one
    return found


def _plain(found: re.Match[str] | None) -> str | None:
    return re.sub(r"\s+", " ", found.group()) if found else None
