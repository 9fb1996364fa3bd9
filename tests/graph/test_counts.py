"""What is kept beside the acts: right in every order of loading, and the same after a second load."""

from collections import Counter
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from graph.bolt import BoltStore
from graph.counts import FILED, LABELS, MONTH
from ontology import taxonomy
from ontology.records import Act, Call, Record
from ontology.terms import Kind
from ontology.triples import triples
from tests.benchmarks.invented import statements

pytestmark = pytest.mark.anyio
KINDS = [kind.value for kind in Kind]


def _invented(acts: int) -> list[Act]:
    return [act for _, said in statements(acts) for act in said]


async def _kept(store: BoltStore, label: str) -> Counter[tuple[str, str]]:
    rows = await store.read(f"MATCH (n:{label}) RETURN properties(n) AS n", {})
    return Counter({(row["n"]["iri"], kind): row["n"][kind] for row in rows for kind in KINDS if row["n"][kind]})


def _counted(acts: list[Act]) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    months: Counter[tuple[str, str]] = Counter()
    filed: Counter[tuple[str, str]] = Counter()
    for act in {act.iri: act for act in acts}.values():
        date = act.date or ""
        months[date[:7], act.kind.value] += 1
        for field in {above for slug in act.fields for above in taxonomy.broader(slug)}:
            filed[f"{field} {date[:4]}", act.kind.value] += 1
    return months, filed


async def test_counts_are_those_of_the_acts_after_any_number_of_loads(store: BoltStore) -> None:
    acts = _invented(60)
    for _ in range(2):
        for start in range(0, len(acts), 20):
            await store.add(triples(acts[start : start + 20]))
        assert (await _kept(store, MONTH), await _kept(store, FILED)) == _counted(acts)


@pytest.mark.parametrize("order", list(permutations(range(3))))
async def test_counts_and_shelves_follow_an_act_that_changes(store: BoltStore, order: tuple[int, ...]) -> None:
    act = next(act for act in _invented(50) if act.kind is Kind.PLEDGE and act.date and act.fields != ("health",))
    same: list[Record] = [replace(act, date="2031-05-06"), replace(act, date="2031-04", fields=("health",)), act]
    for place in order:
        await store.add(triples([same[place]]))
    told = replace(act, date=min(act.date or "", "2031-04"), fields=(*act.fields, "health"))
    assert (await _kept(store, MONTH), await _kept(store, FILED)) == _counted([told])
    rows = await store.read(
        "MATCH (a:Actor)-[r:PLEDGES]->(c) RETURN r.shelf AS shelf, a.iri AS a, a.pledges AS many", {}
    )
    assert rows
    assert {row["shelf"] for row in rows} == {f"{actor.iri} {(told.date or '')[:7]}" for actor in act.actors}
    assert {row["many"] for row in rows} == {1}


async def test_parties_count_their_acts(store: BoltStore) -> None:
    acts = _invented(60)
    for _ in range(2):
        await store.add(triples(acts))
    found: dict[str, dict[str, Any]] = {}
    for row in await store.read("MATCH (a:Actor) RETURN properties(a) AS a", {}):
        found[row["a"]["iri"]] = row["a"]
    for key, label, name in (
        ("pledges", False, "actors"),
        ("callsFor", True, "actors"),
        ("towards", False, "counterparts"),
        ("addressedTo", True, "counterparts"),
    ):
        expected = Counter(
            actor.iri
            for act in {act.iri: act for act in acts}.values()
            if isinstance(act, Call) is label
            for actor in getattr(act, name)
        )
        assert {iri: kept[key] for iri, kept in found.items() if key in kept} == dict(expected)


async def test_what_is_kept_stays_out_of_what_is_given_back(store: BoltStore) -> None:
    acts = _invented(10)
    await store.add(triples(acts))
    given = {triple async for triple in store.triples()}
    assert given == {*triples(acts), *triples(taxonomy.fields())}
    assert not any(label in str(node) for label in LABELS for triple in given for node in triple)


async def test_a_store_that_was_filled_before_is_counted_when_it_is_prepared(store: BoltStore) -> None:
    acts = _invented(40)
    await store.add(triples(acts))
    dump = "MATCH (a:Actor)-[r]-(c) WHERE r.shelf IS NOT NULL RETURN a.iri AS a, c.iri AS c, r.shelf AS shelf"
    shelves = await store.read(f"{dump} ORDER BY a, c", {})
    parties = await store.read("MATCH (a:Actor) RETURN properties(a) AS a ORDER BY a.iri", {})

    async def forget(*statements: str) -> None:
        for statement in statements:
            await store._driver.execute_query(statement, database_=store._backend.database)

    await forget(
        "MATCH (n:Month|Filed) DELETE n",
        "MATCH (:Actor)-[r]-() WHERE r.shelf IS NOT NULL SET r.shelf = null",
        "MATCH (a:Actor) SET a.pledges = null, a.towards = null, a.callsFor = null, a.addressedTo = null",
        "MATCH (l:Ledger) SET l.prepared = 'an older edition'",
    )
    await store.prepare()
    assert (await _kept(store, MONTH), await _kept(store, FILED)) == _counted(acts)
    assert await store.read(f"{dump} ORDER BY a, c", {}) == shelves != []
    assert await store.read("MATCH (a:Actor) RETURN properties(a) AS a ORDER BY a.iri", {}) == parties
