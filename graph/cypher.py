"""A question becomes one Cypher query, the same on every back end; words from outside go into parameters only."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from graph.cursor import place
from graph.dates import following
from graph.projection import projection, relationship
from graph.question import Amount, Question, QuestionError
from graph.words import words
from ontology.records import Act, Call, Commitment
from ontology.terms import COMMITMENT_KINDS, Kind

LONGEST_PAGE: Final = 1000
# Acts without a date come last.
_ORDER: Final = "coalesce(c.date, '') DESC, c.iri"
_AFTER: Final = "(coalesce(c.date, '') < $after_date OR (coalesce(c.date, '') = $after_date AND c.iri > $after))"
PARTIES: Final = ("actors", "counterparts")
"""The filters by parties, which may have very many acts."""
# A deadline is the end of a span such as ../2030, taken as late as its precision allows.
_DUE: Final = "last(split(u.due, '/')) + '-99'"
# How an utterance is reached from what says something about it.
_UTTERED: Final = {
    "events": "<-[:AT_EVENT]-",
    "speakers": "<-[:SPOKEN_BY]-",
    "issuers": "<-[:IN_STATEMENT]-",
    "dates": "<-[:IN_STATEMENT]-",
}


@dataclass(frozen=True, slots=True)
class Query:
    """A Cypher query and its parameters. It returns one row more than a page has, so that the next page is known of."""

    text: str
    parameters: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time, within which a search starts at what is shelved there and not at all that a party ever did.

    `months` are the first seven characters of the dates of its acts, the newest first; "" stands for acts without a
    date and is a stretch of its own. `before` is the last month of the stretch before it, None for the first.
    `fields` are the slugs asked for with all narrower ones.
    """

    months: tuple[str, ...]
    before: str | None
    fields: tuple[str, ...]


def query(question: Question, anchor: str | None = None, stretch: Stretch | None = None) -> Query:
    """The query that answers a question, from a filter of its own choice or from this one; or a stretch of the answer.

    Raises `QuestionError` for a bad limit, date or cursor.
    """
    if not 1 <= question.limit <= LONGEST_PAGE:
        raise QuestionError(f"a page has 1 to {LONGEST_PAGE} acts, not {question.limit}")
    return _Writer(question, anchor or anchor_of(question), stretch).query()


@dataclass(frozen=True, slots=True)
class Matching:
    """The beginning of a query: it leaves each act that passes the filters in `c`, once, and the slugs of the fields
    asked for, narrower ones included, in `fields` where a field is asked for. `records` are what `c` can be.
    """

    lines: tuple[str, ...]
    parameters: dict[str, Any]
    records: tuple[type[Act], ...]


def matching(question: Question) -> Matching:
    """The part of a query that finds the acts. Raises `QuestionError` for a bad date or cursor."""
    return _Writer(question, anchor_of(question)).matching()


