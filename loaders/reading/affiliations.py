"""For whom persons speak whom a text introduces without their state.

What is left over of a meeting's parties, the state for which they are heard to speak, the side that tells the story.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator

from loaders.reading.clauses import governs, headed
from loaders.reading.parties import Genre, Parties
from loaders.reading.people import Named, implied
from loaders.reading.references import Reference, References
from loaders.reading.registry import Registry
from ontology.records import Actor
from ontology.terms import ActorType

_ITS = re.compile(r"\b[Ii]ts\s+(?:[a-z-]+\s+){0,3}$")
_EXECUTIVES = frozenset(("chief executive", "ceo", "managing director"))
_SPEECH = 400
_REACH = 1500


def _office(name: str | None) -> str:
    return re.sub(r"\W", " ", (name or "").casefold())


class Affiliations:
    """The party of every person and office in one text."""

    def __init__(self, references: References, found: Parties, registry: Registry) -> None:
        self._references, self._parties, self._registry = references, found, registry
        self._known: dict[str, tuple[Actor, ...]] = {}
        self._holders: dict[str, list[Named]] = defaultdict(list)
        for person in sorted(references.named, key=lambda named: named.start):
            self._holders[_office(person.office)].append(person)
        self._places: dict[str, list[Reference]] = defaultdict(list)
        for reference in references.all:
            if reference.sort == "person" and reference.name:
                self._places[reference.name.split()[-1]].append(reference)

    def of(self, reference: Reference) -> tuple[Actor, ...]:
        """The party for which the person or office behind a phrase speaks, empty where nothing tells."""
        if reference.actors:
            return reference.actors
        if reference.sort == "office":
            holder = self._holder(reference, named=False) or self._shortened(reference)
            found = holder.actor if holder else None
            found = found or self._only(reference.name)
            return (found,) if found else self._home()
        last = (reference.name or "").split()[-1] if reference.name else ""
        if last not in self._known:
            self._known[last] = self._person(last)
        return self._known[last]

    def name(self, reference: Reference) -> str | None:
        """What to call the person behind a phrase: the name where an office has a known holder, else the phrase."""
        if reference.sort != "office":
            return reference.name
        holder = self._holder(reference, named=True) or self._shortened(reference)
        return holder.name if holder else self._references.text[reference.start : reference.end]

    def _only(self, office: str | None) -> Actor | None:
        """The party to the text that alone has such an office: "the High Representative"."""
        party = implied(office or "", self._registry)
        return party if party in self._parties.members else None

    def _home(self) -> tuple[Actor, ...]:
        return (self._parties.home,) if self._parties.home else ()

    def _holder(self, reference: Reference, named: bool) -> Named | None:
        """The last one introduced with this office before the phrase, else the first one after it."""
        fit = [
            person
            for person in self._holders.get(_office(reference.name), ())
            if (person.actor in reference.actors if reference.actors else named or person.actor)
        ]
        at = bisect_right(fit, reference.start, key=lambda person: person.start)
        return fit[max(at - 1, 0)] if fit else None

    def _shortened(self, reference: Reference) -> Named | None:
        """Whom a shortened office means, "the minister" for a foreign minister: the last of them who acts before it."""
        office = _office(reference.name)
        for other in reversed(self._references.between(max(0, reference.start - _REACH), reference.start)):
            if other.sort == "person" and other.name and governs(self._references.text, other):
                person = self._references.people.get(other.name.split()[-1])
                if person and _office(person.office).endswith(f" {office}"):
                    return person
        return None

    def _owner(self, last: str) -> Actor | None:
        """The party that was named right before "its president Ada Morn"."""
        place = next(iter(self._places.get(last, ())), None)
        if place is None or not _ITS.search(self._references.text, max(0, place.start - 40), place.start):
            return None
        before = reversed(self._references.between(max(0, place.start - _SPEECH), place.start))
        return next((r.actors[0] for r in before if r.sort in ("party", "organisation") and not r.attributive), None)

    def _person(self, last: str) -> tuple[Actor, ...]:
        owner = self._owner(last)
        if owner is not None:
            return (owner,)
        members = [actor for actor in self._parties.members if actor.type != ActorType.ORGANISATION]
        if len(members) == 2:
            claimed = {person.actor.name for person in self._references.named if person.actor}
            free = [actor for actor in members if actor.name not in claimed]
            if len(free) == 1:
                return (free[0],)
        firm = self._headed_by(last)
        if firm is not None:
            return (firm,)
        near = self._spoken_for(last)
        return (near,) if near is not None else self._home()

    def _headed_by(self, last: str) -> Actor | None:
        """The organisation named last before its chief executive is introduced."""
        person = self._references.people.get(last)
        if person is None or _office(person.office) not in _EXECUTIVES:
            return None
        for other in reversed(self._references.between(max(0, person.start - _REACH), person.start)):
            if other.sort == "organisation" and other.actors:
                return other.actors[0]
        return None

    def _states(self, start: int, end: int) -> Iterator[Reference]:
        found = self._references.between(start, end)
        return (r for r in found if r.sort == "party" and r.actors[0].type == ActorType.STATE)

    def _speaks_for(self, person: Reference, state: Reference) -> bool:
        """Whether a state after a person is the subject of what is said, in the same paragraph."""
        text = self._references.text
        if state.owned or state.attributive or "\n\n" in text[person.end : state.start]:
            return False
        return governs(text, state) and not headed(text, state)

    def _spoken_for(self, last: str) -> Actor | None:
        """The state that stands right before the person most often, or follows as the subject of what is said."""
        counted = Counter[Actor]()
        for place in self._places.get(last, ())[:40]:
            for reference in self._states(max(0, place.start - 90), place.start):
                counted[reference.actors[0]] += 1
            spoken = (r for r in self._states(place.end, place.end + _SPEECH) if self._speaks_for(place, r))
            for reference in spoken:
                counted[reference.actors[0]] += 2
                break
        best = counted.most_common(2)
        needed = 4 if self._parties.home and self._parties.genre in (Genre.RELEASE, Genre.SPEECH) else 2
        if not best or best[0][1] < needed or (len(best) > 1 and best[1][1] == best[0][1]):
            return None
        return best[0][0]
