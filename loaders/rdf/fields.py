"""The fields that a graph names and describes, beside those of the taxonomy and of the store."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from rdflib import SKOS, URIRef

from loaders.rdf.pieces import own
from loaders.rdf.scratch import Scratch
from loaders.rdf.violations import Violation
from loaders.rdf.vocabulary import LeftOut
from ontology.mapping import BY_RECORD
from ontology.records import Field
from ontology.taxonomy import by_slug
from ontology.terms import FIELD, NS
from ontology.triples import triples

_NAMED: Final = f"""
PREFIX pg: <{NS}>
SELECT ?field (MIN(STR(?subject)) AS ?example) {{
    ?subject pg:about|pg:inField|<{SKOS.broader}> ?field
    FILTER (isIRI(?field)) FILTER NOT EXISTS {{ ?field a pg:Field }}
}} GROUP BY ?field ORDER BY ?field"""

Broader = Mapping[str, tuple[str, ...]]


def misfiled(scratch: Scratch, known: Broader) -> Iterator[Violation]:
    """Fields that are nowhere described, and fields that would be broader than themselves."""
    for field, example in scratch.select(_NAMED):
        slug = field.removeprefix(FIELD)
        if slug not in known:
            near = get_close_matches(slug, known, n=1)
            remedy = f"Is {near[0]} meant?" if near else "Describe it in the file, or use a field of the taxonomy."
            yield Violation(example, "known-field", f"There is no field {slug}.", remedy)
    above = {slug: set(broader) for slug, broader in known.items()}
    for node in _new(scratch):
        found = {str(thing) for _, predicate, thing in own(scratch, node, _SHAPE) if predicate == SKOS.broader}
        above.setdefault(node.removeprefix(FIELD), set()).update(each.removeprefix(FIELD) for each in found)
    for slug in _circling(above):
        remedy = "Take one skos:broader of the circle away."
        yield Violation(FIELD + slug, "field-circle", "It is broader than itself.", remedy)


def set_aside(scratch: Scratch) -> Iterator[LeftOut]:
    """What a file says otherwise of the taxonomy's own fields, which stay as they are."""
    ours = set(triples(by_slug().values()))
    plain = {(subject, predicate, str(thing)) for subject, predicate, thing in ours}
    for node in scratch.of_class(_SHAPE.rdf_class):
        if node.removeprefix(FIELD) in by_slug():
            other = [fact for fact in own(scratch, node, _SHAPE) if (fact[0], fact[1], str(fact[2])) not in plain]
            if other:
                yield LeftOut("everything else", "field of the taxonomy", len(other), node)


_SHAPE: Final = BY_RECORD[Field]


def _new(scratch: Scratch) -> Iterator[URIRef]:
    return (node for node in scratch.of_class(_SHAPE.rdf_class) if node.removeprefix(FIELD) not in by_slug())


def _circling(above: Mapping[str, set[str]]) -> list[str]:
    """The fields that stay when again and again those are taken away above which nothing is left."""
    left = {slug: set(broader) & set(above) for slug, broader in above.items()}
    below: dict[str, list[str]] = {}
    for slug, broader in left.items():
        for each in broader:
            below.setdefault(each, []).append(slug)
    free = [slug for slug, broader in left.items() if not broader]
    while free:
        slug = free.pop()
        del left[slug]
        for each in below.get(slug, ()):
            left[each].discard(slug)
            if not left[each]:
                free.append(each)
    return sorted(slug for slug in left if _reaches_itself(slug, left))


def _reaches_itself(slug: str, above: Mapping[str, set[str]]) -> bool:
    seen: set[str] = set()
    pending = list(above[slug])
    while pending:
        each = pending.pop()
        if each == slug:
            return True
        if each not in seen:
            seen.add(each)
            pending.extend(above[each])
    return False
