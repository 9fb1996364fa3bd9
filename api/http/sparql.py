"""`/sparql`: the graph by SPARQL 1.1, over a replica that follows the store."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Protocol

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse

from api.explorer.pages import query_page
from api.http.description import description
from api.http.negotiation import HTML, NotAcceptableError, preferred
from api.http.problems import Problem
from api.http.protocol import FORM, FORMATS, QUERY, SOLUTIONS, TRIPLES, Request11, accepted, address, read
from api.http.raw import opened
from graph.sparql.pool import Workers
from graph.sparql.process import Answer, FormError, MalformedError

SEQUENCE: Final = "Pledgegraph-Sequence"
_PATIENCE: Final = 5.0
_CHUNK: Final = 2**16
# What servers log for a client that did not wait; nobody receives it.
_GONE: Final = 499

router = APIRouter(tags=["query languages"])


class Snapshot(Protocol):
    """A state of the graph on disk."""

    @property
    def folder(self) -> Path:
        """An Oxigraph store that nobody writes to."""
        ...

    @property
    def sequence(self) -> int:
        """Which sequence of the store it reflects."""
        ...


class Snapshots(Protocol):
    """What is asked: a replica of the graph, of which there is always a newest snapshot."""

    def snapshot(self) -> AbstractContextManager[Snapshot]:
        """The newest, kept until the block ends."""
        ...

    @property
    def sequence(self) -> int | None:
        """Which sequence of the store the newest reflects; None before there is one."""
        ...

    async def reaches(self, sequence: int, timeout: float) -> bool:  # noqa: ASYNC109 - the replica's own contract
        """Whether a snapshot reflects at least this sequence within so many seconds."""
        ...


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What answers SPARQL: the replica, and the processes that ask it."""

    replica: Snapshots
    workers: Workers


class BehindError(Exception):
    """The replica does not reflect the sequence that was asked for yet."""


async def _endpoint(request: Request) -> Endpoint:
    endpoint = request.app.state.sparql
    assert isinstance(endpoint, Endpoint)
    return endpoint


Asked = Annotated[Endpoint, Depends(_endpoint)]
_TEXT: Final = {"type": "string"}
_URIS: Final = {"type": "array", "items": {"type": "string", "format": "uri"}}


