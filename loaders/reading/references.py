"""Everything in a statement that can stand for a party: names, persons, offices, pronouns, "the two sides"."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from loaders.reading.people import Named, office_pattern, persons
from loaders.reading.registry import Mention, Registry, knowledge, plain
from ontology.records import Actor
from ontology.terms import ActorType

Sort = Literal["party", "person", "office", "we", "i", "plural", "they", "he", "it", "own", "organisation"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A noun phrase at `start` to `end` that can stand for a party.

    `actors` are those that the phrase names itself; pronouns and roles have none. `attributive` marks a name that
    only qualifies another noun ("Ruritanian companies"), `owned` one that ends in a possessive or is one.
    """

    start: int
    end: int
    sort: Sort
    actors: tuple[Actor, ...] = ()
    name: str | None = None
    attributive: bool = False
    owned: bool = False
    core: int = 0


@lru_cache(maxsize=1)
def _heads() -> re.Pattern[str]:
    heads = "|".join(
        map(re.escape, sorted(set(knowledge("grammar.yaml")["heads"]["state"].split()), key=len, reverse=True))
    )
    return re.compile(
        rf"\s+(?:(?:new|federal|central|interim|military|national|coalition|State|Federal|Transitional|Royal|ruling)\s+)?(?:{heads})(?![\w-])"
    )


