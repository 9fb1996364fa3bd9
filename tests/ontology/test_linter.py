"""A linter of the ontology: nothing is used that is not declared, nothing is declared that nobody can read or use."""

import re
from importlib.resources import files

import pytest
from rdflib import DC, DCTERMS, ORG, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, VANN, XSD, Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DefinedNamespace
from rdflib.term import BNode, Literal, Node

from ontology.mapping import EDTF
from ontology.terms import NS

FILES = ("commitments.ttl", "fields.ttl", "alignments.ttl", "shapes.ttl")
ROOT = "https://w3id.org/pledgegraph/"
ONTOLOGY = URIRef(NS.removesuffix("#"))
STATUS = URIRef("http://www.w3.org/2003/06/sw-vocab-status/ns#term_status")
VALUES = URIRef(NS + "valuesFrom")
KNOWN: tuple[type[DefinedNamespace], ...] = (DC, DCTERMS, ORG, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, VANN, XSD)
# Of vocabularies that rdflib does not list.
OTHERS = {
    STATUS,
    EDTF,
    *(URIRef("http://www.w3.org/ns/oa#" + term) for term in
      ("TextPositionSelector", "TextQuoteSelector", "start", "end", "exact", "prefix", "suffix", "hasSource")),
}  # fmt: skip


@pytest.fixture(scope="module")
def everything() -> Graph:
    whole = Graph()
    for name in FILES:
        whole.parse(data=files("ontology").joinpath(name).read_text(encoding="utf-8"), format="turtle")
    return whole


def ours(term: Node) -> bool:
    return isinstance(term, URIRef) and term.startswith(NS)


def declared(vocabulary: Graph) -> set[Node]:
    return {term for term in vocabulary.subjects(RDF.type) if ours(term)}


def classes(vocabulary: Graph, expression: Node) -> list[Node]:
    union = vocabulary.value(expression, OWL.unionOf)
    return list(Collection(vocabulary, union)) if union else [expression]


def known(term: URIRef) -> bool:
    if term in OTHERS:
        return True
    for namespace in KNOWN:
        start = str(namespace._NS)
        # https and http name the same schema.org.
        if term.startswith(start):
            return term in namespace
    return False


@pytest.mark.parametrize("name", FILES)
def test_terms_of_our_own_are_declared(vocabulary: Graph, name: str) -> None:
    text = files("ontology").joinpath(name).read_text(encoding="utf-8")
    graph = Graph().parse(data=text, format="turtle")
    queries = " ".join(str(query) for query in graph.objects(predicate=SH.select))
    used = {term for triple in graph for term in triple if ours(term)}
    used |= {URIRef(NS + term) for term in re.findall(r"\bpg:(\w+)", queries)}
    assert used - declared(vocabulary) == set()


def test_terms_of_others_exist(everything: Graph) -> None:
    used = {triple[1] for triple in everything} | set(everything.objects(predicate=RDF.type))
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.range, SKOS.closeMatch, SH.datatype, SH.path):
        used |= set(everything.objects(predicate=predicate))
    foreign = {term for term in used if isinstance(term, URIRef) and not term.startswith(ROOT)}
    assert {term for term in foreign if not known(term)} == set()


def test_every_term_can_be_read(vocabulary: Graph) -> None:
    for term in declared(vocabulary):
        label, comment = vocabulary.value(term, RDFS.label), vocabulary.value(term, RDFS.comment)
        assert isinstance(label, Literal), term
        assert label.language == "en"
        assert isinstance(comment, Literal), term
        assert comment.endswith("."), term
        assert vocabulary.value(term, RDFS.isDefinedBy) == ONTOLOGY
        assert str(vocabulary.value(term, STATUS)) in {"stable", "testing"}
        assert vocabulary.value(term, DCTERMS.source), term


def test_no_two_terms_share_a_label_or_a_comment(vocabulary: Graph) -> None:
    for predicate in (RDFS.label, RDFS.comment):
        texts = [str(vocabulary.value(term, predicate)).casefold() for term in declared(vocabulary)]
        assert len(texts) == len(set(texts))


