"""The parameters of a statement: those that it uses, as values that every driver can send."""

import math
from collections.abc import Iterable, Mapping
from typing import Any, Final

from lark import Token

from graph.aliases import alias
from graph.guard.refusal import CypherRefusedError, Place, Rule
from graph.guard.tokens import name, place_of

MOST_VALUES: Final = 100_000
_DEEPEST: Final = 20
_INTEGERS: Final = range(-(2**63), 2**63)


def given(tokens: Iterable[Token], parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the parameters that stand in a statement, under the words that stand for them.

    Raises `CypherRefusedError` for one that is missing or cannot be sent.
    """
    used = {name(token): token for token in tokens if token.type == "PARAMETER"}
    for called, token in used.items():
        if called not in parameters:
            raise CypherRefusedError(
                Rule.PARAMETER, f'${called} has no value; give it in "parameters"', place_of(token)
            )
    left = MOST_VALUES
    for called, token in used.items():
        left -= _counted(called, parameters[called], place_of(token), left)
    return {alias(called): parameters[called] for called in used}


def _counted(called: str, value: Any, place: Place, most: int) -> int:
    """How many values there are in a value, itself among them."""
    waiting, count = [(value, 0)], 0
    while waiting:
        value, depth = waiting.pop()
        count += 1
        why = _fault(value, depth) if count <= most else f"has more than {MOST_VALUES:,} values"
        if why:
            raise CypherRefusedError(Rule.PARAMETER, f"the value of ${called} {why}", place)
        if isinstance(value, list):
            waiting += [(each, depth + 1) for each in value]
        elif isinstance(value, dict):
            waiting += [(each, depth + 1) for pair in value.items() for each in pair]
    return count


def _fault(value: Any, depth: int) -> str | None:
    match value:
        case _ if depth > _DEEPEST:
            return f"nests deeper than {_DEEPEST} levels"
        case str() if not _sendable(value):
            return "has half a character (a lone surrogate)"
        case int() if value not in _INTEGERS:
            return "is too large for a whole number"
        case float() if not math.isfinite(value):
            return "is no finite number"
        case None | bool() | int() | float() | str() | list() | dict():
            return None
    return f"is a {type(value).__name__}, which JSON does not have"


def _sendable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
