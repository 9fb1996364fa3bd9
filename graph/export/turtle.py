"""The graph as Turtle: prefixes, and the facts of one subject together as far as the store streams them together."""

from typing import BinaryIO

from rdflib import RDF

from graph.export.terms import PREFIXES, written
from graph.store import Store


async def write(store: Store, out: BinaryIO) -> None:
    """Writes every triple of a store. Raises StoreError."""
    for prefix, namespace in PREFIXES.items():
        out.write(f"@prefix {prefix}: <{namespace}> .\n".encode())
    last, end = None, ""
    async for subject, predicate, value in store.triples():
        fact = f"{'a' if predicate == RDF.type else written(predicate, PREFIXES)} {written(value, PREFIXES)}"
        if subject == last:
            out.write(f" ;\n    {fact}".encode())
        else:
            out.write(f"{end}\n{written(subject, PREFIXES)} {fact}".encode())
        last, end = subject, " .\n"
    out.write(end.encode())
