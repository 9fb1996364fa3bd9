"""From a question to its answer in a real graph: a strategic dialogue, rebuilt from sentences of our own."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

import pytest

from graph import find
from graph.bolt import BoltStore
from graph.find import find as answer_to
from graph.lexicon import Lexicon
from graph.question import Answer, Question, QuestionError
from graph.stores import open_store
from graph.understand import understand
from ontology import taxonomy
from ontology.identifiers import (
    actor_iri,
    event_iri,
    initiative_iri,
    person_iri,
    sha256,
    statement_iri,
    utterance_iri,
)
from ontology.minting import minted
from ontology.records import Act, Actor, Commitment, Event, Initiative, Person, Statement, Utterance
from ontology.terms import COMMITMENT_KINDS, ActorType, Force, Kind
from ontology.triples import triples

pytestmark = pytest.mark.anyio

PAKISTAN = Actor(
    iri=actor_iri("Pakistan", "PK"), name="Pakistan", type=ActorType.STATE, code="PK", names=("Islamabad", "Pakistani")
)
CHINA = Actor(iri=actor_iri("China", "CN"), name="China", type=ActorType.STATE, code="CN", names=("Beijing", "Chinese"))
QIN = Person(iri=person_iri("Qin Gang"), name="Qin Gang")
BILAWAL = Person(iri=person_iri("Bilawal"), name="Bilawal")
DIALOGUE = Event(iri=event_iri("Fourth Strategic Dialogue", "2023"), name="Fourth Strategic Dialogue")
GSI = Initiative(iri=initiative_iri("Global Security Initiative"), name="Global Security Initiative", names=("GSI",))


def _statement(text: str, document: str, issuer: str, date: str | None) -> Statement:
    return Statement(
        iri=statement_iri(text), document=document, sha256=sha256(text), issuer=issuer, date=date, text=text
    )


TALKS = _statement(
    "Qin said China backs Pakistan's fight against terrorism and would help to train its guards. "
    "He expects Pakistan to guard Chinese workers and to punish attackers. "
    "Bilawal said his country will hunt those who attacked Chinese engineers, will break up terrorist groups and "
    "will keep Chinese projects safe. It hopes to cooperate more in farming, defence and counter-terrorism and is "
    "willing to coordinate with China against terrorism. It supports the Global Security Initiative, opposes every "
    "attempt to contain China and will buy more Chinese drones if prices fall.",
    "talks",
    "Ministry of Foreign Affairs of China",
    "2023-05-06",
)
COMMUNIQUE = _statement(
    "China and Pakistan will hold a naval exercise by 2027. "
    "Pakistan will plant a billion trees before the end of 2029.",
    "communique",
    "China and Pakistan",
    "2025-02",
)
LEAFLET = _statement("China will open a vaccine plant in Lahore.", "leaflet", "China", None)


def _said(
    statement: Statement,
    action: str,
    kind: Kind,
    by: Sequence[Actor],
    to: Sequence[Actor] = (),
    fields: Sequence[str] = ("security",),
    **more: object,
) -> Act:
    assert statement.text is not None
    start = statement.text.index(action)
    utterance = Utterance(
        iri=utterance_iri(statement.iri, start, start + len(action), kind),
        statement=statement,
        kind=kind,
        actors=tuple(by),
        counterparts=tuple(to),
        action=action,
        start=start,
        end=start + len(action),
        quote=statement.text,
        quote_start=0,
        fields=tuple(fields),
        force=Force.WILLINGNESS if kind is Kind.WILLINGNESS else Force.FIRM,
        rule="by hand",
        extractor="by hand",
        confidence=1.0,
    )
    return minted(replace(utterance, **more))


def _qin(action: str, kind: Kind, fields: Sequence[str] = ("security",)) -> Act:
    return _said(TALKS, action, kind, [CHINA], [PAKISTAN], fields, speaker=QIN, event=DIALOGUE)


def _bilawal(action: str, kind: Kind, fields: Sequence[str] = ("security",), **more: object) -> Act:
    return _said(TALKS, action, kind, [PAKISTAN], [CHINA], fields, speaker=BILAWAL, event=DIALOGUE, **more)


BACK = _qin("backs Pakistan's fight against terrorism", Kind.SUPPORT, ["counter-terrorism"])
TRAIN = _qin("help to train its guards", Kind.PLEDGE, ["security-capacity"])
GUARD = _qin("guard Chinese workers", Kind.CALL, ["protection-of-nationals"])
PUNISH = _qin("punish attackers", Kind.CALL, ["counter-terrorism"])
HUNT = _bilawal("hunt those who attacked Chinese engineers", Kind.PLEDGE, ["counter-terrorism"])
BREAK_UP = _bilawal("break up terrorist groups", Kind.PLEDGE, ["counter-terrorism"])
KEEP_SAFE = _bilawal("keep Chinese projects safe", Kind.PLEDGE, ["protection-of-nationals"])
COOPERATE = _bilawal(
    "cooperate more in farming, defence and counter-terrorism",
    Kind.WILLINGNESS,
    ["agriculture", "defence", "counter-terrorism"],
    force=Force.HOPE,
)
COORDINATE = _bilawal("coordinate with China against terrorism", Kind.WILLINGNESS, ["counter-terrorism", "diplomacy"])
GLOBAL = _bilawal("supports the Global Security Initiative", Kind.SUPPORT, ["security"], initiatives=(GSI,))
CONTAIN = _bilawal("opposes every attempt to contain China", Kind.OPPOSITION, ["anti-containment"])
DRONES = _bilawal("buy more Chinese drones if prices fall", Kind.PLEDGE, ["trade"], condition="if prices fall")
NAVAL = _said(
    COMMUNIQUE, "hold a naval exercise by 2027", Kind.PLEDGE, [CHINA, PAKISTAN], (), ["military-exercises"],
    deadline="by 2027", due="../2027",
)  # fmt: skip
TREES = _said(
    COMMUNIQUE, "plant a billion trees before the end of 2029", Kind.PLEDGE, [PAKISTAN], (), ["forestry"],
    deadline="before the end of 2029", due="../2029",
)  # fmt: skip
VACCINES = _said(LEAFLET, "open a vaccine plant in Lahore", Kind.PLEDGE, [CHINA], [PAKISTAN], ["pandemics"])
ALL = (
    BACK, TRAIN, GUARD, PUNISH, HUNT, BREAK_UP, KEEP_SAFE, COOPERATE, COORDINATE, GLOBAL, CONTAIN, DRONES, NAVAL, TREES,
    VACCINES,
)  # fmt: skip
OF_TALKS = tuple(act for act in ALL if act.utterances[0].statement.iri == TALKS.iri)


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def dialogue_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="module")
async def dialogue(dialogue_url: str) -> AsyncIterator[BoltStore]:
    """A store with nothing but the dialogue, the communique and the leaflet in it; the tests here only read."""
    async with await open_store(dialogue_url) as store:
        assert isinstance(store, BoltStore)
        await store._driver.execute_query("MATCH (n) DETACH DELETE n", database_=store._backend.database)
        await store.prepare()
        await store.add(triples([*ALL, TALKS, COMMUNIQUE, LEAFLET]))
        yield store


async def ask(store: BoltStore, text: str) -> Answer:
    understood = understand(text, await find.lexicon(store))
    assert understood.unknown == ()
    return await answer_to(store, understood.question)


ANSWERS = [
    ("all security pledges by Pakistan until 2024", (HUNT, BREAK_UP, KEEP_SAFE, COOPERATE, COORDINATE)),
    ("all security pledges by Pakistan", (HUNT, BREAK_UP, KEEP_SAFE, COOPERATE, COORDINATE, NAVAL)),
    ("counter-terrorism pledges by Pakistan", (HUNT, BREAK_UP, COOPERATE, COORDINATE)),
    ("what does China expect of Pakistan?", (GUARD, PUNISH)),
    ("what does China expect of Pakistan on terrorism?", (PUNISH,)),
    ("what does Pakistan expect of China?", ()),
    ("what has China pledged to Pakistan?", (TRAIN, VACCINES)),
    ("security positions by Pakistan", (GLOBAL,)),
    ("what does Pakistan oppose?", (CONTAIN,)),
    ("who supports Pakistan?", (BACK,)),
    ("joint pledges of China and Pakistan", (NAVAL,)),
    ("pledges by China or Pakistan since 2024", (NAVAL, TREES)),
    ("firm security pledges by Pakistan in May 2023", (HUNT, BREAK_UP, KEEP_SAFE)),
    ("binding pledges by Pakistan", ()),
    ("pledges by Qin Gang", (TRAIN,)),
    ("security pledges by Bilawal", (HUNT, BREAK_UP, KEEP_SAFE, COOPERATE, COORDINATE)),
    ("calls made at the Fourth Strategic Dialogue", (GUARD, PUNISH)),
    ("pledges and calls by China at the Strategic Dialogue", (TRAIN, GUARD, PUNISH)),
    ("commitments that mention the GSI", (GLOBAL,)),
    ("conditional pledges by Pakistan", (DRONES,)),
    ("unconditional pledges by Pakistan since 2025", (NAVAL, TREES)),
    ("pledges with a deadline before 2028", (NAVAL,)),
    ("pledges with a deadline before 2027", ()),
    ("pledges due by 2029", (NAVAL, TREES)),
    ("pledges due in 2027", (NAVAL,)),
    ("pledges due after 2027", (TREES,)),
    ("pledges due after May 2029", (TREES,)),
    ("pledges in the joint statement of China and Pakistan", (NAVAL, TREES)),
    ("pledges in statements of China by Pakistan on trade", (DRONES,)),
    ("pledges in statements of the Ministry of Foreign Affairs of China on trade", (DRONES,)),
    ("pledges in statements of Pakistan in 2023", ()),
    ('pledges by Pakistan with the words "billion trees"', (NAVAL, TREES)),
    ('pledges with the word "vaccine"', (VACCINES,)),
    ('pledges with the word "accine"', ()),
    ("environment pledges", (TREES,)),
    ("health commitments", (VACCINES,)),
]


@pytest.mark.parametrize(("text", "expected"), ANSWERS, ids=[text for text, _ in ANSWERS])
async def test_a_question_gets_exactly_its_acts(dialogue: BoltStore, text: str, expected: tuple[Act, ...]) -> None:
    answer = await ask(dialogue, text)
    assert {act.iri for act in answer.acts} == {act.iri for act in expected}
    assert answer.next is None


async def test_what_one_side_says_never_leaks_into_the_other(dialogue: BoltStore) -> None:
    pledges = await ask(dialogue, "pledges by Pakistan until 2024")
    calls = await ask(dialogue, "what does China expect of Pakistan?")
    assert all(act.actors == (PAKISTAN,) and isinstance(act, Commitment) for act in pledges.acts)
    assert not {act.action for act in pledges.acts} & {act.action for act in calls.acts}


async def test_the_answer_is_records_whole_and_equal_to_what_was_added(dialogue: BoltStore) -> None:
    answer = await ask(dialogue, "commitments and calls by China or Pakistan")
    cited = {act.iri: replace(act, utterances=tuple(map(_citing, act.utterances))) for act in ALL}
    assert {act.iri: act for act in answer.acts} == cited


def _citing(utterance: Utterance) -> Utterance:
    return replace(utterance, statement=utterance.statement.cited())


async def test_the_newest_come_first_and_undated_acts_last(dialogue: BoltStore) -> None:
    dates = [act.date or "" for act in (await ask(dialogue, "commitments by China or Pakistan")).acts]
    assert dates == sorted(dates, reverse=True)
    assert dates[0] == "2025-02"
    assert dates[-1] == ""


@pytest.mark.parametrize("limit", [1, 2, 4, 14, 15])
async def test_paging_walks_everything_once(dialogue: BoltStore, limit: int) -> None:
    question = Question(kinds=frozenset(Kind), limit=limit)
    whole = (await answer_to(dialogue, replace(question, limit=100))).acts
    walked: list[Act] = []
    while True:
        answer = await answer_to(dialogue, question)
        assert 0 < len(answer.acts) <= limit
        walked += answer.acts
        if answer.next is None:
            break
        question = replace(question, cursor=answer.next)
    assert tuple(walked) == whole
    assert len(whole) == len(ALL)


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "nonsense!", "WyJhIl0", "bnVsbA", "WzEsIDJd", "é", "'; MATCH (n) DETACH DELETE n //", "A" * 5000],
)
async def test_a_bad_cursor_is_an_error(dialogue: BoltStore, cursor: str) -> None:
    with pytest.raises(QuestionError, match="cursor"):
        await answer_to(dialogue, Question(kinds=COMMITMENT_KINDS, cursor=cursor))


@pytest.mark.parametrize("limit", [0, -1, 100_000])
async def test_a_bad_limit_is_an_error(dialogue: BoltStore, limit: int) -> None:
    with pytest.raises(QuestionError, match=str(limit)):
        await answer_to(dialogue, Question(kinds=COMMITMENT_KINDS, limit=limit))


@pytest.mark.parametrize("date", ["yesterday", "2023-13", "2023-02-30", "", "2023'", "0000"])
@pytest.mark.parametrize("name", ["since", "until", "due_since", "due_before"])
async def test_a_bad_date_is_an_error(dialogue: BoltStore, name: str, date: str) -> None:
    if date:
        with pytest.raises(QuestionError, match="date"):
            await answer_to(dialogue, replace(Question(kinds=COMMITMENT_KINDS), **{name: date}))


HOSTILE = [
    "x' OR 1=1 //",
    "\\'; MATCH (n) DETACH DELETE n //",
    "`}) DETACH DELETE c //",
    "$actors",
    "\\E.*\\Q",
    "(((((a+)+)+)+)+)$",
    "Robert\u0000Tables",
    '"; DROP',
    "{iri: 'x'}",
]


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_words_do_nothing(dialogue: BoltStore, text: str) -> None:
    party = Actor(iri=text, name=text, type=ActorType.STATE, names=(text,))
    question = Question(
        kinds=frozenset(Kind),
        actors=(party,),
        counterparts=(party,),
        fields=(text,),
        issuers=(text,),
        speakers=(Person(iri=text, name=text),),
        events=(Event(iri=text, name=text),),
        initiatives=(Initiative(iri=text, name=text),),
        words=(text,),
    )
    assert (await answer_to(dialogue, question)).acts == ()
    assert (await answer_to(dialogue, Question(kinds=COMMITMENT_KINDS, words=(text + " qqq",)))).acts == ()
    assert await find.act(dialogue, text) is None
    assert await find.statement(dialogue, text) is None
    assert await find.acts_of(dialogue, text) == ()
    with pytest.raises(QuestionError):
        understand(text, Lexicon.of())
    assert len((await answer_to(dialogue, Question(kinds=frozenset(Kind)))).acts) == len(ALL)


async def test_no_word_from_outside_is_in_the_query(dialogue: BoltStore) -> None:
    answer = await ask(dialogue, 'security pledges by Pakistan to China since 2022 with the words "billion trees"')
    for outside in ("Pakistan", PAKISTAN.iri, "billion", "2022", "security"):
        assert outside not in answer.cypher
    assert answer.parameters["actors"] == [PAKISTAN.iri]


async def test_single_records_are_found_by_their_iris(dialogue: BoltStore) -> None:
    found = await find.act(dialogue, HUNT.iri)
    assert found is not None
    assert found == replace(HUNT, utterances=tuple(map(_citing, HUNT.utterances)))
    assert await find.act(dialogue, TALKS.iri) is None
    assert await find.statement(dialogue, TALKS.iri) == TALKS
    assert await find.statement(dialogue, HUNT.iri) is None


async def test_the_acts_of_a_statement_come_in_the_order_of_its_text(dialogue: BoltStore) -> None:
    assert [act.iri for act in await find.acts_of(dialogue, TALKS.iri)] == [act.iri for act in OF_TALKS]


async def test_parties_are_listed_with_their_acts_page_by_page(dialogue: BoltStore) -> None:
    first = await find.actors(dialogue, limit=1)
    assert first.items == ((CHINA, sum(CHINA in act.actors for act in ALL)),)
    rest = await find.actors(dialogue, cursor=first.next, limit=1)
    assert rest.items == ((PAKISTAN, sum(PAKISTAN in act.actors for act in ALL)),)
    assert rest.next is None


async def test_fields_are_listed_with_their_acts(dialogue: BoltStore) -> None:
    counted = {field.slug: acts for field, acts in await find.fields(dialogue)}
    assert counted["counter-terrorism"] == sum("counter-terrorism" in act.fields for act in ALL)
    assert counted["tourism"] == 0
    assert {field.slug for field in taxonomy.fields()} == counted.keys()


async def test_the_lexicon_knows_the_store_and_more(dialogue: BoltStore) -> None:
    kenya = Actor(iri=actor_iri("Kenya", "KE"), name="Kenya", type=ActorType.STATE, code="KE")
    lexicon = await find.lexicon(dialogue, [kenya])
    assert lexicon.actor("Kenya") == kenya
    assert lexicon.actor("Islamabad") == PAKISTAN
    assert lexicon.speakers("Qin") == (QIN,)
    assert lexicon.events("strategic dialogue") == (DIALOGUE,)
    assert lexicon.initiative("GSI") == GSI
    assert lexicon.issuers("Pakistan") == ("China and Pakistan",)
