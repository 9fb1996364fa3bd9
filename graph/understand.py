"""A question in plain words becomes a `Question`, with an account of which words gave what and which gave nothing."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from graph.dates import Dated, When, following
from graph.draft import Draft, kinds_meaning
from graph.grammar import Cue, Phrase
from graph.lexicon import Lexicon
from graph.names import Named
from graph.numbers import NUMERIC, Numbers
from graph.parties import Parties
from graph.pieces import Events, Issuers, Literal, cut
from graph.question import Amount, QuestionError, Suggestion, Understood
from graph.reported import Reported
from graph.roles import Roles
from graph.words import words
from ontology.records import Actor, Event, Field, Initiative, Person
from ontology.terms import Force, Kind

EXAMPLES: Final = (
    "all security pledges by Pakistan",
    "what does China expect of Pakistan?",
    "firm pledges by the United Kingdom on energy since 2022",
    "which fields did Japan make pledges in, with counts",
    "compare the health pledges of the United States and China",
)
LONGEST: Final = 1000
_PREFERRED: Final = (Initiative, Field, Person, Event, Actor)
_FORCES: Final = {Cue.FIRM: (Force.FIRM, "force: firm or binding"), Cue.BINDING: (Force.BINDING, "force: binding")}
_CONDITIONS: Final = {Cue.CONDITIONAL: (True, "with a condition"), Cue.UNCONDITIONAL: (False, "without a condition")}


def understand(text: str, lexicon: Lexicon, today: date | None = None) -> Understood:
    """Read a question. Words such as "last year" are meant from `today` on.

    Raises `QuestionError` when nothing at all was understood, when the question is about something that the graph
    does not know, or when the text is longer than a question.
    """
    if len(text) > LONGEST:
        raise QuestionError(f"a question has at most {LONGEST} characters, this one has {len(text)}")
    some = words(text)
    draft = Draft(text, some, cut(some, lexicon, today or date.today()), lexicon)
    _Reader(draft).read()
    if not draft.readings and not draft.refused:
        unread = f"no word of {text.strip()!r} was understood" if some else "the question is empty"
        near = tuple(name for _, suggestion in draft.unknown for name in suggestion.near)
        raise QuestionError(f"{unread}; ask, for example: {' · '.join(EXAMPLES)}", near)
    understood = draft.understood()
    if draft.refused:
        raise _refusal(draft.refused[0], understood)
    return understood


def _refusal(asked: Suggestion, understood: Understood) -> QuestionError:
    """Why there is no answer, and what was understood all the same."""
    read = ", ".join(f"“{words}” ({meaning})" for words, meaning in understood.readings if words in understood.text)
    rest = f"Of the rest was understood {read}. " if read else ""
    return QuestionError(
        f"“{asked.word}” cannot be answered: {asked.note}. {rest}Ask, for example: {' · '.join(EXAMPLES)}"
    )


class _Reader:
    """Reads the pieces of a draft one after the other; each step says with which piece to go on."""

    def __init__(self, draft: Draft) -> None:
        self._draft, self._pieces = draft, draft.pieces
        self._roles = Roles(draft.pieces, draft.words)
        self._parts = self._roles.parts()
        self._reported = Reported(draft, self._roles, self._parts)
        self._parties = Parties(draft, self._roles, self._parts, self._reported)
        self._numeric: list[int] = []
        self._deadlines: set[int] = set()
        self._dates: set[int] = set()

    def read(self) -> None:
        at = 0
        while at < len(self._pieces):
            at = self._step(at)
        for deadline in self._deadlines - self._dates:
            self._draft.report(deadline, deadline, "say before, by or after which date")
        if self._numeric:
            Numbers(self._draft, self._roles).read(self._numeric)

    def _step(self, at: int) -> int:
        meaning = self._pieces[at].meaning
        match meaning:
            case Phrase():
                return self._phrase(at, meaning)
            case Dated():
                self._dated(at, meaning)
            case tuple():
                return self._named(at, meaning)
            case Events():
                self._announced(at, "events", meaning.events, [event.name for event in meaning.events])
            case Issuers():
                self._announced(at, "issuers", meaning.issuers, meaning.issuers)
            case Literal():
                self._draft.mention(self._roles.led(at), at, meaning.text)
            case None:
                return self._unknown(at)
        return at + 1

    def _phrase(self, at: int, phrase: Phrase) -> int:
        draft, cue = self._draft, phrase.cue
        match cue:
            case Cue.KIND:
                self._kind(at, phrase)
            case Cue.FIRM | Cue.BINDING:
                draft.set(min_force=_FORCES[cue][0])
                draft.read(at, at, _FORCES[cue][1])
            case Cue.CONDITIONAL | Cue.UNCONDITIONAL:
                draft.set(conditional=_CONDITIONS[cue][0])
                draft.read(at, at, _CONDITIONS[cue][1])
            case Cue.TO if self._roles.after(at) is None and draft.span(at, at).lower() == "against":
                draft.ask({Kind.OPPOSITION})
                draft.read(at, at, kinds_meaning({Kind.OPPOSITION}))
            case Cue.NEWEST:
                draft.read(at, at, "order: newest first")
            case Cue.PLACE:
                draft.mention(self._roles.led(at), at, draft.span(at, at))
            case Cue.MONEY:
                draft.set(amount=Amount.MONEY)
                draft.add("currencies", [phrase.currency] if phrase.currency else [])
                draft.read(at, at, "with an amount of money" + (f" in {phrase.currency}" if phrase.currency else ""))
            case Cue.WITH_AMOUNT:
                draft.set(amount=draft.question.amount or Amount.ANY)
                draft.read(at, at, "with an amount")
            case Cue.DEADLINE:
                self._deadlines.add(at)
            case _ if cue in NUMERIC:
                self._numeric.append(at)
            case Cue.NOT | Cue.AS_OF:
                return self._reported.left_out(at, cue)
            case _:
                self._reported.read(at, phrase)
        return at + 1

    def _kind(self, at: int, phrase: Phrase) -> None:
        """Ask for kinds. "Pledges to support" are support, but a call to support is a call and its content no kind."""
        draft, governing = self._draft, self._governing(at)
        meaning = None if governing is None else self._pieces[governing].meaning
        if isinstance(meaning, Phrase) and meaning.kinds in ({Kind.CALL}, {Kind.WILLINGNESS}):
            draft.report(at, at, "what an act is about can be asked by its field or by a word that it mentions")
            return
        if isinstance(meaning, Phrase):
            draft.set(kinds=draft.question.kinds - meaning.kinds)
            draft.readings = [reading for reading in draft.readings if reading[0] != governing]
        draft.ask(phrase.kinds)
        draft.read(at if governing is None else governing, at, kinds_meaning(phrase.kinds))

    def _governing(self, at: int) -> int | None:
        """The kind on which this one hangs: in "committed to support" the commitment."""
        before = self._roles.before(at)
        if before is not None and self._draft.span(before, before).lower() in ("to", "of"):
            before = self._roles.before(before)
            while before is not None and (before in self._parts or self._roles.cue(before) in (Cue.BY, Cue.AND)):
                before = self._roles.before(before)
        elif before == at - 1 and self._is_content(at, before):
            return before
        elif before is None or not self._draft.span(before, before).lower().endswith(" to"):
            return None
        return before if self._roles.cue(before) is Cue.KIND else None

    def _is_content(self, at: int, before: int) -> bool:
        """ "Promised support": the noun says what the verb promises."""
        verb, noun = self._pieces[before].meaning, self._pieces[at].meaning
        if not isinstance(verb, Phrase) or not isinstance(noun, Phrase) or verb.noun:
            return False
        return verb.kinds == {Kind.PLEDGE, Kind.WILLINGNESS} and Kind.CALL not in noun.kinds

    def _dated(self, at: int, dated: Dated) -> None:
        draft, roles = self._draft, self._roles
        around = [n for n in (roles.before(at), roles.after(at)) if n is not None and roles.cue(n) is Cue.DEADLINE]
        # "a 2030 deadline", but in "made in 2030 that are due" the date is that of the statement.
        around = [n for n in around if n < at or draft.span(n, n).lower().endswith(("deadline", "deadlines"))]
        due = bool(around)
        made = at > 0 and self._pieces[at - 1].cue is Cue.MADE
        due = due or (at > 0 and draft.span(at - 1, at - 1).lower() in ("to do", "done") and dated.when is When.BEFORE)
        if due or (dated.when is When.BY and not made):
            before = following(dated.until) if dated.until else None
            draft.set(due_since=dated.since, due_before=before)
            self._dates.update(around)
            draft.read(min([at, *around]), max([at, *around]), f"deadline: {_stretch(dated)}")
        elif draft.within(dated):
            draft.read(at, at, f"date of the statement: {_stretch(dated)}")
        else:
            draft.report(at, at, "only one stretch of time can be asked at once")

    def _announced(self, at: int, name: str, found: tuple[object, ...], called: Sequence[str]) -> None:
        known = {"events": self._draft.lexicon.known_events, "issuers": self._draft.lexicon.known_issuers}[name]
        if found:
            self._draft.add(name, found)
            self._draft.read(self._roles.led(at), at, f"{name.removesuffix('s')}: {' or '.join(called)}")
        else:
            self._draft.report(at, at, f"no such {name.removesuffix('s')} is in the graph", known[:3])

    def _unknown(self, at: int) -> int:
        """Unknown words; a proper name after "on" or "in" is looked for in the text."""
        last = at
        while self._is_name(last) and self._is_name(last + 1):
            last += 1
        text = self._draft.span(at, last)
        leading = self._roles.cue(self._roles.before(at))
        led = leading in (Cue.ON, Cue.IN, Cue.UNDER) and self._is_name(at)
        held = tuple(name for name in self._draft.lexicon.known_events if text in name) if leading is Cue.IN else ()
        if led and held:
            self._draft.report(at, last, f"write “at the {held[0]}”, or “that mention {text}”", held[:3])
        elif led and not self._draft.lexicon.near(text) and not self._draft.text.isupper():
            self._draft.mention(self._roles.led(at), last, text)
        else:
            self._draft.report(at, last)
        return last + 1

    def _is_name(self, at: int) -> bool:
        unknown = at < len(self._pieces) and self._pieces[at].meaning is None
        return unknown and self._draft.words[self._pieces[at].first].text[:1].isupper()

    def _named(self, at: int, named: tuple[Named, ...]) -> int:
        if at in self._parts:
            return self._parties.read(at, tuple(each for each in named if isinstance(each, Actor)))
        sort = next(sort for sort in _PREFERRED if any(isinstance(each, sort) for each in named))
        for each in named:
            if isinstance(each, sort):
                self._entity(at, each)
        return at + 1

    def _entity(self, at: int, named: Named) -> None:
        draft = self._draft
        match named:
            case Field():
                draft.add("fields", (named.slug,))
                draft.read(self._roles.led(at), at, f"field: {named.label} and what is narrower")
            case Person() if self._roles.cue(self._roles.before(at)) in (Cue.TO, Cue.BETWEEN):
                draft.report(self._roles.titled(at), at, "acts are directed to parties, not to persons")
            case Person():
                draft.add("speakers", (named,))
                draft.read(self._roles.led(at), at, f"spoken by: {named.name}")
            case Initiative():
                draft.add("initiatives", (named,))
                draft.read(self._roles.led(at), at, f"initiative: {named.name}")
            case Event():
                draft.add("events", (named,))
                draft.read(self._roles.led(at), at, f"event: {named.name}")


def _stretch(dated: Dated) -> str:
    """A stretch of time in words."""
    if dated.since and dated.until:
        return dated.since if dated.since == dated.until else f"{dated.since} to {dated.until}"
    return f"{dated.since} or later" if dated.since else f"{dated.until} or earlier"
