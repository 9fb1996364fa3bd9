"""Values that double: `s + s` made `s` again thirty times, or a list put into itself.

Every name that an expression gets has a weight: by how many doublings it can be larger than what the graph and the
statement hold. Clauses are followed in their order, so that a name which is given again is another one.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from lark import Token

from graph.guard.costs import MOST_TIMES
from graph.guard.parsing import Node, below, has, leaf, named_below, refusal
from graph.guard.refusal import Rule
from graph.guard.tokens import name, string

MOST_DOUBLINGS: Final = 4
_BUILDING: Final = 2
Weights = dict[str, int]
"""The weight of each name that stands for a computed value; what patterns bind is not among them."""

# Whatever their arguments, these give a number, a truth value or an element of the graph.
_SMALL: Final = frozenset(
    ("abs", "acos", "asin", "atan", "atan2", "ceil", "char_length", "character_length", "cos", "cot", "count",
     "degrees", "elementid", "exists", "exp", "floor", "haversin", "id", "isempty", "isnan", "length", "log", "log10",
     "radians", "round", "sign", "sin", "size", "sqrt", "startnode", "endnode", "stdev", "stdevp", "tan", "tointeger",
     "tofloat", "tointegerornull", "tofloatornull", "toboolean", "tobooleanornull", "type", "date", "datetime", "time",
     "localtime", "localdatetime", "duration", "avg", "sum", "percentilecont", "percentiledisc", "range")
)  # fmt: skip
_SMALL_NODES: Final = frozenset(
    ("product", "power", "signed", "comparison", "in", "like", "starts", "ends", "contains", "null_test", "label_test",
     "not", "disjunction", "exclusion", "conjunction", "quantified", "literal", "parameter", "chain", "shortest")
)  # fmt: skip


def check_growth(tree: Node) -> None:
    """Raises `CypherRefusedError` where a value could be far larger than what it is made of."""
    _query(tree, {})


def _query(query: Node, weights: Weights) -> Weights:
    found: Weights = {}
    for linear in below(query):
        found |= _linear(linear, weights)
    return found


def _linear(linear: Node, outer: Weights) -> Weights:
    """The weights of what a query returns, given those of what stands around it."""
    weights = dict(outer)
    for clause in below(linear):
        match clause.data:
            case "with" | "return":
                given = {key: value for items in named_below(clause, "items") for key, value in _items(items, weights)}
                starred = any(has(items, "STAR") for items in named_below(clause, "items"))
                weights = weights | given if starred else given
            case "unwind":
                listed, variable = below(clause)
                weights[name(leaf(variable))] = _weight(listed, weights)
            case "call":
                for query in named_below(clause, "query"):
                    weights |= _query(query, weights)
            case _:
                _look_inside(clause, weights)
    return weights


def _items(items: Node, weights: Weights) -> Iterator[tuple[str, int]]:
    for item in named_below(items, "item"):
        expression, *given = below(item)
        weight = _weight(expression, weights)
        if given:
            yield name(leaf(given[0])), weight
        elif expression.data == "variable" and name(leaf(expression)) in weights:
            yield name(leaf(expression)), weight


def _weight(expression: Node, weights: Weights) -> int:
    """The weight of an expression. Raises `CypherRefusedError` where it is too large."""
    made = _made(expression, weights)
    weight = made.weight(weights)
    if weight > MOST_DOUBLINGS:
        raise refusal(
            Rule.GROWTH, "what is built here could be many times larger than what it is made of; build less", expression
        )
    return weight


@dataclass(slots=True)
class _Made:
    """What a value is made of: how often each name, or each property of a name, is put into it; and list building."""

    parts: Counter[tuple[str, str]] = field(default_factory=Counter)
    building: int = 0

    def weight(self, weights: Mapping[str, int]) -> int:
        names = {part for part, _ in self.parts}
        pieces = sum(max(count for (part, _), count in self.parts.items() if part == each) for each in names)
        grown = math.ceil(math.log2(pieces)) if pieces > 1 else 0
        return grown + self.building + max((weights.get(each, 0) for each in names), default=0)

    def grown(self, building: int) -> "_Made":
        """The same, so many doublings larger."""
        return _Made(self.parts, self.building + building)

    def __add__(self, other: "_Made") -> "_Made":
        return _Made(self.parts + other.parts, max(self.building, other.building))

    def __or__(self, other: "_Made") -> "_Made":
        return _Made(self.parts | other.parts, max(self.building, other.building))


def _made(node: Node, weights: Mapping[str, int]) -> _Made:
    match node.data:
        case "variable":
            called = name(leaf(node))
            return _Made(Counter({(called, ""): 1})) if called in weights else _Made()
        case "property" if (owner := next(below(node))).data == "variable":
            called = name(leaf(owner))
            return _Made(Counter({(called, name(leaf(list(below(node))[1]))): 1})) if called in weights else _Made()
        case "case":
            return _of_case(node, weights)
        case "comprehension" | "reduce":
            return _of_list(node, weights)
        case "subquery":
            return _of_subquery(node, weights)
        case "function" if leaf(node).value.lower().replace("`", "").split(".")[0] in _SMALL:
            _look_inside(node, weights)
            return _Made()
        case "function" if leaf(node).value.lower() == "replace":
            return _all_made(node, weights).grown(_replaced(node))
        case "function" if leaf(node).value.lower() == "collect":
            return _repeated(_all_made(node, weights))
        case "pattern_comprehension":
            return _repeated(_all_made(node, weights))
        case "sum" if not has(node, "PLUS", "CONCAT"):
            _look_inside(node, weights)
            return _Made()
        case "sum":
            return _all_made(node, weights) + _Made(Counter(_stored(node, weights)))
    if node.data in _SMALL_NODES:
        _look_inside(node, weights)
        return _Made()
    return _all_made(node, weights)


def _repeated(made: _Made) -> _Made:
    """What is put into a list as often as there are rows or paths."""
    return made.grown(_BUILDING) if made.parts else made


def _all_made(node: Node, weights: Mapping[str, int]) -> _Made:
    return sum((_made(part, weights) for part in below(node)), _Made())


def _stored(node: Node, weights: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """The properties in a sum that come from the graph itself; the name with a space is no other's."""
    for part in below(node):
        if part.data == "property" and (owner := next(below(part))).data == "variable":
            called = name(leaf(owner))
            if called not in weights:
                yield f" {called}", name(leaf(list(below(part))[1]))


