"""The style file of Neo4j Browser knows every label and relationship, and captions that the nodes have."""

import re
from importlib.resources import files

from graph.schema import LEDGER
from ontology.mapping import SHAPES
from ontology.property_graph import RELATIONSHIPS

STYLE = files("graph").joinpath("browser/style.grass").read_text("utf-8")
RULE = re.compile(r"(node|relationship)(?:\.(\w+))?\s*\{([^{}]*(?:\"\{\w+\}\"[^{}]*)*)\}")
PROPERTY = re.compile(r'([\w-]+): ("[^"]+"|#[0-9a-f]{6}|\d+px);')
KNOWN = {
    "diameter",
    "color",
    "border-color",
    "border-width",
    "text-color-internal",
    "text-color-external",
    "font-size",
    "shaft-width",
    "padding",
    "caption",
}
RULES = {(kind, name): dict(PROPERTY.findall(body)) for kind, name, body in RULE.findall(STYLE)}


def test_every_label_and_relationship_has_a_style_and_no_other() -> None:
    labels = {shape.label for shape in SHAPES} | {LEDGER}
    assert {name for kind, name in RULES if kind == "node" and name} == labels
    assert {name for kind, name in RULES if kind == "relationship" and name} == set(RELATIONSHIPS)


def test_captions_are_keys_of_the_nodes() -> None:
    for shape in SHAPES:
        caption = RULES["node", shape.label]["caption"].strip('"{}')
        assert caption in {attribute.key for attribute in shape.attributes}, shape.label


def test_nothing_else_stands_in_the_file() -> None:
    assert not RULE.sub("", STYLE).strip(), "the Browser knows no comments"
    for (kind, name), properties in RULES.items():
        assert properties.keys() <= KNOWN, (kind, name)
    assert len(PROPERTY.findall(STYLE)) == STYLE.count(";")
