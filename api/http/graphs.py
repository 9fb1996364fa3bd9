"""Graphs in the syntaxes of RDF that a client can ask for."""

import re
from typing import Final

from rdflib import Graph, Literal

from api.http.negotiation import JSON_LD, N_TRIPLES, RDF_XML, TURTLE, NotAcceptableError
from ontology.context import graph_as_jsonld

_SYNTAXES: Final = {TURTLE: "turtle", N_TRIPLES: "nt", RDF_XML: "xml"}
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def written(graph: Graph, media: str) -> str:
    """A graph in one of these syntaxes. Raises NotAcceptableError for RDF/XML of what XML cannot hold."""
    if media == JSON_LD:
        return graph_as_jsonld(graph)
    if media == RDF_XML and any(_NO_XML.search(term) for term in graph.objects() if isinstance(term, Literal)):
        raise NotAcceptableError((TURTLE, N_TRIPLES, JSON_LD))
    return graph.serialize(format=_SYNTAXES[media])
