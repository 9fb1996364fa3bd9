"""Everything in a statement that can stand for a party, in order: names, persons, offices, pronouns, roles."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace

from loaders.reading.firms import firms
from loaders.reading.officeholders import year_of
from loaders.reading.organisations import initialled, organisations, short_names, unknown
from loaders.reading.people import Named, bank, office_pattern, persons
from loaders.reading.phrases import Reference, Sort, owns, party, person, pronouns, roles
from loaders.reading.registry import Mention, Registry, plain
from ontology.records import Actor

__all__ = ["Reference", "References", "Sort"]

_OPENS = re.compile(
    r"(?:The|On|In|At|For|But|And|While|When|As|After|Before|Both|Also|However|Meanwhile|Yesterday|Today|That|Under"
    r"|With|By|To|From|If|Then|Yet|So)\s"
)
_OF_STATE = re.compile(
    r"(?!\s*\n\s*\n)(?:'s?)?(?:\s+(?:new|incoming|deputy|then|acting|vice|Vice|[A-Z]\w+)){0,3}\s+|'s(?:\s+[\w-]+){0,3}\s+"
)
_FOR_STATE = re.compile(r"(?:\s+(?:of|for)\s+[A-Z][\w ,]*?)?\s+of\s+(?:the\s+)?(?:\w+\s+of\s+(?:the\s+)?)?")
_DEFINITE = re.compile(r"\b(?:[Tt]he|[Mm]y|[Oo]ur|[Hh]is|[Hh]er)\s+$")


class References:
    """All references of one text, none inside another; a longer one covers what it contains.

    `named` are the persons that the text introduces, `people` finds them by full name and by each end of it. `year` is
    that of the statement, from its date (EDTF) or from its opening.
    """

    def __init__(self, text: str, registry: Registry, date: str | None = None) -> None:
        self.text = plain(text)
        self.year = int(date[:4]) if date and date[:4].isdecimal() else year_of(self.text)
        self.mentions = registry.mentions(self.text)
        self.registry = registry
        met = persons(self.text, registry, self.mentions, self.year)
        introduced = [found for found in met if not self._mentioned(found)]
        self.people = _people(introduced)
        self.named = [found if found.actor else self._same(found) for found in introduced]
        self.all = _covering(list(self._candidates()))
        self._starts = [reference.start for reference in self.all]

    def between(self, start: int, end: int) -> tuple[Reference, ...]:
        """Those that lie wholly between two offsets."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return tuple(reference for reference in self.all[first:last] if reference.end <= end)

    def within(self, start: int, end: int) -> tuple[Mention, ...]:
        """The bare names that begin between two offsets."""
        first = bisect_left(self.mentions, start, key=lambda mention: mention.start)
        last = bisect_left(self.mentions, end, key=lambda mention: mention.start)
        return self.mentions[first:last]

    def _mentioned(self, found: Named) -> bool:
        """Whether the name of a person is rather that of a party."""
        at = bisect_left(self.mentions, found.end, key=lambda mention: mention.start)
        return at > 0 and self.mentions[at - 1].end > found.end - len(found.name)

    def _same(self, found: Named) -> Named:
        """The same person with the party under which the name was introduced elsewhere in the text."""
        other = self.people.get(found.name) or self.people.get(found.name.split()[-1])
        return replace(found, actor=other.actor) if other else found

    def _candidates(self) -> Iterator[Reference]:
        text = self.text
        yield from (person(text, found) for found in self.named)
        yield from self._offices()
        yield from self._bare()
        yield from pronouns(text)
        named = [party(text, mention) for mention in self.mentions]
        yield from named
        yield from roles(text)
        others = [
            one for find in (organisations, initialled, unknown) for one in find(text, self.registry, self.within)
        ]
        others += firms(text, self.registry, self.within, self.people)
        yield from others
        yield from short_names(text, self.registry, [*others, *named])

    def _bare(self) -> Iterator[Reference]:
        """Persons by bare surname, once they have been introduced."""
        keys = [key for key in self.people if len(key) > 2 and " " not in key and self.registry.find(key) is None]
        if not keys:
            return
        names = "|".join(map(re.escape, sorted(keys, key=len, reverse=True)))
        for match in re.finditer(rf"(?<![\w-])(?:[A-Z][\w.'-]+ )?(?P<key>{names})(?![\w-])(?! [A-Z][a-z])", self.text):
            start = match.start("key") if _OPENS.match(match.group()) else match.start()
            name = self.text[start : match.end()]
            yield person(self.text, replace(self.people[match["key"]], start=start, end=match.end(), name=name))

    def _offices(self) -> Iterator[Reference]:
        """Offices without a name: "the Ruritanian Minister", "the President of Ruritania", "the Minister"."""
        for match in office_pattern().finditer(self.text):
            (start, end), actors = match.span(), self._served(match)
            at = bisect_right(self.mentions, start, key=lambda mention: mention.start)
            before = self.mentions[at - 1] if at else None
            if before and before.actor in actors and _OF_STATE.fullmatch(self.text, before.end, start):
                start = before.start
            elif actors:
                end = self.mentions[at].end
            elif not _DEFINITE.search(self.text, max(0, start - 5), start):
                continue
            office = " ".join(match["office"].split())
            yield Reference(start, end, "office", actors, office, owned=owns(self.text, end))

    def _served(self, office: re.Match[str]) -> tuple[Actor, ...]:
        """The party that stands right before an office or after "of"."""
        at = bisect_right(self.mentions, office.start(), key=lambda mention: mention.start)
        if at and _OF_STATE.fullmatch(self.text, self.mentions[at - 1].end, office.start()):
            return (bank(self.text, self.mentions[at - 1], self.registry),)
        if at < len(self.mentions) and _FOR_STATE.fullmatch(self.text, office.end(), self.mentions[at].start):
            return (bank(self.text, self.mentions[at], self.registry),)
        return ()


def _people(introduced: list[Named]) -> dict[str, Named]:
    """Who has been introduced, by full name and by each end of it, an introduction with a party first."""
    table: dict[str, Named] = {}
    for found in introduced:
        for key in (found.name, found.name.split()[-1], found.name.split()[0]):
            have = table.get(key)
            if have is None or (have.actor is None and found.actor is not None):
                table[key] = found
    return table


def _covering(found: list[Reference]) -> tuple[Reference, ...]:
    """In order and without overlap: of two the one that begins first, then the longer one."""
    found.sort(key=lambda reference: (reference.start, -reference.end))
    kept: list[Reference] = []
    for reference in found:
        if not kept or reference.start >= kept[-1].end:
            kept.append(reference)
        elif reference.end > kept[-1].end and kept[-1].sort in ("office", "plural"):
            kept[-1] = replace(reference, start=kept[-1].start)
    return tuple(kept)
