"""`POST /cypher`: a statement in Cypher that reads, behind the guard."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from api.http.negotiation import CSV, JSON, media_type
from api.http.posted import UnsupportedError, body_of
from api.http.problems import Problem
from api.http.raw import opened
from api.http.service import Served
from api.http.sparql import SEQUENCE
from graph import guard, rows
from graph.raw import CypherError, Limits, Written

NDJSON: Final = "application/x-ndjson"
MOST_BYTES: Final = 1_000_000
_CHUNK: Final = 2**16
_WRITTEN: Final[dict[str, Written]] = {JSON: rows.as_json, CSV: rows.as_csv, NDJSON: rows.as_lines}
_TEXT: Final = {"type": "string"}

router = APIRouter(tags=["query languages"])


class CypherStatement(BaseModel):
    """A statement in Cypher and the values of its parameters. Members that are not known are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    query: Annotated[str, Field(min_length=1, description="One statement that only reads.")]
    parameters: Annotated[dict[str, Any], Field(description="What stands behind $name in the statement.")] = {}


class CypherAnswer(BaseModel):
    """The whole answer: as many values in each row as there are columns.

    A node is an object of `iri`, `labels` and `properties`; a relationship of `type`, `start`, `end` (the iris of its
    ends) and `properties`; a path of `nodes` and `relationships`. What has to do with time is written as in ISO 8601.
    """

    columns: list[str]
    rows: list[list[Any]]


_EXAMPLE: Final = {
    "query": "MATCH (a:Actor {name: $party})-[:PLEDGES]->(c:Commitment) RETURN c.action, c.date ORDER BY c.date DESC",
    "parameters": {"party": "Pakistan"},
}
_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": f"At most {MOST_BYTES:,} bytes.",
        "content": {JSON: {"schema": {"$ref": "#/components/schemas/CypherStatement"}, "example": _EXAMPLE}},
    }
}
_ANSWERS: Final[dict[int | str, Any]] = {
    200: {
        "content": {CSV: {"schema": _TEXT}, NDJSON: {"schema": _TEXT}},
        "headers": {
            SEQUENCE: {"description": "Which state of the store is reflected.", "schema": {"type": "integer"}},
            "Vary": {"description": "Always `Accept`.", "schema": _TEXT},
        },
    },
    403: {"model": Problem, "description": "The service takes no queries in a query language."},
    406: {"model": Problem, "description": "There is no form of the answer that the client accepts."},
    413: {"model": Problem, "description": "The body is too large."},
    415: {"model": Problem, "description": "The body is in a form that is not read."},
    422: {
        "model": Problem,
        "description": "The statement is not understood or not allowed (`rule` says which rule it breaks), "
        "or it went beyond a limit (`limit` says which).",
    },
    503: {"model": Problem, "description": "Too many statements are running, or the store cannot be reached."},
}


@router.post(
    "/cypher",
    response_model=CypherAnswer,
    responses=_ANSWERS,
    openapi_extra=_BODY,
    summary="Ask in Cypher",
    response_description="The whole answer, never a part of it.",
    dependencies=[Depends(opened)],
)
async def ask(request: Request, service: Served) -> Response:
    """The rows of one statement that reads: MATCH, OPTIONAL MATCH, UNWIND, WITH, CALL subqueries, UNION and RETURN."""
    media = media_type(request, JSON, NDJSON, CSV)
    asked = await _read(request)
    limits = Limits(seconds=service.settings.raw_seconds)
    allowed = await run_in_threadpool(guard.check, asked.query, asked.parameters)
    try:
        answer = await service.store.raw(allowed.text, allowed.parameters, _WRITTEN[media], limits)
    except CypherError as error:
        raise CypherError(allowed.explained(str(error))) from error
    # Where there are no rows, one back end does not say which columns there would have been.
    body = answer.body if answer.columns else b"".join(_WRITTEN[media](allowed.columns, ()))
    headers = {SEQUENCE: str(answer.sequence), "Vary": "Accept"}
    if len(body) <= _CHUNK:
        return Response(body, 200, headers, media)
    pieces = (body[at : at + _CHUNK] for at in range(0, len(body), _CHUNK))
    return StreamingResponse(pieces, 200, headers | {"Content-Length": str(len(body))}, media)


async def _read(request: Request) -> CypherStatement:
    form = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if form != JSON:
        raise UnsupportedError(f"Send {JSON}, not {form or 'a body without Content-Type'}.")
    body = await body_of(request, MOST_BYTES, "Send less, or ask in several statements.")
    try:
        return CypherStatement.model_validate_json(body)
    except ValidationError as error:
        raise RequestValidationError([{**fault, "loc": ("body", *fault["loc"])} for fault in error.errors()]) from error
