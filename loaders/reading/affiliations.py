"""For whom persons speak whom the text introduces without their state: what is left of a meeting, what they speak for."""

import re
from collections import Counter

from loaders.reading.parties import Parties
from loaders.reading.references import Reference, References
from ontology.records import Actor
from ontology.terms import ActorType


class Affiliations:
    """The party of every person and office in one text."""

    def __init__(self, references: References, found: Parties) -> None:
        self._references, self._parties = references, found
        self._known: dict[str, tuple[Actor, ...]] = {}

    def of(self, reference: Reference) -> tuple[Actor, ...]:
        """The party for which the person or office behind a phrase speaks, empty where nothing tells."""
        if reference.actors:
            return reference.actors
        if reference.sort == "office":
            return self._office(reference)
        key = (reference.name or "").split()[-1:] or [""]
        if key[0] not in self._known:
            self._known[key[0]] = self._person(key[0])
        return self._known[key[0]]

    def name(self, reference: Reference) -> str | None:
        """What to call the person behind a phrase: the name where an office has a known holder, else the phrase."""
        if reference.sort != "office":
            return reference.name
        office = re.sub(r"\W", " ", (reference.name or "").casefold())
        last: str | None = None
        for person in self._references.named:
            same = re.sub(r"\W", " ", person.office.casefold()) == office
            if same and (not reference.actors or person.actor in reference.actors):
                if last is not None and person.start > reference.start:
                    break
                last = person.name
        return last or self._references.text[reference.start : reference.end]

    def _person(self, name: str) -> tuple[Actor, ...]:
        members = [actor for actor in self._parties.members if actor.type != ActorType.ORGANISATION]
        if len(members) == 2:
            claimed = {person.actor.name for person in self._references.named if person.actor}
            free = [actor for actor in members if actor.name not in claimed]
            if len(free) == 1:
                return (free[0],)
        near = self._spoken_for(name)
        if near is not None:
            return (near,)
        return (self._parties.home,) if self._parties.home else ()

    def _spoken_for(self, name: str) -> Actor | None:
        """The state that stands nearest before the person most often, or follows as the subject of what is said."""
        text, counted = self._references.text, Counter[Actor]()
        for match in re.finditer(rf"\b{re.escape(name)}\b", text):
            for reference in self._references.between(max(0, match.start() - 90), match.start()):
                if reference.sort == "party" and reference.actors[0].type == ActorType.STATE:
                    counted[reference.actors[0]] += 1
            for reference in self._references.between(match.end(), match.end() + 60):
                if reference.sort == "party" and reference.actors[0].type == ActorType.STATE and not reference.owned:
                    counted[reference.actors[0]] += 2
        best = counted.most_common(2)
        if not best or best[0][1] < 2 or (len(best) > 1 and best[1][1] == best[0][1]):
            return None
        return best[0][0]

    def _office(self, reference: Reference) -> tuple[Actor, ...]:
        """The holder of "the Minister": the last one introduced with this office before, else the first after."""
        name = re.sub(r"\W", " ", (reference.name or "").casefold())
        last: tuple[Actor, ...] = ()
        for person in self._references.named:
            if person.actor and re.sub(r"\W", " ", person.office.casefold()) == name:
                if person.start > reference.start and last:
                    break
                last = (person.actor,)
        if last:
            return last
        for other in self._references.between(0, reference.start):
            if (
                other.sort == "office"
                and other.actors
                and other.name
                and other.name.casefold() == (reference.name or "").casefold()
            ):
                last = other.actors
        return last or ((self._parties.home,) if self._parties.home else ())
