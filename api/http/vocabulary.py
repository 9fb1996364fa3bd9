"""`/ns` and `/shapes`: the vocabulary and its rules, for machines and for people."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from rdflib import OWL, RDF, RDFS, SH, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from api.explorer.pages import shapes_page, vocabulary_page
from api.explorer.terms import Rule, Term
from api.http.authored import authored
from api.http.graphs import written
from api.http.negotiation import GRAPH_FORMS, HTML, JSON_LD, media_type
from api.http.problems import Problem
from api.http.representation import located
from ontology.terms import NS

router = APIRouter(tags=["identifiers"])

_FORMS: Final = (*GRAPH_FORMS, HTML)
_SHAPES: Final = "https://w3id.org/pledgegraph/shapes"
_STATUS: Final = URIRef("http://www.w3.org/2003/06/sw-vocab-status/ns#term_status")
_CONTENT: Final = {form: {"schema": {"type": "object" if form == JSON_LD else "string"}} for form in _FORMS}
_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "The document in the form that is asked for.", "content": _CONTENT},
    406: {"model": Problem, "description": "There is no representation that the client accepts."},
}
_KINDS: Final = {OWL.Class: "class", OWL.ObjectProperty: "link", OWL.DatatypeProperty: "value"}


@dataclass(frozen=True, slots=True)
class _Document:
    """A document about part of the ontology: its IRI, its files, and its page."""

    iri: str
    names: tuple[str, ...]


_VOCABULARY: Final = _Document(NS.removesuffix("#"), ("commitments.ttl", "alignments.ttl"))
_RULES: Final = _Document(_SHAPES, ("shapes.ttl",))


@router.get("/ns", response_class=Response, responses=_ANSWERS, summary="The vocabulary")
async def vocabulary(request: Request) -> Response:
    """Every class and property of the vocabulary, what it means, and how it joins other vocabularies."""
    return await _respond(request, _VOCABULARY)


@router.get("/shapes", response_class=Response, responses=_ANSWERS, summary="The rules for data")
async def shapes(request: Request) -> Response:
    """Every rule that data must keep, as SHACL; `pledgegraph import` reports broken rules by these names."""
    return await _respond(request, _RULES)


async def _respond(request: Request, document: _Document) -> Response:
    media = media_type(request, *_FORMS)
    text = await run_in_threadpool(_text, document, media)
    headers = {"Vary": "Accept", **located(request, document.iri, _FORMS)}
    return Response(text, headers=headers, media_type=media)


def _text(document: _Document, media: str) -> str:
    graph = authored(*document.names)
    if media != HTML:
        return written(graph, media)
    return vocabulary_page(tuple(_terms(graph))) if document is _VOCABULARY else shapes_page(tuple(_rules(graph)))


def _terms(graph: Graph) -> Iterator[Term]:
    for rdf_class, kind in _KINDS.items():
        for term in sorted(map(str, graph.subjects(RDF.type, rdf_class))):
            if term.startswith(NS):
                yield _term(graph, URIRef(term), kind)


def _term(graph: Graph, term: URIRef, kind: str) -> Term:
    return Term(
        name=term.removeprefix(NS),
        kind=kind,
        comment=str(graph.value(term, RDFS.comment) or ""),
        of=_names(graph, graph.value(term, RDFS.domain)),
        leads_to=_names(graph, graph.value(term, RDFS.range)),
        kept=str(graph.value(term, _STATUS)) == "stable",
    )


def _names(graph: Graph, node: Node | None) -> tuple[str, ...]:
    """The names of a class, or of the classes of which one is a union."""
    if node is None:
        return ()
    union = graph.value(node, OWL.unionOf)
    nodes = list(Collection(graph, union)) if union is not None else [node]
    return tuple(str(each).rpartition("#")[2].rpartition("/")[2] for each in nodes)


def _rules(graph: Graph) -> Iterator[Rule]:
    for name in sorted({str(shape) for shape in graph.subjects(RDF.type) if str(shape).startswith(f"{_SHAPES}#")}):
        shape = URIRef(name)
        message = graph.value(shape, SH.message) or graph.value(graph.value(shape, SH.sparql), SH.message)
        if message is not None:
            yield Rule(name.rpartition("#")[2], str(message))
