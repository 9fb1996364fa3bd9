"""`GET /fields`: the taxonomy of fields, with what the graph holds in each."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from api.http.filters import As
from api.http.negotiation import DATA_FORMS, media_type
from api.http.representation import Content, documented, respond
from api.http.service import Served
from api.rendering import table
from graph import find
from ontology.records import Field

router = APIRouter(tags=["actors and fields"])


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
