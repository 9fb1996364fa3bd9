"""What replicas are compared by: the triples of a store, and those of a snapshot, as Oxigraph's terms."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib import Literal
from rdflib.term import Identifier

from graph.replica.replica import Replica
from graph.store import Store
from ontology.triples import Triple

Triples = set[ox.Triple]


async def kept(store: Store) -> Triples:
    """What the store holds, by way of rdflib."""
    return stored([triple async for triple in store.triples()])


def stored(triples: Iterable[Triple]) -> Triples:
    """Triples as a database gives them back, which keeps numbers by value: 200.0 as 200."""
    database = ox.Store()
    database.extend(ox.Quad(_term(s), _term(p), _term(o)) for s, p, o in triples)
    return {quad.triple for quad in database}


def _term(term: Identifier) -> Any:
    if isinstance(term, Literal):
        return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)))
    return ox.NamedNode(str(term))


def read(text: str) -> Triples:
    """What N-Triples say, once they are in a database."""
    database = ox.Store()
    database.load(text.encode(), ox.RdfFormat.N_TRIPLES, lenient=True)
    return {quad.triple for quad in database}


def copied(folder: Path) -> Triples:
    """What a snapshot holds."""
    return {quad.triple for quad in ox.Store.read_only(str(folder))}


async def same(replica: Replica, store: Store) -> bool:
    """Whether a replica comes to hold what the store holds now."""
    assert await replica.reaches(await store.sequence(), 120), replica.problem
    with replica.snapshot() as snapshot:
        assert copied(snapshot.folder) == await kept(store)
        return True
