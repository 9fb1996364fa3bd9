"""`/fields`: the taxonomy of fields, with what the graph holds in each, and each field by its slug."""

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from api.explorer.pages import field_page
from api.http.authored import facts_about
from api.http.filters import As
from api.http.negotiation import DATA_FORMS, HTML, media_type
from api.http.problems import NotFoundError
from api.http.representation import Content, documented, located, respond
from api.http.service import Served
from api.rendering import table
from graph import find
from graph.entities import entity, neighbours
from ontology.identifiers import field_iri
from ontology.records import Field

router = APIRouter(tags=["actors and fields"])

_FORMS: Final = (*DATA_FORMS, HTML)


class FieldParameters(BaseModel):
    """What `/fields` takes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: As = None


@dataclass(frozen=True, slots=True)
class Filed:
    """A field, the number of acts in it, and the slugs of the fields directly below it."""

    field: Field
    acts: int
    narrower: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldTree:
    """All fields. A tree by `field.broader` and `narrower`, in which a field may hang in several places."""

    fields: tuple[Filed, ...]


@router.get("/fields", response_model=FieldTree, responses=documented(406, 422), summary="All fields")
async def fields(request: Request, service: Served, _: Annotated[FieldParameters, Query()]) -> Response:
    """Every field with the fields above and below it and the number of its acts."""
    media = media_type(request, *DATA_FORMS)
    counted = await find.fields(service.store)
    below = {
        field.slug: tuple(other.slug for other, _ in counted if field.slug in other.broader) for field, _ in counted
    }
    tree = FieldTree(tuple(Filed(field, acts, below[field.slug]) for field, acts in counted))
    content = Content(value=tree, records=[each.field for each in tree.fields], csv=lambda: _csv(tree))
    return await respond(media, content)


@router.get(
    "/fields/{slug}",
    response_model=Filed,
    responses=documented(404, 406, 422, forms=_FORMS, about=True),
    summary="One field",
)
async def one(
    request: Request, service: Served, slug: Annotated[str, Path(max_length=200, description="The field's slug.")]
) -> Response:
    """A field with the fields directly above and below it and the number of its acts; RDF describes those fields too.

    RDF also has what the taxonomy says of the field: its definition, and the codes of other schemes.
    """
    media = media_type(request, *_FORMS)
    field = await entity(service.store, Field, field_iri(slug))
    if field is None:
        raise NotFoundError("field", slug)
    around = await neighbours(service.store, field)
    filed = Filed(field, around.acts, tuple(other.slug for other in around.narrower))
    content = Content(
        value=filed,
        records=(field, *around.broader, *around.narrower),
        csv=lambda: _csv(FieldTree((filed,))),
        page=lambda: field_page(field, around),
        headers=located(request, field.iri, _FORMS),
        facts=facts_about(field, around.narrower),
    )
    return await respond(media, content)


def _csv(tree: FieldTree) -> str:
    columns = ("iri", "slug", "label", "broader", "acts")
    rows: list[dict[str, object]] = [
        {
            "iri": each.field.iri,
            "slug": each.field.slug,
            "label": each.field.label,
            "broader": "; ".join(each.field.broader),
            "acts": each.acts,
        }
        for each in tree.fields
    ]
    return table(columns, rows)
