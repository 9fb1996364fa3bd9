"""`/healthz`, `/readyz` and `/health`: for whatever watches over the service."""

from dataclasses import dataclass

from fastapi import APIRouter

from api.http.problems import Problem
from api.http.service import Served

router = APIRouter(tags=["health"])


@dataclass(frozen=True, slots=True)
class Health:
    """That it is well; when it is not, a problem is sent in place of this."""

    status: str = "ok"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the store stands, and where its copy that answers SPARQL does; null where there is none (yet)."""

    store: int
    replica: int | None
    problem: str | None = None
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


@router.get(
    "/health",
    responses={503: {"model": Problem, "description": "The store does not answer."}},
    summary="How far has the copy for SPARQL come?",
)
async def health(service: Served) -> Standing:
    """The sequence of the store, which counts the writes that changed it, and the sequence that SPARQL reflects."""
    replica = service.replica
    sequence = await service.store.sequence()
    return Standing(sequence, replica.sequence, replica.problem) if replica else Standing(sequence, None)
