"""Commitments and calls: `/commitments` and `/calls`, and each of them by its key."""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Request, Response

from api.explorer.pages import act_page, acts_page
from api.http.filters import CallFilters, CommitmentFilters
from api.http.negotiation import DATA_FORMS, HTML, media_type
from api.http.problems import NotFoundError
from api.http.representation import documented, following, located, of_acts, respond
from api.http.service import Served
from graph.find import act, find
from graph.question import Answer
from ontology.records import Call, Commitment
from ontology.terms import DATA

router = APIRouter(tags=["commitments and calls"])

_FORMS: Final = (*DATA_FORMS, HTML)
Key = Annotated[str, Path(max_length=100, description="The last part of the identifier.")]


_FOUND = documented(406, 422, forms=(*DATA_FORMS, HTML), paged=True)


@router.get("/commitments", response_model=Answer, responses=_FOUND, summary="Find commitments")
async def commitments(request: Request, service: Served, filters: Annotated[CommitmentFilters, Query()]) -> Response:
    """Commitments that pass every filter, newest first."""
    return await _found(request, service, filters)


@router.get("/calls", response_model=Answer, responses=_FOUND, summary="Find calls")
async def calls(request: Request, service: Served, filters: Annotated[CallFilters, Query()]) -> Response:
    """Calls, which bind nobody to whom they are addressed, newest first."""
    return await _found(request, service, filters)


@router.get(
    "/commitments/{key}",
    response_model=Commitment,
    responses=documented(404, 406, 422, forms=_FORMS, about=True),
    summary="One commitment",
)
async def commitment(request: Request, service: Served, key: Key) -> Response:
    """A commitment with its utterances: where it was said, in which words, by whom, and what found it there."""
    return await _one(request, service, "commitment", key)


@router.get(
    "/calls/{key}",
    response_model=Call,
    responses=documented(404, 406, 422, forms=_FORMS, about=True),
    summary="One call",
)
async def call(request: Request, service: Served, key: Key) -> Response:
    """A call with its utterances."""
    return await _one(request, service, "call", key)


async def _found(request: Request, service: Served, filters: CallFilters) -> Response:
    media = media_type(request, *DATA_FORMS, HTML)
    answer = await find(service.store, filters.question(await service.lexicon()))
    content = of_acts(answer, answer.acts, following(request, answer.next), page=lambda: acts_page(answer))
    return await respond(media, content)


async def _one(request: Request, service: Served, what: str, key: str) -> Response:
    media = media_type(request, *_FORMS)
    found = await act(service.store, f"{DATA}{what}/{key}")
    if found is None:
        raise NotFoundError(what, key)
    content = of_acts(found, (found,), located(request, found.iri, _FORMS), page=lambda: act_page(found))
    return await respond(media, content)
