"""Who is known without his state being named: holders of offices, by name and year.

`officeholders.yaml` lists them by the state or body for which they spoke, with the years in which they did.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from loaders.reading.registry import KnowledgeError, knowledge

_ENTRY: Final = re.compile(r"(?P<name>\D+?) (?P<first>\d{4})-(?P<last>\d{4})?")
_WORD: Final = re.compile(r"[^\W\d_]+")
_FOREVER: Final = 9999
_GRACE: Final = 1
"""Years by which a statement may miss a term: one speaks before it as a designate, and after it is still quoted."""
_LIVING: Final = 2005
"""In a text without a date, of two persons of one name the one of our time is meant."""
_PARTICLES: Final = frozenset(
    ["al", "bin", "da", "de", "del", "den", "der", "di", "dos", "du", "el", "la", "le", "van", "von"]
)
_COURTESY: Final = frozenset(["mr", "mrs", "ms", "dr", "sir", "jr", "fm", "pm", "nsa", "vp"])
_DATED: Final = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? )?"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug"
    r"|Sept?|Oct|Nov|Dec)\.?(?: \d{1,2}(?:st|nd|rd|th)?)?,? (?P<named>19[3-9]\d|20[0-4]\d)\b"
    r"|\b(?P<iso>19[3-9]\d|20[0-4]\d)-\d\d-\d\d\b"
)
_OPENING: Final = 600


@dataclass(frozen=True, slots=True)
class Officeholder:
    """A person by the folded words of the name, the last year included, and the party for which he or she spoke."""

    words: tuple[str, ...]
    family: frozenset[str]
    party: str
    first: int
    last: int


def party_of(name: str, year: int | None = None) -> str | None:
    """The party for which the bearer of a name spoke in a year, or last of all; None where several persons fit.

    The name may be the family name alone or more of the whole name in any order, also with initials.
    """
    words = _words(name)
    found = {holder for word in words for holder in _by_family().get(word, ()) if _is(holder, words)}
    if year is not None:
        found = {holder for holder in found if holder.first - _GRACE <= year <= holder.last + _GRACE}
    elif len({holder.words for holder in found}) > 1:
        found = {holder for holder in found if holder.last >= _LIVING} or found
    if len({holder.party for holder in found}) > 1 and len({holder.words for holder in found}) == 1:
        return max(found, key=lambda holder: holder.first).party
    parties = {holder.party for holder in found}
    return next(iter(parties)) if len(parties) == 1 else None


def year_of(text: str) -> int | None:
    """The year of the first whole date in the opening of a text."""
    match = _DATED.search(text, 0, _OPENING)
    return int(match["named"] or match["iso"]) if match else None


def _is(holder: Officeholder, words: tuple[str, ...]) -> bool:
    """Whether a name means this person: the family name alone, or with another name or initial of the person's."""
    others = [word for word in words if word not in holder.family]
    known = not others or any(_fits(word, one) for word in others for one in holder.words)
    return holder.family <= {*words} and known


def _fits(word: str, one: str) -> bool:
    """Whether a word is an initial or a spelling of a word of the name: "Mohammad" for "Mohammed"."""
    alike = min(len(word), len(one)) > 4 and word[:4] == one[:4] and abs(len(word) - len(one)) < 3
    return word == one or alike or (len(word) == 1 and one.startswith(word))


def _words(name: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ł", "l").replace("ø", "o").replace("Ø", "O"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(word for word in map(str.casefold, _WORD.findall(plain)) if word not in _COURTESY)


@lru_cache(maxsize=1)
def _by_family() -> Mapping[str, tuple[Officeholder, ...]]:
    """Every holder under each word of the family name."""
    table: dict[str, list[Officeholder]] = defaultdict(list)
    for party, entries in knowledge("officeholders.yaml").items():
        for entry in entries:
            holder = _holder(party, entry)
            for word in holder.family:
                table[word].append(holder)
    return {word: tuple(holders) for word, holders in table.items()}


def _holder(party: str, entry: str) -> Officeholder:
    match = _ENTRY.fullmatch(entry)
    family = [part for part in match["name"].split() if _shouted(part)] if match else []
    if match is None or not family:
        raise KnowledgeError(f"officeholders.yaml: {entry!r} of {party} is not like 'Ada MORN 1999-2004'")
    last = int(match["last"]) if match["last"] else _FOREVER
    named = frozenset(_words(" ".join(family)))
    return Officeholder(_words(match["name"]), named - _PARTICLES or named, party, int(match["first"]), last)


def _shouted(part: str) -> bool:
    letters = [letter for letter in part if letter.isalpha()]
    return len(letters) > 1 and "." not in part[:-1] and sum(map(str.isupper, letters)) > len(letters) / 2
