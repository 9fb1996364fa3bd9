"""What a named party does in a question: is it bound, addressed, the issuer, or only talked about?"""

from collections.abc import Mapping
from enum import StrEnum

from graph.grammar import Cue
from graph.neighbours import Neighbours
from graph.pieces import Events, Issuers
from graph.question import Group
from ontology.records import Event, Field, Person
from ontology.terms import Kind


class Part(StrEnum):
    """The part that a party plays. `GUESSED` is a bound party only where no other is, `UNDECIDED` hangs on others."""

    ACTOR = "actor"
    COUNTERPART = "counterpart"
    BOTH = "both"
    ISSUER = "issuer"
    TOPIC = "topic"
    GUESSED = "guessed"
    UNCLEAR = "unclear"
    UNDECIDED = "undecided"


_PREPOSITIONS = {
    Cue.BY: Part.ACTOR,
    Cue.TO: Part.COUNTERPART,
    Cue.BETWEEN: Part.BOTH,
    Cue.IN: Part.TOPIC,
    Cue.UNDER: Part.TOPIC,
    Cue.AT: Part.TOPIC,
    Cue.MENTION: Part.TOPIC,
}
# In a comparison these set one party beside another: "with those of A".
_BESIDE = ("with", "against")


class Roles(Neighbours):
    """The parts of all parties of a question."""

    def parts(self) -> dict[int, Part]:
        """The part of each party, by the number of its piece."""
        parts: dict[int, Part] = {}
        for at in range(len(self._pieces)):
            if self.is_party(at):
                parts[at] = self._listed(at, parts) or self._part(at)
        bound = any(part in (Part.ACTOR, Part.BOTH) for part in parts.values())
        if self._compares():
            parts = {at: Part.ACTOR if part is Part.GUESSED else part for at, part in parts.items()}
        settled = {Part.UNDECIDED: Part.COUNTERPART if bound else Part.ACTOR}
        return {at: settled.get(part, part) for at, part in parts.items()}

    def _listed(self, at: int, parts: dict[int, Part]) -> Part | None:
        """The part of the party before, where both stand in one list: "A, B and C", "A-B"."""
        before = self.before(at)
        if self._given(at):
            return None
        who = self._offered(at)
        if who is not None:
            return Part.COUNTERPART if self.receives(who) else Part.ACTOR
        joined = before is not None and (self.cue(before) in (Cue.AND, Cue.TOGETHER) or self._against(before))
        other = self.before(before) if joined and before is not None else before
        if not joined and self.possessive(at):
            return None
        if joined and other is not None and isinstance(self._pieces[other].meaning, Issuers):
            return Part.ISSUER
        return parts.get(other) if other is not None else None

    def _offered(self, at: int) -> int | None:
        """The "who" of "Who pledged more to C, A or B?", where A, after a pause, is the first of two to choose from."""
        who = next((n for n, piece in enumerate(self._pieces[:at]) if piece.cue is Cue.WHO), None)
        joint = self.after(at)
        more = any(piece.cue is Cue.MOST and self.written(n) == "more" for n, piece in enumerate(self._pieces[:at]))
        choice = joint is not None and self.written(joint) == "or" and self.is_party(self.after(joint))
        apart = self._words[self._pieces[at].first].pause or self._words[self._pieces[at - 1].first].pause
        return who if more and choice and apart else None

    def _compares(self) -> bool:
        return any(piece.cue is Cue.COMPARE for piece in self._pieces)

    def _against(self, at: int) -> bool:
        """Whether the word sets one party beside another: "A versus B", "compare A with B", "compare A to B"."""
        if self.cue(at) is Cue.COMPARE:
            return True
        other = self.before(at)
        if not self._compares() or self.cue(at) is not Cue.TO or not self.is_party(other):
            return False
        return self.written(at) in _BESIDE or self.cue(self.before(other)) is Cue.COMPARE

    def receives(self, at: int) -> bool:
        """Whether "who" asks for the other side: "to whom", "whom did A promise", "which countries were asked"."""
        if self.cue(self.before(at)) is Cue.TO:
            return True
        following = self.after(at)
        if self.cue(following) is Cue.RECEIVE:
            return True
        if following is None or self.cue(following) not in (Cue.HAVE, Cue.BE):
            return False
        while following is not None and self.cue(following) in (Cue.HAVE, Cue.BE):
            being, following = self.cue(following) is Cue.BE, self.after(following)
        if following is None or self.cue(following) is Cue.RECEIVE:
            return following is not None
        return self.is_party(following) or (being and self.phrase(following).participle)

    def _part(self, at: int) -> Part:
        before = self._leading(at)
        cue = self.cue(before)
        if self._issues(at) or self._issues_too(before):
            return Part.ISSUER
        if cue is Cue.BETWEEN and self._is_occasion(self.before(before)):
            return Part.UNCLEAR
        if self._gets(at) or self._has_agents(at) or (before is not None and self._as_to(before)):
            return Part.COUNTERPART
        if cue in (Cue.ON, Cue.IN) and self._owns_kind(at):
            return Part.ACTOR
        if cue in _PREPOSITIONS:
            return _PREPOSITIONS[cue]
        if before is not None and cue in (Cue.OF, Cue.FROM, Cue.ON):
            return self._of(before, cue)
        if before is not None and cue is Cue.KIND:
            if self.cue(self.after(at)) is Cue.HAVE or self._acts(at):
                return Part.ACTOR
            if self.names(self.before(before), Person):
                return Part.COUNTERPART
            return Part.UNDECIDED if self.phrase(before).noun and not self._is_verb(before) else Part.COUNTERPART
        if self._passive(at) or (self._given(at) and self.is_party(before)):
            return Part.COUNTERPART
        if cue in (Cue.HAVE, Cue.BE) or self.possessive(at) or self._owns_kind(at):
            return Part.ACTOR
        if self.cue(self.after(at)) in (Cue.HAVE, Cue.BE) or self._acts(at) or self._turns_to(at):
            return Part.ACTOR
        unknown = before is not None and self._pieces[before].meaning is None
        return Part.UNCLEAR if unknown else Part.GUESSED

    def _is_occasion(self, at: int | None) -> bool:
        return at is not None and (isinstance(self._pieces[at].meaning, Events) or self.names(at, Event))

    def _has_agents(self, at: int) -> bool:
        """ "A's supporters": who supports A."""
        following = self.after(at)
        return self.possessive(at) and following is not None and self.phrase(following).agent

    def _is_verb(self, at: int) -> bool:
        """ "Did others promise A", "states that promise A": here what could be a noun is a verb."""
        if self.cue(self.before(at)) is Cue.HAVE:
            return True
        asking = self._pieces[at - 1].cue is Cue.WHO or self.phrase(at - 1).group is Group.ACTOR
        return at > 0 and (asking or (at > 1 and self.written(at - 1) == "that"))

    def _turns_to(self, at: int) -> bool:
        """ "A to B: pledges", "A trade aid for B": no word leads A, and "to" follows."""
        following = self.after(at)
        while self.names(following, Field) and following is not None and not self.is_party(following):
            following = self.after(following)
        return (
            following is not None and self.written(following) in ("to", "for") and self.is_party(self.after(following))
        )

    def _gets(self, at: int) -> bool:
        """Whether the party is who receives: "received by A", "that A got"."""
        before = self.before(at)
        by = self.cue(before) is Cue.BY and self.cue(self.before(before)) is Cue.RECEIVE
        return by or self.cue(self.after(at)) is Cue.RECEIVE

    def _acts(self, at: int) -> bool:
        """Whether a verb of giving or saying follows: "what A said about B"."""
        return at + 1 < len(self._pieces) and self._pieces[at + 1].cue is Cue.MADE

    def _as_to(self, before: int) -> bool:
        """ "The same to A as to B", where "as to" is not "about"."""
        same = any(piece.cue is Cue.SAME for piece in self._pieces)
        return same and self.written(before) == "as to"

    def _given(self, at: int) -> bool:
        """Whether a verb of giving stands right before the name: in "that A gave B"."""
        nearest = next((piece for piece in reversed(self._pieces[:at]) if piece.cue is not Cue.FILLER), None)
        return nearest is not None and nearest.cue is Cue.MADE

    def _leading(self, at: int) -> int | None:
        """The word that leads the name: in "to the government of A" it is "to"."""
        before = self.before(at)
        if self.cue(before) is Cue.OF and before is not None:
            earlier = self.before(before)
            beside = earlier is not None and self._compares() and self.written(earlier) in _BESIDE
            if self.cue(earlier) in (Cue.BY, Cue.TO, Cue.FROM) and not beside:
                return earlier
        return before

    def _issues(self, at: int) -> bool:
        """Whether a statement follows the name or the list of names: "the joint statement", "A's declaration"."""
        following = self.after(at)
        while following is not None and (self.is_party(following) or self.cue(following) is Cue.AND):
            following = self.after(following)
        return self.cue(following) is Cue.STATEMENT

    def _issues_too(self, before: int | None) -> bool:
        """ "A's joint statement with B": the word before B is this "with"."""
        if before is None or self.written(before) != "with":
            return False
        return self.cue(self.before(before)) is Cue.STATEMENT

    def owners(self, at: int | None, parts: Mapping[int, Part]) -> list[int]:
        """Whose statement it is in "A's pledges in its statement": those who are bound."""
        if not at or self.cue(at) is not Cue.STATEMENT or self.written(at - 1) not in ("it", "its", "their"):
            return []
        return [n for n, part in parts.items() if part in (Part.ACTOR, Part.GUESSED)]

    def _of(self, before: int, cue: Cue) -> Part:
        """ "of A", "from A", "on A": after a word that asks, A is the one who is asked."""
        asking = self._nearest_kind(before)
        if asking is None:
            # "Of A, what does B expect?": the word that asks comes later.
            asking = next((n for n in range(before, len(self._pieces)) if self.cue(n) is Cue.KIND), None)
        if cue is Cue.OF and asking is not None and self.phrase(asking).agent:
            return Part.COUNTERPART
        calls = asking is not None and self.phrase(asking).kinds == {Kind.CALL}
        if cue is Cue.ON:
            return Part.COUNTERPART if calls else Part.TOPIC
        if not calls or asking is None:
            return Part.ACTOR
        return Part.UNDECIDED if self.phrase(asking).noun else Part.COUNTERPART

    def _nearest_kind(self, before: int) -> int | None:
        return next((n for n in range(before, -1, -1) if self.cue(n) is Cue.KIND), None)

    def _passive(self, at: int) -> bool:
        """ "was A promised", "is A expected", "did A get": A is the one who receives it."""
        before = self.before(at)
        if self.possessive(at) and at + 1 < len(self._pieces) and self.phrase(at + 1).participle:
            # "A's promised what by B?"
            return any(piece.cue is Cue.BY for piece in self._pieces[at:])
        plain = before is not None and all(piece.cue is Cue.FILLER for piece in self._pieces[before + 1 : at])
        being = plain and self.cue(before) is Cue.BE
        following = self.after(at)
        while following is not None and (
            self.cue(following) in (Cue.BE, Cue.HAVE, Cue.AND) or self.is_party(following)
        ):
            being = being or self.cue(following) is Cue.BE
            following = self.after(following)
        if self.cue(following) is Cue.RECEIVE:
            return True
        passed = range(at + 1, len(self._pieces) if following is None else following)
        if being and any(self.written(n) in ("given", "shown") for n in passed):
            return True
        # "What's A expected to do?" is passive, "What's A promised?" is not.
        short = plain and before is not None and self.written(before) == "s"
        if following is None or not self.phrase(following).participle or self._binds(following):
            return False
        return being or (short and self.phrase(following).kinds == {Kind.CALL})

    def _binds(self, at: int) -> bool:
        """ "Is A pledged to do": whoever is pledged to do something binds itself; who is expected to do it is asked."""
        own = Kind.PLEDGE in self.phrase(at).kinds and at + 1 < len(self._pieces)
        return own and self.written(at + 1) in ("to do", "to")

    def _owns_kind(self, at: int) -> bool:
        """ "A pledges", "A security pledges", "A and B pledges"."""
        following = self.after(at)
        while following is not None and self.cue(following) is not Cue.KIND:
            described = self.names(following, Field) or self.is_party(following)
            if not described and self.cue(following) not in (Cue.AND, Cue.FIRM, Cue.BINDING, Cue.CONDITIONAL, Cue.HAVE):
                return False
            following = self.after(following)
        return following is not None
