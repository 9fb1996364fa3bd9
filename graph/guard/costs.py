"""What one expression may build: a server counts rows and stops between them, but never inside an expression."""

from collections.abc import Iterator
from typing import Final

from graph.guard.constants import Constants, Values
from graph.guard.parsing import Node, below, leaf, named_below, refusal
from graph.guard.refusal import Rule
from graph.guard.regex import danger

LONGEST_RANGE: Final = 10_000
LONGEST_INNER_RANGE: Final = 100
LONGEST_UNWOUND: Final = 1_000_000
LONGEST_CHAIN: Final = 150
MOST_TIMES: Final = 8
_DIGITS: Final = 4
MOST_COMPREHENSIONS: Final = 4
MOST_FILTERS: Final = 2
_CHAINS: Final = (
    "disjunction",
    "exclusion",
    "conjunction",
    "comparison",
    "sum",
    "product",
    "power",
    "labels",
    "label_test",
)
_BODIES: Final = ("where", "each")
_ITERATING: Final = ("comprehension", "quantified", "reduce", "pattern_comprehension")


def check_costs(tree: Node, constants: Constants) -> None:
    """Raises `CypherRefusedError` for what would build or try too much within one expression."""
    unwound = {id(next(below(node))) for node in tree.find_data("unwind")}
    waiting = [(tree, 0, 0)]
    while waiting:
        node, comprehensions, filters = waiting.pop()
        _check_chain(node)
        if node.data == "like":
            _check_pattern(node, constants)
        elif node.data == "function":
            _check_function(node, constants, id(node) in unwound, comprehensions)
        if node.data in _ITERATING or (node.data == "subquery" and leaf(node).value.upper() == "COLLECT"):
            _check_nesting(node, comprehensions, filters)
        waiting += _inside(node, comprehensions, filters)


def _inside(node: Node, comprehensions: int, filters: int) -> Iterator[tuple[Node, int, int]]:
    """The subtrees below, each with the number of comprehensions and filters in whose bodies it stands."""
    iterates = node.data in _ITERATING
    for part in below(node):
        body = iterates and part.data in _BODIES
        yield part, comprehensions + body, filters + (body and node.data in ("comprehension", "quantified"))


def _check_chain(node: Node) -> None:
    if node.data in _CHAINS and len(node.children) > 2 * LONGEST_CHAIN:
        raise refusal(Rule.NESTING, f"more than {LONGEST_CHAIN} terms stand in a row; use IN with a list", node)


def _check_pattern(node: Node, constants: Constants) -> None:
    right = list(below(node))[-1]
    patterns = constants.values(right)
    if patterns is None:
        raise refusal(
            Rule.PATTERN,
            "behind =~ stands a literal, a parameter, or what is put together from them; for other text use CONTAINS",
            right,
        )
    for pattern in patterns:
        if isinstance(pattern, str) and (fault := danger(pattern)):
            raise refusal(Rule.PATTERN, f"the pattern {_short(pattern)} could take very long: {fault}", right)


def _check_function(node: Node, constants: Constants, unwound: bool, comprehensions: int) -> None:
    called = leaf(node).value.replace("`", "").lower()
    arguments = list(below(node))
    if called == "range" and len(arguments) in (2, 3):
        longest = LONGEST_UNWOUND if unwound else LONGEST_INNER_RANGE if comprehensions else LONGEST_RANGE
        _check_range(node, arguments, constants, longest, unwound)
    elif called == "replace" and len(arguments) == 3:
        _check_replacement(node, arguments[1], arguments[2], constants)


def _check_range(node: Node, arguments: list[Node], constants: Constants, longest: int, unwound: bool) -> None:
    values = [_whole(constants.values(argument)) for argument in arguments]
    if any(value is None for value in values):
        counted = all(known is not None or _counts(argument) for known, argument in zip(values, arguments, strict=True))
        if unwound or counted:
            return
        raise refusal(
            Rule.RANGE,
            "the ends of a range are numbers, parameters or size(...); other ends only in UNWIND range(...)",
            node,
        )
    many = _length(*(value or [] for value in values))
    if many > longest:
        raise refusal(Rule.RANGE, f"the range has up to {many:,} numbers, at most {longest:,} are built here", node)


def _whole(values: Values | None) -> list[int] | None:
    """The values of an end, if all are whole numbers of a usual size."""
    whole = [value for value in values or () if isinstance(value, int) and abs(value) < 2**63]
    return whole if values is not None and len(whole) == len(values) else None


def _length(starts: list[int], stops: list[int], steps: list[int] | None = None) -> int:
    """How many numbers a range has at most, whichever of its possible ends it has."""
    span = max((abs(one - other) for one in starts for other in stops), default=0)
    return span // min((abs(step) for step in steps or () if step), default=1) + 1


def _counts(node: Node) -> bool:
    """Whether an end of a range is the size of something, give or take a little."""
    if node.data == "sum":
        parts = [part for part in below(node) if part.data != "literal" or len(leaf(part).value) > _DIGITS]
        return len(parts) == 1 and _counts(parts[0])
    return node.data == "function" and leaf(node).value.lower() in ("size", "length")


def _check_replacement(node: Node, searched: Node, replacement: Node, constants: Constants) -> None:
    texts = [constants.values(searched), constants.values(replacement)]
    if any(values is None for values in texts):
        raise refusal(Rule.GROWTH, "what is replaced, and by what, is given as literals or parameters", node)
    shortest, longest = (
        choose((len(value) for value in values or () if isinstance(value, str)), default=0)
        for choose, values in zip((min, max), texts, strict=True)
    )
    if longest > MOST_TIMES * max(shortest, 1):
        raise refusal(Rule.GROWTH, f"a replacement is at most {MOST_TIMES} times as long as what it replaces", node)


def _check_nesting(node: Node, comprehensions: int, filters: int) -> None:
    builds = node.data in ("reduce", "subquery") or (node.data == "comprehension" and any(named_below(node, "each")))
    if comprehensions >= MOST_COMPREHENSIONS or (filters and builds) or filters >= MOST_FILTERS:
        raise refusal(
            Rule.BUILDING, "a list is built for every member of another; use UNWIND and collect() instead", node
        )


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:40] + "…")
