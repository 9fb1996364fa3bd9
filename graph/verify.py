"""Prove what a store holds: every quote against its statement, every act against its utterances."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from graph.store import Store
from ontology.identifiers import sha256, statement_iri, utterance_iri
from ontology.terms import Kind

_PAGE: Final = 20
_MANY: Final = 1000

_STATEMENTS: Final = """
MATCH (s:Statement) WHERE s.iri > $after
RETURN s.iri AS iri, s.document AS document, s.sha256 AS sha256, s.text AS text ORDER BY iri LIMIT $limit"""

_UTTERANCES: Final = """
MATCH (s:Statement) WHERE s.iri IN $statements
MATCH (s)<-[:IN_STATEMENT]-(u:Utterance)
RETURN s.iri AS statement, u.iri AS iri, u.kind AS kind, u.action AS action, u.start AS start, u.end AS end,
       u.quote AS quote, u.quoteStart AS quote_start
ORDER BY statement, start, iri"""

_STRAYS: Final = """
MATCH (u:Utterance) WHERE u.iri > $after AND NOT EXISTS { MATCH (u)-[:IN_STATEMENT]->(:Statement) }
RETURN u.iri AS iri ORDER BY iri LIMIT $limit"""

_ACTS: Final = """
MATCH (c:Commitment|Call) WHERE c.iri > $after
RETURN c.iri AS iri, c.action AS action,
       [(c)<-[:PLEDGES|CALLS_FOR]-(a:Actor) | a.iri] AS actors,
       [(c)<-[:EXPRESSES]-(u:Utterance) | u.action] AS spoken,
       [(c)<-[:EXPRESSES]-(u:Utterance)-[:ON_BEHALF_OF]->(a:Actor) | a.iri] AS speakers
ORDER BY iri LIMIT $limit"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One stored thing that was checked, and what is wrong with it: nothing, when it is proved."""

    iri: str
    faults: tuple[str, ...]


async def verify(store: Store) -> AsyncIterator[Finding]:
    """Checks every statement, utterance and act of a store, in constant memory. Raises StoreError."""
    async for page in _pages(store, _STATEMENTS, _PAGE):
        statements = {row["iri"]: row for row in page}
        for statement in page:
            yield Finding(statement["iri"], _statement_faults(statement))
        for said in await store.read(_UTTERANCES, {"statements": list(statements)}):
            yield Finding(said["iri"], _utterance_faults(said, statements[said["statement"]]))
    async for page in _pages(store, _STRAYS, _MANY):
        for row in page:
            yield Finding(row["iri"], ("it stands in no statement of this store",))
    async for page in _pages(store, _ACTS, _MANY):
        for act in page:
            yield Finding(act["iri"], _act_faults(act))


async def _pages(store: Store, cypher: str, limit: int) -> AsyncIterator[list[dict[str, Any]]]:
    after = ""
    while page := await store.read(cypher, {"after": after, "limit": limit}):
        yield page
        after = page[-1]["iri"]


def _statement_faults(row: Mapping[str, Any]) -> tuple[str, ...]:
    if not row["text"]:
        return ("its text is missing",)
    faults = []
    if sha256(row["text"]) != row["sha256"]:
        faults.append("its text is not the one whose SHA-256 is stored")
    if statement_iri(row["text"]) != row["iri"]:
        faults.append("its identifier is not that of its text")
    return tuple(faults)


def _utterance_faults(row: Mapping[str, Any], statement: Mapping[str, Any]) -> tuple[str, ...]:
    text, action, quote = (statement["text"] or "", row["action"] or "", row["quote"] or "")
    start, end, quote_start = row["start"], row["end"], row["quote_start"]
    if row["kind"] not in set(Kind) or None in (start, end, quote_start):
        return ("its kind or its place is missing",)
    where = f"of {statement['document']}"
    faults = []
    if not action or text[start:end] != action:
        faults.append(f"its action {action!r} is not what stands at {start} to {end} {where}: {text[start:end]!r}")
    if not quote or text[quote_start : quote_start + len(quote)] != quote:
        faults.append(f"its quote {quote!r} does not stand at {quote_start} {where}")
    if not quote_start <= start < end <= quote_start + len(quote):
        faults.append("its quote does not reach around its action")
    if utterance_iri(row["statement"], start, end, Kind(row["kind"])) != row["iri"]:
        faults.append("its identifier is not that of its statement, place and kind")
    return tuple(faults)


def _act_faults(row: Mapping[str, Any]) -> tuple[str, ...]:
    if not row["spoken"]:
        return ("no utterance expresses it",)
    faults = [
        f"no utterance was made on behalf of {actor}, whose act it is said to be"
        for actor in sorted(set(row["actors"]) - set(row["speakers"]))
    ]
    if not row["actors"]:
        faults.append("it is nobody's act")
    if row["action"] not in row["spoken"]:
        faults.append(f"its action {row['action']!r} is in none of its utterances")
    return tuple(faults)
