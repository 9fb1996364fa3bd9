"""From a question to its answer: one query, rows, records. And single records, by their identifiers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from graph.cursor import Place, place
from graph.cursor import cursor as cursor_of
from graph.cypher import LONGEST_PAGE, query
from graph.lexicon import Lexicon
from graph.paging import page
from graph.projection import projection
from graph.question import Answer, Question, QuestionError
from graph.store import Store
from ontology import taxonomy
from ontology.mapping import BY_RECORD
from ontology.property_graph import from_row
from ontology.records import Act, Actor, Call, Commitment, Event, Field, Initiative, Person, Statement

T = TypeVar("T")
N = TypeVar("N", Actor, Field, Initiative, Person, Event)

_ACT: Final = f"MATCH (c:Commitment|Call) WHERE c.iri = $iri RETURN {projection('c', Commitment, Call)} AS act"
_STATEMENT: Final = f"MATCH (s:Statement) WHERE s.iri = $iri RETURN {projection('s', Statement, whole=True)} AS record"
_ACTS_OF: Final = f"""
MATCH (s:Statement) WHERE s.iri = $iri
MATCH (s)<-[:IN_STATEMENT]-(u:Utterance)-[:EXPRESSES]->(c:Commitment|Call)
WITH c, min(u.start) AS start
RETURN {projection("c", Commitment, Call)} AS act
ORDER BY start, c.iri""".lstrip()
_ACTORS: Final = f"""
MATCH (a:Actor) WHERE a.name > $after_name OR (a.name = $after_name AND a.iri > $after)
WITH a ORDER BY a.name, a.iri LIMIT $limit
RETURN {projection("a", Actor)} AS record, coalesce(a.pledges, 0) + coalesce(a.callsFor, 0) AS acts
ORDER BY a.name, a.iri""".lstrip()
_FIELDS: Final = f"""
MATCH (f:Field)
RETURN {projection("f", Field)} AS record, COUNT {{ (f)<-[:IN_FIELD]-() }} AS acts
ORDER BY f.slug""".lstrip()
_ISSUERS: Final = "MATCH (s:Statement) WHERE s.issuer IS NOT NULL RETURN DISTINCT s.issuer AS issuer ORDER BY issuer"


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A page of a long list, and the cursor of the page that follows."""

    items: tuple[T, ...]
    next: str | None


async def find(store: Store, question: Question) -> Answer:
    """The acts that answer a question, newest first. Raises `QuestionError` and `StoreError`."""
    asked = query(question)
    rows = await page(store, question)
    acts = tuple(map(_act, rows[: question.limit]))
    following = None
    if len(rows) > question.limit:
        last = rows[question.limit - 1]
        following = cursor_of(Place(last["date"] or "", last["iri"]))
    return Answer(question, acts, asked.text, asked.parameters, following)


def _act(row: Mapping[str, Any]) -> Act:
    """A call is what has no kind of its own."""
    return from_row(Call, row) if row.get("kind") is None else from_row(Commitment, row)


async def act(store: Store, iri: str) -> Act | None:
    """The commitment or call of this IRI, whole; its statements are cited without their text."""
    rows = await store.read(_ACT, {"iri": iri})
    return _act(rows[0]["act"]) if rows else None


async def statement(store: Store, iri: str) -> Statement | None:
    """The statement of this IRI with its text."""
    rows = await store.read(_STATEMENT, {"iri": iri})
    return from_row(Statement, rows[0]["record"]) if rows else None


async def acts_of(store: Store, statement_iri: str) -> tuple[Act, ...]:
    """The acts that a statement expresses, in the order of its text."""
    return tuple(_act(row["act"]) for row in await store.read(_ACTS_OF, {"iri": statement_iri}))


async def actors(store: Store, cursor: str | None = None, limit: int = 100) -> Page[tuple[Actor, int]]:
    """The parties by name, with the number of acts of each. Raises `QuestionError` for a bad cursor or limit."""
    if not 1 <= limit <= LONGEST_PAGE:
        raise QuestionError(f"a page has 1 to {LONGEST_PAGE} parties, not {limit}")
    after = place(cursor) if cursor else Place("", "")
    rows = await store.read(_ACTORS, {"after_name": after.key, "after": after.iri, "limit": limit + 1})
    found = tuple((from_row(Actor, row["record"]), int(row["acts"])) for row in rows[:limit])
    last = found[-1][0] if len(rows) > limit else None
    return Page(found, cursor_of(Place(last.name, last.iri)) if last else None)


async def fields(store: Store) -> tuple[tuple[Field, int], ...]:
    """The fields with the number of acts filed directly under each."""
    return tuple((from_row(Field, row["record"]), int(row["acts"])) for row in await store.read(_FIELDS, {}))


async def lexicon(store: Store, extra_actors: Iterable[Actor] = ()) -> Lexicon:
    """The names that questions to this store can use. `extra_actors` are known though they may not act in it."""
    known = {actor.iri: actor for actor in extra_actors}
    known |= {actor.iri: actor for actor in await _all(store, Actor) if actor.iri not in known}
    filed = {field.slug: field for field in (*taxonomy.fields(), *await _all(store, Field))}
    return Lexicon.of(
        actors=known.values(),
        fields=filed.values(),
        initiatives=await _all(store, Initiative),
        persons=await _all(store, Person),
        events=await _all(store, Event),
        issuers=[row["issuer"] for row in await store.read(_ISSUERS, {})],
    )


async def _all(store: Store, record: type[N]) -> list[N]:
    label = BY_RECORD[record].label
    rows = await store.read(f"MATCH (n:{label}) RETURN {projection('n', record)} AS record ORDER BY n.iri", {})
    return [from_row(record, row["record"]) for row in rows]
