"""How far a path may go: the number of paths grows with a power of their length."""

from typing import Final

from lark import Token

from graph.guard.parsing import Node, below, leaf, named_below, refusal, walked
from graph.guard.refusal import Rule
from graph.guard.tokens import integer, name

LONGEST_STEP: Final = 6
LONGEST_SEARCH: Final = 12
LONGEST_PATH: Final = 20
# The taxonomy of fields is small and has no circles, so that everything above or below a field is soon found.
ENDLESS: Final = frozenset({"BROADER"})


def check_paths(tree: Node) -> None:
    """Raises `CypherRefusedError` for steps without an upper bound or with too high a one, and for too long a path."""
    for node in walked(tree):
        if node.data == "shortest":
            for path in named_below(node, "path"):
                _check(path, LONGEST_SEARCH)
        elif node.data == "chain" or (node.data in ("pattern", "group")):
            for path in (node,) if node.data == "chain" else named_below(node, "path"):
                _check(path, LONGEST_STEP)


def _check(path: Node, longest: int) -> None:
    total = 0
    parts = list(below(path))
    for part, following in zip(parts, [*parts[1:], None], strict=True):
        if part.data == "link":
            bounds = [*named_below(part, "steps"), *([following] if following and following.data == "times" else [])]
            total += _length(part, bounds, longest)
        elif part.data == "group":
            links = [link for path in named_below(part, "path") for link in named_below(path, "link")]
            total += sum(_length(link, list(named_below(part, "times")), longest) for link in links)
    if total > max(LONGEST_PATH, longest):
        raise refusal(
            Rule.PATH, f"the path has up to {total} relationships, at most {LONGEST_PATH} are followed; split it", path
        )


def _length(link: Node, bounds: list[Node], longest: int) -> int:
    length = 1
    for bound in bounds:
        most = _most(bound)
        if _is_directed(link) and _types(link) and _types(link) <= ENDLESS:
            continue
        if most is None:
            raise refusal(
                Rule.PATH,
                f"a path of any length is followed only over BROADER, in one direction; "
                f"give an upper bound of at most {longest}, such as *1..3",
                bound,
            )
        if most > longest:
            raise refusal(
                Rule.PATH, f"up to {most} steps are too many; give an upper bound of at most {longest}", bound
            )
        length *= max(most, 1)
    return length


def _most(bound: Node) -> int | None:
    """The upper bound of `*1..3`, `*2`, `{1,3}` or `{2}`."""
    kinds = [child.type for child in bound.children if isinstance(child, Token)]
    if not kinds or "INTEGER" not in kinds:
        return None
    last = kinds.index("INTEGER") if kinds.count("INTEGER") == 1 else len(kinds) - 1 - kinds[::-1].index("INTEGER")
    separator = next((index for index, kind in enumerate(kinds) if kind in ("DOTS", "COMMA")), None)
    if separator is not None and last < separator:
        return None
    token = bound.children[last]
    assert isinstance(token, Token)
    return integer(token)


def _is_directed(link: Node) -> bool:
    shown = "".join(child for child in link.children if isinstance(child, Token))
    return ("<" in shown) != (">" in shown)


def _types(link: Node) -> frozenset[str]:
    """The types that a relationship may have; none where they are not simply listed."""
    for labels in named_below(link, "labels"):
        if any(isinstance(child, Token) and child.type in ("BANG", "PERCENT") for child in labels.children):
            return frozenset()
        return frozenset(name(leaf(label)) for label in named_below(labels, "label"))
    return frozenset()
