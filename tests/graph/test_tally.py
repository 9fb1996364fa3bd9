"""Questions for numbers, in a real graph: every number is the number of acts that the same filters find."""

from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import permutations

import pytest

from graph import find
from graph.bolt import BoltStore
from graph.find import find as acts_of
from graph.question import Amount, Group, Question, QuestionError, Tallied, Tally
from graph.stores import open_store
from graph.tally import tally
from graph.understand import understand
from ontology.identifiers import actor_iri, initiative_iri, sha256, statement_iri, utterance_iri
from ontology.minting import minted
from ontology.records import Act, Actor, Initiative, Statement, Utterance
from ontology.taxonomy import by_slug
from ontology.terms import COMMITMENT_KINDS, ActorType, Force, Kind
from ontology.triples import triples

pytestmark = pytest.mark.anyio


def _state(name: str, code: str) -> Actor:
    return Actor(iri=actor_iri(name, code), name=name, type=ActorType.STATE, code=code)


CHINA, INDIA, PAKISTAN, JAPAN = (
    _state(name, code) for name, code in (("China", "CN"), ("India", "IN"), ("Pakistan", "PK"), ("Japan", "JP"))
)
CORRIDOR = Initiative(iri=initiative_iri("Long Corridor"), name="Long Corridor")
PANDEMICS, FORESTS = (by_slug()[slug].label for slug in ("pandemics", "forestry"))
PLEDGES = frozenset({Kind.PLEDGE, Kind.WILLINGNESS})


def _said(
    text: str,
    kind: Kind,
    by: list[Actor],
    to: list[Actor],
    fields: list[str],
    date: str | None = "2023-05",
    **more: object,
) -> Act:
    statement = Statement(
        iri=statement_iri(text), document="s", sha256=sha256(text), issuer="China", date=date, text=text
    )
    said = Utterance(
        iri=utterance_iri(statement.iri, 0, len(text), kind),
        statement=statement,
        kind=kind,
        actors=tuple(by),
        counterparts=tuple(to),
        action=text,
        start=0,
        end=len(text),
        quote=text,
        quote_start=0,
        fields=tuple(fields),
        force=Force.FIRM,
        rule="by hand",
        extractor="by hand",
        confidence=1.0,
    )
    return minted(replace(said, **more))


def _paid(number: float, unit: str) -> dict[str, object]:
    return {"quantity": f"{number} {unit}", "amount": number, "unit": unit}


VACCINES = _said("send vaccines to India", Kind.PLEDGE, [CHINA], [INDIA], ["pandemics"])
CLINICS = _said("build clinics and stock them for Pakistan", Kind.PLEDGE, [CHINA], [PAKISTAN], ["pandemics", "health"])
WARDS = _said("pay for wards in Pakistan", Kind.PLEDGE, [JAPAN], [PAKISTAN], ["health"], "2024", **_paid(5e6, "USD"))
SAME = _said("fight viruses with both", Kind.WILLINGNESS, [JAPAN], [INDIA, PAKISTAN], ["pandemics"], "2024-01")
TOGETHER = _said(
    "drill together", Kind.PLEDGE, [CHINA, JAPAN], [], ["military-exercises"], "2025", initiatives=(CORRIDOR,)
)
YEN = _said("lend yen", Kind.PLEDGE, [JAPAN], [INDIA], ["finance"], None, **_paid(3e9, "JPY"))
DOLLARS = _said("lend dollars", Kind.PLEDGE, [JAPAN, CHINA], [], ["finance"], "2024", **_paid(2.5e6, "USD"))
TREES = _said("plant trees", Kind.PLEDGE, [INDIA], [], ["forestry"], "2024", **_paid(1000, "trees"))
BACK = _said("back the plan", Kind.SUPPORT, [CHINA], [PAKISTAN], ["sovereignty"])
ASK = _said("ask for more clinics", Kind.CALL, [INDIA], [CHINA], ["health"])
ALL = (VACCINES, CLINICS, WARDS, SAME, TOGETHER, YEN, DOLLARS, TREES, BACK, ASK)


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def counted_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="module")
async def counted(counted_url: str) -> AsyncIterator[BoltStore]:
    """A store with nothing but these acts in it; the tests here only read."""
    async with await open_store(counted_url) as store:
        assert isinstance(store, BoltStore)
        await store._driver.execute_query("MATCH (n) DETACH DELETE n", database_=store._backend.database)
        await store.prepare()
        await store.add(triples(ALL))
        yield store


