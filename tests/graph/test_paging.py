"""A page that is put together from stretches of time is the page that one query gives."""

from dataclasses import replace

import pytest

from graph import paging
from graph.bolt import BoltStore
from graph.cypher import query
from graph.find import find
from graph.question import Question
from ontology.records import Act
from ontology.terms import COMMITMENT_KINDS, Force, Kind
from ontology.triples import triples
from tests.benchmarks.invented import ACTORS, FREQUENT, statements

pytestmark = pytest.mark.anyio
PLEDGES = frozenset({Kind.PLEDGE, Kind.WILLINGNESS})
QUESTIONS = {
    "a party": Question(kinds=COMMITMENT_KINDS, actors=(FREQUENT,)),
    "a party and a field": Question(kinds=PLEDGES, actors=(FREQUENT,), fields=("security",)),
    "one of two parties": Question(kinds=PLEDGES, actors=ACTORS[:2]),
    "two parties together": Question(kinds=COMMITMENT_KINDS, actors=ACTORS[:2], together=True),
    "calls by a party": Question(kinds=frozenset({Kind.CALL}), actors=(FREQUENT,)),
    "everything by a party": Question(kinds=frozenset(Kind), actors=(FREQUENT,), since="2010"),
    "towards a party": Question(kinds=COMMITMENT_KINDS, counterparts=(FREQUENT,)),
    "by one towards another": Question(kinds=COMMITMENT_KINDS, actors=(FREQUENT,), counterparts=ACTORS[1:6]),
    "to whom calls are addressed": Question(kinds=frozenset({Kind.CALL}), counterparts=ACTORS[:5]),
    "a field": Question(kinds=COMMITMENT_KINDS, fields=("diplomacy", "technology")),
    "a kind": Question(kinds=frozenset({Kind.SUPPORT})),
    "everything": Question(kinds=frozenset(Kind)),
    "a force": Question(kinds=PLEDGES, min_force=Force.BINDING),
    "words": Question(kinds=COMMITMENT_KINDS, words=("others",), actors=(FREQUENT,)),
    "nothing": Question(kinds=COMMITMENT_KINDS, actors=(FREQUENT,), words=("zebra",)),
}


async def _paged(store: BoltStore, question: Question) -> list[Act]:
    acts: list[Act] = []
    while True:
        answer = await find(store, question)
        acts += answer.acts
        assert len(answer.acts) <= question.limit
        if answer.next is None:
            return acts
        question = replace(question, cursor=answer.next)


async def test_stretches_give_what_one_query_gives(store: BoltStore, monkeypatch: pytest.MonkeyPatch) -> None:
    await store.add(triples([record for stated, acts in statements(300) for record in (*acts, stated)]))
    for name, question in QUESTIONS.items():
        whole = replace(question, limit=1000)
        asked = query(whole)
        expected = [row["act"]["iri"] for row in await store.read(asked.text, asked.parameters)]
        monkeypatch.setattr(paging, "FEW", 0)
        for limit in (1000, 40, 7):
            if limit > 7 or len(expected) < 100:
                found = await _paged(store, replace(question, limit=limit))
                assert [act.iri for act in found] == expected, (name, limit)
        monkeypatch.setattr(paging, "FEW", 1000)
        assert [act.iri for act in (await find(store, whole)).acts] == expected, name
    assert expected == []


async def test_a_month_that_only_other_kinds_have_is_passed(store: BoltStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "FEW", 0)
    assert (await find(store, QUESTIONS["everything"])).acts == ()
