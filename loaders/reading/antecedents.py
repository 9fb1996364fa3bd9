"""What pronouns, roles and lists stand for: "we", "the two sides", "it", "the Bank", "his government"."""

import re

from loaders.reading import clauses
from loaders.reading.lists import within
from loaders.reading.parties import Genre, Parties
from loaders.reading.references import Reference, References
from loaders.reading.speakers import Speakers
from loaders.reading.voices import Voice
from ontology.records import Actor
from ontology.terms import ActorType

Resolved = tuple[tuple[Actor, ...], str | None]
_STATE = frozenset(("government", "administration", "kingdom", "republic", "federation", "delegation"))
_ALWAYS_STATES = frozenset(("government", "administration"))
_TOGETHER = re.compile(r"\b[Tt]ogether,?\s+$")
_BOTH = re.compile(
    r"(?:['’](?:ve|ll|re))?\s+(?:have\s+|will\s+|are\s+|be\s+|also\s+|going\s+to\s+|just\s+|both\s+|today\s+)*"
    r"(?:agreed|decided|discuss\w*|talk\w*|review\w*|both|together|jointly|each|two|reached|resolved\s+to"
    r"|(?:reaffirmed|committed)\s+our\s+shared)\b"
)
_POSSESSORS = {
    "they": ("plural", "party", "organisation"),
    "it": ("party", "organisation", "it", "plural"),
    "he": ("person", "office"),
}
_ORGAN = re.compile(
    r"^(?:Joint|Working|Task|Steering|Expert|Technical|Contact|Consultative|Bilateral|High-Level|Monetary Policy"
    r"|Nuclear Consultative)\b.*\b(?:Group|Force|Taskforce|Committee|Commission|Board|Partnership|Dialogue)\b"
    r"|\bWorking Group\b|^(?:Governing|Executive) (?:Council|Board)"
)
_FOREIGN = re.compile(
    r"Foreign (?:Ministry|Office)|Ministry of (?:Foreign|External)|Department of (?:Foreign Affairs|External)"
    r"|\bEmbassy\b|\bPresidency$|High Commission$"
)
_MINE = re.compile(r"\b(?:[Mm]y|[Oo]ur)\s")
_BEHALF = re.compile(r"\b[Oo]n\s+behalf\s+of\s+(?:the\s+)?(?P<name>[A-Z][^,.;:\n]{1,60}),\s+$")
_THAT = re.compile(r"\s+that\s+")
_TELLS = re.compile(r"\b(?:told|informed|assured|notified|tells)\s+(?:the\s+)?$")
_FIRMS = re.compile(r"(?:companies|firms|institutions|unions)$")
_FIRM = frozenset(("company", "firm", "group", "union", "foundation", "consortium", "airline", "utility"))
_MINISTRIES = frozenset(("ministry", "department"))
_NEAR, _REACH, _FAR = 800, 1500, 15_000


