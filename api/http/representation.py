"""One content in the representation that a client has chosen, and how the routes say so in OpenAPI."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from api.http.graphs import written
from api.http.negotiation import CSV, DATA_FORMS, HTML, JSON, JSON_LD, named
from api.http.problems import PROBLEM_JSON, Problem
from api.rendering import csv_text, json_bytes, tallies_csv
from graph.question import Question, Tally
from ontology.context import to_graph
from ontology.records import Act, Record
from ontology.triples import Triple

_TITLES: Final = {
    401: "The token is missing or wrong.",
    403: "The service has no token, so nobody may post.",
    404: "There is nothing under this identifier.",
    406: "There is no representation that the client accepts.",
    413: "The body is too large.",
    415: "The body is in a form that is not read.",
    422: "A parameter, the body or the question is not understood.",
    503: "The store cannot be reached.",
}

_ABOUT: Final = 'The IRI of the thing, `rel="canonical"`, and other representations, `rel="alternate"`.'
_IN_IRIS: Final = ":/#?=&"


@dataclass(frozen=True, slots=True)
class Content:
    """What a resource says: as a JSON value, as records for RDF, as CSV and, where there is one, as a page.

    `facts` are what RDF says more than the records do.
    """

    value: object
    records: Iterable[Record]
    csv: Callable[[], str]
    page: Callable[[], str] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    facts: Iterable[Triple] = ()


def of_acts(
    value: object, acts: tuple[Act, ...], headers: dict[str, str] | None = None, page: Callable[[], str] | None = None
) -> Content:
    """The content of a resource that consists of acts."""
    return Content(value, acts, lambda: csv_text(acts), page, headers or {})


def of_tallies(
    value: object, question: Question, tallies: tuple[Tally, ...], page: Callable[[], str] | None = None
) -> Content:
    """The content of a resource that consists of numbers, for which there is no RDF."""
    return Content(value, (), lambda: tallies_csv(question, tallies), page)


async def respond(media: str, content: Content, status: int = 200) -> Response:
    """The content in a media type; the long renderings run beside the event loop."""
    headers = {"Vary": "Accept", **content.headers}
    if media == JSON:
        return Response(await run_in_threadpool(json_bytes, content.value), status, headers, JSON)
    return Response(await run_in_threadpool(_text, media, content), status, headers, media)


def _text(media: str, content: Content) -> str:
    if media == CSV:
        return content.csv()
    if media == HTML:
        assert content.page is not None
        return content.page()
    graph = to_graph(content.records)
    for fact in content.facts:
        graph.add(fact)
    return written(graph, media)


def following(request: Request, cursor: str | None) -> dict[str, str]:
    """The `Link` header that leads to the next page, when there is one."""
    if cursor is None:
        return {}
    query = request.url.include_query_params(cursor=cursor).query
    return {"Link": f'<{request.url.path}?{query}>; rel="next"'}


def located(request: Request, iri: str, forms: Sequence[str]) -> dict[str, str]:
    """The `Link` header of a document about one thing: the thing's IRI, and the document in its other forms."""
    path = quote(request.url.path)
    links = [f'<{quote(iri, safe=_IN_IRIS)}>; rel="canonical"']
    links += [f'<{path}?format={name}>; rel="alternate"; type="{media}"' for name, media in named(forms).items()]
    return {"Link": ", ".join(links)}


def documented(
    *problems: int, forms: tuple[str, ...] = DATA_FORMS, paged: bool = False, about: bool = False
) -> dict[int | str, Any]:
    """The OpenAPI `responses` of a route: its representations, and the problems that it may answer with.

    `about` says that it is about one thing, `paged` that it may have a next page.
    """
    said = 'The next page, `rel="next"`.' if paged else _ABOUT
    links = {"Link": {"description": said, "schema": {"type": "string"}}} if paged or about else {}
    vary = {"Vary": {"description": "Always `Accept`.", "schema": {"type": "string"}}}
    others = {form: {"schema": {"type": "string"}} for form in forms if form not in (JSON, JSON_LD)}
    linked = {JSON_LD: {"schema": {"type": "object"}}} if JSON_LD in forms else {}
    found: dict[int | str, Any] = {200: {"content": linked | others, "headers": links | vary}}
    for status in (*problems, 503):
        found[status] = {"model": Problem, "description": _TITLES[status]}
    return found


def with_problem_type(document: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI document with every problem under its own media type, which FastAPI has no way to say."""
    for path in document["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                if status >= "400" and JSON in response.get("content", {}):
                    response["content"] = {PROBLEM_JSON: response["content"].pop(JSON)}
    return document
