"""The promised amount, word for word: money, shares, counted things, targets such as net zero."""

import re
from typing import Final

from loaders.reading.slots.phrases import pattern, phrases
from ontology.terms import Kind

_WORDS: Final = phrases("quantities.yaml")
_ABOUT: Final = f"(?:{_WORDS['about']} ){{0,3}}"
_EACH: Final = _WORDS["each"]
_MONEY: Final = f"{_ABOUT}{_WORDS['money']}{_WORDS['in_other_money']}{_EACH}{_WORDS['yearly']}"
_SHARE: Final = (
    f"(?:(?:from|another) )?{_ABOUT}{_WORDS['range']}{_WORDS['share']}"
    f"(?:(?<!degree)(?<!degrees)(?<!Celsius)(?<!C){_WORDS['whole']})?{_EACH}{_WORDS['yearly']}"
)
_COUNT: Final = rf"(?:from (?=[\d,]+ to \d))?{_ABOUT}{_WORDS['count']}(?: and {_WORDS['count']})?{_EACH}"
_QUANTITY: Final = pattern(
    rf"(?<![\w.$-])(?:(?P<money>{_MONEY})|(?P<share>{_SHARE})|(?P<target>{_WORDS['target']})"
    rf"|(?P<portion>{_WORDS['portion']})|(?P<count>{_COUNT}))(?!\w)"
)
_DEFINITE: Final = pattern(rf"(?:\b{_WORDS['definite']} |/)\Z")
_NO_THING: Final = pattern(rf"\b{_WORDS['no_thing']}\Z")
_DURATION: Final = pattern(
    rf"{_ABOUT}{_WORDS['range']}[\s-]+(?:years?|months?|weeks?|days?|hours?|minutes?)(?:['’]\s?\w+)?"
)
_NUMBERED: Final = re.compile(r"\b[A-Z][\w’'-]*\s+\Z")
_YEAR: Final = re.compile(r"(?:19|20|21)\d\d\b(?!,)")
_LOOSE: Final = pattern(rf"(?: {_WORDS['loose']})+\Z")
_COMPOUND: Final = pattern(rf"(?:at least )?(?:\d+|a third|(?!{_WORDS['tens']}\b)[a-z]+)-[a-z]")
_EACH_LAST: Final = pattern(rf"{_EACH}\Z")
_COUNTED: Final = frozenset({Kind.PLEDGE, Kind.WILLINGNESS})


def quantity(text: str, start: int, end: int, kind: Kind) -> tuple[int, int] | None:
    """Where the quantity of the action at `start` to `end` stands, if it promises one."""
    found = [match for match in _QUANTITY.finditer(text, start, end) if _promised(text, match, kind)]
    if not found:
        return None
    best = min(found, key=lambda match: (match.lastgroup == "count", match.start()))
    loose = _LOOSE.search(best.group()) if best.lastgroup == "count" else None
    return best.start(), best.start() + loose.start() if loose else best.end()


def _promised(text: str, match: re.Match[str], kind: Kind) -> bool:
    if match.lastgroup == "money":
        return True
    before = text[max(0, match.start() - 20) : match.start()]
    if match.lastgroup == "share":
        return _DEFINITE.search(before) is None and not text.startswith("-", match.end())
    if match.lastgroup != "count":
        return kind in _COUNTED
    phrase = _EACH_LAST.sub("", match.group())
    return (
        kind in _COUNTED
        and _DEFINITE.search(before) is None
        and _NO_THING.search(phrase) is None
        and _DURATION.fullmatch(phrase) is None
        and not (phrase[0].isdigit() and _NUMBERED.search(before))
        and _YEAR.match(phrase) is None
        and _COMPOUND.match(phrase) is None
    )
