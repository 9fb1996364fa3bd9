"""What every store does, asked of the embedded one and of a real Neo4j alike."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import replace
from hashlib import sha256

import pytest
from rdflib import Graph

from graph.bolt import BoltStore
from graph.store import Change, StoreError
from graph.stores import open_store
from ontology.records import Act, Actor, Commitment
from ontology.triples import Triple, records, triples

pytestmark = pytest.mark.anyio

Clear = Callable[[], Awaitable[None]]


async def canonical(store: BoltStore) -> str:
    """A hash of everything in the store as sorted N-Triples; no blank nodes exist, so this is canonical."""
    found = [triple async for triple in store.triples()]
    assert len(found) == len(set(found)), "a triple came twice"
    lines = sorted(f"{s.n3()} {p.n3()} {o.n3()} ." for s, p, o in found)
    return sha256("\n".join(lines).encode()).hexdigest()


async def content(store: BoltStore) -> set[Triple]:
    return {triple async for triple in store.triples()}


async def test_preparing_again_changes_nothing(store: BoltStore) -> None:
    before = await canonical(store)
    await store.prepare()
    await store.prepare()
    assert await canonical(store) == before


async def test_preparing_brings_the_fields(store: BoltStore) -> None:
    rows = await store.read("MATCH (f:Field {slug: $slug}) RETURN f.iri AS iri", {"slug": "security"})
    assert rows == [{"iri": "https://w3id.org/pledgegraph/fields/security"}]


async def test_what_goes_in_comes_out(store: BoltStore, acts: tuple[Act, ...]) -> None:
    before = await content(store)
    await store.add(triples(acts))
    assert await content(store) - before == set(triples(acts))
    graph = Graph()
    for triple in await content(store):
        graph.add(triple)
    assert {record for record in records(graph) if isinstance(record, Act)} == set(acts)


async def test_a_second_time_changes_nothing(store: BoltStore, acts: tuple[Act, ...]) -> None:
    first = await store.add(triples(acts))
    before = await canonical(store)
    assert first.nodes == 9
    assert first.relationships > 9
    assert await store.add(triples(acts)) == Change(0, 0)
    assert await canonical(store) == before


async def test_the_order_does_not_matter(store: BoltStore, clear: Clear, acts: tuple[Act, ...]) -> None:
    await store.add(triples(acts))
    expected = await canonical(store)
    for seed in range(3):
        await clear()
        for act in random.Random(seed).sample(acts, len(acts)):
            shuffled = list(triples([act]))
            random.Random(seed).shuffle(shuffled)
            await store.add(shuffled)
        assert await canonical(store) == expected


async def test_one_text_under_two_titles_is_the_same_in_both_orders(
    store: BoltStore, clear: Clear, acts: tuple[Act, ...]
) -> None:
    one = acts[0].utterances[0].statement
    other = replace(one, title="Another title", url="https://example.org/a", document="zz")
    titles = []
    for order in ((one, other), (other, one)):
        await clear()
        for statement in order:
            await store.add(triples([statement]))
        titles.append(await store.read("MATCH (s:Statement) RETURN s.title AS t, s.url AS u, s.document AS d", {}))
    assert titles[0] == titles[1] == [{"t": "A dialogue", "u": "https://example.org/a", "d": "dialogue"}]


async def test_names_of_an_actor_come_together(store: BoltStore, acts: tuple[Act, ...]) -> None:
    actor = acts[0].actors[0]
    await store.add(triples([actor]))
    await store.add(triples([replace(actor, names=("Islamabad",))]))
    rows = await store.read("MATCH (a:Actor) RETURN a.names AS names", {})
    assert rows == [{"names": ["Islamabad", "Pakistani"]}]


async def test_a_cited_statement_does_not_take_its_text_away(store: BoltStore, acts: tuple[Act, ...]) -> None:
    statement = acts[0].utterances[0].statement
    await store.add(triples([statement]))
    assert await store.add(triples([statement.cited()])) == Change(0, 0)
    rows = await store.read("MATCH (s:Statement) RETURN s.text AS text", {})
    assert rows == [{"text": statement.text}]


async def test_an_act_that_is_said_again_gains_only_what_is_new(store: BoltStore, acts: tuple[Act, ...]) -> None:
    pledge, call = acts
    await store.add(triples(acts))
    again = replace(pledge, actors=(*pledge.actors, *call.actors), fields=("security", "health"))
    assert await store.add(triples([again])) == Change(0, 2)
    assert await content(store) >= {*triples([again]), *triples(acts)}
    parties = "MATCH (a:Actor)-[r:PLEDGES]->(c:Commitment) RETURN a.code AS a, a.pledges AS many ORDER BY a"
    assert await store.read(parties, {}) == [{"a": "CN", "many": 1}, {"a": "PK", "many": 1}]


async def test_a_missing_end_is_named_and_nothing_is_written(store: BoltStore, acts: tuple[Act, ...]) -> None:
    before = await canonical(store)
    commitment = acts[0]
    assert isinstance(commitment, Commitment)
    unknown = replace(commitment, fields=("security", "no-such-field"))
    with pytest.raises(StoreError, match=r"IN_FIELD needs the Field .*/no-such-field"):
        await store.add(triples([unknown]))
    assert await canonical(store) == before


async def test_an_undescribed_subject_is_named(store: BoltStore, acts: tuple[Act, ...]) -> None:
    actor = acts[0].actors[0]
    with pytest.raises(StoreError, match=actor.iri):
        await store.add([triple for triple in triples(acts[:1]) if not str(triple[0]).endswith("actor/PK")])


@pytest.mark.parametrize(
    "text",
    [
        "a 'single' and a \"double\" quote, a \\ and a `backtick`, $dollar {brace} // comment",
        "line\nline\r\nline\ttab  two spaces ",
        "中国 Türkiye Ελλάδα עברית العربية e\u0301 \u200d 👩‍🚀",
        "'}) DETACH DELETE n //",
        "x" * 1_000_000,
    ],
    ids=["quotes", "lines", "scripts", "injection", "long"],
)
async def test_text_is_kept_to_the_letter(store: BoltStore, text: str, acts: tuple[Act, ...]) -> None:
    statement = replace(acts[0].utterances[0].statement, text=text, title=text[:100])
    await store.add(triples([statement]))
    rows = await store.read("MATCH (s:Statement) WHERE s.text = $text RETURN s.text AS text", {"text": text})
    assert rows == [{"text": text}]


async def test_a_text_beyond_measure_is_refused(store: BoltStore, acts: tuple[Act, ...]) -> None:
    statement = replace(acts[0].utterances[0].statement, text="x" * (17 * 2**20))
    with pytest.raises(StoreError, match="split the text"):
        await store.add(triples([statement]))


async def test_half_a_character_is_refused(store: BoltStore, acts: tuple[Act, ...]) -> None:
    statement = replace(acts[0].utterances[0].statement, title="half \ud83d")
    with pytest.raises(StoreError, match="half a character"):
        await store.add(triples([statement]))


async def test_two_writers_at_once_leave_what_one_would(
    store: BoltStore, clear: Clear, store_url: str, acts: tuple[Act, ...]
) -> None:
    await store.add(triples(acts))
    expected = await canonical(store)
    await clear()
    async with await open_store(store_url) as second:
        changes = await asyncio.gather(*(each.add(triples(acts)) for each in (store, second, store, second)))
    assert await canonical(store) == expected
    assert sum(change.nodes for change in changes) == 9


@pytest.mark.parametrize(
    "cypher",
    [
        "CREATE (:Actor {iri: 'x'})",
        "MATCH (f:Field) SET f.name = 'x' RETURN f.iri",
        "MATCH (f:Field) DETACH DELETE f",
        "MERGE (:Actor {iri: 'x'})",
    ],
)
async def test_reading_refuses_to_write(store: BoltStore, cypher: str) -> None:
    before = await canonical(store)
    with pytest.raises(StoreError):
        await store.read(cypher, {})
    assert await canonical(store) == before


async def test_a_query_that_is_none_is_an_error_that_says_where(store: BoltStore) -> None:
    with pytest.raises(StoreError, match=r"RETURN|WHERE"):
        await store.read("MATCH (a:Actor RETURN a", {})


async def test_more_than_a_page_comes_back_whole(store: BoltStore, acts: tuple[Act, ...]) -> None:
    actor = acts[0].actors[0]
    many = [replace(actor, iri=f"{actor.iri}-{number}", code=None) for number in range(2100)]
    assert await store.add(triples(many)) == Change(2100, 0)
    assert await _actors(store) == set(many)


async def _actors(store: BoltStore) -> set[Actor]:
    graph = Graph()
    async for triple in store.triples():
        graph.add(triple)
    return {record for record in records(graph) if isinstance(record, Actor)}
