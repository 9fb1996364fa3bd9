"""A question cut into pieces: names, words of the grammar, dates, quotations, and what is none of these."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from graph.dates import Dated, dated
from graph.grammar import Cue, Phrase, phrase
from graph.lexicon import Lexicon
from graph.names import Named
from graph.periods import misdated
from graph.question import QuestionError
from graph.words import Word
from ontology.records import Actor, Event, Initiative, Person

_ENDS_NO_NAME = frozenset({"the", "of", "and", "for", "in", "a", "between", "with"})
_LONGEST_NAME = 14
_VERBS = frozenset({"train", "bridge", "grant", "talk", "waste"})
# What an occasion is called last of all, so that a part of its name can be told from other words.
_OCCASIONS = frozenset(
    {"dialog", "summit", "meeting", "talk", "conference", "forum", "session", "assembly", "visit", "consultation"}
)
# What leads those who take part in an occasion: "dialogue between A and B".
_LEADS_PARTIES = frozenset({"between", "of", "with"})
_ARTICLES = (Cue.FILLER, Cue.MADE)


@dataclass(frozen=True, slots=True)
class Events:
    """The occasions that the words after "at" can mean; none where no occasion is so called."""

    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Issuers:
    """The issuers that the words after "statements of" can mean; none where no statement is of that issuer."""

    issuers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Literal:
    """Words that are looked for as they stand."""

    text: str


Meaning = Phrase | Dated | tuple[Named, ...] | Events | Issuers | Literal | None


@dataclass(frozen=True, slots=True)
class Piece:
    """Words `first` to `last` (exclusive) of a question and what they mean; None for what is not known."""

    first: int
    last: int
    meaning: Meaning

    @property
    def cue(self) -> Cue | None:
        """What the piece does, where it is a word of the grammar."""
        return self.meaning.cue if isinstance(self.meaning, Phrase) else None


def cut(words: Sequence[Word], lexicon: Lexicon, today: date) -> list[Piece]:
    """The pieces of a question, in order and without gaps."""
    found: list[Piece] = []
    at = 0
    while at < len(words):
        piece = _after_cue(words, at, found, lexicon, today) or _piece(words, at, lexicon, today)
        found.append(piece)
        at = piece.last
    return found


def _piece(words: Sequence[Word], at: int, lexicon: Lexicon, today: date) -> Piece:
    if words[at].quote:
        last = next((n for n in range(at, len(words)) if words[n].quote != words[at].quote), len(words))
        return Piece(at, last, Literal(" ".join(word.text for word in words[at:last])))
    wrong = misdated(words, at)
    if wrong:
        return Piece(at, at + wrong, Phrase(Cue.BEYOND, note="the calendar has no such date"))
    time = dated(words, at, today)
    cue = _phrase(words, at, lexicon)
    name = None if _is_verb(words, at) else lexicon.longest(words, at)
    sized: list[tuple[int, Meaning]] = [(1, None)]
    sized += [(time.size, time)] if time else []
    sized += [(cue[1], cue[0])] if cue else []
    sized += [(name.size, name.named)] if name else []
    sized += _occasion(words, at, lexicon)
    # Of readings of one length the first counts, but any reading is better than none, and an acronym is a name.
    acronym = len(words[at].text) > 1 and words[at].text.isupper()
    size, meaning = max(
        sized, key=lambda reading: (reading[0], reading[1] is not None, acronym and isinstance(reading[1], tuple))
    )
    return Piece(at, at + size, meaning)


def _phrase(words: Sequence[Word], at: int, lexicon: Lexicon) -> tuple[Phrase, int] | None:
    """The longest phrase, unless it takes the first word of a longer name: "by Party of Democratic Kampuchea"."""
    found = phrase(words, at)
    if found and found[1] > 1 and found[0].cue is Cue.GROUP:
        name = lexicon.longest(words, at + 1)
        if name and name.size > found[1] - 1:
            return phrase(words[: at + 1], at)
    return found


def _is_verb(words: Sequence[Word], at: int) -> bool:
    """Whether a word that also names a field is a verb here: "to train officers", but "train services"."""
    bare = words[at].folded in _VERBS and not words[at].text.endswith("s")
    return bare and at > 0 and words[at - 1].folded in ("to", "will", "would", "shall", "help")


def _after_cue(words: Sequence[Word], at: int, before: Sequence[Piece], lexicon: Lexicon, today: date) -> Piece | None:
    """A name that only the words before it announce: an occasion, an issuer, words to look for."""
    earlier = [piece for piece in before if piece.cue not in _ARTICLES]
    if not earlier or words[at].quote or words[at].folded in _ENDS_NO_NAME or dated(words, at, today):
        return None
    last, leading = earlier[-1], [piece.cue for piece in earlier[:-1]][-1:]
    if last.cue is Cue.AT or (isinstance(last.meaning, Dated) and leading == [Cue.AT]):
        return _event(words, at, lexicon, today)
    if last.cue in (Cue.OF, Cue.BY, Cue.FROM, Cue.BETWEEN) and leading == [Cue.STATEMENT]:
        return _issuer(words, at, lexicon, today)
    listed = last.cue is Cue.AND and len(earlier) > 1 and isinstance(earlier[-2].meaning, Literal)
    if last.cue is Cue.MENTION or (listed and _piece(words, at, lexicon, today).meaning is None):
        return _literal(words, at, lexicon, today)
    return None


def _names(words: Sequence[Word], at: int) -> Iterator[tuple[str, int]]:
    """Stretches of words that could be one name, the longest first."""
    for last in range(min(len(words), at + _LONGEST_NAME), at, -1):
        if words[last - 1].folded not in _ENDS_NO_NAME:
            yield " ".join(word.text for word in words[at:last]), last


def _occasion(words: Sequence[Word], at: int, lexicon: Lexicon) -> list[tuple[int, Meaning]]:
    """The occasion whose name has the next words, the last of which says that it is one: "Strategic Dialogue".

    The parties may follow that word: "Strategic Dialogue between A and B".
    """
    for name, last in _occasional(words, at):
        if any(word.folded in _OCCASIONS for word in words[at + 1 : last]):
            try:
                return [(last - at, Events(lexicon.events(name)))]
            except QuestionError:
                continue
    return []


def _occasional(words: Sequence[Word], at: int) -> Iterator[tuple[str, int]]:
    """Stretches of words that could be the name of an occasion: what follows its last word is led by "between"."""
    for name, last in _names(words, at):
        ends = [n for n in range(at, last) if words[n].folded in _OCCASIONS]
        pauses = any(word.pause for word in words[at + 1 : last])
        listed = last < len(words) and words[last].folded == "and" and ends and ends[-1] < last - 1
        whole = not ends or ends[-1] == last - 1 or words[ends[-1] + 1].folded in _LEADS_PARTIES
        if whole and not (pauses or listed):
            yield name, last


def _event(words: Sequence[Word], at: int, lexicon: Lexicon, today: date) -> Piece:
    for name, last in _occasional(words, at):
        try:
            return Piece(at, last, Events(lexicon.events(name)))
        except QuestionError:
            continue
    return Piece(at, _run(words, at, lexicon, today), Events(()))


def _issuer(words: Sequence[Word], at: int, lexicon: Lexicon, today: date) -> Piece:
    for name, last in _names(words, at):
        try:
            return Piece(at, last, Issuers(lexicon.issuers(name)))
        except QuestionError:
            continue
    known = lexicon.longest(words, at)
    if known and any(isinstance(named, Person) for named in known.named):
        return _piece(words, at, lexicon, today)
    if known and isinstance(known.named[0], Actor):
        # A party of which no statement is there: the answer is empty, not the answer to another question.
        return Piece(at, at + known.size, Issuers((known.named[0].name,)))
    return Piece(at, _run(words, at, lexicon, today), Issuers(()))


def _literal(words: Sequence[Word], at: int, lexicon: Lexicon, today: date) -> Piece | None:
    known = lexicon.longest(words, at)
    if known and any(isinstance(named, Initiative) for named in known.named):
        return None
    cue = phrase(words, at)
    if cue and cue[0].cue is Cue.MOST and at + cue[1] == len(words):
        return None
    last = _run(words, at, lexicon, today)
    return Piece(at, last, Literal(" ".join(word.text for word in words[at:last])))


def _run(words: Sequence[Word], at: int, lexicon: Lexicon, today: date) -> int:
    """Where the name ends that begins at word `at`: before the next word of the grammar or the next date."""
    last = _piece(words, at, lexicon, today).last
    while last < len(words) and not words[last].pause:
        piece = _piece(words, last, lexicon, today)
        if isinstance(piece.meaning, Dated | Literal) or piece.cue not in (None, Cue.OF, Cue.FILLER):
            break
        last = piece.last
    return last
