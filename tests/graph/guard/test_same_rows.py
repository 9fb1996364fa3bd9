"""On a Neo4j, what is sent gives the rows of what was written."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from graph.aliases import named, shown
from graph.guard import check
from graph.store import Store, StoreError
from graph.stores import open_store
from ontology.records import Act
from ontology.triples import triples
from tests.graph.guard.statements import harmless

pytestmark = pytest.mark.anyio
CHANGING = re.compile(r"rand\(\)|(?:date|datetime|time|timestamp)\(\)|elementId")


@pytest.fixture
async def neo4j(neo4j_url: str, acts: tuple[Act, ...]) -> AsyncIterator[Store]:
    async with await open_store(neo4j_url) as store:
        await store.prepare()
        await store.add(triples(acts))
        yield store


async def test_the_rows_are_those_of_the_statement(neo4j: Store) -> None:
    compared, different = 0, []
    for statement in harmless():
        if CHANGING.search(statement.text):
            continue
        allowed = check(statement.text, statement.parameters)
        try:
            wanted = await neo4j.read(statement.text, statement.parameters)
        except StoreError:
            continue  # a name that only the guard tells from a keyword
        found = [_read(row) for row in await neo4j.read(allowed.text, allowed.parameters)]
        compared += 1
        if sorted(map(repr, map(_plain, found))) != sorted(map(repr, map(_plain, wanted))):
            different.append(f"{statement}: {found[:3]} instead of {wanted[:3]}")
    assert different == []
    assert compared > 300


def _read(row: dict[str, Any]) -> dict[str, Any]:
    return {named(column): row[column] for column, _ in shown(list(row))}


def _plain(value: Any) -> Any:
    """A value whose maps have an order, so that it can be compared as text."""
    if isinstance(value, dict):
        return sorted((key, _plain(each)) for key, each in value.items())
    return [_plain(each) for each in value] if isinstance(value, list) else value