_LED = re.compile(
    r"(?:\b[Tt]he\s+)?\b(?:(?:[Gg]overnments?|[Pp]eoples?|[Dd]elegation|[Rr]epublic|[Kk]ingdom|[Ss]tate|[Ll]eaders?|[Mm]embers?|[Mm]ember\s+[Ss]tates|[Ll]eadership|[Mm]inisters?"
    r"|GOVERNMENT|[Rr]epresentatives?|[Aa]uthorities|[Ss]ultanate|[Cc]ommonwealth|[Pp]arliament)\s+(?:of|from)\s+(?:[Tt]he\s+)?)+$"
)
_LEADING = re.compile(
    r"^(?:(?:Our|The|This|These|A|An|Their|Its|Both|New|In|And|That|the|His|Her|My|All|As|At|On|For|With|By|From|Under|Through|June|July|May|March|April)\s+)+"
)
_HEAD_NOUN = re.compile(
    r"\b(?:Ministry|Department|Agency|Bank|Committee|Council|Commission|Corporation|Authority|Association|Institute|University|Foundation|Chamber|Company|Alliance|Congress|Union|Fund|Group|Industries|Directorate|Office|Bureau|CDC|Service|Center|Centre)\b"
)
_COMMITS = re.compile(
    r"(?:^|[.\n][ \t]|^[ \t]*[-•*][ \t]+)(?:The\s+)?(?P<name>(?!\w+ing\b|\w+\s(?:Ministers|Allies|Leaders|Presidents|Countries|States|Members|Nations|Heads)\b|The\b|This\b|These\b|Both\b|Our\b|All\b|Today\b|In\b|We\b)[A-Z][\w&'-]+(?:\s(?:of\s)?[A-Z][\w&'-]+){1,4})(?=:\s*\n|\s(?:will|agreed|pledged|committed|intends|announced)\s)",
    re.M,
)
_PRONOUN = re.compile(
    r"(?<![\w’'-])(?:(?P<we>[Ww]e|WE|[Oo]ur|[Uu]s|[Oo]urselves)|(?P<i>I|[Mm]y|[Mm]yself)|(?P<they>[Tt]hey|[Tt]heir|[Tt]hem)"
    r"|(?P<he>[Hh]e|[Ss]he|[Hh]is|[Hh]er)|(?P<it>[Ii]t|[Ii]ts))(?![\w-])"
)
_SIDES = (
    r"sides|vice-ministers|countries|leaders|ministers|presidents|prime\s+ministers|foreign\s+ministers|governments|nations|parties|heads\s+of\s+(?:state|government|delegation)s?(?:\s+and\s+government)?"
    r"|delegations|secretaries|states|partners|allies|neighbou?rs|principals|officials|peoples|signatories|participants|chairs|co-chairs|members|democracies|economies|defen[cs]e\s+ministers|contracting\s+parties|chiefs|militaries|advisors|advisers"
)
_PLURAL = re.compile(
    rf"(?<![\w-])(?:(?:Leaders|Ministers|Heads\s+of\s+(?:State|Government|Delegation)(?:\s+and\s+(?:of\s+)?Government)?|Allies|Allied\s+(?:leaders|ministers)|Delegations|Presidents|Parties|Participants|Members|Vice-Ministers|Governors)(?=\s+[a-z]+)|(?<=,\s)(?:leaders|ministers|participants)(?=\s+[a-z]+)|(?i:(?:the\s+|both\s+|our\s+)?(?:both|two|three|four|five)\s+(?:of\s+(?:our|the)\s+)?(?:[\w-]+\s+){{0,3}}?(?:{_SIDES})"
    rf"|the\s+(?:(?:foreign|prime|defen[cs]e|contracting|high\s+contracting|participating|signatory|member|trade|energy|health)\s+)?(?:{_SIDES})|our\s+(?:countries|nations|governments|leaders)|[Bb]oth\s+of\s+us|[Tt]he\s+(?:two|three|four)(?=\s+(?:agreed|will|also|have|reaffirmed|pledged|committed|expressed))|[Bb]oth(?=\s+(?:agreed|remain|have|had|will|also|are|were|expressed|reaffirmed|pledged|stressed|said|would))|each\s+(?:side|party|country)))(?![\w-])"
)
_SINGLE = re.compile(
    r"(?<![\w-])(?i:his|her|its|their|the\s+(?:host|latter['’]s))\s+(?i:(?:own\s+)?(?:country|government|nation|administration|office|delegation|side|party|institution))(?![\w-])"
)
_MY = re.compile(
    r"(?<![\w-])(?:[Mm]y|[Oo]ur)\s+(?:own\s+)?(?:country|[Gg]overnment|nation|[Dd]elegation|[Aa]dministration|party|organi[sz]ation)(?![\w-])"
)
_DEFINITE = re.compile(
    r"(?<![\w-])[Tt]he\s+(?P<head>Government|government|Administration|administration|Commission|Council|Union|Bank|Board|Ministry|Department|Agency|Committee|Federation|Kingdom|Republic|Party|Group|Forum|Authority|Assembly|Conference|Organization|Organisation|Coalition|Alliance|Fund|Secretariat|Congress|Front|Presidency|Summit|Ministerial|Senate|Meeting|Company|company|Delegation|delegation|group|bloc|bank|ministry|fund)(?![\w-])(?!\s+of\b)"
)
_ORGANISATION = re.compile(
    r"(?<![\w-])(?:City|Cities|State|Port|University|Bank|Central\s+Bank)[ \u00a0]of[ \u00a0][A-Z][\w-]+(?:[ \u00a0][A-Z][\w-]+)?|"
    r"(?<![\w-])(?:U\.S\.-)?(?:[A-ZÀ-Ý][\w’'&-]*[ \u00a0](?:(?:of|for|and|the|on|in|de)[ \u00a0])*){0,7}"
    r"(?:Ministry|Department|Agency|Bank|Committee|Council|Commission|Corporation|Authority|Association|Institute|University|Foundation|Chamber|Company|Police|Party|Alliance|Congress|Union|Fund|Group|Taskforce|Task\s+Force|Network|Board|Bureau|Service|Administration|Centre|Center|Forum|Front|Movement|Federation|Society|Coalition|Office|Secretariat|Body|Presidency|Trust|Federation|Assembly)"
    r"(?:[ \u00a0](?:of|for|on|to)[ \u00a0](?:the[ \u00a0])?[A-ZÀ-Ý][\w’&-]*(?:(?:,?[ \u00a0](?:and|of|for|the)){0,2}[ \u00a0][A-ZÀ-Ý][\w’&-]*)*)*"
)