def test_every_property_says_what_it_joins(vocabulary: Graph) -> None:
    properties = (
        [*vocabulary.subjects(RDF.type, OWL.ObjectProperty)],
        [*vocabulary.subjects(RDF.type, OWL.DatatypeProperty)],
    )
    for term in properties[0]:
        for side in (RDFS.domain, RDFS.range):
            for rdf_class in classes(vocabulary, vocabulary.value(term, side) or BNode()):
                assert (rdf_class, RDF.type, OWL.Class) in vocabulary, (term, side)
    for term in properties[1]:
        for rdf_class in classes(vocabulary, vocabulary.value(term, RDFS.domain) or BNode()):
            assert rdf_class == SKOS.Concept or (rdf_class, RDF.type, OWL.Class) in vocabulary, term
        assert vocabulary.value(term, RDFS.range) in {XSD.string, XSD.integer, XSD.double, XSD.boolean, XSD.anyURI,
                                                      XSD.dateTime, EDTF}, term  # fmt: skip


def test_names_are_written_as_they_should_be(vocabulary: Graph) -> None:
    for term in declared(vocabulary):
        name = str(term).removeprefix(NS)
        is_class = (term, RDF.type, OWL.Class) in vocabulary
        assert re.fullmatch(r"[A-Z][A-Za-z]*" if is_class else r"[a-z][A-Za-z0-9]*", name), term


def test_nothing_is_an_orphan(everything: Graph, vocabulary: Graph) -> None:
    """A class is the end of a property or has parts; a property has a rule, a value or a class that it describes."""
    ends = {end for side in (RDFS.domain, RDFS.range) for end in vocabulary.objects(predicate=side)}
    joined = {rdf_class for end in ends for rdf_class in classes(vocabulary, end)}
    targets = set(everything.objects(predicate=SH.targetClass))
    for term in declared(vocabulary):
        if (term, RDF.type, OWL.Class) in vocabulary:
            assert term in joined or term in targets, f"{term} is joined to nothing"
    paths = {path for shape in everything.subjects(SH.path) for path in everything.objects(shape, SH.path)}
    paths |= {inner for path in paths for inner in everything.objects(path, SH.inversePath)}
    used = set(everything.predicates()) | paths
    properties = {term for term in declared(vocabulary) if (term, RDF.type, OWL.Class) not in vocabulary}
    assert properties - used == set()


@pytest.mark.parametrize("predicate", [RDFS.subClassOf, RDFS.subPropertyOf, SKOS.broader], ids=str)
def test_nothing_goes_in_a_circle(everything: Graph, predicate: URIRef) -> None:
    for term in set(everything.subjects(predicate)):
        above = {higher for parent in everything.objects(term, predicate)
                 for higher in everything.transitive_objects(parent, predicate)}  # fmt: skip
        assert term not in above


def test_values_come_from_schemes_that_exist(vocabulary: Graph) -> None:
    for scheme in vocabulary.objects(predicate=VALUES):
        assert (scheme, RDF.type, SKOS.ConceptScheme) in vocabulary
        assert list(vocabulary.subjects(SKOS.inScheme, scheme))


def test_concepts_can_be_read(everything: Graph) -> None:
    for concept in everything.subjects(RDF.type, SKOS.Concept):
        for predicate in (SKOS.prefLabel, SKOS.notation, SKOS.definition, SKOS.inScheme, DCTERMS.source):
            assert len(list(everything.objects(concept, predicate))) == 1, (concept, predicate)


def test_sources_are_described_and_used(everything: Graph) -> None:
    described = set(everything.subjects(RDF.type, DCTERMS.BibliographicResource))
    assert set(everything.objects(predicate=DCTERMS.source)) == described
    for source in described:
        assert everything.value(source, DCTERMS.title)


def test_every_file_says_its_version_and_licence(everything: Graph) -> None:
    for head in (ONTOLOGY, URIRef(ROOT + "fields"), URIRef(ROOT + "shapes")):
        assert everything.value(head, OWL.versionInfo) == Literal("0.1.0")
        assert everything.value(head, DCTERMS.license) == URIRef("https://www.apache.org/licenses/LICENSE-2.0")
        assert everything.value(head, DCTERMS.title)


def test_every_rule_says_in_words_what_is_wrong(everything: Graph) -> None:
    for rule in {*everything.subjects(SH.path), *everything.subjects(SH.select)}:
        if (rule, RDF.type, SH.PropertyShape) in everything or everything.value(rule, SH.select):
            assert everything.value(rule, SH.message), rule


@pytest.mark.parametrize("name", FILES)
def test_no_prefix_is_idle(name: str) -> None:
    text = files("ontology").joinpath(name).read_text(encoding="utf-8")
    body = re.sub(r"^(@prefix|#).*$", "", text, flags=re.MULTILINE)
    prefixes = re.findall(r"^@prefix ([a-z-]+):", text, re.MULTILINE)
    assert [prefix for prefix in prefixes if not re.search(rf"(?<![\w-]){prefix}:[\w-]", body)] == []
