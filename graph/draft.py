"""A question while it is read: the filters found so far, the words that gave them, and the words that gave none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from graph.dates import Dated, following
from graph.grammar import kind_names
from graph.lexicon import Lexicon
from graph.pieces import Piece
from graph.question import Question, Suggestion, Understood
from graph.words import Word
from ontology.terms import COMMITMENT_KINDS, Kind


@dataclass
class Draft:
    """The reading of one question, as far as it has come."""

    text: str
    words: Sequence[Word]
    pieces: Sequence[Piece]
    lexicon: Lexicon
    question: Question = field(default_factory=lambda: Question(kinds=frozenset()))
    readings: list[tuple[int, str, str]] = field(default_factory=list)
    unknown: list[tuple[int, Suggestion]] = field(default_factory=list)
    refused: list[Suggestion] = field(default_factory=list)

    def span(self, first: int, last: int) -> str:
        """The question's own text from piece `first` to piece `last`, inclusive."""
        opening, closing = self.words[self.pieces[first].first], self.words[self.pieces[last].last - 1]
        return self.text[opening.start - bool(opening.quote) : closing.end + bool(closing.quote)]

    def read(self, first: int, last: int, *meanings: str) -> None:
        """Say what the pieces from `first` to `last` were read as."""
        self.readings += [(first, self.span(first, last), meaning) for meaning in meanings]

    def add(self, name: str, values: Iterable[Any]) -> None:
        """Add alternatives to a filter."""
        self.set(**{name: tuple(dict.fromkeys((*getattr(self.question, name), *values)))})

    def set(self, **filters: Any) -> None:
        """Set filters."""
        self.question = replace(self.question, **filters)

    def mention(self, first: int, last: int, text: str) -> None:
        """Ask for acts in whose words this text stands."""
        self.add("words", (text,))
        self.read(first, last, f"mentions “{text}”")

    def ask(self, kinds: Iterable[Kind]) -> None:
        """Ask for these kinds of acts too."""
        self.set(kinds=self.question.kinds | frozenset(kinds))

    def report(self, first: int, last: int, note: str | None = None, near: tuple[str, ...] | None = None) -> None:
        """Say that the pieces from `first` to `last` were not used, and why."""
        word = self.span(first, last)
        if near is None:
            near = () if note else self.lexicon.near(word, kind_names())
        self.unknown.append((first, Suggestion(word, near, note)))

    def refuse(self, first: int, last: int, note: str) -> None:
        """Say that a question with these pieces cannot be answered at all, and why."""
        self.refused.append(Suggestion(self.span(first, last), (), note))

    def within(self, dated: Dated) -> bool:
        """Bound the date of the statement; False if that contradicts an earlier bound."""
        bounds = [bound for bound in (self.question.since, dated.since) if bound]
        since = max(bounds, default=None)
        ends = [bound for bound in (self.question.until, dated.until) if bound]
        until = min(ends, key=following, default=None)
        if since and until and since >= following(until):
            return False
        self.set(since=since, until=until)
        return True

    def understood(self) -> Understood:
        """What the question was read as. Without a word for it, all commitments are meant."""
        readings = [(words, meaning) for _, words, meaning in sorted(self.readings, key=lambda reading: reading[0])]
        if not self.question.kinds:
            self.ask(COMMITMENT_KINDS)
            readings.append(("(no word for a kind)", kinds_meaning(COMMITMENT_KINDS)))
        unknown = tuple(suggestion for _, suggestion in sorted(self.unknown, key=lambda pair: pair[0]))
        return Understood(self.text, self.question, tuple(readings), unknown)


def kinds_meaning(kinds: Iterable[Kind]) -> str:
    """What a set of kinds is called in a reading."""
    wanted = frozenset(kinds)
    return "kinds: " + ", ".join(kind for kind in Kind if kind in wanted)
