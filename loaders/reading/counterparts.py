"""To, with or for whom an act is: the addressee of a call, the party that an action is directed to."""

import re
from collections.abc import Iterable
from functools import lru_cache

from loaders.reading import clauses
from loaders.reading.antecedents import Antecedents
from loaders.reading.references import Reference, References
from loaders.reading.registry import Registry, knowledge
from loaders.reading.voices import Voice
from ontology.records import Actor
from ontology.terms import ActorType, Kind

_NAMED = ("party", "person", "office", "organisation")
_GROUP = re.compile(
    r"(?:^|\b)(?:(?:the|our|its|his|her|their|those|these|to|that|upon|on|for|we|and)\s+)*"
    r"(?P<name>(?:[A-Za-z][\w-]*\s+){0,3}?(?:countries|[Ss]tates|nations|parties|partners|donors|[Gg]overnments"
    r"|stakeholders|creditors|institutions|actors|members|community|economies|powers|companies|organi[sz]ations"
    r"|peoples|[Aa]llies|authorities|everyone|agencies|everybody|banks|investors|media)"
    r"(?:\s+(?:concerned|involved|(?:in|of)\s+the\s+(?:region|world)|to\s+the\s+conflict))?)"
    r"(?:\s+(?:also|all|\w+ly|that|which|with))*\s*$"
)
_OF_THE_UN = frozenset(("Member States", "Member States concerned", "States", "all Member States", "member States"))
_LISTS = re.compile(
    r"(?:\s*(?:\b(?:the|all|both|and|or|other|on|upon|for|to|that|on\s+behalf\s+of|[Gg]overnment|authorities|of)\b"
    r"|,|[A-Z][\w-]+))*\s*"
)
_LISTED = re.compile(r"(?:,|,?\s+and)\s+(?:the\s+)?")
_UNTIL = re.compile(
    r"(?:\s+(?:that|for|on|upon|to))?(?P<who>\s[^.;:]{0,160}?)\s+(?:to|urgently\s+to|not\s+to|that|will|would|should|must|can"
    r"|for)\s"
)
_CLAUSE = re.compile(r"\b(?:that|and|but|while|because|if|so|where|when)\b,?\s|[,;:]\s")
_BEFORE = re.compile(r"([A-Za-z]+)\s+(?:(?:the|its|our|their|other|all|both|his|her)\s+)*$")
_MUTUAL = re.compile(
    r"\b(?:each\s+other|one\s+another|the\s+other\s+(?:side|party)|its\s+(?:guest|neighbou?r)|(?:his|her)\s+counterpart)\b"
)
_CARRIES = re.compile(
    r"\b(?:work|works|working|partner|partnering|cooperate|coordinate|join|together|collaborate|along)\s+"
    r"(?:closely\s+|together\s+|hand\s+in\s+hand\s+|jointly\s+)*with\s+(?:the\s+)?$"
)
_NEAR = 50


@lru_cache(maxsize=1)
def _directions() -> tuple[frozenset[str], frozenset[str]]:
    """What stands before a party when an act is directed to it, and when it is not, however near."""
    table = knowledge("grammar.yaml")
    return frozenset(table["towards"].split()), frozenset(table["away"].split())


