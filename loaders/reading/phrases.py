"""Noun phrases that can stand for a party, one by one: names with their heads, pronouns, roles, persons."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from loaders.reading.people import Named
from loaders.reading.registry import Mention, knowledge
from ontology.records import Actor

Sort = Literal["party", "person", "office", "we", "i", "plural", "they", "he", "it", "own", "organisation"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A noun phrase at `start` to `end` that can stand for a party.

    `actors` are those that the phrase names itself; pronouns and roles have none. `attributive` marks a name that
    only qualifies another noun ("Ruritanian companies"), `owned` one that ends in a possessive or is one. `core` is
    where the name itself begins in "the Government of Ruritania".
    """

    start: int
    end: int
    sort: Sort
    actors: tuple[Actor, ...] = ()
    name: str | None = None
    attributive: bool = False
    owned: bool = False
    core: int = 0


_LED = re.compile(
    r"(?:\b[Tt]he\s+)?\b(?:(?:[Gg]overnments?|[Pp]eoples?|[Dd]elegation|[Rr]epublic|[Kk]ingdom|[Ss]tate|[Ll]eaders?"
    r"|[Mm]embers?|[Mm]ember\s+[Ss]tates|[Ll]eadership|[Mm]inisters?|GOVERNMENT|[Rr]epresentatives?|[Aa]uthorities"
    r"|[Ss]ultanate|[Cc]ommonwealth|[Pp]arliament)\s+(?:of|from)\s+(?:[Tt]he\s+)?)+$"
)
_OFFICE_OF = re.compile(
    r"(?:\b[Tt]he\s+)?\b(?:Ministry|Department)\s+(?:of|for)\s+(?:[A-Z]\w+(?:,\s+|\s+and\s+|\s+)){1,7}of\s+(?:the\s+)?(?:\w+\s+of\s+)?$"
)
_PRONOUN = re.compile(
    r"(?<![\w’'-])(?:(?P<we>[Ww]e|WE|[Oo]ur|[Uu]s|[Oo]urselves)|(?P<i>I|[Mm]y|[Mm]yself)"
    r"|(?P<they>[Tt]hey|[Tt]heir|[Tt]hem)|(?P<he>[Hh]e|[Ss]he|[Hh]is|[Hh]er)|(?P<it>[Ii]t|[Ii]ts))(?![\w-])"
)
_POSSESSIVE = frozenset(("our", "my", "their", "his", "her", "its"))
_SIDES = (
    r"sides|vice-ministers|countries|leaders|ministers|presidents|prime\s+ministers|foreign\s+ministers|governments"
    r"|nations|parties|heads\s+of\s+(?:state|government|delegation)s?(?:\s+and\s+government)?|delegations|secretaries"
    r"|states|partners|allies|neighbou?rs|principals|officials|peoples|signatories|participants|chairs|co-chairs"
    r"|members|mayors|companies|firms|institutions|unions|democracies|economies|defen[cs]e\s+ministers|contracting\s+parties|chiefs|militaries|advis[oe]rs"
)
_BARE = (
    r"(?:Leaders|Ministers|Heads\s+of\s+(?:State|Government|Delegation)(?:\s+and\s+(?:of\s+)?Government)?|Allies"
    r"|Allied\s+(?:leaders|ministers)|Delegations|Presidents|Parties|Participants|Members|Vice-Ministers|Governors)"
    r"(?=\s+[a-z]+)|(?<=,\s)(?:leaders|ministers|participants)(?=\s+[a-z]+)"
)
_COUNTED = (
    rf"(?i:(?:the\s+|both\s+|our\s+)?(?:both|two|three|four|five)\s+(?:of\s+(?:our|the)\s+)?(?:[\w-]+\s+){{0,3}}?"
    rf"(?:{_SIDES}))"
)
_DEFINED = (
    r"(?i:the\s+(?:(?:foreign|prime|defen[cs]e|contracting|high\s+contracting|high|participating|signatory|member|trade"
    rf"|energy|health)\s+)?(?:{_SIDES})|our\s+(?:countries|nations|governments|leaders)|both\s+of\s+us"
    r"|the\s+(?:two|three|four)(?=\s+(?:agreed|will|also|have|reaffirmed|pledged|committed|expressed))"
    r"|both(?=\s+(?:agreed|remain|have|had|will|also|are|were|expressed|reaffirmed|pledged|stressed|said|would))"
    r"|(?:each|either|neither)\s+(?:of\s+the\s+)?(?:high\s+)?(?:contracting\s+)?(?:side|party|country|government|parties))"
)
_PLURAL = re.compile(rf"(?<![\w-])(?:{_BARE}|{_COUNTED}|{_DEFINED})(?![\w-])")
_OWN = re.compile(
    r"(?<![\w-])(?i:his|her|its|their|the\s+(?:host|latter['’]s))\s+(?i:(?:own\s+)?(?:country|government|nation"
    r"|administration|office|delegation|side|party|institution|counterparts?))(?![\w-])"
)
_ORGAN = re.compile(
    r"['’]s?\s+(?:(?!and\b)[\w-]+\s+){0,2}?(?:[Mm]inistry|[Gg]overnment|[Pp]arliament|[Cc]abinet|[Dd]elegation|[Aa]uthorities)(?![\w-])"
    r"(?!\s+of\b)"
)
_SOMEBODY = re.compile(
    r"(?<![\w-])[Tt]he\s+(?:(?:top|senior|chief|veteran|Russian|former)\s+)?(?:diplomat|politician|official|lawmaker|legislator"
    r"|head\s+of\s+(?:state|government)|premier|negotiator|spokesperson|spokesman|spokeswoman)(?=\s+(?:also\s+)?\w+ed\b|\s+(?:also\s+)?said\b)"
)
_OURS = re.compile(
    r"(?<![\w-])(?:[Mm]y|[Oo]ur)\s+(?:own\s+)?(?:country|[Gg]overnment|nation|[Dd]elegation|[Aa]dministration|party"
    r"|organi[sz]ation|[Mm]inistry|[Dd]epartment)(?![\w-])"
)
_SAYS = re.compile(r"\s+(?:\w+ly\s+)?(?:said|says|added|noted|stressed|stated|explained)[^,.;\n]{0,40},\s+(?=[a-z])")
_COMMA = re.compile(r"(?<=\w),\s+(?:the\s+)?$")
_DEFINITE = re.compile(
    r"(?<![\w-])[Tt]he\s+(?:(?:National|Federal|Central|Royal|Transitional|Interim|Provisional|Caretaker)\s+(?=Gov))?"
    r"(?P<head>[Gg]overnment|[Aa]dministration|Commission|Council|Union|[Bb]ank|Board|[Mm]inistry"
    r"|Department|Agency|Committee|Federation|Kingdom|Republic|Party|[Gg]roup|Forum|Authority|Assembly|Conference"
    r"|Organi[sz]ation|Coalition|Alliance|[Ff]und|Secretariat|Congress|Front|Presidency|Summit|Ministerial|Senate"
    r"|Meeting|[Cc]ompany|[Dd]elegation|bloc|firm|union|[Ff]oundation|consortium|airline|utility)(?![\w-])(?!\s+of\b)"
)


