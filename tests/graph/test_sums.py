"""Numbers from the counts that are kept are those that the acts themselves give."""

import pytest

from graph.bolt import BoltStore
from graph.question import Group, Question
from graph.sums import kept_rows
from graph.tally import counting
from ontology.records import Field
from ontology.terms import COMMITMENT_KINDS, FIELD, Kind
from ontology.triples import triples
from tests.benchmarks.invented import ACTORS, statements

pytestmark = pytest.mark.anyio
F, Y, K = Group.FIELD, Group.YEAR, Group.KIND
BY = [(), (F,), (Y,), (K,), (F, Y), (Y, F), (K, F), (F, Y, K), (Y, K)]


async def test_sums_are_what_counting_gives(store: BoltStore) -> None:
    await store.add(triples([act for _, acts in statements(200) for act in acts]))
    for kinds in (COMMITMENT_KINDS, frozenset(Kind), frozenset({Kind.CALL}), frozenset({Kind.PLEDGE})):
        for fields in ((), ("security",), ("climate-change", "trade")):
            for by in BY:
                question = Question(kinds=kinds, by=by, fields=fields, limit=1000)
                rows = await kept_rows(store, question)
                if len(fields) == 2 and F not in by:
                    assert rows is None
                    continue
                asked = counting(question)
                assert rows == await store.read(asked.text, asked.parameters), question


@pytest.mark.parametrize(
    "more",
    [{"actors": ACTORS[:1]}, {"since": "2020"}, {"conditional": True}, {"words": ("plan",)}, {"by": (Group.ACTOR,)}],
)
async def test_what_is_not_kept_is_counted(store: BoltStore, more: dict[str, object]) -> None:
    assert await kept_rows(store, Question(**{"kinds": COMMITMENT_KINDS, "by": (F,), **more})) is None


async def test_fields_from_elsewhere_are_counted(store: BoltStore) -> None:
    foreign = Field(iri=FIELD + "falconry", slug="falconry", label="Falconry", broader=("society",))
    await store.add(triples([foreign]))
    try:
        assert await kept_rows(store, Question(kinds=COMMITMENT_KINDS, by=(F,))) is None
    finally:
        database = store._backend.database
        await store._driver.execute_query("MATCH (n:Field {slug: 'falconry'}) DETACH DELETE n", database_=database)
