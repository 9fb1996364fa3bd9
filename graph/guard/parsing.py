"""The parse tree of a statement, in time and space that grow with its length only: the parser does not recurse."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Final

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedToken
from lark.lexer import Lexer

from graph.guard.refusal import CypherRefusedError, Place, Rule
from graph.guard.tokens import place_of
from graph.guard.vocabulary import CLAUSES

DEEPEST: Final = 120
Node = Tree[Token]


class _Ready(Lexer):
    """Passes on tokens that are made already."""

    def __init__(self, _: Any) -> None: ...

    def lex(self, tokens: Any) -> Iterator[Token]:  # type: ignore[override]
        yield from tokens


def parse(tokens: list[Token]) -> Node:
    """The tree of a statement. Raises `CypherRefusedError` where the grammar has no rule for what stands there."""
    try:
        tree: Node = _parser().parse(tokens)
    except UnexpectedToken as error:
        raise _unexpected(error, tokens) from error
    _refuse_deep(tree)
    return tree


def below(tree: Node) -> Iterator[Node]:
    """The subtrees directly below a tree."""
    return (child for child in tree.children if isinstance(child, Tree))


def walked(tree: Node) -> Iterator[Node]:
    """A tree and all its subtrees, in the order of the text."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(list(below(node)))


def named_below(tree: Node, name: str) -> Iterator[Node]:
    """The subtrees of that name directly below a tree."""
    return (child for child in below(tree) if child.data == name)


def has(tree: Node, *types: str) -> bool:
    """Whether a token of one of these types stands directly below a tree."""
    return any(isinstance(child, Token) and child.type in types for child in tree.children)


def refusal(rule: Rule, message: str, tree: Node) -> CypherRefusedError:
    """The refusal of what a subtree says, with its place."""
    return CypherRefusedError(rule, message, Place(tree.meta.line, tree.meta.column))


def leaf(tree: Node) -> Token:
    """The first token of a tree that begins with one, such as that of a `variable`."""
    first = tree.children[0]
    return first if isinstance(first, Token) else leaf(first)


@cache
def _parser() -> Lark:
    grammar = files("graph.guard").joinpath("cypher.lark").read_text(encoding="utf-8")
    return Lark(grammar, start="query", parser="lalr", lexer=_Ready, propagate_positions=True, maybe_placeholders=False)


def _refuse_deep(tree: Node) -> None:
    """Whoever walks the tree after this may recurse."""
    level = [tree]
    for _ in range(DEEPEST):
        level = [child for node in level for child in below(node)]
        if not level:
            return
    raise refusal(Rule.NESTING, "expressions stand too deep in each other; write it flatter", level[0])


def _unexpected(error: UnexpectedToken, tokens: list[Token]) -> CypherRefusedError:
    token = error.token
    if token.type == "$END":
        return CypherRefusedError(Rule.SYNTAX, *_at_the_end(error, tokens))
    word = token.value.split(".")[0].split("(")[0].upper()
    if token.type in ("NAME", "FUNCTION") and word in CLAUSES:
        return CypherRefusedError(Rule.CLAUSE, f"{word} {CLAUSES[word]}", place_of(token))
    return CypherRefusedError(Rule.SYNTAX, f"{_shown(token)} is not expected here{_hint(error)}", place_of(token))


def _at_the_end(error: UnexpectedToken, tokens: list[Token]) -> tuple[str, Place | None]:
    if not tokens:
        return "the statement is empty; begin with MATCH, for example MATCH (a:Actor) RETURN a.name", None
    ends = "" if "RETURN" not in error.accepts else "; a statement ends with RETURN and what is to be returned"
    return f"the statement ends too early, after {_shown(tokens[-1])}{ends}", place_of(tokens[-1])


def _shown(token: Token) -> str:
    value = token.value if len(token.value) <= 40 else token.value[:40] + "…"
    return repr(value) if token.type in ("NAME", "FUNCTION", "PROCEDURE") else value


def _hint(error: UnexpectedToken) -> str:
    words = sorted(type_ for type_ in error.accepts if type_ in _TOLD)
    return f"; expected is {', '.join(words[:-1])}{' or ' if words[:-1] else ''}{words[-1]}" if words else ""


_TOLD: Final = frozenset(("AS", "BY", "CALL", "END", "IN", "MATCH", "RETURN", "THEN", "UNWIND", "WHEN", "WITH"))
