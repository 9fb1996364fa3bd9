"""A running service on a real embedded store that holds a few small statements of invented countries."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from ontology.identifiers import actor_iri, event_iri, initiative_iri, person_iri, sha256, statement_iri, utterance_iri
from ontology.minting import minted
from ontology.records import Act, Actor, Event, Initiative, Person, Statement, Utterance
from ontology.terms import ActorType, Force, Kind
from ontology.triples import triples

TOKEN = "a token for tests"

RURITANIA = Actor(iri=actor_iri("Ruritania"), name="Ruritania", type=ActorType.STATE, names=("Ruritanian",))
GRAUSTARK = Actor(iri=actor_iri("Graustark"), name="Graustark", type=ActorType.STATE, names=("Graustarkian",))
RUPERT = Person(iri=person_iri("Rupert of Hentzau"), name="Rupert of Hentzau")
CORRIDOR = Initiative(iri=initiative_iri("Strelsau Corridor"), name="Strelsau Corridor")
TALKS = Event(iri=event_iri("Second Strelsau Talks", "2023"), name="Second Strelsau Talks")

JOINT = """\
STRELSAU, 6 May 2023. The foreign ministers met for the Second Strelsau Talks.

Ruritania will train 200 Graustarkian officers by 2030 if the truce holds, Rupert of Hentzau said. \
It opposes every attempt to divide Graustark, and will not station troops along the Strelsau Corridor.

Graustark expects Ruritania to keep its officers safe. Graustark is willing to buy Ruritanian wheat.
"""
ELBONIA = Actor(iri=actor_iri("Elbonia"), name="Elbonia", type=ActorType.STATE)
MANY = "\n".join(f"Elbonia will plant {number} trees." for number in range(30))
HOSTILE = """\
<script>alert("one")</script> & Graustark will build 3 <b>bridges</b> & "roads" for Ruritania.
"""


def _statement(text: str, title: str, date: str) -> Statement:
    return Statement(
        iri=statement_iri(text),
        document=title.lower().replace(" ", "-"),
        sha256=sha256(text),
        title=title,
        issuer="Ministry of Foreign Affairs of Ruritania",
        date=date,
        url="https://example.org/talks",
        text=text,
    )


def _said(statement: Statement, quote: str, action: str, kind: Kind, actor: Actor, **more: object) -> Act:
    text = statement.text or ""
    quote_start = text.index(quote)
    start = quote_start + quote.index(action)
    return minted(
        Utterance(
            **{
                "iri": utterance_iri(statement.iri, start, start + len(action), kind),
                "statement": statement,
                "kind": kind,
                "actors": (actor,),
                "action": action,
                "start": start,
                "end": start + len(action),
                "quote": quote,
                "quote_start": quote_start,
                "force": Force.FIRM,
                "rule": "by hand",
                "extractor": "by hand",
                "confidence": 1.0,
                **more,
            }
        )
    )


@dataclass(frozen=True)
class Case:
    """What the store holds: `acts` in the order of the texts, and `more` than fit on a page."""

    joint: Statement
    hostile: Statement
    many: Statement
    acts: tuple[Act, ...]
    more: tuple[Act, ...]


def case() -> Case:
    """Three statements: one with acts of every kind, one that tries to run a script, one with many acts."""
    joint = _statement(JOINT, "Second Strelsau Talks", "2023-05-06")
    hostile = _statement(HOSTILE, "Bridges <i>and</i> roads", "2024-01-02")
    first, second, third, fourth = (line + "." for line in _sentences())
    said = {"event": TALKS}
    acts = (
        _said(
            joint,
            first,
            "train 200 Graustarkian officers by 2030 if the truce holds",
            Kind.PLEDGE,
            RURITANIA,
            counterparts=(GRAUSTARK,),
            fields=("security",),
            deadline="by 2030",
            due="../2030",
            quantity="200 officers",
            amount=200.0,
            unit="officers",
            condition="if the truce holds",
            speaker=RUPERT,
            cue="will",
            **said,
        ),
        _said(
            joint,
            second,
            "opposes every attempt to divide Graustark",
            Kind.OPPOSITION,
            RURITANIA,
            fields=("sovereignty",),
            **said,
        ),
        _said(
            joint,
            second,
            "station troops along the Strelsau Corridor",
            Kind.PLEDGE,
            RURITANIA,
            fields=("security",),
            negated=True,
            initiatives=(CORRIDOR,),
            **said,
        ),
        _said(
            joint,
            third,
            "keep its officers safe",
            Kind.CALL,
            GRAUSTARK,
            counterparts=(RURITANIA,),
            fields=("security",),
            **said,
        ),
        _said(
            joint,
            fourth,
            "buy Ruritanian wheat",
            Kind.WILLINGNESS,
            GRAUSTARK,
            fields=("trade", "agriculture"),
            force=Force.WILLINGNESS,
            **said,
        ),
        _said(
            hostile,
            HOSTILE.strip(),
            'build 3 <b>bridges</b> & "roads" for Ruritania',
            Kind.PLEDGE,
            GRAUSTARK,
            counterparts=(RURITANIA,),
            fields=("infrastructure",),
        ),
    )
    many = _statement(MANY, "Trees", "2022")
    more = tuple(
        _said(
            many,
            line,
            line.removeprefix("Elbonia will ").removesuffix("."),
            Kind.PLEDGE,
            ELBONIA,
            fields=("environment",),
        )
        for line in MANY.splitlines()
    )
    return Case(joint, hostile, many, acts, more)


def _sentences() -> tuple[str, ...]:
    _, second, third = JOINT.split("\n\n")
    return tuple(sentence.strip().removesuffix(".") for part in (second, third) for sentence in part.split(". "))


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A store in a folder of its own, and a token."""
    return Settings(store=f"embedded:{tmp_path_factory.mktemp('store')}", token=TOKEN)


@pytest.fixture(scope="session")
def token() -> str:
    """What whoever posts must send."""
    return TOKEN


@pytest.fixture(scope="session")
def held() -> Case:
    """What the service's store holds when the tests begin; they may add to it, never take away."""
    return case()


@pytest.fixture(scope="session")
def client(settings: Settings, held: Case) -> Iterator[TestClient]:
    """The running service."""
    app = create_app(settings)
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        written = list(triples([*held.acts, *held.more, held.joint, held.hostile, held.many]))
        client.portal.call(app.state.service.store.add, written)
        yield client
