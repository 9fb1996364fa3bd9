"""`/statements`: one statement with its acts, and the way in for new ones."""

from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Request, Response

from api.explorer.pages import statement_page
from api.http.negotiation import DATA_FORMS, HTML, media_type
from api.http.posted import REQUEST_BODY, allowed, posted
from api.http.problems import NotFoundError
from api.http.representation import Content, documented, located, respond
from api.http.service import Served, Service
from api.loading import load
from api.rendering import csv_text
from graph import find
from ontology.records import Act, Statement
from ontology.terms import DATA

router = APIRouter(tags=["statements"])

_FORMS: Final = (*DATA_FORMS, HTML)


@dataclass(frozen=True, slots=True)
class StatementWithActs:
    """A statement with its text, and the acts that it states, by place."""

    statement: Statement
    acts: tuple[Act, ...]


_ANSWERS: Final = documented(401, 403, 406, 413, 415, 422)
_CREATED: Final[dict[str, Any]] = {
    "description": "The statement is new.",
    "model": StatementWithActs,
    "content": _ANSWERS[200]["content"],
    "headers": {"Location": {"description": "Where the statement is.", "schema": {"type": "string"}}},
}


@router.get(
    "/statements/{key}",
    response_model=StatementWithActs,
    responses=documented(404, 406, 422, forms=_FORMS, about=True),
    summary="One statement",
)
async def one(
    request: Request,
    service: Served,
    key: Annotated[str, Path(max_length=100, description="The last part of the identifier.")],
) -> Response:
    """A statement with its whole text and every act in it."""
    media = media_type(request, *_FORMS)
    stated = await _stated(service, f"{DATA}statement/{key}")
    if stated is None:
        raise NotFoundError("statement", key)
    return await respond(media, _content(stated, located(request, stated.statement.iri, _FORMS)))


@router.post(
    "/statements",
    response_model=StatementWithActs,
    responses=_ANSWERS | {201: _CREATED},
    openapi_extra=REQUEST_BODY,
    summary="Add a statement",
    response_description="The statement was there already; nothing changes.",
    dependencies=[Depends(allowed)],
)
async def add(request: Request, service: Served) -> Response:
    """Reads a statement and keeps it with its acts. Sending the same text twice changes nothing."""
    media = media_type(request, *DATA_FORMS)
    new = await posted(request)
    reader = await service.reader()
    # One at a time: reading keeps a processor busy, and two posts of one text must not both find it new.
    async with service.reading:
        there = await find.statement(service.store, new.iri) is not None
        await load([new], reader, service.store)
    stated = await _stated(service, new.iri)
    assert stated is not None
    location = {"Location": f"/statements/{new.iri.rpartition('/')[2]}"}
    return await respond(media, _content(stated, location), 200 if there else 201)


async def _stated(service: Service, iri: str) -> StatementWithActs | None:
    statement = await find.statement(service.store, iri)
    if statement is None:
        return None
    return StatementWithActs(statement, await find.acts_of(service.store, iri))


def _content(stated: StatementWithActs, headers: dict[str, str] | None = None) -> Content:
    return Content(
        value=stated,
        records=(*stated.acts, stated.statement),
        csv=lambda: csv_text(stated.acts),
        page=lambda: statement_page(stated.statement, stated.acts),
        headers=headers or {},
    )