@dataclass
class _Writer:
    """Writes one query. The embedded store may see a variable that WITH has dropped again, so no name is used twice."""

    question: Question
    anchor: str | None
    stretch: Stretch | None = None
    parameters: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._records = _records(self.question.kinds)
        self._acts = "c:" + "|".join(record.__name__ for record in self._records)

    def matching(self) -> Matching:
        lines = [*self._fields(), *self._match()]
        conditions = [*self._of_the_act(), *self._of_the_utterance()]
        if conditions:
            lines.append("WHERE " + "\n  AND ".join(conditions))
        return Matching(tuple(lines), self.parameters, self._records)

    def query(self) -> Query:
        lines = [*self.matching().lines]
        lines.append(f"WITH c ORDER BY {_ORDER} LIMIT {self._parameter('limit', self.question.limit + 1)}")
        lines.append(f"RETURN {projection('c', *self._records)} AS act")
        lines.append(f"ORDER BY {_ORDER}")
        return Query("\n".join(lines), self.parameters)

    def _parameter(self, name: str, value: Any) -> str:
        self.parameters[name] = value
        return f"${name}"

    def _fields(self) -> Iterator[str]:
        """The fields asked for and all that are narrower."""
        if self.question.fields and not self.stretch:
            asked = self._parameter("fields", list(self.question.fields))
            yield f"MATCH (narrower:Field)-[:BROADER*0..]->(asked:Field) WHERE asked.slug IN {asked}"
            yield "WITH collect(DISTINCT narrower.slug) AS fields"

    def _match(self) -> Iterator[str]:
        """Where the search starts: at what narrows it most, or else at the acts themselves."""
        anchor = self.anchor
        if self.stretch:
            yield from self._shelved(self.stretch)
            return
        if anchor is None:
            yield f"MATCH ({self._acts})"
            return
        start, condition = self._starts(anchor)
        yield f"MATCH ({start}) WHERE {condition}"
        if anchor in _UTTERED:
            yield f"MATCH ({start[0]}){_UTTERED[anchor]}(said:Utterance)-[:EXPRESSES]->({self._acts})"
        else:
            yield f"MATCH ({self._acts}){relationship(anchor, *self._records)}({start[0]})"
        yield "WITH DISTINCT fields, c" if self.question.fields else "WITH DISTINCT c"

    def _shelved(self, stretch: Stretch) -> Iterator[str]:
        """Without labels where relationships are looked up, and nothing before: the embedded store uses indexes so."""
        if self.anchor in PARTIES:
            parties = [party.iri for party in getattr(self.question, self.anchor)]
            shelves = self._parameter("shelves", [f"{iri} {month}" for iri in parties for month in stretch.months])
            on = relationship(self.anchor, *self._records).replace("[:", "[on:")
            yield f"MATCH (c){on}() WHERE on.shelf IN {shelves}"
            yield "WITH DISTINCT c"
        else:
            yield f"MATCH ({self._acts})"

    def _within(self, stretch: Stretch) -> Iterator[str]:
        if self.anchor not in PARTIES:
            last = stretch.months[-1]
            yield f"c.date >= {self._parameter('from', last)}" if last else "c.date IS NULL"
            if last and stretch.before:
                yield f"c.date < {self._parameter('to', stretch.before)}"
            elif last and self.question.cursor:
                yield "c.date <= $after_date"

    def _starts(self, anchor: str) -> tuple[str, str]:
        """The node at which the search starts and what must hold of it."""
        match anchor:
            case "fields":
                return "a:Field", "a.slug IN fields"
            case "issuers" | "dates":
                return "a:Statement", " AND ".join(self._stated("a"))
            case "events":
                return "a:Event", self._among("a", anchor)
            case "speakers":
                return "a:Person", self._among("a", anchor)
            case "initiatives":
                return "a:Initiative", self._among("a", anchor)
        return "a:Actor", self._among("a", anchor)

    def _among(self, variable: str, name: str) -> str:
        return f"{variable}.iri IN {self._parameter(name, [each.iri for each in getattr(self.question, name)])}"

    def _of_the_act(self) -> Iterator[str]:
        asked = self.question
        if self.stretch:
            yield from self._within(self.stretch)
        if not asked.kinds >= COMMITMENT_KINDS and asked.kinds != {Kind.CALL}:
            kinds = self._parameter("kinds", sorted(kind.value for kind in asked.kinds if kind is not Kind.CALL))
            yield f"(c:Call OR c.kind IN {kinds})" if Kind.CALL in asked.kinds else f"c.kind IN {kinds}"
        if asked.min_force is not None:
            yield f"c.force >= {self._parameter('force', int(asked.min_force))}"
        if asked.together:
            bound = f"(c){relationship('actors', *self._records)}(b:Actor)"
            actors = self._parameter("actors", [actor.iri for actor in asked.actors])
            yield f"COUNT {{ MATCH {bound} WHERE b.iri IN {actors} }} = size({actors})"
        for name, variable in (
            ("actors", "by:Actor"),
            ("counterparts", "to:Actor"),
            ("initiatives", "under:Initiative"),
        ):
            if getattr(asked, name) and name != self.anchor:
                pattern = f"(c){relationship(name, *self._records)}({variable})"
                yield f"EXISTS {{ MATCH {pattern} WHERE {self._among(variable.split(':')[0], name)} }}"
        if asked.fields and (self.stretch or self.anchor != "fields"):
            slugs = self._parameter("fields", list(self.stretch.fields)) if self.stretch else "fields"
            yield f"EXISTS {{ MATCH (c){relationship('fields', *self._records)}(f:Field) WHERE f.slug IN {slugs} }}"
        if asked.cursor is not None:
            after = place(asked.cursor)
            self.parameters |= {"after_date": after.key, "after": after.iri}
            yield _AFTER

    def _of_the_utterance(self) -> Iterator[str]:
        """What must hold of one and the same utterance."""
        asked = self.question
        stated = list(self._stated("s"))
        paths = ["(c)<-[:EXPRESSES]-(u:Utterance)"]
        conditions = [*stated, *self._content()]
        if stated:
            paths.append("(u)-[:IN_STATEMENT]->(s:Statement)")
        if asked.speakers:
            paths.append("(u)-[:SPOKEN_BY]->(w:Person)")
            conditions.append(self._among("w", "speakers"))
        if asked.events:
            paths.append("(u)-[:AT_EVENT]->(e:Event)")
            conditions.append(self._among("e", "events"))
        covered = len(conditions) == 1 or (conditions == stated and self.anchor in ("issuers", "dates"))
        if conditions and not (covered and self.anchor in _UTTERED):
            yield f"EXISTS {{\n    MATCH {', '.join(paths)}\n    WHERE {' AND '.join(conditions)}\n  }}"

    def _stated(self, variable: str) -> Iterator[str]:
        """When and by whom the statement was issued."""
        asked = self.question
        if asked.since:
            following(asked.since)
            yield f"{variable}.date >= {self._parameter('since', asked.since)}"
        if asked.until:
            yield f"{variable}.date < {self._parameter('before', following(asked.until))}"
        if asked.issuers:
            yield f"{variable}.issuer IN {self._parameter('issuers', list(asked.issuers))}"

    def _content(self) -> Iterator[str]:
        """What it says."""
        asked = self.question
        if asked.words:
            patterns = self._parameter("words", [_pattern(text) for text in asked.words])
            yield f"all(word IN {patterns} WHERE u.action =~ word OR u.quote =~ word)"
        if asked.due_since:
            following(asked.due_since)
            yield f"{_DUE} >= {self._parameter('due_since', asked.due_since)}"
        if asked.due_before:
            following(asked.due_before)
            yield f"{_DUE} < {self._parameter('due_before', asked.due_before)} AND NOT u.due ENDS WITH '..'"
        if asked.conditional is not None:
            yield "u.condition IS NOT NULL" if asked.conditional else "u.condition IS NULL"
        if asked.amount is not None:
            # Money is counted in currencies, which have codes of three letters.
            yield "u.unit =~ '[A-Z]{3}'" if asked.amount is Amount.MONEY else "u.quantity IS NOT NULL"
        if asked.currencies:
            yield f"u.unit IN {self._parameter('currencies', list(asked.currencies))}"


def anchor_of(question: Question) -> str | None:
    """The filter that usually leaves the fewest acts, from which the search starts."""
    names = ("events", "speakers", "initiatives", "issuers", *PARTIES)
    found = next((name for name in names if getattr(question, name)), None)
    return found or ("dates" if question.since or question.until else "fields" if question.fields else None)


def _records(kinds: frozenset[Kind]) -> tuple[type[Act], ...]:
    if not kinds:
        raise QuestionError("no kind of act is asked for; name at least one of " + ", ".join(Kind))
    commitments, calls = bool(kinds & COMMITMENT_KINDS), Kind.CALL in kinds
    return (Commitment, Call) if commitments and calls else (Call,) if calls else (Commitment,)


def _pattern(text: str) -> str:
    """A regular expression that finds these words in any case, as whole words, whatever stands between them."""
    parts = [r"\Q" + word.text + r"\E" for word in words(text)]
    if not parts:
        raise QuestionError(f"{text!r} holds no word to look for")
    return r"(?isu).*(?<![\p{L}\p{N}])" + r"[^\p{L}\p{N}]+".join(parts) + r"(?:e?s)?(?![\p{L}\p{N}]).*"
