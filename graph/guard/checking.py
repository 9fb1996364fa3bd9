"""One way through the guard."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.guard.constants import Constants
from graph.guard.costs import check_costs
from graph.guard.growth import check_growth
from graph.guard.marking import marked
from graph.guard.parameters import given
from graph.guard.parsing import parse
from graph.guard.paths import check_paths
from graph.guard.products import check_products
from graph.guard.rendering import Rendering
from graph.guard.tokens import tokens
from graph.guard.words import check_words


@dataclass(frozen=True, slots=True)
class Allowed:
    """A statement that may be run: `text` and `parameters` are what to send; `graph.aliases` reads its columns."""

    text: str
    parameters: Mapping[str, Any]


def check(text: str, parameters: Mapping[str, Any]) -> Allowed:
    """The statement as it may be run. Raises `CypherRefusedError` with the rule that it breaks and the place."""
    found = marked(tokens(text))
    tree = parse(found)
    check_words(tree)
    values = given(found, parameters)
    check_paths(tree)
    check_products(tree)
    check_costs(tree, Constants(tree, parameters))
    check_growth(tree)
    rendering = Rendering(text, tree, found)
    return Allowed(rendering.text, values | rendering.literals)
