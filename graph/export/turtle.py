"""The graph as Turtle: prefixes, and the facts of one subject together as far as the store streams them together."""

from typing import BinaryIO

from rdflib import RDF
from rdflib.term import Identifier

from graph.export.terms import written
from graph.store import Store
from ontology.context import PREFIXES


async def write(store: Store, out: BinaryIO) -> None:
    """Writes every triple of a store. Raises StoreError."""
    for prefix, namespace in PREFIXES.items():
        out.write(f"@prefix {prefix}: <{namespace}> .\n".encode())
    last: tuple[Identifier | None, Identifier | None] = (None, None)
    end = ""
    async for subject, predicate, value in store.triples():
        verb = "a" if predicate == RDF.type else written(predicate, PREFIXES)
        thing = written(value, PREFIXES)
        if (subject, predicate) == last:
            out.write(f", {thing}".encode())
        elif subject == last[0]:
            out.write(f" ;\n    {verb} {thing}".encode())
        else:
            out.write(f"{end}\n{written(subject, PREFIXES)} {verb} {thing}".encode())
        last, end = (subject, predicate), " .\n"
    out.write(end.encode())
