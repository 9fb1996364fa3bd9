"""Which bracket closes which, how deep they nest, and what stands between them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from lark import Token

from graph.guard.refusal import CypherRefusedError, Rule
from graph.guard.tokens import place_of

DEEPEST: Final = 30
_CLOSING: Final = {"LPAR": "RPAR", "LSQB": "RSQB", "LBRACE": "RBRACE"}


@dataclass(slots=True)
class Brackets:
    """For the index of each opening bracket that of its closing one and the other way round.

    `around` has the index of the bracket around each token, -1 for none; `bars` that of the last bar directly inside an
    opening bracket; `listing` the opening brackets with a comma directly inside.
    """

    partner: dict[int, int] = field(default_factory=dict)
    around: list[int] = field(default_factory=list)
    bars: dict[int, int] = field(default_factory=dict)
    listing: set[int] = field(default_factory=set)


def brackets(tokens: Sequence[Token]) -> Brackets:
    """The brackets of a statement. Raises `CypherRefusedError` for one without its partner, or too many in another."""
    found = Brackets()
    open_: list[int] = []
    for index, token in enumerate(tokens):
        if token.type in _CLOSING.values():
            if not open_ or _CLOSING[tokens[open_[-1]].type] != token.type:
                raise CypherRefusedError(Rule.SYNTAX, f"{token.value} closes nothing", place_of(token))
            partner = open_.pop()
            found.partner |= {partner: index, index: partner}
        found.around.append(open_[-1] if open_ else -1)
        if token.type in _CLOSING:
            if len(open_) == DEEPEST:
                raise CypherRefusedError(
                    Rule.NESTING, f"more than {DEEPEST} brackets stand in each other; write it flatter", place_of(token)
                )
            open_.append(index)
        elif token.type == "VBAR" and open_:
            found.bars[open_[-1]] = index
        elif token.type == "COMMA" and open_:
            found.listing.add(open_[-1])
    if open_:
        token = tokens[open_[-1]]
        raise CypherRefusedError(Rule.SYNTAX, f"{token.value} is not closed", place_of(token))
    return found