_DEFINED = re.compile(
    r"\s*\((?:hereinafter\s+|referred\s+to\s+as\s+)*(?:the\s+)?[“\"']?(?P<name>[A-Z][\w&-]{1,14}(?:\s[A-Z]\w+)?)[”\"']?\)"
)


def _led(text: str, start: int) -> int:
    """Where the phrase begins whose last part is the name at `start`: "the Government of the Republic of …"."""
    match = _LED.search(text, max(0, start - 60), start)
    return match.start() if match else start


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The two names in "the Antarctic Directorate and the Polar Institute"."""
    for joint in re.finditer(r"\s+and\s+(?:the\s+)?", text[start:end]):
        left, right = text[start : start + joint.start()], text[start + joint.end() : end]
        if _HEAD_NOUN.search(left) and _HEAD_NOUN.search(right) and " " in left.strip() and " " in right:
            return [(start, start + joint.start()), (start + joint.end(), end)]
    return [(start, end)]


def _owns(text: str, end: int) -> bool:
    return text.startswith(("'s ", "'s\n", "s' "), end) or (text.startswith("' ", end) and text[end - 1] == "s")


def _party(text: str, mention: Mention) -> Reference:
    head = _heads().match(text, mention.end)
    exact = text[mention.start : mention.end].isupper() or "." in text[mention.start : mention.end]
    end, owned = (head.end(), False) if head else (mention.end, _owns(text, mention.end))
    attributive = head is None and (
        mention.form == "adjective"
        or text[mention.end : mention.end + 1] == "-"
        or text[mention.start - 1 : mention.start] == "-"
    )
    if mention.form == "adjective" and exact and head is None:
        attributive = False
    owned = owned or (head is not None and _owns(text, end))
    return Reference(
        _led(text, mention.start), end, "party", (mention.actor,), mention.actor.name, attributive, owned, mention.start
    )


def _pronouns(text: str) -> list[Reference]:
    found = []
    for match in _PRONOUN.finditer(text):
        sort, word = match.lastgroup, match.group().lower()
        owned = word in {"our", "my", "their", "his", "her", "its"}
        found.append(Reference(match.start(), match.end(), sort, owned=owned))  # type: ignore[arg-type]
    return found


def _person(text: str, named: Named) -> Reference:
    return Reference(
        named.start,
        named.end,
        "person",
        (named.actor,) if named.actor else (),
        named.name,
        owned=_owns(text, named.end),
    )


_OPENS = re.compile(
    r"(?:The|On|In|At|For|But|And|While|When|As|After|Before|Both|Also|However|Meanwhile|Yesterday|Today|That|Under|With|By|To|From|If|Then|Yet|So)\s"
)


class References:
    """All references of one text, in order, none inside another; a longer one covers what it contains."""

    def __init__(self, text: str, registry: Registry) -> None:
        self.text = plain(text)
        self.mentions = registry.mentions(self.text)
        self.named = [
            person
            for person in persons(self.text, registry, self.mentions)
            if not self._mentioned(person.end - len(person.name), person.end)
        ]
        self._registry = registry
        self.people = self._people()
        self.named = [person if person.actor else self.introduced(person) for person in self.named]
        self.all = self._resolve(self._candidates())
        self._starts = [reference.start for reference in self.all]

    def _mentioned(self, start: int, end: int) -> bool:
        at = bisect_left(self.mentions, end, key=lambda mention: mention.start)
        return at > 0 and self.mentions[at - 1].end > start

    def _people(self) -> dict[str, Named]:
        """By full name and by each part of it: who has been introduced, the best-known introduction first."""
        table: dict[str, Named] = {}
        for person in self.named:
            for key in (person.name, person.name.split()[-1], person.name.split()[0]):
                have = table.get(key)
                if have is None or (have.actor is None and person.actor is not None):
                    table[key] = person
        return table

    def introduced(self, person: Named) -> Named:
        """The same person with the party under which the name was introduced elsewhere in the text."""
        same = self.people.get(person.name) or self.people.get(person.name.split()[-1])
        return replace(person, actor=same.actor) if same else person

    def _bare(self) -> list[Reference]:
        """Persons by bare surname, once they have been introduced."""
        keys = [
            re.escape(key)
            for key in self.people
            if len(key) > 2 and " " not in key and self._registry.find(key) is None
        ]
        if not keys:
            return []
        names = "|".join(sorted(keys, key=len, reverse=True))
        pattern = re.compile(rf"(?<![\w-])(?:[A-Z][\w.'-]+ )?(?P<key>{names})(?![\w-])(?! [A-Z][a-z])")
        return [
            _person(
                self.text, replace(self.people[match["key"]], start=match.start(), end=match.end(), name=match.group())
            )
            for match in pattern.finditer(self.text)
            if not match.start("key") - match.start() or not _OPENS.match(match.group())
        ]

    def _offices(self) -> list[Reference]:
        found = []
        for match in office_pattern().finditer(self.text):
            start, end, actors = match.start(), match.end(), ()
            at = bisect_right(self.mentions, start, key=lambda mention: mention.start)
            before = self.mentions[at - 1] if at else None
            if before and re.fullmatch(
                r"(?:'s?)?(?:\s+(?:new|incoming|deputy|then|acting|vice|Vice|[A-Z]\w+)){0,3}\s+|'s(?:\s+[\w-]+){0,3}\s+",
                self.text[before.end : start],
            ):
                start, actors = before.start, (before.actor,)
            elif at < len(self.mentions) and re.fullmatch(
                r"(?:\s+(?:of|for)\s+[A-Z][\w ,]*?)?\s+of\s+(?:the\s+)?(?:\w+\s+of\s+(?:the\s+)?)?",
                self.text[match.end() : self.mentions[at].start],
            ):
                actors, end = (self.mentions[at].actor,), self.mentions[at].end
            elif not re.search(r"\b(?:[Tt]he|[Mm]y|[Oo]ur|[Hh]is|[Hh]er)\s+$", self.text[max(0, start - 5) : start]):
                continue
            found.append(
                Reference(
                    start,
                    end,
                    "office",
                    actors,
                    " ".join(match["office"].split()),
                    owned=_owns(self.text, end),
                )
            )
        return found

    def _candidates(self) -> list[Reference]:
        text = self.text
        found = [_person(text, named) for named in self.named]
        found += self._offices() + self._bare() + _pronouns(text)
        found += [_party(text, mention) for mention in self.mentions]
        found += [
            Reference(match.start(), match.end(), "plural", owned=_owns(text, match.end()))
            for match in _PLURAL.finditer(text)
        ]
        found += [Reference(match.start(), match.end(), "own", name=match.group()) for match in _SINGLE.finditer(text)]
        found += [
            Reference(match.start(), match.end(), "we", owned=_owns(text, match.end())) for match in _MY.finditer(text)
        ]
        found += [
            Reference(match.start(), match.end(), "it", name=match["head"], owned=_owns(text, match.end()))
            for match in _DEFINITE.finditer(text)
        ]
        found += self._organisations()
        found += self._unknown()
        return found + self._short(found)

    def _short(self, found: list[Reference]) -> list[Reference]:
        """Parties by the short names that the text itself defines: "the Advisory Group (AG)", then "the AG"."""
        defined: dict[str, Reference] = {}
        for reference in found:
            if reference.sort in ("party", "organisation") and reference.actors and not reference.attributive:
                match = _DEFINED.match(self.text, reference.end)
                if match and self._registry.find(match["name"]) is None:
                    defined.setdefault(match["name"], reference)
        if not defined:
            return []
        pattern = re.compile(
            rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(defined, key=len, reverse=True)))})(?![\w-])"
        )
        return [
            replace(
                defined[match.group()],
                start=match.start(),
                end=match.end(),
                core=match.start(),
                owned=_owns(self.text, match.end()),
            )
            for match in pattern.finditer(self.text)
        ]

    def _organisations(self) -> list[Reference]:
        """Unknown organisations by the shape of their names; a known party inside a name ends or opens it."""
        found = []
        for match in _ORGANISATION.finditer(self.text):
            start, end = match.span()
            inside = [m for m in self.within(start, end) if m.form != "adjective" or m.end >= end]
            organ = self._organ_of(start, end, inside)
            if organ is not None:
                found.append(organ)
                continue
            for mention in inside:
                joined = re.match(
                    r"(?:'s\s+|'s?,?\s+(?:and|in|to|with|for)\s+(?:the\s+)?|,?\s+(?:and|in|to|with|for)\s+(?:the\s+)?)",
                    self.text[mention.end : end],
                )
                start = mention.end + joined.end() if joined else start
            start += self.text[start:end].rfind("'s ") + 3 if "'s " in self.text[start:end] else 0
            if any(mention.end >= end for mention in inside) or " " not in self.text[start:end].strip():
                continue
            found += [self._organisation(*part) for part in _parts(self.text, start, end)]
        return [reference for reference in found if " " in (reference.name or "")]

    def _organisation(self, start: int, end: int) -> Reference:
        name = _LEADING.sub("", re.sub(r"\s+", " ", self.text[start:end]))
        actors = (self._registry.named(name),) if name.strip() else ()
        return Reference(start, end, "organisation", actors, name, owned=_owns(self.text, end))

    def _unknown(self) -> list[Reference]:
        """Names that nothing explains but that open a sentence and commit themselves: "Ruritanian Lines will …"."""
        found = []
        for match in _COMMITS.finditer(self.text):
            start, end = match.span("name")
            if not self.within(start, end) and not office_pattern().search(match["name"]):
                name = " ".join(match["name"].split())
                found.append(Reference(start, end, "organisation", (self._registry.named(name),), name))
        return found

    def _organ_of(self, start: int, end: int, inside: list[Mention]) -> Reference | None:
        """A body by one of its organs: "the Board of Directors of the Bank" acts for the bank."""
        for mention in inside:
            named = mention.actor.type in (ActorType.BODY, ActorType.GROUP) and mention.form == "name"
            if named and re.search(r"\bof\s+(?:the\s+)?$", self.text[start : mention.start]):
                end = max(end, mention.end)
                return Reference(
                    start,
                    end,
                    "party",
                    (mention.actor,),
                    mention.actor.name,
                    owned=_owns(self.text, end),
                    core=mention.start,
                )
        return None

    def within(self, start: int, end: int) -> tuple[Mention, ...]:
        """The bare names that begin between two offsets."""
        first = bisect_left(self.mentions, start, key=lambda mention: mention.start)
        last = bisect_left(self.mentions, end, key=lambda mention: mention.start)
        return self.mentions[first:last]

    @staticmethod
    def _resolve(found: list[Reference]) -> tuple[Reference, ...]:
        found.sort(key=lambda reference: (reference.start, -reference.end))
        kept: list[Reference] = []
        for reference in found:
            if kept and reference.start < kept[-1].end:
                if reference.end > kept[-1].end and kept[-1].sort in {"office", "plural"}:
                    kept[-1] = replace(reference, start=kept[-1].start)
                continue
            kept.append(reference)
        return tuple(kept)

    def between(self, start: int, end: int) -> tuple[Reference, ...]:
        """Those that lie wholly between two offsets."""
        first = bisect_left(self._starts, start)
        return tuple(
            reference for reference in self.all[first : bisect_left(self._starts, end)] if reference.end <= end
        )
