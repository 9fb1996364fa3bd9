"""The rules of `ontology/shapes.ttl`, asked of one piece at a time."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

from pyshacl import validate
from rdflib import SH, Graph, URIRef
from rdflib.term import Node

from loaders.rdf.pieces import Piece
from loaders.rdf.violations import BY_CONSTRAINT, BY_RULE, OTHERWISE, Violation
from ontology.mapping import BY_RECORD
from ontology.records import Record
from ontology.terms import NS

_RULES: Final = "https://w3id.org/pledgegraph/shapes#"
_TARGETS: Final = (SH.targetClass, SH.targetNode)


@cache
def shapes() -> Graph:
    """The shapes as a graph."""
    return Graph().parse(data=files("ontology").joinpath("shapes.ttl").read_text(encoding="utf-8"), format="turtle")


@cache
def asked(group: tuple[type[Record], ...]) -> Graph:
    """The shapes of which only those have targets whose nodes are of these classes."""
    classes = {BY_RECORD[record].rdf_class for record in group}
    found = Graph()
    for fact in shapes():
        if fact[1] not in _TARGETS or fact[2] in classes:
            found.add(fact)
    return found


def broken(piece: Piece) -> Iterator[Violation]:
    """The rules that a piece breaks."""
    # pyshacl can be told which shapes to use, but then builds them without what they share.
    conforms, report, told = validate(piece.facts, shacl_graph=asked(piece.group), inplace=True)
    if conforms:
        return
    if not isinstance(report, Graph):
        raise AssertionError(told)
    for result in report.objects(predicate=SH.result):
        yield _violation(report, result)


def _violation(report: Graph, result: Node) -> Violation:
    def said(predicate: URIRef) -> Node | None:
        return report.value(result, predicate)

    focus, value, path = said(SH.focusNode), said(SH.value), said(SH.resultPath)
    rule = str(said(SH.sourceShape)).removeprefix(_RULES)
    component = str(said(SH.sourceConstraintComponent)).removeprefix(str(SH))
    # Rules in SPARQL report the node as their value, since their focus is the class.
    by_class = focus is not None and str(focus).startswith(NS)
    node = value if by_class else focus
    remedy = BY_RULE.get(rule) or BY_CONSTRAINT.get(component, OTHERWISE)
    return Violation(
        node=str(node),
        rule=rule,
        message=str(said(SH.resultMessage)),
        remedy=remedy.format(path=_path(report, path), value=_shown(value)),
    )


def _path(report: Graph, path: Node | None) -> str:
    if path is None:
        return "it"
    if isinstance(path, URIRef):
        return str(path).replace(NS, "pg:")
    # The report names no more of an inverse path than that it is one, where the graph of the shapes has the rest.
    inverse = shapes().value(path, SH.inversePath) or report.value(path, SH.inversePath)
    return f"whose {str(inverse).replace(NS, 'pg:')}" if inverse else "it"


def _shown(value: Node | None) -> str:
    if value is None:
        return "Nothing"
    text = value.n3() if hasattr(value, "n3") else str(value)
    return text if len(text) <= 120 else f"{text[:117]}..."
