"""RDF terms as text, on one line each."""

import re
from collections.abc import Mapping
from typing import Final

from rdflib import XSD, Literal, URIRef
from rdflib.term import Identifier

_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_ESCAPED: Final = re.compile(r'[\\"\x00-\x1f\x7f]')
# Names that need no escape in any syntax; everything else is written as a whole IRI.
_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")


def written(term: Identifier, prefixes: Mapping[str, str]) -> str:
    """A term in the syntax that N-Triples, N-Quads and Turtle share; names are shortened by `prefixes`."""
    if isinstance(term, Literal):
        datatype = term.datatype
        if datatype is None or datatype == XSD.string:
            return quoted(term)
        return f"{quoted(term)}^^{written(datatype, prefixes)}"
    return shortened(term, prefixes) or URIRef(term).n3()


def shortened(iri: str, prefixes: Mapping[str, str]) -> str | None:
    """`prefix:name` where a prefix fits, else None."""
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return None


def quoted(text: str) -> str:
    """A string literal on one line."""
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}"
