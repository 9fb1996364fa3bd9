"""What a named party does in a question: is it bound, addressed, the issuer, or only talked about?"""

from collections.abc import Sequence
from enum import StrEnum

from graph.grammar import Cue, Phrase
from graph.pieces import Issuers, Piece
from graph.words import Word
from ontology.records import Actor, Field, Initiative, Person
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


_PASSED_OVER = (
    Cue.FILLER,
    Cue.MADE,
    Cue.WHO,
    Cue.OFFICE,
    Cue.COUNT,
    Cue.GROUP,
    Cue.MOST,
    Cue.TOTAL,
    Cue.SAME,
    Cue.EACH_OTHER,
    Cue.MONEY,
    Cue.WITH_AMOUNT,
)
_PREPOSITIONS = {
    Cue.BY: Part.ACTOR,
    Cue.TO: Part.COUNTERPART,
    Cue.BETWEEN: Part.BOTH,
    Cue.IN: Part.TOPIC,
    Cue.UNDER: Part.TOPIC,
    Cue.AT: Part.TOPIC,
    Cue.MENTION: Part.TOPIC,
}
LEADS = frozenset({Cue.BY, Cue.OF, Cue.FROM, Cue.TO, Cue.ON, Cue.IN, Cue.AT, Cue.UNDER, Cue.BETWEEN, Cue.MENTION})
"""Words that lead a name and belong to it."""
# In a comparison these set one party beside another: "with those of A".
_BESIDE = ("with", "against")


