"""`/`: the page on which people ask."""

from importlib.resources import files
from typing import Annotated, Final

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.asking import ask
from api.explorer.pages import Counts, answer_page, home_page, refused_page
from api.http.service import Served, Service
from graph.question import QuestionError
from ontology.records import Call, Commitment, Statement

STATIC: Final = files("api.explorer") / "static"
PER_PAGE: Final = 25
MOST_GROUPS: Final = 200

router = APIRouter()


@router.get("/")
async def home(
    service: Served,
    q: Annotated[str, Query(max_length=1000)] = "",
    cursor: Annotated[str | None, Query(max_length=1000)] = None,
) -> HTMLResponse:
    """The question, how it was read, and its answers; without a question, where to begin."""
    if not q.strip():
        return HTMLResponse(home_page(await _counts(service)))
    try:
        asked = await ask(q, await service.lexicon(), service.store, limit=PER_PAGE, cursor=cursor, groups=MOST_GROUPS)
    except QuestionError as error:
        return HTMLResponse(refused_page(q, str(error), error.near), 422)
    return HTMLResponse(answer_page(asked, cursor))


async def _counts(service: Service) -> Counts:
    return Counts(
        statements=await service.count(Statement),
        commitments=await service.count(Commitment),
        calls=await service.count(Call),
    )
