"""The grammar of time expressions: dates, periods, occasions, with the preposition that leads them."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from loaders.reading.slots.phrases import pattern, phrases

_WORDS: Final = phrases("times.yaml")
_FORMS: Final = ("part", "date", "relative", "period", "years", "season", "occasion")
_LEADS: Final = ("by", "within", "in", "on", "at", "during", "over", "for", "from")
_CORE: Final = "|".join(_WORDS[form] for form in _FORMS)
_BETWEEN: Final = rf"between (?:{_WORDS['date']}|{_WORDS['years']}) and (?:{_WORDS['date']}|{_WORDS['years']})"
# The core stands in the pattern once, behind whichever lead: it is long, and compiling it takes time at every start.
_LED: Final = "|".join(rf"(?P<{lead}_>{_WORDS[lead]})" for lead in _LEADS)
_TIME: Final = pattern(
    rf"(?<![\w-])(?:(?:{_LED}) (?:{_CORE}){_WORDS['tail']}|(?P<between>{_BETWEEN})|(?P<bare>{_WORDS['bare']}))(?![\w-])"
)
_LEAD: Final = {lead: pattern(rf"{_WORDS[lead]} ") for lead in _LEADS}
_FORM: Final = {form: pattern(_WORDS[form]) for form in _FORMS}


class Time(NamedTuple):
    """A time expression in code points; `lead` is the class of its preposition, `form` what kind of time it is."""

    start: int
    end: int
    lead: str
    form: str


def times(text: str, start: int, end: int) -> Iterator[Time]:
    """Time expressions in a stretch of text, from left to right, none overlapping."""
    for found in _TIME.finditer(text, start, end):
        group = found.lastgroup or ""
        if group == "bare":
            yield Time(found.start(), found.end(), "", "bare")
        elif group == "between":
            yield Time(found.start(), found.end(), "between", "date")
        else:
            lead = group.removesuffix("_")
            yield Time(found.start(), found.end(), lead, _form(found.group(), lead))


def _form(phrase: str, lead: str) -> str:
    led = _LEAD[lead].match(phrase)
    at = led.end() if led else 0
    return next((form for form in _FORMS if (found := _FORM[form].match(phrase, at)) and found.end() > at), "occasion")
