"""Prove what a store holds: every quote against its statement, every act against its utterances."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final

from graph.store import Store
from ontology.proof import act_faults, statement_faults, utterance_faults

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
            yield Finding(statement["iri"], statement_faults(statement))
        for said in await store.read(_UTTERANCES, {"statements": list(statements)}):
            yield Finding(said["iri"], utterance_faults(said, statements[said["statement"]]))
    async for page in _pages(store, _STRAYS, _MANY):
        for row in page:
            yield Finding(row["iri"], ("it stands in no statement of this store",))
    async for page in _pages(store, _ACTS, _MANY):
        for act in page:
            yield Finding(act["iri"], act_faults(act))


async def _pages(store: Store, cypher: str, limit: int) -> AsyncIterator[list[dict[str, Any]]]:
    after = ""
    while page := await store.read(cypher, {"after": after, "limit": limit}):
        yield page
        after = page[-1]["iri"]
