"""`GET /ask`: a question in plain words."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.asking import Asked, ask
from api.http.filters import Asking
from api.http.negotiation import CSV, DATA_FORMS, JSON, media_type
from api.http.representation import documented, following, of_acts, of_tallies, respond
from api.http.service import Served

router = APIRouter(tags=["questions"])


@router.get("/ask", response_model=Asked, responses=documented(406, 422, paged=True), summary="Ask in plain words")
async def answer(request: Request, service: Served, asking: Annotated[Asking, Query()]) -> Response:
    """How the question was read, what was not understood with near suggestions, the query that ran, and the answer.

    That is acts, or `tallies` for a question such as "how many" or "compare"; those are JSON and CSV only.
    """
    media = media_type(request, *DATA_FORMS)
    asked = await ask(asking.q, await service.lexicon(), service.store, limit=asking.limit, cursor=asking.cursor)
    if asked.question.by is not None:
        media = media_type(request, JSON, CSV)
        return await respond(media, of_tallies(asked, asked.question, asked.tallies))
    return await respond(media, of_acts(asked, asked.acts, following(request, asked.next)))
