"""`GET /ask`: a question in plain words."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.asking import Asked, ask
from api.http.filters import Asking
from api.http.negotiation import DATA_FORMS, media_type
from api.http.representation import documented, following, of_acts, respond
from api.http.service import Served

router = APIRouter(tags=["questions"])


@router.get("/ask", response_model=Asked, responses=documented(406, 422, paged=True), summary="Ask in plain words")
async def answer(request: Request, service: Served, asking: Annotated[Asking, Query()]) -> Response:
    """How the question was read, what was not understood with near suggestions, the query that ran, and the acts."""
    media = media_type(request, *DATA_FORMS)
    asked = await ask(asking.q, await service.lexicon(), service.store, limit=asking.limit, cursor=asking.cursor)
    return await respond(media, of_acts(asked, asked.acts, following(request, asked.next)))
