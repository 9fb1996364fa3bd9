"""The ontology's own files as graphs, and what they say of single fields."""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from rdflib import RDF, SKOS, Graph, Literal, URIRef

from ontology.records import Field
from ontology.triples import Triple


@cache
def authored(*names: str) -> Graph:
    """Some files of the ontology, such as `fields.ttl`, as one graph; not to be changed."""
    graph = Graph()
    for name in names:
        graph.parse(data=files("ontology").joinpath(name).read_text(encoding="utf-8"), format="turtle")
    return graph


def facts_about(field: Field, narrower: Iterable[Field]) -> Iterator[Triple]:
    """What the taxonomy and its alignments say of a field, and which fields are below it."""
    subject = URIRef(field.iri)
    for _, predicate, thing in authored("fields.ttl", "alignments.ttl").triples((subject, None, None)):
        if isinstance(thing, URIRef | Literal) and predicate != RDF.type:
            yield subject, URIRef(str(predicate)), thing
    yield subject, RDF.type, SKOS.Concept
    for other in narrower:
        yield subject, SKOS.narrower, URIRef(other.iri)
