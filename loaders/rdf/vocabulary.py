"""What a graph says in words that no store keeps: those of others are left out and counted, mistakes are told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Final

from rdflib import RDF, Graph, URIRef

from loaders.rdf.scratch import Scratch
from loaders.rdf.violations import Violation
from ontology.mapping import BY_CLASS, SHAPES
from ontology.terms import DATA, FIELD, NS

_STATUS: Final = URIRef("http://www.w3.org/2003/06/sw-vocab-status/ns#term_status")
_KEPT: Final = " ".join(f"<{rdf_class}>" for rdf_class in BY_CLASS)
_UNKEPT: Final = " ".join(f"<{NS}{name}>" for name in ("Assessment", "Assessor", "Evidence"))
_USED: Final = f"""
SELECT ?predicate ?class ?own (COUNT(*) AS ?many) (MIN(STR(?subject)) AS ?example) {{
    ?subject ?predicate ?thing FILTER (?predicate != <{RDF.type}>)
    OPTIONAL {{ ?subject a ?class VALUES ?class {{ {_KEPT} {_UNKEPT} }} }}
    BIND (STRSTARTS(STR(?subject), "{DATA}") || STRSTARTS(STR(?subject), "{FIELD}") AS ?own)
}} GROUP BY ?predicate ?class ?own ORDER BY ?predicate ?class"""
_TYPED: Final = f"""
SELECT ?class (COUNT(*) AS ?many) (MIN(STR(?subject)) AS ?example) {{
    ?subject a ?class FILTER (?class NOT IN ({_KEPT.replace(" ", ", ")}))
}} GROUP BY ?class ORDER BY ?class"""
_ASTRAY: Final = f"""
PREFIX pg: <{NS}>
SELECT ?actor ?predicate ?thing {{
    VALUES (?predicate ?class) {{ (pg:pledges pg:Commitment) (pg:callsFor pg:Call) }}
    ?actor ?predicate ?thing FILTER NOT EXISTS {{ ?thing a ?class }}
}}"""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Facts that no store keeps: the term, of what it is said, how often, and of what for example."""

    term: str
    of: str
    facts: int
    example: str


@cache
def _terms() -> Mapping[str, str]:
    """The terms of our vocabulary with their status: `stable`, or `testing` where no store keeps them yet."""
    text = files("ontology").joinpath("commitments.ttl").read_text(encoding="utf-8")
    graph = Graph().parse(data=text, format="turtle")
    return {str(term): str(status) for term, status in graph.subject_objects(_STATUS)}


@cache
def _kept() -> frozenset[tuple[str, str]]:
    """Predicates with the classes of which they are said."""
    found = {(str(attribute.predicate), shape.rdf_class) for shape in SHAPES for attribute in shape.attributes}
    for shape in SHAPES:
        for link in shape.links:
            source = next(each for each in SHAPES if each.record is link.target) if link.inverse else shape
            found.add((str(link.predicate), source.rdf_class))
    return frozenset((predicate, str(rdf_class)) for predicate, rdf_class in found)


def words(scratch: Scratch) -> Iterator[LeftOut | Violation]:
    """Every predicate and class that is not kept: left out where it may be, else what is wrong with it."""
    for predicate, rdf_class, is_own, many, example in scratch.select(_USED):
        if (predicate, rdf_class) not in _kept():
            yield _used(predicate, rdf_class, is_own == "true", int(many), example)
    for rdf_class, many, example in scratch.select(_TYPED):
        if rdf_class.startswith(NS) and rdf_class not in _terms():
            yield _misspelt(rdf_class, example)
        else:
            yield LeftOut("rdf:type", short(rdf_class), int(many), example)
    for actor, predicate, thing in scratch.select(_ASTRAY):
        rule, kind = ("actor-pledges", "commitment") if predicate.endswith("pledges") else ("actor-calls", "call")
        remedy = f"{thing} is none here; describe it in the file, or name another."
        yield Violation(actor, rule, f"What {short(predicate)} leads to is a {kind}.", remedy)


def _used(predicate: str, rdf_class: str, is_own: bool, many: int, example: str) -> LeftOut | Violation:
    if predicate.startswith(NS) and predicate not in _terms():
        return _misspelt(predicate, example)
    if is_own and not rdf_class:
        remedy = "Give it an rdf:type of the vocabulary."
        return Violation(example, "known-class", f"Something is said of it {many:,} times, but not what it is.", remedy)
    if _terms().get(predicate) == _terms().get(rdf_class) == "stable":
        remedy = f"Take it away, {many:,} times; https://w3id.org/pledgegraph/ns tells of what it is said."
        return Violation(example, "known-term", f"{short(predicate)} is not said of a {short(rdf_class)}.", remedy)
    return LeftOut(short(predicate), short(rdf_class) or "something else", many, example)


def _misspelt(term: str, example: str) -> Violation:
    near = get_close_matches(term, _terms(), n=1, cutoff=0.8)
    remedy = f"Is {short(near[0])} meant?" if near else "The terms are listed at https://w3id.org/pledgegraph/ns."
    return Violation(example, "known-term", f"{short(term)} is no term of the vocabulary.", remedy)


def short(iri: str) -> str:
    """An IRI of our vocabulary with its prefix."""
    return f"pg:{iri.removeprefix(NS)}" if iri.startswith(NS) else iri