class Antecedents:
    """Resolves references to the parties that they stand for, and the person in whose mouth they put the act."""

    def __init__(
        self, references: References, found: Parties, speakers: Speakers, sentences: clauses.Sentences
    ) -> None:
        self._references, self._parties, self._speakers = references, found, speakers
        self._sentences = sentences
        named = (other.actors for other in references.all if other.sort == "organisation")
        self._organisations = tuple(dict.fromkeys(actor for actors in named for actor in actors))
        self._alliance = tuple(mention.actor for mention in references.mentions if mention.actor.name == "NATO")[:1]

    def resolve(self, reference: Reference, voice: Voice) -> Resolved:
        """The parties behind a phrase and the person who speaks, empty where nothing tells."""
        chain = clauses.listed(self._references, reference, possessive=reference.owned)
        if len(chain) == 1:
            return self._one(reference, voice)
        resolved = [self._one(part, voice)[0] for part in chain]
        person = self._one(reference, voice)[1] if len(resolved) == 1 else None
        return tuple(dict.fromkeys(actor for actors in resolved for actor in actors)), person

    def _one(self, reference: Reference, voice: Voice) -> Resolved:
        """What one phrase stands for, lists apart."""
        possessor = self._possessor(reference) if reference.owned and reference.sort in _POSSESSORS else None
        if possessor is not None:
            return self.resolve(possessor, voice)
        if reference.sort == "office" and not reference.actors and self._mine(reference):
            return voice.actors, voice.person
        if reference.sort in ("person", "office"):
            return self._speakers.affiliated(reference), self._speakers.called(reference)
        if reference.sort == "own" and (reference.name or "").casefold().endswith("counterpart"):
            return self._counterpart(reference, voice), None
        if reference.sort == "he" or (reference.sort == "own" and not _is_its(reference)):
            he = self._speakers.he(reference.start)
            return (he.actors, he.person) if he else ((), None)
        return self._parties_of(reference, voice), voice.person

    def _counterpart(self, reference: Reference, voice: Voice) -> tuple[Actor, ...]:
        """The other of the two parties, seen from the one who is said to have a counterpart."""
        he = self._speakers.he(reference.start)
        own = he.actors if he else voice.actors
        others = tuple(member for member in self._parties.members if member not in own)
        return others if len(others) == 1 else ()

    def _mine(self, reference: Reference) -> bool:
        """Whether the speaker calls somebody his own: "my Treasurer", "our Foreign Minister"."""
        return _MINE.search(self._references.text, max(0, reference.start - 12), reference.start + 4) is not None

    def _parties_of(self, reference: Reference, voice: Voice) -> tuple[Actor, ...]:
        """The parties behind a phrase that is no person."""
        match reference.sort:
            case "we" if self._jointly(reference, voice):
                return self._together(voice)
            case "we" | "i":
                return self._behalf(reference) or voice.actors
            case "plural" if self._alliance and self._references.text.startswith("Allie", reference.start):
                return self._alliance
            case "plural" | "they":
                return self._plural(reference)
            case "it" if reference.name:
                return self._bank(self._named(reference.name.casefold(), reference.start, voice))
            case "it" | "own":
                return self._it(reference)
            case "organisation" if _FOREIGN.search(reference.name or ""):
                return self._spokesman(reference)
            case "organisation" if _ORGAN.search(reference.name or ""):
                return voice.actors or self._parties.members
            case "organisation" if reference.name:
                return self._member(reference.name) or reference.actors
            case "party" if reference.actors and self._parties.genre is Genre.JOINT:
                return within(reference.actors[0], self._parties.members)
        return reference.actors

    def _behalf(self, reference: Reference) -> tuple[Actor, ...]:
        """The party on whose behalf somebody says "we" right after he names it."""
        match = _BEHALF.search(self._references.text, max(0, reference.start - 90), reference.start)
        named = self._references.between(match.start("name"), match.end()) if match else ()
        return named[0].actors if len(named) == 1 and named[0].sort in ("party", "organisation") else ()

    def _bank(self, found: tuple[Actor, ...]) -> tuple[Actor, ...]:
        """The central bank that issues the text in place of the committee that sets its rates."""
        rates = any(actor.name.startswith("Monetary Policy") for actor in found)
        banks = tuple(actor for actor in self._parties.issuers if "Bank" in actor.name.split())
        return banks if rates and banks else found

    def _member(self, name: str) -> tuple[Actor, ...]:
        """The one party to the text, or organisation in it, of whose longer name this is the beginning or the end."""
        short = name.casefold()
        for known in (self._parties.members, self._organisations):
            found = [actor for actor in known if _shortens(short, actor.name.casefold())]
            if any(actor.name.casefold() == short for actor in self._parties.members):
                return ()
            if found:
                return (found[0],) if len(found) == 1 else ()
        return ()

    def _possessor(self, reference: Reference) -> Reference | None:
        """The subject of the same clause to which "their", "its" or "his" refers back."""
        start = self._sentences.starts[self._sentences.at(reference.start)]
        subject = clauses.subject(self._references, start, reference.start)
        if subject is None or subject.sort == reference.sort or subject.owned:
            return None
        if reference.sort == "they":
            group = subject.sort in ("plural", "organisation") or any(
                actor.type != ActorType.STATE for actor in subject.actors
            )
            return subject if group or len(clauses.listed(self._references, subject)) > 1 else None
        return subject if subject.sort in _POSSESSORS[reference.sort] else None

    def _jointly(self, reference: Reference, voice: Voice) -> bool:
        """Whether the "we" of one speaker takes in his counterpart: "together we", "we have agreed to"."""
        if len(voice.actors) != 1 or self._parties.genre in (Genre.BODY, Genre.JOINT):
            return False
        text = self._references.text
        return bool(
            _TOGETHER.search(text, max(0, reference.start - 30), reference.start) or _BOTH.match(text, reference.end)
        )

    def _together(self, voice: Voice) -> tuple[Actor, ...]:
        others = self._speakers.speaking or self._parties.members
        both = tuple(dict.fromkeys((*voice.actors, *others)))
        return both if len(both) <= 3 else voice.actors

    def _plural(self, reference: Reference) -> tuple[Actor, ...]:
        """All parties of the text; where it has only one, those that were last listed together."""
        members = self._parties.members
        if self._of_firms(reference):
            return self._last_firms(reference.start) or members
        if len(members) > 1 or self._parties.genre is Genre.BODY:
            return members
        for other in reversed(self._references.between(max(0, reference.start - 700), reference.start)):
            if other.sort in ("party", "person", "office", "organisation") and not other.attributive:
                chain = clauses.listed(self._references, other)
                actors = tuple(dict.fromkeys(actor for part in chain for actor in self._speakers.affiliated(part)))
                if len(actors) > 1:
                    return actors
        return ()

    def _of_firms(self, reference: Reference) -> bool:
        """Whether a phrase means companies and the like: "the two companies", and "they" after it."""
        start = self._sentences.starts[self._sentences.at(reference.start)]
        before = [other for other in self._references.between(start, reference.start) if other.sort == "plural"]
        meant = before[-1] if reference.sort == "they" and before else reference
        return _FIRMS.search(self._references.text, meant.start, meant.end) is not None

    def _last_firms(self, offset: int) -> tuple[Actor, ...]:
        """The two organisations that the text named last."""
        found: dict[Actor, None] = {}
        for other in reversed(self._references.between(max(0, offset - _REACH), offset)):
            if other.sort == "organisation" and other.actors and len(found) < 2:
                found[other.actors[0]] = None
        return tuple(found) if len(found) > 1 else ()

    def _last_firm(self, noun: str, offset: int) -> tuple[Actor, ...]:
        """The organisation that the text calls by this noun, else the last one that it does not call by another."""
        last: tuple[Actor, ...] = ()
        other_nouns = "|".join(_FIRM - {noun})
        for other in reversed(self._references.between(max(0, offset - _REACH), offset)):
            if other.sort == "organisation" and other.actors and other.actors[0].type == ActorType.ORGANISATION:
                called = re.escape(other.actors[0].name)
                if re.search(rf"\b{called}\s+{noun}\b", self._references.text):
                    return other.actors
                if not re.search(rf"\b{called}\s+(?:{other_nouns})\b", self._references.text):
                    last = last or other.actors
        return last

    def _it(self, reference: Reference) -> tuple[Actor, ...]:
        """The nearest subject before that is no person, or who "announced that it …" right before."""
        text, issuers = self._references.text, Voice(self._parties.issuers, None, "")
        for other in reversed(self._references.between(max(0, reference.start - _NEAR), reference.start)):
            announced = _THAT.fullmatch(text, other.end, reference.start)
            if announced and _TELLS.search(text, max(0, other.start - 20), other.start):
                continue
            again = other.sort == "own" and _is_its(other)
            if other.attributive or again or not (announced or clauses.governs(text, other)):
                continue
            mine = other.sort == "we" and _MINE.match(text, other.start)
            if mine or other.sort in ("party", "organisation", "own") or (other.sort == "it" and other.name):
                return self._one(other, issuers)[0]
        return self._parties.issuers

    def _named(self, noun: str, offset: int, voice: Voice) -> tuple[Actor, ...]:
        """The party whose name ends in the noun of "the Bank"; for "the Government" the state last spoken of."""
        if noun == "alliance" and self._parties.genre is Genre.JOINT:
            return self._parties.members
        titled = [actor for actor in dict.fromkeys((*voice.actors, *self._parties.members)) if _titled(noun, actor)]
        if len(titled) == 1 and noun not in _ALWAYS_STATES:
            return (titled[0],)
        if noun in _STATE:
            own = len(voice.actors) == 1 and (noun == "delegation" or voice.actors[0].type != ActorType.ORGANISATION)
            return voice.actors if own else self._last_state(offset)
        for actor in (*voice.actors, *self._parties.issuers):
            if _called(noun, actor):
                return (actor,)
        home = self._parties.home
        own = home is not None and home.type == ActorType.STATE and noun in _MINISTRIES
        sorts = ("party",) if own else ("party", "organisation", "person", "office")
        for other in reversed(self._references.between(max(0, offset - _FAR), offset)):
            if other.sort in sorts and any(_called(noun, actor) for actor in other.actors):
                return self._whole(other.actors[0]) or other.actors
        if noun in ("group", "coalition") and self._parties.genre is Genre.JOINT:
            return self._parties.members
        if own and home:
            return (home,)
        firm = self._last_firm(noun, offset) if noun in _FIRM else ()
        return firm or self._parties.issuers

    def _whole(self, named: Actor) -> tuple[Actor, ...]:
        """All parties to a joint text that none but the members of a group issue."""
        joint = named.type == ActorType.GROUP and self._parties.genre is Genre.JOINT
        return self._parties.members if joint and named not in self._parties.members else ()

    def _spokesman(self, reference: Reference) -> tuple[Actor, ...]:
        """The state for which a foreign ministry or an embassy speaks."""
        for other in self._references.within(reference.start - 12, reference.end + 14):
            if other.actor.type == ActorType.STATE:
                return (other.actor,)
        return (self._parties.home,) if self._parties.home else reference.actors

    def _last_state(self, offset: int) -> tuple[Actor, ...]:
        if self._parties.genre is Genre.TRANSCRIPT and any(a.type == ActorType.STATE for a in self._parties.issuers):
            return self._parties.issuers
        for other in reversed(self._references.between(max(0, offset - _NEAR), offset)):
            if other.sort in ("party", "person") and other.actors and other.actors[0].type == ActorType.STATE:
                return other.actors
        return self._parties.issuers


def _is_its(reference: Reference) -> bool:
    """Whether "its country" belongs to something, and not to somebody."""
    return (reference.name or "").casefold().startswith("its")


def _shortens(short: str, name: str) -> bool:
    """Whether a name is a shorter form of another: "Harvest Agency" of "Harvest Agency of Ruritania"."""
    return short != name and (name.startswith(f"{short} of ") or name.endswith(f" {short}"))


def _titled(noun: str, actor: Actor) -> bool:
    """Whether a noun is the first or the last word of what an actor is called: "Kingdom of …", "… Commission"."""
    names = [name.casefold() for name in (actor.name, *actor.names)]
    return any(name.startswith(f"{noun} of ") or name.endswith(f" {noun}") for name in names)


def _called(noun: str, actor: Actor) -> bool:
    """Whether a noun is part of the name of an actor that is no state."""
    names = (actor.name, *actor.names)
    return actor.type != ActorType.STATE and any(noun in name.casefold().split() for name in names)
