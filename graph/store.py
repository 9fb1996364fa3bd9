"""What every store does: keep triples as a property graph, answer Cypher, give everything back.

Stores share one write path and one read path; what differs between back ends is one small class each.
"""

from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, Self

from ontology.triples import Triple


class StoreError(Exception):
    """A store that cannot do what was asked: what, where, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Change:
    """How much a write added: new nodes and new relationships. Both are 0 when everything was there already."""

    nodes: int
    relationships: int


class Store(Protocol):
    """A property graph that holds commitments."""

    async def prepare(self) -> None:
        """Constraints and indexes first, then the taxonomy of fields; harmless to repeat."""

    async def add(self, triples: Iterable[Triple]) -> Change:
        """Write triples: all of them or none. Idempotent."""

    async def read(self, cypher: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The rows of one read-only query of our own; text from outside goes into `parameters` only."""

    def triples(self) -> AsyncIterator[Triple]:
        """Everything in the store, streamed."""

    async def close(self) -> None:
        """Give connections back."""

    async def __aenter__(self) -> Self: ...

    async def __aexit__(self, *exception: object) -> None: ...
