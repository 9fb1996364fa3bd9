"""What the service says of itself: the OpenAPI document, and Swagger UI from files of our own."""

from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

from api.http.cypher import CypherStatement
from api.http.posted import Posted
from api.http.representation import with_problem_type

_SUMMARY: Final = "Who commits to do what, towards whom, in which field, until when."
_DESCRIPTION: Final = """\
Ask in plain words at `/ask`, or with filters at `/commitments` and `/calls`; `/counts` says how many there are, by
field, party, year and more. Every act leads to the quote behind it and to its statement. Answers are JSON; by
`Accept`, or by the `format` parameter, they are Turtle, JSON-LD or CSV.
What goes wrong is told as an RFC 9457 problem. `/openapi.json` describes all this in OpenAPI 3.1.
"""
_PAGE: Final = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>pledgegraph: HTTP interface</title>
<link rel="stylesheet" href="/docs/swagger-ui/swagger-ui.css">
<link rel="icon" href="/static/icon.svg">
</head>
<body>
<main id="swagger-ui"></main>
<script src="/docs/swagger-ui/swagger-ui-bundle.js"></script>
<script src="/static/documentation.js"></script>
</body>
</html>
"""


_PAGES: Final = APIRouter()


@_PAGES.get("/docs")
async def page() -> HTMLResponse:
    """Swagger UI."""
    return HTMLResponse(_PAGE)


def document_with(app: FastAPI) -> None:
    """Give a service its OpenAPI document and the pages that show it."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = openapi(app)
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]
    app.include_router(_PAGES, include_in_schema=False)
    app.mount("/docs/swagger-ui", StaticFiles(directory=_swagger_ui()), name="swagger-ui")


def openapi(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI 3.1 document of a service."""
    document = get_openapi(
        title="pledgegraph",
        version=app.version,
        summary=_SUMMARY,
        description=_DESCRIPTION,
        routes=app.routes,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    schemas = document["components"]["schemas"]
    schemas["Posted"] = Posted.model_json_schema()
    schemas["CypherStatement"] = CypherStatement.model_json_schema()
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    return with_problem_type(document)


def _swagger_ui() -> Path:
    return Path(str(files("fastapi_offline"))) / "static"
