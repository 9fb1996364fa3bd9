"""Stored nodes as N-Triples: the same triples that `StoredNode.triples` gives, written straight away.

Copying a graph means making tens of triples of every node; as rdflib's terms they would cost five times as much.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, Final

from rdflib import RDF, XSD

from graph.store import StoredNode
from ontology.identifiers import field_iri
from ontology.mapping import FIELD_REFERENCE, Attribute, Shape
from ontology.triples import term

# What N-Triples does not let stand in a string and in an IRI.
_STRING: Final = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r"})
_UNFIT: Final = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def lines(node: StoredNode) -> str:
    """Everything that a node says, a triple a line."""
    subject = resource(node.iri)
    parts = [f"{subject} <{RDF.type}> <{node.shape.rdf_class}> .\n"]
    parts += _attributes(subject, node)
    for link in node.shape.links:
        for other in node.links[link.name]:
            far = resource(other)
            source, target = (far, subject) if link.inverse else (subject, far)
            parts.append(f"{source} <{link.predicate}> {target} .\n")
    return "".join(parts)


def _attributes(subject: str, node: StoredNode) -> Iterator[str]:
    for key, many, written, attribute in _columns(node.shape):
        value = node.properties.get(key)
        if value is not None:
            for single in value if many else (value,):
                yield f"{subject} {written} {_object(attribute, single)} .\n"


@cache
def _columns(shape: Shape) -> tuple[tuple[str, bool, str, Attribute], ...]:
    return tuple((each.key, each.many, f"<{each.predicate}>", each) for each in shape.attributes)


def _object(attribute: Attribute, value: Any) -> str:
    if attribute.datatype == FIELD_REFERENCE:
        return resource(field_iri(value))
    if isinstance(value, str):
        quoted = f'"{value.translate(_STRING)}"'
        return quoted if attribute.datatype == XSD.string else f"{quoted}^^<{attribute.datatype}>"
    return _number(attribute, value)


@lru_cache(maxsize=4096, typed=True)
def _number(attribute: Attribute, value: int | float) -> str:
    return term(attribute, attribute.read(value)).n3()


def resource(iri: str) -> str:
    """An IRI as N-Triples writes it."""
    return f"<{_UNFIT.sub(_escaped, iri)}>"


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04X}"
