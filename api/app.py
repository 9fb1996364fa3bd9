"""The service: its parts put together, and the one table that says which error is which problem."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from api.explorer import home
from api.explorer.pages import problem_page
from api.http import (
    actors,
    ask,
    commitments,
    counts,
    cypher,
    entities,
    fields,
    health,
    identifiers,
    sparql,
    statements,
    utterances,
    vocabulary,
)
from api.http.documentation import document_with
from api.http.headers import SECURITY, Headers
from api.http.hosts import MisdirectedError, OwnHost
from api.http.kept import Kept
from api.http.negotiation import HTML, NotAcceptableError, preferred
from api.http.posted import ForbiddenError, TooLargeError, UnauthorisedError, UnsupportedError
from api.http.problems import (
    PROBLEM_JSON,
    PROBLEM_TYPES,
    Fault,
    NotFoundError,
    Problem,
    problem_response,
)
from api.http.raw import ClosedError
from api.http.service import Service
from api.http.sparql import BehindError, Endpoint
from api.settings import Settings
from graph import raw
from graph.guard import CypherRefusedError
from graph.question import QuestionError
from graph.replica.follower import following
from graph.replica.replica import ReplicaError
from graph.sparql.guard import RefusedError
from graph.sparql.limits import LimitError, Limits
from graph.sparql.nursery import WorkerError
from graph.sparql.pool import Workers
from graph.sparql.process import MalformedError
from graph.sparql.turns import BusyError
from graph.store import StoreError
from graph.stores import open_store
from loaders.reading.model_folder import ModelError
from loaders.sources.text import SourceError


@dataclass(frozen=True, slots=True)
class Known:
    """What the world is told of an error: status, the last part of the problem's type, its title, and headers."""

    status: int
    slug: str
    title: str
    headers: tuple[tuple[str, str], ...] = ()


PROBLEMS: Final[dict[type[Exception], Known]] = {
    QuestionError: Known(422, "question", "The question cannot be answered"),
    SourceError: Known(422, "statement", "The statement cannot be read"),
    RequestValidationError: Known(422, "request", "The request is not understood"),
    NotFoundError: Known(404, "not-found", "Not found"),
    NotAcceptableError: Known(406, "not-acceptable", "No such representation"),
    TooLargeError: Known(413, "too-large", "The body is too large", (("Connection", "close"),)),
    UnsupportedError: Known(415, "unsupported", "The body is in a form that is not read"),
    UnauthorisedError: Known(401, "token", "The token is missing or wrong", (("WWW-Authenticate", "Bearer"),)),
    ForbiddenError: Known(403, "closed", "This service takes no statements"),
    MisdirectedError: Known(421, "host", "This is not the name of the service"),
    ClosedError: Known(403, "raw-closed", "This service takes no queries in Cypher or SPARQL"),
    MalformedError: Known(400, "malformed", "The query is not understood"),
    RefusedError: Known(422, "refused", "The query asks for what is not allowed"),
    LimitError: Known(422, "limit", "The query goes beyond a limit"),
    BusyError: Known(503, "busy", "Too many queries are running", (("Retry-After", str(BusyError.after)),)),
    CypherRefusedError: Known(422, "refused", "The statement is not allowed"),
    raw.RefusedError: Known(422, "refused", "The statement is not allowed"),
    raw.CypherError: Known(422, "cypher", "The statement is not understood"),
    raw.LimitError: Known(422, "limit", "The statement goes beyond a limit"),
    raw.BusyError: Known(503, "busy", "Too many statements are running", (("Retry-After", "5"),)),
    ReplicaError: Known(503, "replica", "The replica is not ready", (("Retry-After", "1"),)),
    BehindError: Known(503, "behind", "The replica is behind", (("Retry-After", "1"),)),
    WorkerError: Known(503, "worker", "Queries cannot be run"),
    StoreError: Known(503, "store", "The store cannot answer"),
    ModelError: Known(503, "model", "The reader cannot be loaded"),
    # What nobody foresaw is answered outside the middleware, which cannot add its headers then.
    Exception: Known(500, "internal", "Something went wrong here", tuple(SECURITY.items())),
}