@lru_cache(maxsize=1)
def _heads() -> re.Pattern[str]:
    """What makes "the Ruritanian …" a way to name the state itself."""
    words = sorted(set(knowledge("grammar.yaml")["heads"]["state"].split()), key=len, reverse=True)
    return re.compile(
        r"\s+(?:(?:new|federal|central|interim|military|national|coalition|State|Federal|Transitional|Royal|ruling)\s+)?"
        rf"(?:{'|'.join(map(re.escape, words))})(?![\w-])"
    )


def interposed(text: str, reference: Reference) -> bool:
    """Whether a phrase only says the clause that it interrupts: "Ruritania, the spokesman said, has agreed"."""
    before = _COMMA.search(text, max(0, reference.start - 8), reference.start)
    return before is not None and _SAYS.match(text, reference.end) is not None


def owns(text: str, end: int) -> bool:
    """Whether a possessive ending follows."""
    return text.startswith(("'s ", "'s\n", "s' "), end) or (text.startswith("' ", end) and text[end - 1] == "s")


def _led(text: str, start: int) -> int:
    """Where the phrase begins whose last part is the name at `start`: "the Government of the Republic of …"."""
    match = _LED.search(text, max(0, start - 60), start) or _OFFICE_OF.search(text, max(0, start - 110), start)
    return match.start() if match else start


def party(text: str, mention: Mention) -> Reference:
    """A name with what leads up to it and the head after it: "the Government of …", "the Ruritanian side"."""
    head = _heads().match(text, mention.end) or _ORGAN.match(text, mention.end)
    written = text[mention.start : mention.end]
    end = head.end() if head else mention.end
    joined = text[end : end + 1] == "-" or text[mention.start - 1 : mention.start] == "-"
    qualifies = mention.form == "adjective" and not (written.isupper() or "." in written)
    return Reference(
        start=_led(text, mention.start),
        end=end,
        sort="party",
        actors=(mention.actor,),
        name=mention.actor.name,
        attributive=head is None and (qualifies or joined),
        owned=owns(text, end),
        core=mention.start,
    )


def person(text: str, named: Named) -> Reference:
    """Somebody who is named."""
    actors = (named.actor,) if named.actor else ()
    return Reference(named.start, named.end, "person", actors, named.name, owned=owns(text, named.end))


def pronouns(text: str) -> Iterator[Reference]:
    """We, I, they, he, she, it and what they possess."""
    for match in _PRONOUN.finditer(text):
        owned = match.group().lower() in _POSSESSIVE
        yield Reference(match.start(), match.end(), match.lastgroup, owned=owned)  # type: ignore[arg-type]


def roles(text: str) -> Iterator[Reference]:
    """Both sides, his country, my Government, the Council."""
    for match in _PLURAL.finditer(text):
        yield Reference(match.start(), match.end(), "plural", owned=owns(text, match.end()))
    for match in _OWN.finditer(text):
        yield Reference(match.start(), match.end(), "own", name=match.group())
    for match in _SOMEBODY.finditer(text):
        yield Reference(match.start(), match.end(), "he")
    for match in _OURS.finditer(text):
        yield Reference(match.start(), match.end(), "we", owned=owns(text, match.end()))
    for match in _DEFINITE.finditer(text):
        yield Reference(match.start(), match.end(), "it", name=match["head"], owned=owns(text, match.end()))
