"""The statement as it is sent: written anew from its tokens, never the bytes that came.

A server may read escapes, comments, quotes or spaces otherwise than this guard does; so none of them is sent. What is
sent has keywords of the grammar, functions of the list, whole numbers, signs with single spaces between them, words
that stand for names (`graph.aliases`), and labels and keys in backticks without backtick, backslash or anything
unprintable. Strings and decimal numbers become parameters.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any, Final

from lark import Token

from graph.aliases import alias, ends
from graph.guard.constants import relationships
from graph.guard.parsing import Node, below, has, leaf, named_below
from graph.guard.refusal import CypherRefusedError, Rule
from graph.guard.tokens import integer, name, place_of, string
from graph.guard.vocabulary import FUNCTIONS, KEYWORDS, PROCEDURES, SHORTEST

_LARGEST: Final = 2**63 - 1
_LONGEST_NAME: Final = 500
_SIGNS: Final = frozenset(
    ("LPAR", "RPAR", "LSQB", "RSQB", "LBRACE", "RBRACE", "COMMA", "COLON", "DOT", "DOTS", "PLUS", "MINUS", "STAR",
     "SLASH", "PERCENT", "CIRCUMFLEX", "EQUAL", "UNEQUAL", "LESSTHAN", "MORETHAN", "ATMOST", "ATLEAST", "LIKE", "VBAR",
     "CONCAT", "AMPERSAND", "BANG", "PATH", "ARROW", "OPENLINK", "CLOSELINK", "TIMES", "EACH")
)  # fmt: skip


class Rendering:
    """A statement written anew: its `text`, and the parameters that its strings and decimal numbers have become.

    `columns` are those of the answer, none where they are not named.

    Raises `CypherRefusedError` for names and numbers that cannot be sent.
    """

    def __init__(self, source: str, tree: Node, tokens: Sequence[Token]) -> None:
        self.literals: dict[str, Any] = {}
        self.columns: tuple[str, ...] = ()
        self._source = source
        self._roles: dict[int | None, str] = {}
        self._inserted: dict[int | None, str] = {}
        for node in tree.iter_subtrees():
            self._prepare(node)
        linears = list(named_below(tree, "linear"))
        related = frozenset(map(alias, relationships(tree))) if len(linears) == 1 else frozenset()
        for linear in linears:
            self._name_columns(linear, related)
        self.text = " ".join(word for token in tokens for word in self._words(token))

    def _prepare(self, node: Node) -> None:
        """What the tree knows of tokens and the tokens do not: which names are labels and keys, what is left out."""
        match node.data:
            case "label" | "key" | "column" | "selected_variable":
                self._roles[leaf(node).start_pos] = str(node.data)
            case "yielded" if len(node.children) == 1:
                self._inserted[node.meta.end_pos] = f"AS {alias(name(leaf(node)))}"
            case "procedure" if not any(named_below(node, "arguments")):
                called = next(each for each in node.children if isinstance(each, Token) and each.type == "PROCEDURE")
                self._inserted[called.end_pos] = "( )"

    def _name_columns(self, linear: Node, related: frozenset[str]) -> None:
        """Name what is returned as the server would have named it, had it got the source.

        With a relationship the iris of its ends are returned too.
        """
        for returned in named_below(linear, "return"):
            for items in named_below(returned, "items"):
                found = [self._column(item, related) for item in named_below(items, "item")]
                self.columns = () if has(items, "STAR") else tuple(column for columns in found for column in columns)

    def _column(self, item: Node, related: frozenset[str]) -> tuple[str, ...]:
        """The column of an item and those of its ends."""
        expression, *given = below(item)
        if not given and expression.data != "variable":
            shown = alias(" ".join(self._source[item.meta.start_pos : item.meta.end_pos].split()))
            self._inserted[item.meta.end_pos] = f"AS {shown}"
            return (shown,)
        called = alias(name(leaf(expression))) if expression.data == "variable" else ""
        shown = alias(name(leaf(given[0]))) if given else called
        if called not in related:
            return (shown,)
        start, end = ends(shown)
        self._inserted[item.meta.end_pos] = (
            f", startNode ( {called} ) . `iri` AS {start} , endNode ( {called} ) . `iri` AS {end}"
        )
        return (shown, start, end)

    def _words(self, token: Token) -> Iterator[str]:
        yield self._word(token)
        if inserted := self._inserted.get(token.end_pos):
            yield inserted

    def _word(self, token: Token) -> str:
        match token.type:
            case "NAME":
                return self._name(token)
            case "BOUND" | "BOUNDPATH":
                return alias(name(token))
            case "PARAMETER":
                return "$" + alias(name(token))
            case "STRING":
                return self._parameter(string(token))
            case "FLOAT":
                return self._parameter(_number(token))
            case "INTEGER":
                return str(_integer(token))
            case "FUNCTION":
                return FUNCTIONS[_plain(token)]
            case "PROCEDURE":
                return PROCEDURES[_plain(token)].name
            case "SHORTEST":
                return SHORTEST[token.value.lower()]
            case "SUBQUERY":
                return str(token.value.upper())
            case "QUANTIFIER" | "REDUCE":
                return str(token.value.lower())
        if token.type in KEYWORDS:
            return token.type
        assert token.type in _SIGNS, token.type
        return str(token.value)

    def _name(self, token: Token) -> str:
        match self._roles.get(token.start_pos):
            case "label" | "key":
                return _quoted(token)
            case "column":
                return name(token)
            case "selected_variable":
                return f"{_quoted(token)} : {alias(name(token))}"
        return alias(name(token))

    def _parameter(self, value: str | float) -> str:
        self.literals[f"s_{len(self.literals)}"] = value
        return f"$s_{len(self.literals) - 1}"


def _plain(token: Token) -> str:
    return str(token.value.replace("`", "").lower())


def _quoted(token: Token) -> str:
    called = name(token)
    if not called or len(called) > _LONGEST_NAME or not called.isprintable() or "`" in called or "\\" in called:
        raise CypherRefusedError(
            Rule.NAME,
            f"{called[:40]!r} cannot be the name of a label, a type or a key here; a name is printable, has no "
            f"backtick or backslash, and at most {_LONGEST_NAME} characters",
            place_of(token),
        )
    return f"`{called}`"


def _number(token: Token) -> float:
    number = float(token.value)
    if math.isinf(number):
        raise CypherRefusedError(Rule.NUMBER, f"{token.value} is too large for a number", place_of(token))
    return number


def _integer(token: Token) -> int:
    number = integer(token)
    if number > _LARGEST:
        raise CypherRefusedError(Rule.NUMBER, f"{token.value} is too large for a whole number", place_of(token))
    return number
