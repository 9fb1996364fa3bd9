"""The filters of a question as query parameters, and the question that they make."""

import re
from dataclasses import replace
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.http.negotiation import Format
from graph.lexicon import Lexicon
from graph.question import Amount, Group, Question
from ontology.terms import COMMITMENT_KINDS, Force, Kind

LIMIT: Final = 100
MOST: Final = 500
DATE: Final = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"

CommitmentKind = Literal["pledge", "willingness", "support", "opposition"]
Name = Annotated[str, Field(pattern=r"\S", max_length=300)]
Names = Annotated[list[Name], Field(max_length=20)]
Code = Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="The ISO 4217 code of a currency.")]
Date = Annotated[str, Field(pattern=DATE, description="A year, a month or a day: 2023, 2023-05 or 2023-05-06.")]
Limit = Annotated[int, Field(ge=1, le=MOST, description="How many rows an answer holds.")]
Cursor = Annotated[str | None, Field(max_length=1000, description="`next` of the page before.")]
AtLeast = Annotated[
    Force | None,
    Field(description="At least this force: 1 hope, 2 willingness, 3 best effort, 4 firm, 5 binding."),
]
As = Annotated[Format | None, Field(description="The representation, where an `Accept` header cannot be sent.")]


class Limited(BaseModel):
    """What every list takes. Unknown parameters are refused, so that no filter is dropped in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: Limit = LIMIT
    format: As = None


class Parameters(Limited):
    """What every page of a long list takes."""

    cursor: Cursor = None


class Asking(Parameters):
    """A question in plain words."""

    q: Annotated[
        str,
        Field(
            min_length=1,
            max_length=1000,
            description="The question in plain words.",
            examples=["all security pledges by Pakistan"],
        ),
    ]


class Filters(Limited):
    """Every filter that is given must hold; several values of one filter are alternatives."""

    actor: Annotated[Names, Field(description="Who it is that acts, by any name or ISO code.")] = []
    to: Annotated[Names, Field(description="To, with or for whom; of a call, to whom it is addressed.")] = []
    field: Annotated[Names, Field(description="A field, by slug or name; its narrower fields are included.")] = []
    since: Annotated[Date | None, Field(description="Statements of this date or later.")] = None
    until: Annotated[Date | None, Field(description="Statements of this date or earlier.")] = None
    issuer: Annotated[Names, Field(description="Who issued the statement.")] = []
    speaker: Annotated[Names, Field(description="In whose mouth the act is put.")] = []
    event: Annotated[Names, Field(description="The occasion of the statement.")] = []
    initiative: Annotated[Names, Field(description="A named programme or plan.")] = []
    words: Annotated[
        Names,
        Field(description='Words that all occur in the action or its quote; a "phrase" in double quotes as it is.'),
    ] = []
    due_since: Annotated[Date | None, Field(description="With a deadline at this date or later.")] = None
    due_before: Annotated[Date | None, Field(description="With a deadline before this date.")] = None
    conditional: Annotated[bool | None, Field(description="Only acts with, or without, a condition.")] = None
    amount: Annotated[Amount | None, Field(description="Only acts with an amount: of anything, or of money.")] = None
    currency: Annotated[list[Code], Field(max_length=20, description="Only acts with money in this currency.")] = []
    together: Annotated[bool | None, Field(description="Only acts of all the parties in `actor` at once.")] = None

    def _about(self, lexicon: Lexicon, kinds: frozenset[Kind], force: Force | None = None) -> Question:
        """The question that these filters ask; raises QuestionError for a name that is not known."""
        return Question(
            kinds=kinds,
            actors=tuple(map(lexicon.actor, self.actor)),
            together=bool(self.together),
            counterparts=tuple(map(lexicon.actor, self.to)),
            fields=tuple(lexicon.field(name).slug for name in self.field),
            since=self.since,
            until=self.until,
            issuers=tuple(issuer for name in self.issuer for issuer in lexicon.issuers(name)),
            speakers=tuple(person for name in self.speaker for person in lexicon.speakers(name)),
            events=tuple(event for name in self.event for event in lexicon.events(name)),
            initiatives=tuple(map(lexicon.initiative, self.initiative)),
            words=tuple(word for text in self.words for word in _words(text)),
            min_force=force,
            due_since=self.due_since,
            due_before=self.due_before,
            conditional=self.conditional,
            amount=self.amount,
            currencies=tuple(self.currency),
            limit=self.limit,
        )


class CallFilters(Filters, Parameters):
    """The filters of calls."""

    def question(self, lexicon: Lexicon) -> Question:
        """The question that these filters ask; raises QuestionError for a name that is not known."""
        return replace(self._about(lexicon, frozenset({Kind.CALL})), cursor=self.cursor)


class CommitmentFilters(CallFilters):
    """The filters of calls, and two more."""

    kind: Annotated[list[CommitmentKind], Field(max_length=4, description="All four kinds when none is given.")] = []
    force: AtLeast = None

    def question(self, lexicon: Lexicon) -> Question:
        """The question that these filters ask; raises QuestionError for a name that is not known."""
        kinds = frozenset(map(Kind, self.kind)) or COMMITMENT_KINDS
        return replace(self._about(lexicon, kinds, self.force), cursor=self.cursor)


class CountFilters(Filters):
    """The filters of commitments and calls, and by what those that pass them are counted."""

    kind: Annotated[list[Kind], Field(max_length=5, description="The kinds of commitments when none is given.")] = []
    force: AtLeast = None
    by: Annotated[
        list[Group],
        Field(
            max_length=3,
            description="What to count by, in this order; without it, how many there are. A field counts what is "
            "narrower too, and a currency also sums the amounts.",
        ),
    ] = []
    shared: Annotated[
        bool | None,
        Field(
            description="Only groups that each of the parties in `actor` or `to` has, by which is counted last. Top "
            "fields are left out, since they are too wide to be shared."
        ),
    ] = None

    def question(self, lexicon: Lexicon) -> Question:
        """The question for numbers that these filters ask; raises QuestionError for a name that is not known."""
        kinds = frozenset(self.kind) or COMMITMENT_KINDS
        return replace(self._about(lexicon, kinds, self.force), by=tuple(self.by), shared=bool(self.shared))


def _words(text: str) -> list[str]:
    """The words to look for: one by one, and as a phrase what stands in double quotes."""
    return [phrase or word for phrase, word in re.findall(r'"([^"]*)"|(\S+)', text) if phrase or word]
