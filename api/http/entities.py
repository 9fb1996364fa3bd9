"""Parties, persons, initiatives and events, each by its key, with the newest acts in which it has a part."""

from dataclasses import dataclass
from typing import Annotated, Final, TypeVar

from fastapi import APIRouter, Path, Request, Response

from api.explorer.pages import entity_page
from api.http.negotiation import DATA_FORMS, HTML, media_type
from api.http.problems import NotFoundError
from api.http.representation import Content, documented, located, respond
from api.http.service import Served
from api.rendering import csv_text
from graph.entities import entity, newest
from ontology.mapping import BY_RECORD
from ontology.records import Act, Actor, Event, Initiative, Person
from ontology.terms import DATA

router = APIRouter(tags=["parties, people and occasions"])

E = TypeVar("E", Actor, Person, Initiative, Event)
Key = Annotated[str, Path(max_length=2000, description="The last part of the identifier.")]

_FORMS: Final = (*DATA_FORMS, HTML)
_ANSWERS: Final = documented(404, 406, 422, forms=_FORMS, about=True)


@dataclass(frozen=True, slots=True)
class ActorWithActs:
    """A party, its newest commitments and calls, and whether there are more."""

    actor: Actor
    acts: tuple[Act, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class PersonWithActs:
    """A speaker, the newest acts put in his mouth, and whether there are more."""

    person: Person
    acts: tuple[Act, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class InitiativeWithActs:
    """A programme or plan, the newest acts under it, and whether there are more."""

    initiative: Initiative
    acts: tuple[Act, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class EventWithActs:
    """An occasion, the newest acts said at it, and whether there are more."""

    event: Event
    acts: tuple[Act, ...]
    more: bool


WithActs = ActorWithActs | PersonWithActs | InitiativeWithActs | EventWithActs


@router.get("/actors/{key}", response_model=ActorWithActs, responses=_ANSWERS, summary="One party")
async def actor(request: Request, service: Served, key: Key) -> Response:
    """A party with its newest commitments and calls; `/commitments?actor=…` has them all."""
    found = await _found(service, Actor, key)
    return await _answer(request, found, ActorWithActs(found, *await newest(service.store, found)))


@router.get("/persons/{key}", response_model=PersonWithActs, responses=_ANSWERS, summary="One speaker")
async def person(request: Request, service: Served, key: Key) -> Response:
    """Somebody in whose mouth acts are put, with the newest of them; `/commitments?speaker=…` has them all."""
    found = await _found(service, Person, key)
    return await _answer(request, found, PersonWithActs(found, *await newest(service.store, found)))


@router.get("/initiatives/{key}", response_model=InitiativeWithActs, responses=_ANSWERS, summary="One initiative")
async def initiative(request: Request, service: Served, key: Key) -> Response:
    """A programme or plan with the newest acts under it; `/commitments?initiative=…` has them all."""
    found = await _found(service, Initiative, key)
    return await _answer(request, found, InitiativeWithActs(found, *await newest(service.store, found)))


@router.get("/events/{key}", response_model=EventWithActs, responses=_ANSWERS, summary="One event")
async def event(request: Request, service: Served, key: Key) -> Response:
    """The occasion of a statement with the newest acts said at it; `/commitments?event=…` has them all."""
    found = await _found(service, Event, key)
    return await _answer(request, found, EventWithActs(found, *await newest(service.store, found)))


async def _found(service: Served, record: type[E], key: str) -> E:
    what = BY_RECORD[record].label.lower()
    found = await entity(service.store, record, f"{DATA}{what}/{key}")
    if found is None:
        raise NotFoundError(what, key)
    return found


async def _answer(request: Request, thing: Actor | Person | Initiative | Event, said: WithActs) -> Response:
    content = Content(
        value=said,
        records=(thing, *said.acts),
        csv=lambda: csv_text(said.acts),
        page=lambda: entity_page(thing, said.acts, said.more),
        headers=located(request, thing.iri, _FORMS),
    )
    return await respond(media_type(request, *_FORMS), content)
