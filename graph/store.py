"""What every store does: keep triples as a property graph, answer Cypher, give everything back.

Stores share one write path and one read path; what differs between back ends is one small class each.

A store counts the writes that changed it. That number, its *sequence*, lets a replica follow it.
"""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, Self

from graph.raw import LIMITS, Answer, Limits, Written
from ontology.mapping import Shape
from ontology.property_graph import triple_of_edge, triples_of_node
from ontology.triples import Triple


class StoreError(Exception):
    """A store that cannot do what was asked: what, where, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Change:
    """How much a write added: new nodes and new relationships. Both are 0 when everything was there already."""

    nodes: int
    relationships: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment in the life of a store.

    `identity` was drawn at random when the store was new, so that a wiped store is not taken for the old one.
    `sequence` says how many writes had changed it, and `token` was drawn at random by the last of them, so that a
    store which went another way from an old backup on is noticed. All are empty where nothing was ever written.
    """

    identity: str
    sequence: int
    token: str

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, Any]]) -> "Mark":
        """The mark that `graph.schema.MARK` returned, which is no row, or an empty one, in a new store."""
        return cls(**rows[0]) if rows and rows[0]["identity"] else cls("", 0, "")


@dataclass(frozen=True, slots=True)
class StoredNode:
    """A node as the store keeps it; `links` hold the iris at the far ends of its shape's links, by their names."""

    shape: Shape
    properties: Mapping[str, Any]
    links: Mapping[str, Sequence[str]]

    @property
    def iri(self) -> str:
        """What names it everywhere."""
        return str(self.properties["iri"])

    def triples(self) -> Iterator[Triple]:
        """Its own triples, and those of its links."""
        yield from triples_of_node(self.shape.label, self.properties)
        for link in self.shape.links:
            for other in self.links[link.name]:
                source, target = (other, self.iri) if link.inverse else (self.iri, other)
                yield triple_of_edge(link.relationship, source, target)


class Store(Protocol):
    """A property graph that holds commitments."""

    async def prepare(self) -> None:
        """Constraints and indexes first, then the taxonomy of fields; harmless to repeat."""

    async def add(self, triples: Iterable[Triple]) -> Change:
        """Write triples: all of them or none. Idempotent."""

    async def read(self, cypher: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The rows of one read-only query of our own; text from outside goes into `parameters` only."""

    def nodes(self) -> AsyncIterator[StoredNode]:
        """Every node of the vocabulary, streamed; one that changes meanwhile may come twice."""

    def triples(self) -> AsyncIterator[Triple]:
        """Everything in the store, streamed."""

    async def sequence(self) -> int:
        """How many writes have changed the store; one that brings nothing new is not counted."""

    async def mark(self) -> Mark:
        """Where the store stands now."""

    async def remembers(self, mark: Mark) -> bool:
        """Whether the store was once at this mark; of its last hundred writes it knows the tokens, of others not."""

    def changes(self, after: int) -> AsyncIterator[StoredNode]:
        """The nodes that came, changed or gained a link since a sequence, about in the order in which they did.

        Whoever has applied them all is as the store was when the first was asked for, or further. A node may come
        more than once, and as later writes left it.
        """

    async def raw(self, text: str, parameters: Mapping[str, Any], written: Written, limits: Limits = LIMITS) -> Answer:
        """The answer to a statement of somebody else, as `written` writes it, where it can hurt nobody.

        Raises `RawError` and `StoreError`.
        """

    async def close(self) -> None:
        """Give connections back."""

    async def __aenter__(self) -> Self: ...

    async def __aexit__(self, *exception: object) -> None: ...
