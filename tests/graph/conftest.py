"""The stores under test: an embedded server that lives as long as the test run, and a Neo4j where one is given."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph.bolt import BoltStore
from graph.embedded import Embedded
from graph.stores import open_store
from ontology.identifiers import actor_iri, person_iri, sha256, statement_iri, utterance_iri
from ontology.minting import minted
from ontology.records import Act, Actor, Person, Statement, Utterance
from ontology.terms import ActorType, Force, Kind


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def embedded_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that runs until the last test, so that no test waits for a start."""
    folder = tmp_path_factory.mktemp("embedded")
    server = asyncio.run(Embedded.in_folder(folder))
    yield f"embedded:{folder}"
    asyncio.run(server.close())


@pytest.fixture(scope="session")
def prepared() -> set[str]:
    """The stores that have their constraints and fields already."""
    return set()


@pytest.fixture(params=["embedded", "neo4j"])
def store_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def store(store_url: str, prepared: set[str]) -> AsyncIterator[BoltStore]:
    """A prepared store that holds nothing but the fields."""
    async with await open_store(store_url) as opened:
        assert isinstance(opened, BoltStore)
        if store_url not in prepared:
            await opened.prepare()
            prepared.add(store_url)
        await _emptied(opened)
        yield opened


@pytest.fixture
def clear(store: BoltStore) -> Callable[[], Awaitable[None]]:
    """Empties the store, but for the fields."""
    return lambda: _emptied(store)


async def _emptied(store: BoltStore) -> None:
    database = store._backend.database
    await store._driver.execute_query("MATCH (n) WHERE NOT n:Field DETACH DELETE n", database_=database)


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


PAKISTAN = Actor(
    iri=actor_iri("Pakistan", "PK"),
    name="Pakistan",
    type=ActorType.STATE,
    code="PK",
    wikidata="Q843",
    names=("Pakistani",),
)
CHINA = Actor(
    iri=actor_iri("China", "CN"), name="China", type=ActorType.STATE, code="CN", wikidata="Q148", names=("PRC", "中国")
)
MINISTER = Person(iri=person_iri("A. Minister"), name="A. Minister")


def statement_of(text: str) -> Statement:
    return Statement(
        iri=statement_iri(text),
        document="dialogue",
        sha256=sha256(text),
        title="A dialogue",
        date="2023-05-06",
        text=text,
    )


def utterance_of(statement: Statement, action: str, kind: Kind, *, by: Actor, to: Actor) -> Utterance:
    text = statement.text or ""
    start = text.index(action)
    return Utterance(
        iri=utterance_iri(statement.iri, start, start + len(action), kind),
        statement=statement,
        kind=kind,
        actors=(by,),
        counterparts=(to,),
        action=action,
        start=start,
        end=start + len(action),
        quote=text,
        quote_start=0,
        fields=("security",),
        force=Force.FIRM,
        amount=200.0,
        speaker=MINISTER,
        rule="subject",
        extractor="by hand",
        confidence=0.875,
    )


@pytest.fixture
def acts() -> tuple[Act, ...]:
    """A pledge by Pakistan and a call by China, from two statements."""
    first = statement_of("Pakistan will protect Chinese workers “everywhere” 🙂.")
    second = replace(statement_of("China expects Pakistan to find the culprits."), document="readout")
    return (
        minted(utterance_of(first, "protect Chinese workers “everywhere” 🙂", Kind.PLEDGE, by=PAKISTAN, to=CHINA)),
        minted(utterance_of(second, "find the culprits", Kind.CALL, by=CHINA, to=PAKISTAN)),
    )
