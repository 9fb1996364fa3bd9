"""The parties of a question, each by the part that it plays."""

from collections.abc import Mapping

from graph.draft import Draft
from graph.grammar import Cue
from graph.reported import Reported
from graph.roles import Part, Roles
from ontology.records import Actor


class Parties:
    """Reads the names of parties in a draft."""

    def __init__(self, draft: Draft, roles: Roles, parts: Mapping[int, Part], reported: Reported) -> None:
        self._draft, self._roles, self._parts, self._reported = draft, roles, parts, reported

    def read(self, at: int, actors: tuple[Actor, ...]) -> int:
        """Read the piece that names these; says with which piece to go on."""
        draft, part = self._draft, self._parts[at]
        if [self._roles.cue(n) for n in (at + 1, at + 2) if n < len(draft.pieces)] == [Cue.HAVE, Cue.NOT]:
            return self._reported.left_out(at + 2, Cue.NOT, since=at)
        names = " or ".join(actor.name for actor in actors)
        if part is Part.ISSUER:
            return self._issued(at)
        if part is Part.TOPIC:
            piece = draft.pieces[at]
            text = " ".join(word.text for word in draft.words[piece.first : piece.last])
            draft.mention(self._roles.led(at), at, text)
        elif part is Part.UNCLEAR or (part is Part.GUESSED and set(self._parts.values()) != {Part.GUESSED}):
            draft.report(
                at, at, "it is not clear what this party does in the question; write by, to or of before it", ()
            )
        elif part is Part.COUNTERPART:
            draft.add("counterparts", actors)
            draft.read(self._roles.led(at), at, f"to: {names}")
        else:
            draft.add("actors", actors)
            draft.read(self._roles.led(at), at, f"by: {names}")
            if part is Part.BOTH:
                draft.add("counterparts", actors)
                draft.read(at, at, f"to: {names}")
        return at + 1

    def _issued(self, at: int) -> int:
        """The party or parties of whose statements is asked: all of them must be issuers."""
        roles, named, following = self._roles, [at], self._roles.after(at)
        while following is not None and (self._parts.get(following) is Part.ISSUER or self._joins(following)):
            named += [following] if following in self._parts else []
            following = roles.after(following)
        before = roles.before(at)
        owners = roles.owners(roles.before(before), self._parts) if before is not None else []
        found = self._draft.lexicon.issuers_of(self._draft.span(n, n) for n in (*owners, *named))
        self._draft.set(issuers=found if owners else (*self._draft.question.issuers, *found))
        self._draft.read(at, named[-1], f"issuer: {' or '.join(found)}")
        return named[-1] + 1

    def _joins(self, at: int) -> bool:
        """ "A and B", "A's joint statement with B"."""
        return self._roles.cue(at) in (Cue.AND, Cue.STATEMENT) or self._roles.written(at) == "with"
