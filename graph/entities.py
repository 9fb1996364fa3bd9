"""Single things by their IRIs: parties, persons, initiatives, events, fields and utterances."""

from dataclasses import dataclass, replace
from typing import Final, TypeVar

from graph.find import act, find
from graph.projection import projection
from graph.question import Question
from graph.store import Store
from ontology.mapping import BY_RECORD
from ontology.property_graph import from_row
from ontology.records import Act, Actor, Event, Field, Initiative, Person, Utterance
from ontology.terms import Kind

R = TypeVar("R", Actor, Person, Initiative, Event, Field, Utterance)

NEWEST: Final = 20
_EXPRESSED: Final = """
MATCH (u:Utterance) WHERE u.iri = $iri
MATCH (u)-[:EXPRESSES]->(c:Commitment|Call) RETURN c.iri AS act""".lstrip()
_NARROWER: Final = f"""
MATCH (f:Field) WHERE f.iri = $iri
MATCH (n:Field)-[:BROADER]->(f) RETURN {projection("n", Field)} AS record ORDER BY n.slug""".lstrip()
_BROADER: Final = f"""
MATCH (f:Field) WHERE f.iri = $iri
MATCH (f)-[:BROADER]->(b:Field) RETURN {projection("b", Field)} AS record ORDER BY b.slug""".lstrip()
_FILED: Final = "MATCH (f:Field) WHERE f.iri = $iri RETURN COUNT { (f)<-[:IN_FIELD]-() } AS acts"


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The fields directly above and below a field, and the number of acts filed under itself."""

    broader: tuple[Field, ...]
    narrower: tuple[Field, ...]
    acts: int


async def entity(store: Store, record: type[R], iri: str) -> R | None:
    """The thing of this class and IRI. Raises StoreError."""
    query = f"MATCH (n:{BY_RECORD[record].label}) WHERE n.iri = $iri RETURN {projection('n', record)} AS record"
    rows = await store.read(query, {"iri": iri})
    return from_row(record, rows[0]["record"]) if rows else None


async def newest(store: Store, thing: Actor | Person | Initiative | Event) -> tuple[tuple[Act, ...], bool]:
    """The newest acts of a party, by a speaker, under an initiative or at an event; and whether there are more."""
    answer = await find(store, _about(Question(kinds=frozenset(Kind), limit=NEWEST), thing))
    return answer.acts, answer.next is not None


def _about(question: Question, thing: Actor | Person | Initiative | Event) -> Question:
    match thing:
        case Actor():
            return replace(question, actors=(thing,))
        case Person():
            return replace(question, speakers=(thing,))
        case Initiative():
            return replace(question, initiatives=(thing,))
    return replace(question, events=(thing,))


async def expressed(store: Store, utterance: str) -> Act | None:
    """The act that an utterance expresses. Raises StoreError."""
    rows = await store.read(_EXPRESSED, {"iri": utterance})
    return await act(store, rows[0]["act"]) if rows else None


async def neighbours(store: Store, field: Field) -> Neighbours:
    """What lies around a field. Raises StoreError."""
    asked = {"iri": field.iri}
    above, below = await store.read(_BROADER, asked), await store.read(_NARROWER, asked)
    acts = (await store.read(_FILED, asked))[0]["acts"]
    return Neighbours(
        broader=tuple(from_row(Field, row["record"]) for row in above),
        narrower=tuple(from_row(Field, row["record"]) for row in below),
        acts=int(acts),
    )
