"""`/id/…`: from what a thing is called to the document about it; w3id.org sends our IRIs to the same paths here."""

from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Path, Request, Response

from api.http.problems import NotFoundError, Problem

router = APIRouter(tags=["identifiers"])

Key = Annotated[str, Path(max_length=2000, description="The last part of the identifier.")]

DOCUMENTS: Final = {
    "actor": "actors",
    "person": "persons",
    "initiative": "initiatives",
    "event": "events",
    "statement": "statements",
    "utterance": "utterances",
    "commitment": "commitments",
    "call": "calls",
}
_SCHEMES: Final = frozenset({"actor-types", "forces", "kinds", "roles", "sources", "statuses"})
_SEE_OTHER: Final = {
    "description": "The document about it.",
    "headers": {"Location": {"description": "Where the document is.", "schema": {"type": "string"}}},
}
_NOT_FOUND: Final = {"model": Problem, "description": "No identifier is made so."}
_TOO_LONG: Final = {"model": Problem, "description": "The identifier is too long."}


@router.get(
    "/id/{of}/{key}",
    status_code=303,
    response_class=Response,
    responses={303: _SEE_OTHER, 404: _NOT_FOUND, 422: _TOO_LONG},
    summary="What an IRI names",
)
async def identified(
    request: Request,
    of: Annotated[str, Path(description="What it is: actor, person, statement, utterance, commitment and so on.")],
    key: Key,
) -> Response:
    """Leads from `https://w3id.org/pledgegraph/id/…` to the document about the thing, in the form that is asked for."""
    if of not in DOCUMENTS:
        raise NotFoundError("kind of identifier", of)
    query = f"?{request.url.query}" if request.url.query else ""
    return see_other(f"/{DOCUMENTS[of]}/{quote(key)}{query}")


async def concept() -> Response:
    """Leads from a concept that the vocabulary defines, such as a kind of act, to the vocabulary."""
    return see_other("/ns")


for _scheme in sorted(_SCHEMES):
    for _path in (f"/{_scheme}", f"/{_scheme}/{{name}}"):
        router.add_api_route(_path, concept, status_code=303, response_class=Response, include_in_schema=False)


def see_other(location: str) -> Response:
    """The answer of what is no document itself."""
    return Response(status_code=303, headers={"Location": location})