def rows(found: Tallied) -> dict[tuple[str, ...], int]:
    assert not found.more
    return {each.labels: each.acts for each in found.tallies}


ANSWERS: list[tuple[str, dict[tuple[str, ...], int]]] = [
    ("how many pledges by Japan", {(): 5}),
    ("how many pledges by Pakistan", {(): 0}),
    ("how many acts of support", {(): 1}),
    (
        "which fields did China make pledges in",
        {
            ("Health",): 2,
            (PANDEMICS,): 2,
            ("Security",): 1,
            ("Defence",): 1,
            ("Joint exercises and training",): 1,
            ("Finance",): 1,
        },
    ),
    ("health pledges by field", {("Health",): 4, (PANDEMICS,): 3}),
    ("who pledged most on health", {("China",): 2, ("Japan",): 2}),
    ("who pledged most", {("Japan",): 5, ("China",): 4, ("India",): 1}),
    ("pledges to Pakistan per country", {("Japan",): 2, ("China",): 1}),
    ("whom did Japan promise the most", {("India",): 2, ("Pakistan",): 2}),
    ("pledges by Japan per year", {("2024",): 3, ("2025",): 1, ("",): 1}),
    ("pledges by Japan per year since 2025", {("2025",): 1}),
    ("commitments and calls by kind", {("pledge",): 7, ("willingness",): 1, ("support",): 1, ("call",): 1}),
    ("pledges per initiative", {("Long Corridor",): 1}),
    (
        "compare the health pledges of China and Japan",
        {("Health", "China"): 2, ("Health", "Japan"): 2, (PANDEMICS, "China"): 2, (PANDEMICS, "Japan"): 1},
    ),
    (
        "who promised the same thing to India and to Pakistan?",
        {
            ("China", PANDEMICS, "India"): 1,
            ("China", PANDEMICS, "Pakistan"): 1,
            ("Japan", PANDEMICS, "India"): 1,
            ("Japan", PANDEMICS, "Pakistan"): 1,
        },
    ),
    (
        "what pledges do China and Japan have in common",
        {
            (PANDEMICS, "China"): 2,
            (PANDEMICS, "Japan"): 1,
            ("Defence", "China"): 1,
            ("Defence", "Japan"): 1,
            ("Joint exercises and training", "China"): 1,
            ("Joint exercises and training", "Japan"): 1,
        },
    ),
]


@pytest.mark.parametrize(("text", "expected"), ANSWERS, ids=[text for text, _ in ANSWERS])
async def test_words_ask_for_numbers(counted: BoltStore, text: str, expected: dict[tuple[str, ...], int]) -> None:
    understood = understand(text, await find.lexicon(counted))
    assert rows(await tally(counted, understood.question)) == expected


async def test_sums_keep_currencies_apart_and_leave_other_amounts_out(counted: BoltStore) -> None:
    question = understand("total money promised per country", await find.lexicon(counted)).question
    found = await tally(counted, question)
    assert [(each.labels, each.acts, each.amount) for each in found.tallies] == [
        (("Japan", "JPY"), 1, 3e9),
        (("Japan", "USD"), 2, 7.5e6),
        (("China", "USD"), 1, 2.5e6),
    ]
    assert {act.iri for act in (await acts_of(counted, replace(question, by=None))).acts} == {
        act.iri for act in (WARDS, YEN, DOLLARS)
    }
    amounts = await acts_of(counted, Question(kinds=COMMITMENT_KINDS, amount=Amount.ANY))
    assert {act.iri for act in amounts.acts} == {act.iri for act in (WARDS, YEN, DOLLARS, TREES)}


async def test_sums_stand_side_by_side(counted: BoltStore) -> None:
    by = (Group.CURRENCY, Group.ACTOR)
    question = Question(kinds=PLEDGES, actors=(CHINA, JAPAN), by=by, shared=True)
    found = await tally(counted, question)
    assert [(each.labels, each.amount) for each in found.tallies] == [
        (("USD", "Japan"), 7.5e6),
        (("USD", "China"), 2.5e6),
    ]
    asked = understand("compare the money that China and Japan promised per year", await find.lexicon(counted)).question
    assert asked.by == (Group.CURRENCY, Group.YEAR, Group.ACTOR)
    assert (await tally(counted, asked)).tallies


