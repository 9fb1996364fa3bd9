"""The fields of action as records, read from `fields.ttl`."""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from rdflib import RDF, SKOS, Graph, URIRef

from ontology.records import Field
from ontology.terms import FIELD, NS

# The guideline's order, from which the tagger's outputs are numbered.
TOP: Final = (
    "security",
    "sovereignty",
    "diplomacy",
    "governance",
    "human-rights",
    "law-enforcement",
    "economy",
    "trade",
    "finance",
    "infrastructure",
    "energy",
    "environment",
    "agriculture",
    "health",
    "technology",
    "society",
    "labour",
    "humanitarian",
    "migration",
)


class UnknownFieldError(LookupError):
    """A slug that the taxonomy does not have."""


@cache
def fields() -> tuple[Field, ...]:
    """Every concept of the taxonomy, by slug."""
    graph = Graph().parse(data=files("ontology").joinpath("fields.ttl").read_text(encoding="utf-8"), format="turtle")
    concepts = sorted(str(concept) for concept in graph.subjects(RDF.type, URIRef(NS + "Field")))
    return tuple(_field(graph, URIRef(concept)) for concept in concepts)


@cache
def by_slug() -> Mapping[str, Field]:
    """The concepts of the taxonomy under their slugs."""
    return {field.slug: field for field in fields()}


def narrower(slug: str) -> frozenset[str]:
    """The slug itself and all its descendants. Raises `UnknownFieldError` for a slug outside the taxonomy."""
    return _closure(_known(slug), _children())


def broader(slug: str) -> frozenset[str]:
    """The slug itself and all its ancestors. Raises `UnknownFieldError` for a slug outside the taxonomy."""
    return _closure(_known(slug), {field.slug: field.broader for field in fields()})


def named(text: str) -> frozenset[str]:
    """The narrower concepts that a text names by a label; the longest label wins, and acronyms keep their case.

    Top concepts are left to who reads the text: their labels are everyday words ("society", "energy").
    """
    words = re.findall(r"[^\W_]+", text)
    labels, found, place = _labels(), set(), 0
    while place < len(words):
        for length in range(min(_LONGEST, len(words) - place), 0, -1):
            run = words[place : place + length]
            slug = labels.get(" ".join(run)) or labels.get(" ".join(run).casefold())
            if slug:
                found.add(slug)
                place += length - 1
                break
        place += 1
    return frozenset(slug for slug in found if by_slug()[slug].broader)


_LONGEST: Final = 6


@cache
def _labels() -> Mapping[str, str]:
    labels: dict[str, str] = {}
    for field in fields():
        for label in (field.label, *field.names):
            run = " ".join(re.findall(r"[^\W_]+", label))
            labels[run if run.isupper() else run.casefold()] = field.slug
    return labels


def _known(slug: str) -> str:
    if slug not in by_slug():
        raise UnknownFieldError(f"no field is called {slug!r}; the fields are listed in ontology/fields.ttl")
    return slug


@cache
def _children() -> Mapping[str, list[str]]:
    children: dict[str, list[str]] = defaultdict(list)
    for field in fields():
        for slug in field.broader:
            children[slug].append(field.slug)
    return dict(children)


def _closure(slug: str, following: Mapping[str, list[str] | tuple[str, ...]]) -> frozenset[str]:
    found: set[str] = set()
    pending = [slug]
    while pending:
        current = pending.pop()
        if current not in found:
            found.add(current)
            pending.extend(following.get(current, ()))
    return frozenset(found)


def _field(graph: Graph, concept: URIRef) -> Field:
    return Field(
        iri=str(concept),
        slug=str(concept).removeprefix(FIELD),
        label=str(graph.value(concept, SKOS.prefLabel, any=False)),
        names=tuple(str(name) for name in graph.objects(concept, SKOS.altLabel)),
        broader=tuple(str(other).removeprefix(FIELD) for other in graph.objects(concept, SKOS.broader)),
    )