def _replaced(node: Node) -> int:
    """By how many doublings a text may grow in which something is replaced; `costs` sees to it that it is no more."""
    arguments = [part.children[0] for part in below(node) if part.data == "literal"]
    texts = [string(token) for token in arguments[-2:] if isinstance(token, Token) and token.type == "STRING"]
    times = len(texts[1]) / max(len(texts[0]), 1) if len(texts) == 2 else MOST_TIMES
    return math.ceil(math.log2(times)) if times > 1 else 0


def _of_case(node: Node, weights: Mapping[str, int]) -> _Made:
    """Of the branches only one is taken."""
    found = _Made()
    for part in below(node):
        found |= _made(list(below(part))[-1], weights) if part.data == "when" else _made(part, weights)
    return found


def _of_list(node: Node, weights: Mapping[str, int]) -> _Made:
    """A list built from another one. Whatever its body takes from outside comes once for every member."""
    if node.data == "reduce":
        total, start, member, source, each = below(node)
        _check_reduce(name(leaf(total)), each, weights)
        inner = {name(leaf(total)), name(leaf(member))}
        bodies = [each]
        found = _made(start, weights)
    else:
        member, source, *bodies = below(node)
        inner = {name(leaf(member))}
        found = _Made()
    listed = _made(source, weights)
    weight = listed.weight(weights)
    made = sum(
        (_made(body, {**weights, **dict.fromkeys(inner, weight)}) for body in bodies if body.data == "each"), _Made()
    )
    outside = any(part not in inner for part, _ in made.parts)
    found.building = max(found.building, made.building, _BUILDING if outside or node.data == "reduce" else 0)
    kept = {part: count for part, count in made.parts.items() if part[0] not in inner}
    repeated = max((count for part, count in made.parts.items() if part[0] in inner), default=1)
    for part, count in listed.parts.items():
        kept[part] = kept.get(part, 0) + count * repeated
    return found + _Made(Counter(kept))


def _check_reduce(total: str, each: Node, weights: Mapping[str, int]) -> None:
    made = _made(each, {**weights, total: 0})
    if sum(count for (part, _), count in made.parts.items() if part == total) > 1:
        raise refusal(Rule.GROWTH, f"{total} is put into itself more than once in each step; use it once", each)


def _of_subquery(node: Node, weights: Mapping[str, int]) -> _Made:
    for part in below(node):
        if part.data == "open_query":
            _query(part, dict(weights))
        else:
            _look_inside(part, weights)
    used = {name(leaf(each)) for each in node.find_data("variable")} & weights.keys()
    collects = leaf(node).value.upper() == "COLLECT"
    return _repeated(_Made(Counter((each, "") for each in used))) if collects else _Made()


def _look_inside(node: Node, weights: Mapping[str, int]) -> None:
    """Check the expressions within what is small itself."""
    for part in below(node):
        if part.data in ("comprehension", "reduce", "subquery", "pattern_comprehension"):
            _weight(part, dict(weights))
        else:
            _look_inside(part, weights)