async def test_currencies_that_are_asked_for_are_the_only_ones(counted: BoltStore) -> None:
    asked = understand("total promised in yen per country", await find.lexicon(counted)).question
    assert rows(await tally(counted, asked)) == {("Japan", "JPY"): 1}


async def test_the_largest_group_comes_first_and_years_in_their_order(counted: BoltStore) -> None:
    by_party = await tally(counted, Question(kinds=PLEDGES, by=(Group.ACTOR,)))
    assert [each.labels[0] for each in by_party.tallies] == ["Japan", "China", "India"]
    by_year = await tally(counted, Question(kinds=frozenset(Kind), by=(Group.YEAR, Group.ACTOR)))
    assert [each.keys[0] for each in by_year.tallies] == ["2023"] * 2 + ["2024"] * 3 + ["2025"] * 2 + [""]


async def test_more_groups_than_the_limit_are_announced(counted: BoltStore) -> None:
    found = await tally(counted, Question(kinds=PLEDGES, by=(Group.ACTOR,), limit=2))
    assert ([each.labels[0] for each in found.tallies], found.more) == (["Japan", "China"], True)


async def test_every_number_is_the_number_of_acts_that_are_found(counted: BoltStore) -> None:
    by = (Group.FIELD, Group.ACTOR, Group.KIND)
    question = Question(kinds=COMMITMENT_KINDS, by=by, limit=500)
    parties = {actor.iri: actor for actor in (CHINA, INDIA, PAKISTAN, JAPAN)}
    for each in (await tally(counted, question)).tallies:
        field, actor, kind = each.keys
        narrowed = replace(question, by=None, fields=(field,), actors=(parties[actor],), kinds=frozenset({Kind(kind)}))
        assert len((await acts_of(counted, narrowed)).acts) == each.acts, each


async def test_groups_carry_identifiers_and_names(counted: BoltStore) -> None:
    found = await tally(counted, Question(kinds=PLEDGES, fields=("forestry",), by=(Group.FIELD, Group.ACTOR)))
    assert found.tallies == (Tally(("forestry", INDIA.iri), (FORESTS, "India"), 1),)


@pytest.mark.parametrize("shared", [False, True])
async def test_any_two_groups_can_be_counted(counted: BoltStore, shared: bool) -> None:
    named = {"actors": (CHINA, JAPAN), "counterparts": (INDIA, PAKISTAN), "fields": ("health", "finance")}
    for by in permutations(Group, 2):
        question = Question(kinds=frozenset(Kind), by=by, shared=shared, **named if shared else {})
        if not shared or by[-1] in (Group.ACTOR, Group.TO):
            assert all(each.acts for each in (await tally(counted, question)).tallies), by


REFUSED = [
    (Question(kinds=PLEDGES, by=(Group.ACTOR, Group.ACTOR)), "different groups"),
    (Question(kinds=PLEDGES, by=(Group.FIELD, Group.ACTOR, Group.TO, Group.KIND)), "1 to 3"),
    (Question(kinds=PLEDGES, by=(), limit=0), "groups"),
    (Question(kinds=PLEDGES, by=(), cursor="x"), "cursor"),
    (Question(kinds=PLEDGES, by=(Group.FIELD, Group.ACTOR), shared=True), "name them"),
    (Question(kinds=PLEDGES, by=(Group.ACTOR, Group.FIELD), actors=(CHINA, INDIA), shared=True), "last"),
    (Question(kinds=PLEDGES, by=(Group.YEAR,), since="soon"), "date"),
    (Question(kinds=frozenset(), by=()), "no kind"),
]


@pytest.mark.parametrize(("question", "message"), REFUSED, ids=[message for _, message in REFUSED])
async def test_what_cannot_be_counted_is_an_error(counted: BoltStore, question: Question, message: str) -> None:
    with pytest.raises(QuestionError, match=message):
        await tally(counted, question)


async def test_no_word_from_outside_is_in_the_query(counted: BoltStore) -> None:
    hostile = Actor(iri="x'}) DETACH DELETE n //", name="x", type=ActorType.STATE)
    question = Question(
        kinds=PLEDGES, actors=(hostile, CHINA), by=(Group.FIELD, Group.ACTOR), shared=True, words=("trees",)
    )
    found = await tally(counted, question)
    assert found.tallies == ()
    assert "DELETE" not in found.cypher
    assert "trees" not in found.cypher