class Counterparts:
    """Finds the counterparts of acts in one statement."""

    def __init__(
        self, references: References, antecedents: Antecedents, members: tuple[Actor, ...], registry: Registry
    ) -> None:
        self._references, self._antecedents = references, antecedents
        self._members, self._registry = members, registry
        self._united = any(mention.actor.name == "UN" for mention in references.mentions)

    def of(
        self, sentence: int, start: int, end: int, kind: Kind, actors: tuple[Actor, ...], voice: Voice
    ) -> tuple[Actor, ...]:
        """The parties to whom the act at `start` to `end` is directed, its own actors left out."""
        if kind is Kind.CALL:
            found = self._addressed(sentence, start, voice)
        else:
            found = [*self._carried(sentence, start), *self._directed(start, end, kind, actors)]
            if _MUTUAL.search(self._references.text, start, end) and len(actors) == 1:
                found += [member for member in self._members if member not in actors]
        names = {actor.name for actor in actors}
        return tuple(dict.fromkeys(actor for actor in found if actor.name not in names))

    def _directed(self, start: int, end: int, kind: Kind, actors: tuple[Actor, ...]) -> Iterable[Actor]:
        names = {actor.name for actor in actors}
        last: Reference | None = None
        for reference in self._references.between(start, end):
            if reference.sort not in _NAMED or not reference.actors:
                continue
            listed = last is not None and _LISTED.fullmatch(self._references.text, last.end, reference.start)
            free = last is None or kind is not Kind.SUPPORT
            if listed or (free and self._towards(start, reference, kind, len(names) == 1)):
                last = reference
                yield from reference.actors

    def _towards(self, start: int, reference: Reference, kind: Kind, single: bool) -> bool:
        """Whether the words before a party, or its possessive, direct the act to it."""
        text = self._references.text
        found = _BEFORE.search(text, max(start, reference.start - 40), reference.start)
        word = found[1].casefold() if found else ""
        member = single and any(member.name == actor.name for member in self._members for actor in reference.actors)
        generic = any(actor.type == ActorType.GROUP and not actor.wikidata for actor in reference.actors)
        if reference.sort == "organisation" or (generic and kind is not Kind.SUPPORT):
            return word in ("with", "to", "for", "support")
        if generic or text.startswith("-", reference.end):
            return False
        towards, away = _directions()
        if word in towards or member:
            return True
        if reference.start - start < _NEAR:
            return word not in away
        if reference.attributive:
            return False
        return kind is not Kind.SUPPORT if reference.owned else word in ("of", "on")

    def _carried(self, sentence: int, start: int) -> Iterable[Actor]:
        """Whom an earlier "work with … to" in the sentence names for this act too."""
        text = self._references.text
        for reference in self._references.between(max(sentence, start - 300), start):
            named = reference.sort in _NAMED and reference.actors
            if named and _CARRIES.search(text, max(0, reference.start - 60), reference.start):
                yield from reference.actors

    def _addressed(self, sentence: int, start: int, voice: Voice) -> list[Actor]:
        """The addressee of a call: whom it asks, or who should."""
        text = self._references.text
        ask = max((match.end() for match in clauses.ASKS.finditer(text, sentence, start)), default=-1)
        modal = max((match.start() for match in clauses.SHOULD.finditer(text, sentence, start)), default=-1)
        if ask > 0:
            asked = _UNTIL.match(text, ask, start + 4)
            begin, finish = asked.span("who") if asked else (ask, start)
            found = self._phrase(begin, min(finish, start), voice)
            if found or ask > modal:
                return found
        if modal < 0 or re.match(r"be\s", text[start : start + 4]):
            return []
        subject = clauses.subject(self._references, sentence, start)
        if subject is not None and subject.end <= modal and subject.sort in (*_NAMED, "it", "plural"):
            chain = clauses.listed(self._references, subject)
            both = self._members if subject.sort == "plural" else ()
            return [*both, *(actor for part in chain for actor in self._addressee(part, voice))]
        clause = max((match.end() for match in _CLAUSE.finditer(text, sentence, modal)), default=sentence)
        return self._phrase(max(clause, modal - 90), modal, voice)

    def _addressee(self, reference: Reference, voice: Voice) -> tuple[Actor, ...]:
        """Whom a phrase addresses: a name, or "the Council", "the Government", "it", whatever these stand for."""
        if reference.sort in _NAMED and reference.actors:
            return reference.actors
        if reference.sort in ("it", "office", "person") and not reference.owned:
            return self._antecedents.resolve(reference, voice)[0]
        return ()

    def _phrase(self, start: int, end: int, voice: Voice) -> list[Actor]:
        """The parties that a noun phrase names, or the group that it describes."""
        text = self._references.text
        found = [
            actor
            for reference in self._references.between(start, end)
            if not reference.attributive
            and (_LISTS.fullmatch(text, start, reference.start) or not clauses.headed(text, reference))
            for actor in self._addressee(reference, voice)
        ]
        cut = text.find(",", start, end)
        end = cut if cut > start + 8 and not _GROUP.search(text, start, end) else end
        group = None if found else _GROUP.search(text, start, end)
        if group is None:
            return found
        name = " ".join(group["name"].split())
        return [self._registry.named("UN member states" if self._united and name in _OF_THE_UN else name)]