class Roles:
    """The parts of all parties of a question. `at` finds neighbours that say something, over articles and the like."""

    def __init__(self, pieces: Sequence[Piece], words: Sequence[Word]) -> None:
        self._pieces, self._words = pieces, words

    def before(self, at: int | None) -> int | None:
        """The nearest piece before this one that says something."""
        if at is None:
            return None
        return next((n for n in range(at - 1, -1, -1) if self._pieces[n].cue not in _PASSED_OVER), None)

    def after(self, at: int) -> int | None:
        """The nearest piece after this one that says something."""
        return next((n for n in range(at + 1, len(self._pieces)) if self._pieces[n].cue not in _PASSED_OVER), None)

    def cue(self, at: int | None) -> Cue | None:
        """What the piece does, if there is one."""
        return None if at is None else self._pieces[at].cue

    def names(self, at: int | None, sort: type) -> bool:
        """Whether the piece names something of this sort."""
        meaning = None if at is None else self._pieces[at].meaning
        return isinstance(meaning, tuple) and any(isinstance(named, sort) for named in meaning)

    def is_party(self, at: int | None) -> bool:
        """Whether the piece names a party, and is not rather a field or an initiative that is called the same."""
        if at is None or not self.names(at, Actor) or self.names(at, Initiative):
            return False
        led = self.cue(self.before(at)) in (Cue.BY, Cue.OF, Cue.FROM, Cue.TO, Cue.HAVE)
        return led or self._possessive(at) or not self.names(at, Field)

    def _possessive(self, at: int) -> bool:
        return self._words[self._pieces[at].last - 1].possessive

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
        joined = before is not None and (self.cue(before) in (Cue.AND, Cue.TOGETHER) or self._against(before))
        other = self.before(before) if joined and before is not None else before
        if not joined and self._possessive(at):
            return None
        if joined and other is not None and isinstance(self._pieces[other].meaning, Issuers):
            return Part.ISSUER
        return parts.get(other) if other is not None else None

    def _compares(self) -> bool:
        return any(piece.cue is Cue.COMPARE for piece in self._pieces)

    def _against(self, at: int) -> bool:
        """Whether the word sets one party beside another: "A versus B", "compare A with B", "compare A to B"."""
        if self.cue(at) is Cue.COMPARE:
            return True
        other = self.before(at)
        if not self._compares() or self.cue(at) is not Cue.TO or not self.is_party(other):
            return False
        return self._written(at) in _BESIDE or self.cue(self.before(other)) is Cue.COMPARE

    def _written(self, at: int) -> str:
        piece = self._pieces[at]
        return " ".join(word.folded for word in self._words[piece.first : piece.last])

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
        return self.is_party(following) or (being and self._phrase(following).participle)

    def _part(self, at: int) -> Part:
        before = self._leading(at)
        cue = self.cue(before)
        if self._issues(at):
            return Part.ISSUER
        if self._gets(at) or (before is not None and self._as_to(before)):
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
            return Part.UNDECIDED if self._phrase(before).noun else Part.COUNTERPART
        if self._passive(at) or (self._given(at) and self.is_party(before)):
            return Part.COUNTERPART
        if cue in (Cue.HAVE, Cue.BE) or self._possessive(at) or self._owns_kind(at):
            return Part.ACTOR
        if self.cue(self.after(at)) in (Cue.HAVE, Cue.BE) or self._acts(at):
            return Part.ACTOR
        unknown = before is not None and self._pieces[before].meaning is None
        return Part.UNCLEAR if unknown else Part.GUESSED

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
        return same and self._written(before) == "as to"

    def _given(self, at: int) -> bool:
        """Whether a verb of giving stands right before the name: in "that A gave B"."""
        nearest = next((piece for piece in reversed(self._pieces[:at]) if piece.cue is not Cue.FILLER), None)
        return nearest is not None and nearest.cue is Cue.MADE

    def _leading(self, at: int) -> int | None:
        """The word that leads the name: in "to the government of A" it is "to"."""
        before = self.before(at)
        if self.cue(before) is Cue.OF and before is not None:
            earlier = self.before(before)
            beside = earlier is not None and self._compares() and self._written(earlier) in _BESIDE
            if self.cue(earlier) in (Cue.BY, Cue.TO, Cue.FROM) and not beside:
                return earlier
        return before

    def _issues(self, at: int) -> bool:
        """Whether a statement follows the name or the list of names: "the joint statement", "A's declaration"."""
        following = self.after(at)
        while following is not None and (self.is_party(following) or self.cue(following) is Cue.AND):
            following = self.after(following)
        return self.cue(following) is Cue.STATEMENT

    def _of(self, before: int, cue: Cue) -> Part:
        """ "of A", "from A", "on A": after a word that asks, A is the one who is asked."""
        asking = self._nearest_kind(before)
        if asking is None:
            # "Of A, what does B expect?": the word that asks comes later.
            asking = next((n for n in range(before, len(self._pieces)) if self.cue(n) is Cue.KIND), None)
        calls = asking is not None and self._phrase(asking).kinds == {Kind.CALL}
        if cue is Cue.ON:
            return Part.COUNTERPART if calls else Part.TOPIC
        if not calls or asking is None:
            return Part.ACTOR
        return Part.UNDECIDED if self._phrase(asking).noun else Part.COUNTERPART

    def _nearest_kind(self, before: int) -> int | None:
        return next((n for n in range(before, -1, -1) if self.cue(n) is Cue.KIND), None)

    def _passive(self, at: int) -> bool:
        """ "was A promised", "is A expected", "did A get": A is the one who receives it."""
        before = self.before(at)
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
        return being and following is not None and self._phrase(following).participle

    def _owns_kind(self, at: int) -> bool:
        """ "A pledges", "A security pledges", "A and B pledges"."""
        following = self.after(at)
        while following is not None and self.cue(following) is not Cue.KIND:
            described = self.names(following, Field) or self.is_party(following)
            if not described and self.cue(following) not in (Cue.AND, Cue.FIRM, Cue.BINDING, Cue.CONDITIONAL, Cue.HAVE):
                return False
            following = self.after(following)
        return following is not None

    def _phrase(self, at: int) -> Phrase:
        meaning = self._pieces[at].meaning
        return meaning if isinstance(meaning, Phrase) else Phrase(Cue.FILLER)
