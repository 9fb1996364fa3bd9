"""`GET /actors`: the parties that act in the graph."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.http.filters import Parameters
from api.http.negotiation import DATA_FORMS, media_type
from api.http.representation import Content, documented, following, respond
from api.http.service import Served
from api.rendering import table
from graph import find
from ontology.records import Actor

router = APIRouter(tags=["actors and fields"])


@dataclass(frozen=True, slots=True)
class Acting:
    """A party and the number of commitments and calls that are its own."""

    actor: Actor
    acts: int


@dataclass(frozen=True, slots=True)
class ActorList:
    """A page of parties; `next` is the cursor of the page that follows."""

    actors: tuple[Acting, ...]
    next: str | None


@router.get("/actors", response_model=ActorList, responses=documented(406, 422, paged=True), summary="All parties")
async def actors(request: Request, service: Served, paging: Annotated[Parameters, Query()]) -> Response:
    """Every party in the graph with the number of its acts."""
    media = media_type(request, *DATA_FORMS)
    page = await find.actors(service.store, cursor=paging.cursor, limit=paging.limit)
    listed = ActorList(tuple(Acting(actor, acts) for actor, acts in page.items), page.next)
    content = Content(
        value=listed,
        records=[acting.actor for acting in listed.actors],
        csv=lambda: _csv(listed),
        headers=following(request, page.next),
    )
    return await respond(media, content)


def _csv(listed: ActorList) -> str:
    columns = ("iri", "name", "type", "code", "wikidata")
    rows = [{name: getattr(each.actor, name) for name in columns} | {"acts": each.acts} for each in listed.actors]
    return table((*columns, "acts"), rows)
