"""The service description of the SPARQL endpoint (https://www.w3.org/TR/sparql11-service-description/), as a graph."""

from collections.abc import Iterator
from typing import Final

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, serialize

from api.http.protocol import TRIPLES
from ontology.terms import NS

_RDF_TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_RESULTS: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)


def description(endpoint: str, media: str) -> bytes:
    """What the endpoint at an address can do, in one of the media types of triples."""
    prefixes = {"sd": _SD, "formats": _FORMATS, "void": "http://rdfs.org/ns/void#"}
    form = RdfFormat.from_media_type(TRIPLES[media])
    written = serialize(_triples(endpoint), format=form, prefixes=prefixes)
    assert written is not None
    return written


def _triples(endpoint: str) -> Iterator[Triple]:
    service, dataset, graph = BlankNode("service"), BlankNode("dataset"), BlankNode("graph")
    yield Triple(service, _RDF_TYPE, _sd("Service"))
    yield Triple(service, _sd("endpoint"), NamedNode(endpoint))
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    for form in _RESULTS:
        yield Triple(service, _sd("resultFormat"), NamedNode(_FORMATS + form))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(dataset, _RDF_TYPE, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), graph)
    yield Triple(graph, _RDF_TYPE, _sd("Graph"))
    yield Triple(graph, NamedNode("http://rdfs.org/ns/void#vocabulary"), NamedNode(NS))


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
