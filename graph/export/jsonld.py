"""The graph as JSON-LD: a node object for each subject, as far as the store streams its facts together."""

import json
from typing import Any, BinaryIO, Final

from rdflib import RDF, XSD, Literal
from rdflib.term import Identifier

from graph.export.terms import PREFIXES, shortened
from graph.store import Store
from ontology.triples import Triple

_NATIVE: Final = {XSD.boolean, XSD.integer}
# A node object longer than this goes on in another one with the same @id, which means the same.
_FACTS: Final = 1000


async def write(store: Store, out: BinaryIO) -> None:
    """Writes every triple of a store. Raises StoreError."""
    out.write(f'{{"@context": {json.dumps(PREFIXES)},\n"@graph": ['.encode())
    facts: list[Triple] = []
    separator = "\n"
    async for triple in store.triples():
        if facts and (facts[0][0] != triple[0] or len(facts) == _FACTS):
            out.write(f"{separator}{_node(facts)}".encode())
            facts, separator = [], ",\n"
        facts.append(triple)
    if facts:
        out.write(f"{separator}{_node(facts)}".encode())
    out.write(b"\n]}\n")


def _node(facts: list[Triple]) -> str:
    node: dict[str, Any] = {"@id": _name(facts[0][0])}
    for _, predicate, value in facts:
        if predicate == RDF.type:
            node.setdefault("@type", []).append(_name(value))
        else:
            node.setdefault(_name(predicate), []).append(_value(value))
    return json.dumps({key: _single(value) for key, value in node.items()}, ensure_ascii=False)


def _single(value: Any) -> Any:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _name(iri: str) -> str:
    return shortened(iri, PREFIXES) or str(iri)


def _value(term: Identifier) -> Any:
    if not isinstance(term, Literal):
        return {"@id": _name(term)}
    if term.datatype is None or term.datatype == XSD.string:
        return str(term)
    return term.toPython() if term.datatype in _NATIVE else {"@value": str(term), "@type": _name(term.datatype)}
