"""Tell apart what looks the same to a parser that reads from the left with one token in hand.

Whether `(a)` is a node or an expression shows only behind it, whether `count` is a function only at the parenthesis
that follows, and so on. Brackets are matched beforehand, so each question is answered by looking at a few tokens.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from lark import Token

from graph.guard.brackets import Brackets, brackets
from graph.guard.vocabulary import KEYWORDS, QUANTIFIERS, SHORTEST, SUBQUERIES

_ENDS_VALUE: Final = frozenset(("NAME", "PARAMETER", "STRING", "RPAR", "RSQB", "RBRACE", "END", "NULL"))
# The bar before a projection has another type.
_BEFORE_LABELS: Final = frozenset(("VBAR", "AMPERSAND", "BANG"))


def marked(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a statement with the types that the grammar uses. Raises `CypherRefusedError` for lone brackets."""
    return list(_Marking(tokens, brackets(tokens)).run())


@dataclass(slots=True)
class _Marking:
    """`links` has, for the index at which an arrow or one half of it begins, the type and the index behind it."""

    tokens: Sequence[Token]
    brackets: Brackets
    links: dict[int, tuple[str, int]] = field(default_factory=dict)
    linked: set[int] = field(default_factory=set)
    paths: set[int] = field(default_factory=set)

    def run(self) -> Iterator[Token]:
        for index, token in enumerate(self.tokens):
            if token.type == "RPAR":
                self._look_for_link(index)
        index, before = 0, ""
        while index < len(self.tokens):
            type_, end = self._seen(index, before)
            yield _merged(self.tokens[index:end], type_)
            before, index = type_, end

    # Arrows

    def _look_for_link(self, closing: int) -> None:
        """Mark the relationship that follows a node, if one does, and the node itself as the first of a path."""
        opening = self.brackets.partner[closing]
        if self._calls(opening):
            return
        end = self._link(closing + 1)
        if end is None:
            return
        if opening not in self.linked:
            self.paths.add(opening)
        self.linked.add(end)

    def _link(self, start: int) -> int | None:
        """The index of the parenthesis behind a relationship that begins here; its parts are kept in `links`."""
        middle = start + (self._type(start) == "LESSTHAN")
        if self._type(middle) != "MINUS":
            return None
        if self._type(middle + 1) != "LSQB":
            if self._type(middle + 1) != "MINUS":
                return None
            end = middle + 2 + (self._type(middle + 2) == "MORETHAN")
            found = {start: ("ARROW", end)}
        else:
            closing = self.brackets.partner[middle + 1]
            if self._type(closing + 1) != "MINUS":
                return None
            end = closing + 2 + (self._type(closing + 2) == "MORETHAN")
            found = {start: ("OPENLINK", middle + 2), closing: ("CLOSELINK", end)}
        node = self._behind_times(end)
        if self._type(node) != "LPAR":
            return None
        self.links |= found
        return node

    def _behind_times(self, at: int) -> int:
        if self._type(at) in ("PLUS", "STAR"):
            return at + 1
        return self.brackets.partner[at] + 1 if self._type(at) == "LBRACE" else at

    def _calls(self, opening: int) -> bool:
        """Whether a parenthesis holds the arguments of a function."""
        before = self._word(opening - 1)
        return self._type(opening - 1) == "WORD" and before not in KEYWORDS and before not in map(str.upper, SHORTEST)

    # Everything else

    def _seen(self, index: int, before: str) -> tuple[str, int]:
        """The type of the token at an index, and the index behind it, or behind what belongs to it."""
        if index in self.links:
            return self.links[index]
        match self.tokens[index].type:
            case "LPAR" if index in self.paths:
                return "PATH", index + 1
            case "LBRACE" if before in ("RPAR", "CLOSELINK", "ARROW") and self._type(index + 1) in ("INTEGER", "COMMA"):
                return "TIMES", index + 1
            case "VBAR" if self._separates(index):
                return "EACH", index + 1
            case "WORD":
                return self._seen_word(index, before)
            case "QUOTED":
                return self._bound(index, before) or "NAME", index + 1
            case other:
                return other, index + 1

    def _separates(self, index: int) -> bool:
        """Whether a bar stands before the projection of a comprehension or the step of a reduce: only the last does."""
        around = self.brackets.around[index]
        if around < 0 or self.brackets.bars[around] != index:
            return False
        if self._type(around) == "LSQB":
            return around - 1 not in self.links and around - 2 not in self.links
        return self._type(around) == "LPAR" and self._word(around - 1) == "REDUCE"

    def _seen_word(self, index: int, before: str) -> tuple[str, int]:
        word, behind = self._word(index), self._type(index + 1)
        if before in ("AS", "DOT") or self._is_label(index, before) or self._is_key(index):
            return "NAME", index + 1
        if before == "CALL" and word not in KEYWORDS:
            return "PROCEDURE", self._dotted(index)
        if behind == "LBRACE" and word in SUBQUERIES:
            return "SUBQUERY", index + 1
        if behind == "LPAR" and (type_ := self._called(index, word)):
            return type_, index + 1
        end = self._dotted(index)
        if end > index + 1 and self._type(end) == "LPAR":
            return "FUNCTION", end
        if word in KEYWORDS and (word != "ALL" or before == "UNION"):
            return word, index + 1
        return self._bound(index, before) or "NAME", index + 1

    def _called(self, index: int, word: str) -> str | None:
        if word in QUANTIFIERS and self._type(index + 2) in ("WORD", "QUOTED") and self._word(index + 3) == "IN":
            return "QUANTIFIER"
        if word == "REDUCE":
            return "REDUCE"
        if word.lower() in SHORTEST:
            return "SHORTEST"
        return None if word in KEYWORDS else "FUNCTION"

    def _bound(self, index: int, before: str) -> str | None:
        """How a name is marked that a comprehension, a quantifier or a path binds."""
        around = self.brackets.around[index]
        if before == "LSQB" and self._opens_list(around):
            if self._word(index + 1) == "IN" and around not in self.brackets.listing:
                return "BOUND"
            if self._type(index + 1) == "EQUAL" and index + 2 in self.paths and around in self.brackets.bars:
                return "BOUNDPATH"
        if before == "LPAR" and self._word(index + 1) == "IN" and self._word(around - 1) in QUANTIFIERS:
            return "BOUND"
        return None

    def _opens_list(self, opening: int) -> bool:
        """Whether a square bracket opens a list and not an index."""
        before = opening - 1
        if before < 0 or self._word(before) in KEYWORDS - {"END", "NULL", "TRUE", "FALSE"}:
            return True
        return self._type(before) not in (*_ENDS_VALUE, "WORD", "QUOTED")

    def _is_key(self, index: int) -> bool:
        """Whether a word is a key of a map, be it a keyword or not."""
        around = self.brackets.around[index]
        if self._type(index + 1) != "COLON" or self._type(around) != "LBRACE":
            return False
        return index - 1 == around or (self._type(index - 1) == "COMMA" and self.brackets.around[index - 1] == around)

    def _is_label(self, index: int, before: str) -> bool:
        """Whether a word is a label or a type, be it a keyword or not."""
        if before == "LPAR":
            return self._type(index - 2) in ("VBAR", "AMPERSAND", "BANG") or (
                self._type(index - 2) == "COLON" and not self._is_key(index - 3)
            )
        return before in _BEFORE_LABELS or (before == "COLON" and not self._is_value(index))

    def _is_value(self, index: int) -> bool:
        """Whether a word behind a colon is the value of a key and not a label."""
        return index >= 2 and self._is_key(index - 2)

    def _dotted(self, index: int) -> int:
        """The index behind a name with dots in it."""
        while self._type(index + 1) == "DOT" and self._type(index + 2) in ("WORD", "QUOTED"):
            index += 2
        return index + 1

    def _type(self, index: int) -> str:
        return self.tokens[index].type if 0 <= index < len(self.tokens) else ""

    def _word(self, index: int) -> str:
        """A word in capitals; letters beyond ASCII make no keyword, though some of them have its capitals."""
        value = str(self.tokens[index].value) if self._type(index) == "WORD" else ""
        return value.upper() if value.isascii() else value


def _merged(tokens: Sequence[Token], type_: str) -> Token:
    first, last = tokens[0], tokens[-1]
    value = "".join(token.value for token in tokens)
    return Token(type_, value, first.start_pos, first.line, first.column, last.end_line, last.end_column, last.end_pos)
