"""`GET /counts`: how many commitments or calls there are, by field, party, kind, year, initiative or currency."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.explorer.pages import counts_page
from api.http.filters import CountFilters
from api.http.negotiation import CSV, HTML, JSON, media_type
from api.http.representation import documented, of_tallies, respond
from api.http.service import Served
from graph.question import Tallied
from graph.tally import tally

router = APIRouter(tags=["commitments and calls"])


@router.get(
    "/counts", response_model=Tallied, responses=documented(406, 422, forms=(JSON, CSV, HTML)), summary="Count acts"
)
async def counts(request: Request, service: Served, filters: Annotated[CountFilters, Query()]) -> Response:
    """How many acts pass every filter, in each group; an act that belongs to several groups counts in each of them.

    Parties, initiatives and fields that are asked for are the only ones that are counted by. A year is that in which
    an act was first said.
    """
    media = media_type(request, JSON, CSV, HTML)
    found = await tally(service.store, filters.question(await service.lexicon()))
    content = of_tallies(found, found.question, found.tallies, page=lambda: counts_page(found))
    return await respond(media, content)
