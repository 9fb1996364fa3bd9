"""A statement that was posted: who may do it, how much is read, and the two forms that it may have."""

import secrets
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from api.http.filters import DATE
from api.http.negotiation import JSON
from api.http.service import Served
from loaders.sources.text import decode, parse, statement
from ontology.identifiers import statement_iri
from ontology.records import Statement

MOST_BYTES: Final = 2_000_000
TEXT: Final = "text/plain"

_bearer: Final = HTTPBearer(auto_error=False, description="The token with which the service was started.")


class TooLargeError(Exception):
    """A request body that is larger than the service reads."""


class UnsupportedError(Exception):
    """A request body in a form that the service does not read."""


class UnauthorisedError(Exception):
    """The token is missing or wrong."""


class ForbiddenError(Exception):
    """Nobody may do this, since the service is not set up for it."""


class Posted(BaseModel):
    """A statement as it is posted in JSON. Members that are not known are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: Annotated[str, Field(min_length=1, description="The text as it was published.")]
    title: str | None = None
    issuer: Annotated[str | None, Field(description="Who issued it: a state, a ministry, a body.")] = None
    date: Annotated[str | None, Field(pattern=DATE, description="A year, a month or a day.")] = None
    url: Annotated[str | None, Field(pattern=r"^https?://\S+$")] = None
    language: Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "en"
    document: Annotated[str | None, Field(min_length=1, max_length=200, description="A name of your own.")] = None


_EXAMPLE: Final = {
    "text": "Ruritania will train 200 Graustark officers by 2030.",
    "title": "Ruritania and Graustark hold talks",
    "issuer": "Ministry of Foreign Affairs of Ruritania",
    "date": "2026-03-01",
}
REQUEST_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": f"At most {MOST_BYTES:,} bytes. Plain text is UTF-8 and may begin with front matter.",
        "content": {
            JSON: {"schema": {"$ref": "#/components/schemas/Posted"}, "example": _EXAMPLE},
            TEXT: {"schema": {"type": "string"}, "example": _EXAMPLE["text"]},
        },
    }
}


def allowed(service: Served, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> None:
    """Raises ForbiddenError when the service has no token, UnauthorisedError when this one is not it."""
    token = service.settings.token
    if token is None:
        raise ForbiddenError(
            "This service takes no statements, because it was started without a token. Start it with "
            "PLEDGEGRAPH_TOKEN set and send the same token as `Authorization: Bearer TOKEN`."
        )
    sent = given.credentials if given else ""
    if not secrets.compare_digest(sent.encode(), token.get_secret_value().encode()):
        raise UnauthorisedError("Send the token of this service as `Authorization: Bearer TOKEN`.")


async def posted(request: Request) -> Statement:
    """The statement in a request's body.

    Raises UnsupportedError, TooLargeError, SourceError and RequestValidationError.
    """
    form = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if form not in (JSON, TEXT):
        raise UnsupportedError(f"Send {JSON} or {TEXT}, not {form or 'a body without Content-Type'}.")
    body = await body_of(request, MOST_BYTES, "Split it, or use `pledgegraph load`.")
    if form == TEXT:
        text = decode(body, "the body")
        return parse(text, document=_name(text), where="the body")
    try:
        sent = Posted.model_validate_json(body)
    except ValidationError as error:
        raise RequestValidationError([{**fault, "loc": ("body", *fault["loc"])} for fault in error.errors()]) from error
    return statement(**{**sent.model_dump(), "document": sent.document or _name(sent.text)}, where="the body")


def _name(text: str) -> str:
    return statement_iri(text).rpartition("/")[2]


async def body_of(request: Request, most: int, advice: str) -> bytes:
    """The body of a request; raises TooLargeError as soon as it has more than so many bytes."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise TooLargeError(f"The body is larger than {most:,} bytes. {advice}")
    return bytes(body)
