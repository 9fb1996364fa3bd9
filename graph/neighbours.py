"""What stands before and after a word of a question, over articles and the like."""

from collections.abc import Sequence

from graph.grammar import Cue, Phrase
from graph.pieces import Piece
from graph.words import Word
from ontology.records import Actor, Field, Initiative

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
LEADS = frozenset({Cue.BY, Cue.OF, Cue.FROM, Cue.TO, Cue.ON, Cue.IN, Cue.AT, Cue.UNDER, Cue.BETWEEN, Cue.MENTION})
"""Words that lead a name and belong to it."""


class Neighbours:
    """The pieces of a question, each of which can be asked for its neighbours that say something."""

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

    def titled(self, at: int) -> int:
        """The first of the titles before a name, or the name."""
        while at and self.cue(at - 1) is Cue.OFFICE:
            at -= 1
        return at

    def led(self, at: int) -> int:
        """The piece from which a name is quoted: preposition and title before it belong to it."""
        at = self.titled(at)
        before = self.before(at)
        return before if before is not None and self.cue(before) in LEADS else at

    def names(self, at: int | None, sort: type) -> bool:
        """Whether the piece names something of this sort."""
        meaning = None if at is None else self._pieces[at].meaning
        return isinstance(meaning, tuple) and any(isinstance(named, sort) for named in meaning)

    def is_party(self, at: int | None) -> bool:
        """Whether the piece names a party, and is not rather a field or an initiative that is called the same."""
        if at is None or not self.names(at, Actor) or self.names(at, Initiative):
            return False
        led = self.cue(self.before(at)) in (Cue.BY, Cue.OF, Cue.FROM, Cue.TO, Cue.HAVE)
        return led or self.possessive(at) or not self.names(at, Field)

    def possessive(self, at: int) -> bool:
        """Whether the piece is written as an owner: "A's"."""
        return self._words[self._pieces[at].last - 1].possessive

    def written(self, at: int) -> str:
        """The folded words of the piece."""
        piece = self._pieces[at]
        return " ".join(word.folded for word in self._words[piece.first : piece.last])

    def phrase(self, at: int) -> Phrase:
        """The words of the grammar that the piece is, or some that say nothing."""
        meaning = self._pieces[at].meaning
        return meaning if isinstance(meaning, Phrase) else Phrase(Cue.FILLER)