def _parameter(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": description}


_DATASET: Final = [
    _parameter("default-graph-uri", _URIS, "Graphs that make up the default graph, in place of the query's FROM."),
    _parameter("named-graph-uri", _URIS, "The named graphs, in place of the query's FROM NAMED."),
    _parameter("format", {"type": "string", "enum": list(FORMATS)}, "In place of `Accept`; others are left alone."),
    _parameter("atLeast", {"type": "integer", "minimum": 0}, "Wait until the replica reflects this sequence."),
]
_TEXT_PARAMETER: Final = _parameter("query", _TEXT, "A SPARQL 1.1 query. Without it, what the endpoint can do.")
_BODY: Final = {
    "required": True,
    "content": {
        QUERY: {"schema": _TEXT, "example": "SELECT * WHERE { ?s ?p ?o } LIMIT 10"},
        FORM: {"schema": {"type": "object", "properties": {"query": _TEXT}, "required": ["query"]}},
    },
}
_PAGE: Final = {HTML: {"schema": _TEXT}}
_FORMS: Final = {media: {"schema": {} if media.endswith("json") else _TEXT} for media in (*SOLUTIONS, *TRIPLES)}
_ANSWERS: Final[dict[int | str, Any]] = {
    200: {
        "description": "The whole answer.",
        "content": _FORMS,
        "headers": {
            SEQUENCE: {"description": "Which state of the store is reflected.", "schema": {"type": "integer"}},
            "Vary": {"description": "Always `Accept`.", "schema": _TEXT},
        },
    },
    400: {"model": Problem, "description": "The query is no SPARQL 1.1 query, or there are several."},
    403: {"model": Problem, "description": "The service takes no queries in a query language."},
    406: {"model": Problem, "description": "There is no form of the answer that the client accepts."},
    413: {"model": Problem, "description": "The body is too large."},
    415: {"model": Problem, "description": "The body is in a form that is not read."},
    422: {"model": Problem, "description": "The query asks for what is not allowed, or for more than it may use."},
    503: {"model": Problem, "description": "Too many queries are running, or the replica is not ready or behind."},
}


@router.get(
    "/sparql",
    responses=_ANSWERS | {200: _ANSWERS[200] | {"content": _FORMS | _PAGE}},
    openapi_extra={"parameters": [_TEXT_PARAMETER, *_DATASET]},
    summary="Ask in SPARQL",
    dependencies=[Depends(opened)],
)
async def ask(request: Request, endpoint: Asked) -> Response:
    """The answer to a SPARQL 1.1 query, by the SPARQL 1.1 Protocol; without a query, the service description."""
    asked = await read(request, endpoint.workers.limits.length)
    return _described(request) if asked.query is None else await _answered(request, asked, endpoint)


@router.post(
    "/sparql",
    responses=_ANSWERS,
    openapi_extra={"parameters": _DATASET, "requestBody": _BODY},
    summary="Ask in SPARQL, with the query in the body",
    dependencies=[Depends(opened)],
)
async def ask_by_post(request: Request, endpoint: Asked) -> Response:
    """The answer to a SPARQL 1.1 query that comes as a form or as the body itself."""
    return await _answered(request, await read(request, endpoint.workers.limits.length), endpoint)


async def _answered(request: Request, asked: Request11, endpoint: Endpoint) -> Response:
    if asked.query is None:
        raise MalformedError("There is no query. Send it as `query`.")
    await _wait(asked.at_least, endpoint.replica)
    client = request.client.host if request.client else ""
    with endpoint.replica.snapshot() as snapshot:
        try:
            answer = await _while_waited_for(request, endpoint.workers.answer(asked.query, snapshot.folder, client))
        except FormError as error:
            raise NotAcceptableError([*(TRIPLES if error.triples else SOLUTIONS)]) from error
    if answer is None:
        return Response(status_code=_GONE)
    media = asked.triples if answer.media in TRIPLES else asked.solutions
    headers = {SEQUENCE: str(snapshot.sequence), "Vary": "Accept"}
    if answer.size <= _CHUNK:
        return Response(b"".join(_pieces(answer)), 200, headers, media)
    return StreamingResponse(_pieces(answer), 200, headers | {"Content-Length": str(answer.size)}, media)


async def _while_waited_for(request: Request, answer: Coroutine[Any, Any, Answer]) -> Answer | None:
    """An answer; None when the client has gone away, and then its worker is ended. Raises what the answer raises."""
    answering = asyncio.ensure_future(answer)
    leaving = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait((answering, leaving), return_when=asyncio.FIRST_COMPLETED)
        return answering.result() if answering.done() else None
    finally:
        for task in (answering, leaving):
            task.cancel()
        await asyncio.gather(answering, leaving, return_exceptions=True)


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _wait(sequence: int | None, replica: Snapshots) -> None:
    if sequence is not None and not await replica.reaches(sequence, _PATIENCE):
        raise BehindError(
            f"The replica reflects sequence {replica.sequence}, and {sequence} was asked for. It was waited for "
            f"{_PATIENCE:g} s. Ask again, or without `atLeast`."
        )


def _pieces(answer: Answer) -> Iterator[bytes]:
    with answer.body as body:
        while piece := body.read(_CHUNK):
            yield piece


def _described(request: Request) -> Response:
    media = preferred(accepted(request), (*TRIPLES, HTML))
    if media == HTML:
        return HTMLResponse(query_page(tuple(FORMATS)[:4]), headers={"Vary": "Accept"})
    return Response(description(address(request), media), 200, {"Vary": "Accept"}, media)
