"""Problems as RFC 9457 describes them: what went wrong, where, and what to do about it."""

from dataclasses import dataclass
from typing import Final

from fastapi.responses import JSONResponse

from api.rendering import to_json

PROBLEM_JSON: Final = "application/problem+json"
PROBLEM_TYPES: Final = "https://w3id.org/pledgegraph/problems/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong with a request: where it stands (such as `query.limit`) and what is wrong with it."""

    where: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An RFC 9457 problem. `type` names its class, `instance` is the path that was asked for.

    `near` are known names close to one that is not known. `rule` is the rule that a query breaks, `limit` the limit
    that it went beyond.
    """

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: tuple[Fault, ...] = ()
    near: tuple[str, ...] = ()
    rule: str | None = None
    limit: str | None = None


class NotFoundError(Exception):
    """There is nothing under this identifier."""

    def __init__(self, what: str, key: str) -> None:
        super().__init__(f"There is no {what} {key!r} here.")


def problem_response(problem: Problem, headers: dict[str, str] | None = None) -> JSONResponse:
    """A problem as `application/problem+json` under its own status."""
    return JSONResponse(to_json(problem), problem.status, headers, PROBLEM_JSON)
