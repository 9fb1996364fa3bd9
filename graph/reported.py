"""Words that give a filter only together with others, and words for what cannot be asked: those are named."""

from collections.abc import Mapping

from graph.dates import Dated
from graph.draft import Draft
from graph.grammar import Cue, Phrase
from graph.neighbours import LEADS
from graph.pieces import Issuers
from graph.roles import Part, Roles
from ontology.records import Field, Initiative, Person


class Reported:
    """Reads such words of a draft."""

    def __init__(self, draft: Draft, roles: Roles, parts: Mapping[int, Part]) -> None:
        self._draft, self._roles, self._parts = draft, roles, parts

    def read(self, at: int, phrase: Phrase) -> None:
        """Words that give a filter only together with others; alone they are named as not understood."""
        draft, roles = self._draft, self._roles
        neighbours = (roles.before(at), roles.after(at))
        if phrase.refused:
            draft.refuse(at, at, phrase.note or "")
        elif phrase.cue is Cue.BEYOND and self._stands(at):
            draft.read(at, at, "which position")
        elif phrase.cue is Cue.BEYOND:
            draft.report(at, at, phrase.note)
        elif phrase.cue is Cue.OFFICE:
            self._office(at)
        elif (
            phrase.cue is Cue.MENTION
            and roles.after(at) is None
            and not any(piece.cue is Cue.GROUP for piece in draft.pieces)
        ):
            draft.report(at, at, "say what is mentioned")
        elif phrase.cue is Cue.STATEMENT:
            self._statement(at)
        elif phrase.cue is Cue.TOGETHER:
            self._together(at)
        elif self._worries(at) or (phrase.cue is Cue.ABOUT_FIELD and not any(map(self._is_topic, neighbours))):
            draft.report(at, at)

    def _is_topic(self, at: int | None) -> bool:
        return self._roles.names(at, Field) or self._roles.names(at, Initiative)

    def _stands(self, at: int) -> bool:
        """ "Where does A stand on B" asks for positions, not for places."""
        span = self._draft.span
        later = range(at + 1, len(self._draft.pieces))
        return span(at, at).lower() == "where" and any(span(n, n).lower() in ("stand", "stands") for n in later)

    def _worries(self, at: int) -> bool:
        """ "Concerns" are no commitments, but commitments may "concern" something that is named next."""
        written = self._draft.span(at, at).lower()
        return written == "concerns" or (written == "concern" and self._roles.cue(self._roles.after(at)) is not None)

    def _office(self, at: int) -> None:
        """A title before a person's name belongs to the name; who holds an office is not known."""
        following = next(
            (n for n in range(at + 1, len(self._draft.pieces)) if self._roles.cue(n) is not Cue.OFFICE), None
        )
        if not self._roles.names(following, Person):
            note = "who held which office is not in the graph; name the person, or the party alone"
            self._draft.report(at, at, note)

    def _statement(self, at: int) -> None:
        """ "Statements" alone says nothing more than "acts" does; a sort of statements needs their issuer."""
        if self._own(at):
            return
        known = any(isinstance(piece.meaning, Issuers) for piece in self._draft.pieces)
        plain = self._draft.span(at, at).lower() in ("statement", "statements", "document", "documents")
        if not (plain or known or Part.ISSUER in self._parts.values()):
            self._draft.report(at, at, "say whose statements are meant")

    def _own(self, at: int) -> bool:
        """ "A and B: pledges in their statements": theirs are the statements of those who are bound."""
        owners = self._roles.owners(at, self._parts)
        if owners:
            found = self._draft.lexicon.issuers_of(self._draft.span(n, n) for n in owners)
            self._draft.add("issuers", found)
            self._draft.read(at - 1, at, f"issuer: {' or '.join(found)}")
        return bool(owners)

    def _together(self, at: int) -> None:
        if sum(part in (Part.ACTOR, Part.GUESSED) for part in self._parts.values()) > 1:
            self._draft.set(together=True)
            self._draft.read(at, at, "by all of them together")
        else:
            self._draft.report(at, at, "name the parties that bind themselves together")

    def left_out(self, at: int, cue: Cue, *, since: int | None = None) -> int:
        """ "except China", "known on 1 June 2023": what follows, and what stands `since`, cannot be asked either."""
        notes = {
            Cue.NOT: "what is to be left out cannot be asked in words yet",
            Cue.AS_OF: "what was known at a date is not kept yet",
        }
        last = self._roles.after(at)
        while last is not None and self._roles.cue(last) in LEADS:
            last = self._roles.after(last)
        dated = last is not None and isinstance(self._draft.pieces[last].meaning, Dated)
        taken = last if last is not None and (cue is Cue.NOT or dated) else at
        if cue is Cue.AS_OF and dated:
            self._draft.refuse(at, taken, notes[cue])
        else:
            self._draft.report(at if since is None else since, taken, notes[cue])
        return taken + 1