def create_app(settings: Settings) -> FastAPI:
    """The service on the store that the settings name; the store is opened when the service starts."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with await open_store(settings.store, **settings.login()) as store:
            service = await Service.of(settings, store)
            app.state.service = service
            if not settings.takes_raw:
                yield
                return
            limits = Limits(seconds=settings.raw_seconds)
            async with following(store, settings.cache) as replica, Workers(limits) as workers:
                service.replica = replica
                app.state.sparql = Endpoint(replica, workers)
                yield

    app = FastAPI(title="pledgegraph", version=version("pledgegraph"), lifespan=lifespan, docs_url=None, redoc_url=None)
    parts = (ask, commitments, counts, statements, utterances, actors, entities, fields, cypher, sparql, identifiers)
    for part in (*parts, vocabulary, health):
        app.include_router(part.router)
    app.include_router(home.router, include_in_schema=False)
    static = Path(str(home.STATIC))
    app.mount("/static", StaticFiles(directory=static), name="static")
    document_with(app)
    app.add_middleware(Kept)
    app.add_middleware(OwnHost, host=settings.host, refused=told)
    app.add_middleware(Headers)
    for error in PROBLEMS:
        app.add_exception_handler(error, told)
    app.add_exception_handler(HTTPException, told_by_status)
    return app


async def told(request: Request, error: Exception) -> Response:
    """The problem of an error in the table; the nearest class counts."""
    known = next(PROBLEMS[kind] for kind in type(error).__mro__ if kind in PROBLEMS)
    problem = Problem(
        type=PROBLEM_TYPES + known.slug,
        title=known.title,
        status=known.status,
        detail=_detail(error, known),
        instance=request.url.path,
        errors=_faults(error),
        near=error.near if isinstance(error, QuestionError) else (),
        rule=_text(error, "rule"),
        limit=_text(error, "limit"),
    )
    return _sent(request, problem, dict(known.headers))


async def told_by_status(request: Request, error: Exception) -> Response:
    """The problem of what the framework refuses by itself: no such path, no such method."""
    assert isinstance(error, HTTPException)
    detail = {
        404: "There is nothing at this address. /docs lists what there is.",
        405: f"{request.method} is not possible here.",
    }.get(error.status_code, error.detail)
    problem = Problem(
        type="about:blank",
        title=str(error.detail),
        status=error.status_code,
        detail=detail,
        instance=request.url.path,
    )
    return _sent(request, problem, dict(error.headers or {}))


def _detail(error: Exception, known: Known) -> str:
    if known.status == 500:
        return "The service's log says more; please report it."
    if isinstance(error, RequestValidationError):
        return "; ".join(f"{fault.where}: {fault.message}" for fault in _faults(error)) or "It is malformed."
    return str(error)


def _text(error: Exception, name: str) -> str | None:
    """What an error of a query language says about itself by a name."""
    value = getattr(error, name, None)
    return str(value) if isinstance(value, str) else None


def _faults(error: Exception) -> tuple[Fault, ...]:
    if isinstance(error, CypherRefusedError) and error.place:
        return (Fault(where=f"query:{error.place.line}:{error.place.column}", message=error.message),)
    if not isinstance(error, RequestValidationError):
        return ()
    return tuple(
        Fault(where=".".join(map(str, fault["loc"])), message=str(fault["msg"]).removeprefix("Value error, "))
        for fault in error.errors()
    )


def _sent(request: Request, problem: Problem, headers: dict[str, str]) -> Response:
    """To a browser as a page, to everybody else as `application/problem+json`, whatever they accept."""
    try:
        form = preferred(request.headers.get("accept"), (PROBLEM_JSON, HTML))
    except NotAcceptableError:
        form = PROBLEM_JSON
    headers = {"Vary": "Accept", **headers}
    if form == HTML:
        return Response(problem_page(problem), problem.status, headers, HTML)
    return problem_response(problem, headers)
