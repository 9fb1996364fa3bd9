"""Questions for numbers: what "how many", "which fields", "most", "compare" and "the same" ask to be counted."""

from typing import Final

from graph.draft import Draft
from graph.grammar import Cue, Phrase
from graph.question import Amount, Group
from graph.roles import Roles

NUMERIC: Final = frozenset({Cue.COUNT, Cue.GROUP, Cue.MOST, Cue.TOTAL, Cue.COMPARE, Cue.SAME, Cue.EACH_OTHER})
"""Words that mean something only together with the whole question, so that they are read last."""
_MOST_GROUPS: Final = 3
_CALLED: Final = {
    Group.FIELD: "field",
    Group.ACTOR: "who acts",
    Group.TO: "to whom",
    Group.KIND: "kind",
    Group.YEAR: "year",
    Group.INITIATIVE: "initiative",
    Group.CURRENCY: "currency, with the sums",
}


class Numbers:
    """Reads the numeric words of a draft in which everything else is read already."""

    def __init__(self, draft: Draft, roles: Roles) -> None:
        self._draft, self._roles = draft, roles
        self._by: list[Group] = []

    def read(self, noted: list[int]) -> None:
        """Read the pieces with these numbers, all of them `NUMERIC`."""
        found = {cue: [at for at in noted if self._roles.cue(at) is cue] for cue in NUMERIC}
        for at in found[Cue.EACH_OTHER]:
            self._mutual(at)
        for at in found[Cue.GROUP]:
            self._group(at)
        for at in found[Cue.COMPARE] + found[Cue.SAME]:
            self._side_by_side(at, shared=at in found[Cue.SAME])
        for at in found[Cue.MOST]:
            self._most(at)
        for at in found[Cue.TOTAL]:
            self._total(at)
        for at in found[Cue.COUNT]:
            self._count(at)
        if self._money() and self._by and not found[Cue.COUNT]:
            self._add(Group.CURRENCY, first=bool(found[Cue.COMPARE] or found[Cue.SAME]))
        if self._by:
            self._draft.set(by=tuple(self._by))

    def _money(self) -> bool:
        return self._draft.question.amount is Amount.MONEY

    def _add(self, group: Group, *, first: bool = False) -> bool:
        """Count by this too; False where there are too many groups already."""
        if group not in self._by and len(self._by) < _MOST_GROUPS:
            self._by.insert(0 if first else len(self._by), group)
        return group in self._by

    def _mutual(self, at: int) -> None:
        """What two parties promise each other is what each of them promises to the other."""
        actors = self._draft.question.actors
        if len(actors) > 1:
            self._draft.add("counterparts", actors)
            self._draft.read(at, at, f"to: {' or '.join(actor.name for actor in actors)}")
        else:
            self._draft.report(at, at, "name the parties that are meant by it")

    def _group(self, at: int) -> None:
        meaning = self._draft.pieces[at].meaning
        assert isinstance(meaning, Phrase)
        assert meaning.group
        group = Group.TO if meaning.group is Group.ACTOR and self._roles.receives(at) else meaning.group
        if self._add(group):
            self._draft.read(at, at, f"counted by {_CALLED[group]}")
        else:
            self._draft.report(at, at, "acts are counted by three things at most")

    def _side_by_side(self, at: int, *, shared: bool) -> None:
        """One column for each party: rows are fields, unless something else is asked for."""
        question = self._draft.question
        last = next((group for group, some in _sides(question.actors, question.counterparts, shared) if some), None)
        if last is None:
            self._draft.report(
                at, at, "name the two parties that are meant" if shared else "name two parties to compare"
            )
            return
        rows = [group for group in self._by if group not in (Group.ACTOR, Group.TO)]
        rows = rows or [Group.CURRENCY if self._money() else Group.FIELD]
        by_party = [Group.ACTOR] * (shared and last is Group.TO)
        self._by = [*by_party, *rows, last][-_MOST_GROUPS:]
        self._draft.set(shared=self._draft.question.shared or shared)
        what = " and ".join(_CALLED[group] for group in self._by[:-1])
        parties = question.actors if last is Group.ACTOR else question.counterparts
        names = " and ".join(party.name for party in parties)
        self._draft.read(
            at, at, f"counted by {what}" + (f", where both {names} have some" if shared else f", {names} side by side")
        )

    def _most(self, at: int) -> None:
        """Of whom or what the most is asked; groups stand in that order anyway."""
        if not self._by and (asked := self._asked_for()):
            self._add(asked)
        if self._by:
            self._draft.read(at, at, f"counted by {' and '.join(_CALLED[group] for group in self._by)}, most first")
        else:
            self._draft.report(at, at, "say of what: who, which field, which year")

    def _total(self, at: int) -> None:
        if self._money():
            self._add(Group.CURRENCY)
            self._draft.read(at, at, f"counted by {_CALLED[Group.CURRENCY]}")
        else:
            self._count(at)

    def _count(self, at: int) -> None:
        who = any(piece.cue is Cue.WHO for piece in self._draft.pieces)
        if not self._by and who and (asked := self._asked_for()):
            self._add(asked)
            self._draft.read(at, at, f"counted by {_CALLED[asked]}")
            return
        self._draft.set(by=tuple(self._by))
        self._draft.read(at, at, "how many there are")

    def _asked_for(self) -> Group | None:
        """Whether "who" asks for those who act or for those to whom it is done; several parties are counted apart."""
        at = next((n for n, piece in enumerate(self._draft.pieces) if piece.cue is Cue.WHO), None)
        if at is None:
            return Group.ACTOR if len(self._draft.question.actors) > 1 else None
        return Group.TO if self._roles.receives(at) else Group.ACTOR


def _sides(actors: tuple[object, ...], counterparts: tuple[object, ...], shared: bool) -> list[tuple[Group, bool]]:
    """The parties that can be set side by side; "the same to both" is asked of recipients rather than of actors."""
    sides = [(Group.ACTOR, len(actors) > 1), (Group.TO, len(counterparts) > 1)]
    return sides[::-1] if shared else sides
