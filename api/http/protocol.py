"""What a request asks, as the SPARQL 1.1 Protocol lays it down (https://www.w3.org/TR/sparql11-protocol/, section 2.1).

A query comes by GET in the URL, or by POST as a form or as the body itself. Parameters that are not known are left
alone, as the protocol wants; what would change the graph is refused by name.
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from fastapi import Request
from fastapi.exceptions import RequestValidationError

from api.http.negotiation import NotAcceptableError, preferred
from api.http.posted import TooLargeError, UnsupportedError
from graph.sparql.guard import RefusedError
from graph.sparql.process import MalformedError, Query
from ontology.context import PREFIXES

QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
FORM: Final = "application/x-www-form-urlencoded"

SOLUTIONS_JSON: Final = "application/sparql-results+json"
SOLUTIONS: Final = {
    SOLUTIONS_JSON: SOLUTIONS_JSON,
    "application/sparql-results+xml": "application/sparql-results+xml",
    "text/csv": "text/csv",
    "text/tab-separated-values": "text/tab-separated-values",
    "application/json": SOLUTIONS_JSON,
}
"""The media types of solutions, the best first, and which of them each is written as."""
TRIPLES: Final = {
    "text/turtle": "text/turtle",
    "application/n-triples": "application/n-triples",
    "application/rdf+xml": "application/rdf+xml",
    "application/ld+json": "application/ld+json",
    "text/plain": "application/n-triples",
    "application/json": "application/ld+json",
}
"""The media types of triples, likewise."""

FORMATS: Final = {
    "json": "application/sparql-results+json, application/ld+json",
    "xml": "application/sparql-results+xml, application/rdf+xml",
    "csv": "text/csv, text/turtle",
    "tsv": "text/tab-separated-values, text/turtle",
    "turtle": "text/turtle, application/sparql-results+json",
    "ntriples": "application/n-triples, application/sparql-results+json",
    "rdfxml": "application/rdf+xml, application/sparql-results+xml",
    "jsonld": "application/ld+json, application/sparql-results+json",
}
"""What the parameter `format` stands for, for links and pages that cannot send an `Accept` header."""


@dataclass(frozen=True, slots=True)
class Request11:
    """A request of the protocol. `query` is None where there is none, `at_least` the sequence to wait for."""

    query: Query | None
    at_least: int | None
    solutions: str | None
    triples: str | None


async def read(request: Request, longest: int) -> Request11:
    """What a request asks; `longest` is how many characters a query may have.

    Raises MalformedError, RefusedError, UnsupportedError, TooLargeError, NotAcceptableError, RequestValidationError.
    """
    given = [*request.query_params.multi_items(), *await _posted(request, longest)]
    if any(name == "update" for name, _ in given):
        raise RefusedError("read-only", "An update would change the graph. Here it can only be asked, with `query`.")
    texts = [value for name, value in given if name == "query"]
    if len(texts) > 1:
        raise MalformedError(f"There are {len(texts)} queries. Send one `query`.")
    accept = accepted(request)
    solutions, triples = _liked(accept, SOLUTIONS), _liked(accept, TRIPLES)
    if texts and solutions is None and triples is None:
        raise NotAcceptableError([*SOLUTIONS, *TRIPLES])
    query = _query(texts[0], address(request), given, solutions, triples) if texts else None
    return Request11(query, _at_least(given), solutions, triples)


def accepted(request: Request) -> str | None:
    """What the client accepts: as `format` says or, where that says nothing, as the header does."""
    return FORMATS.get(request.query_params.get("format", ""), request.headers.get("accept"))


def address(request: Request) -> str:
    """Where the endpoint is, which is what relative IRIs in a query are relative to (RFC 3986, 5.1.3)."""
    return str(request.url.replace(query=""))


def _query(text: str, base: str, given: list[tuple[str, str]], solutions: str | None, triples: str | None) -> Query:
    default = tuple(value for name, value in given if name == "default-graph-uri")
    named = tuple(value for name, value in given if name == "named-graph-uri")
    return Query(
        text=text,
        base=base,
        default=default if default or named else None,
        named=named,
        solutions=SOLUTIONS[solutions] if solutions else None,
        triples=TRIPLES[triples] if triples else None,
        prefixes=dict(PREFIXES),
    )


async def _posted(request: Request, longest: int) -> list[tuple[str, str]]:
    if request.method != "POST":
        return []
    form = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if form == UPDATE:
        raise RefusedError("read-only", "An update would change the graph. Here it can only be asked.")
    if form not in (QUERY, FORM):
        raise UnsupportedError(f"Send {QUERY} or {FORM}, not {form or 'a body without Content-Type'}.")
    # A character has at most four bytes, and each of them three in a form; what else a form may say is short.
    body = await _body(request, 12 * longest + 20_000)
    try:
        if form == QUERY:
            return [("query", body.decode())]
        return parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise MalformedError(f"The body is not {form} in UTF-8: {error}") from error


async def _body(request: Request, most: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise TooLargeError(f"The body is larger than {most:,} bytes.")
    return bytes(body)


def _liked(accept: str | None, offered: dict[str, str]) -> str | None:
    try:
        return preferred(accept, tuple(offered))
    except NotAcceptableError:
        return None


def _at_least(given: list[tuple[str, str]]) -> int | None:
    values = [value for name, value in given if name == "atLeast"]
    if not values:
        return None
    if len(values) > 1 or not (values[0].isascii() and values[0].isdigit() and len(values[0]) < 19):
        raise RequestValidationError([{"loc": ("query", "atLeast"), "msg": "Give one sequence number, such as 12"}])
    return int(values[0])
