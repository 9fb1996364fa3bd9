"""Counts and shelves for the acts of a store that was filled before they were kept."""

from typing import Any, Final

from neo4j import AsyncManagedTransaction, unit_of_work

from graph.counts import ACTS, LABELS, MONTH, Counts
from graph.merging import WRITE_SECONDS, run
from graph.schema import LINKED, counted, pattern, shelved
from ontology.terms import Kind

_COUNTED: Final = f"MATCH (n:{MONTH}) RETURN sum({' + '.join(f'n.{kind.value}' for kind in Kind)}) AS many"


@unit_of_work(timeout=WRITE_SECONDS)
async def recount(transaction: AsyncManagedTransaction) -> None:
    """Count everything anew, unless as many acts are counted as there are."""
    there = sum([await _number(transaction, f"MATCH (n:{label}) RETURN count(n) AS many") for label in ACTS])
    if there == await _number(transaction, _COUNTED):
        return
    for shape, link in LINKED:
        way = pattern(link, f"act:{shape.label}", "party:Actor", "r")
        await run(transaction, f"MATCH {way} SET {shelved('party', 'act')}", {})
        await run(transaction, f"MATCH {way} WITH party, count(r) AS many SET party.{counted(link)} = many", {})
    for label in LABELS:
        await run(transaction, f"MATCH (n:{label}) DELETE n", {})
    counts = Counts(())
    for label in sorted(ACTS):
        result = await transaction.run(
            f"MATCH (n:{label}) RETURN properties(n) AS properties, [(n)-[:IN_FIELD]->(f:Field) | f.slug] AS fields"
        )
        async for row in result:
            counts.note(label, None, row["properties"], row["fields"])
    for statement, parameters in counts.statements():
        await run(transaction, statement, parameters)


async def _number(transaction: AsyncManagedTransaction, cypher: Any) -> int:
    record = await (await transaction.run(cypher)).single(strict=True)
    return int(record["many"] or 0)
