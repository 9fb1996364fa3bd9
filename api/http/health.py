"""`/healthz` and `/readyz`: for whatever watches over the service."""

from dataclasses import dataclass

from fastapi import APIRouter

from api.http.problems import Problem
from api.http.service import Served

router = APIRouter(tags=["health"])


@dataclass(frozen=True, slots=True)
class Health:
    """That it is well; when it is not, a problem is sent in place of this."""

    status: str = "ok"


@router.get("/healthz", summary="Is it running?")
async def healthz() -> Health:
    """The process answers."""
    return Health()


@router.get(
    "/readyz",
    responses={503: {"model": Problem, "description": "The store does not answer."}},
    summary="Can it answer?",
)
async def readyz(service: Served) -> Health:
    """The store answers too."""
    await service.store.read("RETURN 1 AS one", {})
    return Health()
