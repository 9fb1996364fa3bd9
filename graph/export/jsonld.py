"""The graph as JSON-LD: a node object for each subject, as far as the store streams its facts together."""

import json
from typing import Any, BinaryIO, Final

from rdflib import RDF, XSD, Literal, URIRef
from rdflib.term import Identifier

from graph.export.terms import shortened
from graph.store import Store
from ontology.context import CONTEXT, PREFIXES
from ontology.mapping import BY_CLASS
from ontology.triples import Triple

_NATIVE: Final = {XSD.boolean, XSD.integer, XSD.double}
# A node object longer than this goes on in another one with the same @id, which means the same.
_FACTS: Final = 1000


def _expanded(name: str) -> URIRef:
    prefix, _, local = name.partition(":")
    return URIRef(PREFIXES[prefix] + local)


_TERMS: Final = {_expanded(term["@id"]): name for name, term in CONTEXT.items() if isinstance(term, dict)}


async def write(store: Store, out: BinaryIO) -> None:
    """Writes every triple of a store. Raises StoreError."""
    out.write(f'{{"@context": {json.dumps(CONTEXT)},\n"@graph": ['.encode())
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
            node["@type"] = BY_CLASS[URIRef(value)].label
            continue
        term = _TERMS[URIRef(predicate)]
        if "@container" in CONTEXT[term] or term in node:
            node.setdefault(term, []).append(_value(value))
        else:
            node[term] = _value(value)
    return json.dumps(node, ensure_ascii=False)


def _name(iri: str) -> str:
    return shortened(iri, PREFIXES) or str(iri)


def _value(term: Identifier) -> Any:
    if isinstance(term, Literal):
        return term.toPython() if term.datatype in _NATIVE else str(term)
    return _name(term)
