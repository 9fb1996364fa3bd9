"""One way through the guard."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from graph.aliases import told
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

_PLACE: Final = re.compile(r"\s*\(line \d+, column \d+ \(offset: \d+\)\)|\s*at line \d+:\d+")
_LITERAL: Final = re.compile(r"\$`?(s_\d+)`?")


@dataclass(frozen=True, slots=True)
class Allowed:
    """A statement that may be run: `text` and `parameters` are what to send.

    `columns` are those that will come back, none where the statement does not name them; `graph.aliases` reads them.
    """

    text: str
    parameters: Mapping[str, Any]
    columns: tuple[str, ...]

    def explained(self, message: str) -> str:
        """What a server says of the text, as if it spoke of the statement: without places, with the names."""
        said = _PLACE.sub("", message.split("\n")[0]).strip()
        return told(_LITERAL.sub(lambda found: repr(self.parameters.get(found[1], found[1])), said))


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
    return Allowed(rendering.text, values | rendering.literals, rendering.columns)
