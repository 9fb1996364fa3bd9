"""The time limit or date of the promised action, word for word."""

import re
from typing import Final

from loaders.reading.slots.condition import condition
from loaders.reading.slots.times import Time, times
from ontology.terms import Kind

_PAST: Final = re.compile(
    r"(?:\w{2,}ed|held|made|begun|set|given|taken|sent|seen|won|met)\s*,?\s*(?:in\s+[A-Z]\w+\s+)?\Z"
)
_PASSIVE: Final = re.compile(r"\b(?:be|being|get)\s+(?:\w+ly\s+)?\w+\s*(?:in\s+[A-Z]\w+\s+)?\Z")
_NAMED: Final = re.compile(r"(?:in|by|from|for|on|at|of)\s+the\s+(?:19|20|21)\d\d|by\s+an?\s+quarter", re.I)
_ATTRIBUTIVE: Final = re.compile(r"\s*(?:['’]s\b|-\w)|\s+levels?\b|(?:\s+[A-Z][\w’'-]+)+\s+(?:[Ss]ummit|[Mm]eeting)")
_COMING: Final = re.compile(r"\b(?:next|upcoming|forthcoming|coming|this)\b", re.I)
_SOON: Final = re.compile(
    r"(?:(?:later|sometime|early)\s+(?:this|next|in\s+the)|this|next)\s+\w+(?:\s+\w+)?|tomorrow|shortly|very\s+soon|at\s+the\s+earliest\s+.+",
    re.I,
)
_BEFORE: Final = re.compile(
    r"(?:before|until|prior\s+to|ahead\s+of|no\s+later|not\s+later|by\s+the\s+time|by\s+(?:the\s+)?COP|by\s+the\s+(?:next|upcoming|\d{4}))",
    re.I,
)
_MODAL: Final = re.compile(r"(?:\b(?:will|shall|would|to|and|agreed|intends?|plans?)|,)\s*\Z")
_AHEAD: Final = re.compile(
    r"\b(?:before|prior\s+to|ahead\s+of|in\s+advance\s+of|in\s+the\s+lead[\s-]?up\s+to)\s+(?:the|any|its|their|our|his)\s+[^,;.()]{3,90}\Z",
    re.I,
)
_CALENDAR: Final = frozenset({"part", "date", "years", "season"})
_LABEL: Final = re.compile(r"\W*(?:\(?(?:\d{1,2}|[a-z])\\?[.)]\s+)?\W*")
_PLACE: Final = re.compile(r"\W*In\s+[A-Z]\w+,?\s+")
_TERM: Final = re.compile(r"\b(?:medium|short|long|longer)[\s-]term\Z", re.I)
_OF: Final = re.compile(r"\b(?:of|meet)\s+\Z")
_POSITIONS: Final = frozenset({Kind.SUPPORT, Kind.OPPOSITION})


def deadline(text: str, sentence: int, start: int, end: int, kind: Kind) -> tuple[int, int] | None:
    """Where the deadline of the act at `start` to `end` stands, if it has one; `sentence` is where that begins."""
    hangs_on = condition(text, sentence, start, end)
    if hangs_on and hangs_on[0] > start:
        end = hangs_on[0]
    inside = [time for time in times(text, start, end) if _within(text, time, start)]
    if kind in _POSITIONS:
        inside = [time for time in inside if time.lead in ("by", "within", "over", "")]
    if inside:
        best = max(inside, key=lambda time: (time.lead in ("by", "within", "over"), -time.start))
        return best.start, best.end
    for time in times(text, sentence, start):
        if _leads(text, time, sentence, start):
            return time.start, time.end
    ahead = _AHEAD.search(text, max(start, end - 120), end)
    return (ahead.start(), end) if ahead else None


def _within(text: str, time: Time, start: int) -> bool:
    phrase, before, after = (
        text[time.start : time.end],
        text[max(start, time.start - 60) : time.start],
        text[time.end : time.end + 40],
    )
    if time.form == "bare":
        return _SOON.fullmatch(phrase) is not None and _OF.search(before) is None
    if _ATTRIBUTIVE.match(after) or _NAMED.fullmatch(phrase):
        return False
    if time.lead != "over" and _TERM.search(phrase):
        return False
    if time.form == "occasion":
        return (time.lead == "by" and _BEFORE.match(phrase) is not None) or (
            time.lead in ("at", "during") and _COMING.search(phrase) is not None
        )
    if time.lead in ("in", "on", "at", "from") and time.form in _CALENDAR and _PAST.search(before):
        return _PASSIVE.search(before) is not None and len(before) < 45
    return True


def _leads(text: str, time: Time, sentence: int, start: int) -> bool:
    """Whether a time before the action belongs to it: it opens the sentence, or stands between "will" and the verb."""
    phrase = text[time.start : time.end]
    if (
        (time.form == "occasion" and not _BEFORE.match(phrase))
        or _NAMED.fullmatch(phrase)
        or (time.form == "bare" and not _SOON.fullmatch(phrase))
    ):
        return False
    if _LABEL.fullmatch(text, sentence, time.start) or _PLACE.fullmatch(text, sentence, time.start):
        return True
    return not text[time.end : start].strip(" ,") and _MODAL.search(text[sentence : time.start]) is not None
