"""`/utterances/{key}`: one act in one statement, with the words that prove it."""

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Path, Request, Response

from api.explorer.pages import utterance_page
from api.http.negotiation import DATA_FORMS, HTML, media_type
from api.http.problems import NotFoundError
from api.http.representation import Content, documented, located, respond
from api.http.service import Served
from api.rendering import csv_text
from graph.entities import entity, expressed
from ontology.records import Act, Utterance
from ontology.terms import DATA

router = APIRouter(tags=["statements"])

_FORMS: Final = (*DATA_FORMS, HTML)


@dataclass(frozen=True, slots=True)
class UtteranceWithAct:
    """An utterance, and the commitment or call that it expresses."""

    utterance: Utterance
    act: Act | None


@router.get(
    "/utterances/{key}",
    response_model=UtteranceWithAct,
    responses=documented(404, 406, 422, forms=_FORMS, about=True),
    summary="One utterance",
)
async def one(
    request: Request,
    service: Served,
    key: Annotated[str, Path(max_length=100, description="The last part of the identifier.")],
) -> Response:
    """Who said what in which statement, at which place and in which words, and the act that it expresses."""
    media = media_type(request, *_FORMS)
    said = await entity(service.store, Utterance, f"{DATA}utterance/{key}")
    if said is None:
        raise NotFoundError("utterance", key)
    act = await expressed(service.store, said.iri)
    acts = (act,) if act else ()
    content = Content(
        value=UtteranceWithAct(said, act),
        records=(said, *acts),
        csv=lambda: csv_text(acts),
        page=lambda: utterance_page(said, act),
        headers=located(request, said.iri, _FORMS),
    )
    return await respond(media, content)
