"""What an expression is worth before it runs, where that can be said: literals, parameters, and what they make."""

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from lark import Token

from graph.guard.parsing import Node, below, leaf, named_below
from graph.guard.tokens import integer, name, string

_MOST: Final = 200
_LARGEST: Final = 2**63
_LONGEST: Final = 10_000
_FARTHEST: Final = 40
Values = tuple[Any, ...]
"""Every value that an expression can have."""
Source = tuple[str, Node] | None
"""Where a variable gets its values: from `the` value of an expression or `each` in a list; None is from the graph."""


def _quotient(one: float, other: float) -> float:
    """Of whole numbers a whole number, rounded towards zero."""
    whole = isinstance(one, int) and isinstance(other, int)
    return abs(one) // abs(other) * (1 if (one < 0) == (other < 0) else -1) if whole else one / other


_JOINING: Final = ("PLUS", "CONCAT")
_OPERATORS: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "PLUS": operator.add,
    "CONCAT": operator.add,
    "MINUS": operator.sub,
    "STAR": operator.mul,
    "SLASH": _quotient,
    "PERCENT": lambda one, other: one - _quotient(one, other) * other,
}


@dataclass(slots=True)
class Constants:
    """What is known of a statement's values. A variable counts for the whole statement, by all that it is bound to."""

    tree: Node
    parameters: Mapping[str, Any]
    _sources: dict[str, list[Source]] = field(default_factory=dict)
    _known: dict[str, Values | None] = field(default_factory=dict)
    _far: int = 0

    def __post_init__(self) -> None:
        for called, source in _bindings(self.tree):
            self._sources.setdefault(called, []).append(source)

    def values(self, node: Node) -> Values | None:
        """Every value that an expression can have; None where that is not known."""
        match node.data:
            case "literal":
                return (_literal(leaf(node)),)
            case "parameter":
                return (self.parameters.get(name(leaf(node))),)
            case "variable":
                return self._of_variable(name(leaf(node)))
            case "group_expression":
                return self.values(next(below(node)))
            case "list":
                return self._of_list(list(below(node)))
            case "signed":
                values = self.values(next(below(node)))
                return values if values is None or leaf(node).type == "PLUS" else _each(operator.neg, values)
            case "sum" | "product":
                return self._of_chain(node)
        return None

    def _of_variable(self, called: str) -> Values | None:
        if called not in self._known and self._far < _FARTHEST:
            self._far += 1
            self._known[called] = None  # what depends on itself is not known
            self._known[called] = self._looked_up(called)
            self._far -= 1
        return self._known.get(called)

    def _looked_up(self, called: str) -> Values | None:
        found: list[Any] = []
        for source in self._sources.get(called, [None]):
            values = self.values(source[1]) if source else None
            if source and source[0] == "each" and values is not None:
                values = tuple(each for value in values for each in (value if isinstance(value, list) else [value]))
            if values is None or len(found) + len(values) > _MOST:
                return None
            found += values
        return tuple(found)

    def _of_list(self, parts: list[Node]) -> Values | None:
        members = [self.values(part) for part in parts]
        if any(member is None for member in members):
            return None
        return ([each for member in members for each in member or ()],)

    def _of_chain(self, node: Node) -> Values | None:
        total: Values | None = None
        sign = ""
        for child in node.children:
            if isinstance(child, Token):
                sign = child.type
                continue
            values = self.values(child)
            if values is None:
                return None
            total = values if total is None else _combined(sign, total, values)
            if total is None:
                return None
        return total


def _each(apply: Callable[[Any], Any], values: Values) -> Values | None:
    try:
        return tuple(apply(value) for value in values)
    except TypeError:
        return None


def _combined(sign: str, left: Values, right: Values) -> Values | None:
    if len(left) * len(right) > _MOST:
        return None
    pairs = [(one, other) for one in left for other in right]
    if not all(_fit(sign, one, other) for one, other in pairs):
        return None
    try:
        return tuple(_OPERATORS[sign](one, other) for one, other in pairs)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None


def _fit(sign: str, one: Any, other: Any) -> bool:
    """Whether two values are put together here as a server does: two numbers, or two texts or lists of some size."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one) < _LARGEST and abs(other) < _LARGEST
    alike = any(isinstance(one, kind) and isinstance(other, kind) for kind in (str, list))
    return alike and sign in _JOINING and len(one) + len(other) < _LONGEST


def _literal(token: Token) -> Any:
    match token.type:
        case "STRING":
            return string(token)
        case "INTEGER":
            return integer(token)
        case "FLOAT":
            return float(token.value)
    return {"TRUE": True, "FALSE": False}.get(token.type)


def _bindings(tree: Node, but: tuple[str, ...] = ()) -> Iterator[tuple[str, Source]]:
    """Every place at which a variable gets a value, and from where, but for subtrees of some names."""
    for node in tree.iter_subtrees():
        if node.data in but:
            continue
        parts = list(below(node))
        match node.data:
            case "item" if len(parts) == 2:
                yield name(leaf(parts[1])), ("the", parts[0])
            case "unwind":
                yield name(leaf(parts[1])), ("each", parts[0])
            case "comprehension" | "quantified":
                yield name(leaf(parts[0])), ("each", parts[1])
            case "reduce":
                yield name(leaf(parts[0])), None
                yield name(leaf(parts[2])), ("each", parts[3])
            case "node" | "first" | "link" | "pattern" | "group" | "pattern_comprehension" | "yielded":
                yield from ((name(leaf(part)), None) for part in parts if part.data in ("variable", "bound_path"))


def relationships(tree: Node) -> frozenset[str]:
    """The names that stand for one relationship wherever they stand."""
    single = {
        name(leaf(variable))
        for path in tree.iter_subtrees()
        if path.data in ("path", "chain")
        for link in _single_links(path)
        for variable in named_below(link, "variable")
    }
    others = {called for called, source in _bindings(tree, ("link",)) if source is None or called != _passed(source[1])}
    return frozenset(single - others)


def _single_links(path: Node) -> Iterator[Node]:
    parts = list(below(path))
    for part, following in zip(parts, [*parts[1:], path], strict=True):
        if part.data == "link" and following.data != "times" and not any(named_below(part, "steps")):
            yield part


def _passed(node: Node) -> str | None:
    """The name that an expression only hands on."""
    return name(leaf(node)) if node.data == "variable" else None
