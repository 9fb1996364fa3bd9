"""Patterns that share nothing multiply: each row of one is put beside each row of the other."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lark import Token

from graph.guard.parsing import Node, below, has, leaf, named_below, refusal
from graph.guard.refusal import Rule
from graph.guard.tokens import name
from graph.guard.vocabulary import AGGREGATES

# Half the graph may share one value of these, so that they narrow nothing.
_COARSE: Final = frozenset(
    ("confidence", "extractor", "force", "kind", "language", "negated", "reaffirmed", "role", "rule", "unit")
)
# The taxonomy has some dozens of nodes, and the ledger is one.
_FEW: Final = frozenset(("Field", "Ledger"))
_FEW_ROWS: Final = 1000


@dataclass(slots=True)
class _Part:
    """Patterns that hang together: the names in them, and whether an equality or a label keeps their rows few."""

    names: set[str]
    few: bool


@dataclass(slots=True)
class _Rows:
    """The rows at some place of a statement, as the parts whose product they are."""

    parts: list[_Part] = field(default_factory=list)

    def add(self, names: set[str], few: bool) -> None:
        """Put a part beside the others, or into those that share a name with it."""
        together = [part for part in self.parts if part.names & names]
        for part in together:
            self.parts.remove(part)
            names, few = names | part.names, few or part.few
        self.parts.append(_Part(names, few))

    def join(self, names: set[str]) -> None:
        """Say that parts depend on each other."""
        if any(part.names & names for part in self.parts):
            self.add(set(names), few=False)

    def narrow(self, called: str) -> None:
        """Say that a name stands for few."""
        for part in self.parts:
            part.few |= called in part.names

    def many(self) -> int:
        """How many parts can have as many rows as the graph has nodes."""
        return sum(not part.few for part in self.parts)


def check_products(tree: Node) -> None:
    """Raises `CypherRefusedError` for a product of two parts of which each may have many rows."""
    for query in (tree, *tree.find_data("open_query")):
        _query(query, set())
    for block in tree.find_data("pattern_block"):
        _match(block, _Rows())


def _query(query: Node, imported: set[str]) -> bool:
    """Whether a query can return many rows that have nothing to do with what it imports."""
    many = [_linear(linear, imported) for linear in below(query)]
    return any(many)


def _linear(linear: Node, imported: set[str]) -> bool:
    rows = _Rows([_Part(set(imported), few=True)] if imported else [])
    for clause in below(linear):
        match clause.data:
            case "match":
                _match(clause, rows)
            case "unwind":
                listed, variable = below(clause)
                rows.add({name(leaf(variable)), *_names(listed)}, few=not _names(listed))
            case "with" | "return":
                rows = _projected(clause, rows)
            case "call":
                _call(clause, rows)
            case "procedure":
                for yielded in named_below(clause, "yielded"):
                    rows.add({name(leaf(list(below(yielded))[-1]))}, few=True)
    return any(not part.few for part in rows.parts)


def _match(clause: Node, rows: _Rows) -> None:
    for patterns in named_below(clause, "patterns"):
        for pattern in named_below(patterns, "pattern"):
            rows.add(_bound(pattern), _is_narrow(pattern))
    conditions = [each for where in named_below(clause, "where") for each in _conditions(next(below(where)))]
    for condition in conditions:
        _apply(condition, rows)
    if rows.many() > 1:
        raise refusal(
            Rule.PRODUCT,
            "patterns that share no variable are put beside each other, every row of one with every row of the other; "
            "join them, or bind all but one by an equality such as {name: $name}",
            clause,
        )


def _bound(pattern: Node) -> set[str]:
    """The names in a pattern; one without any gets a name of its own, which nothing else can have."""
    names = {
        name(leaf(variable))
        for node in pattern.iter_subtrees()
        if node.data in ("node", "link", "pattern", "first", "group")
        for variable in named_below(node, "variable")
    }
    return names or {f" {pattern.meta.start_pos}"}


def _is_narrow(pattern: Node) -> bool:
    """Whether an equality keeps the rows of a pattern few, or there are few nodes of its labels."""
    nodes = [node for node in pattern.iter_subtrees() if node.data in ("node", "first")]
    return all(map(_is_of_few, nodes)) or any(map(_is_bound, nodes))


def _is_of_few(node: Node) -> bool:
    return any(_labels(labels) <= _FEW and not has(labels, "BANG", "PERCENT") for labels in named_below(node, "labels"))


def _labels(node: Node) -> set[str]:
    return {name(leaf(label)) for label in named_below(node, "label")}


def _is_bound(node: Node) -> bool:
    keys = {name(leaf(entry)) for each in named_below(node, "map") for entry in named_below(each, "entry")}
    wheres = [next(below(where)) for where in named_below(node, "where")]
    return bool(keys - _COARSE) or any(_equals(each) for where in wheres for each in _conditions(where))


def _conditions(node: Node) -> Iterator[Node]:
    """What must all hold."""
    if node.data == "group_expression":
        yield from _conditions(next(below(node)))
    elif node.data == "conjunction":
        for part in below(node):
            yield from _conditions(part)
    else:
        yield node


def _apply(condition: Node, rows: _Rows) -> None:
    """Narrow or join parts by a condition that must hold."""
    for one, other in _equals(condition):
        names = _names(other)
        if not names:
            rows.narrow(one)
        elif one not in names:
            rows.join({one, *names})


def _equals(condition: Node) -> list[tuple[str, Node]]:
    """The names of which something must equal, or be among, something else."""
    sides = list(below(condition))
    if condition.data == "comparison" and len(sides) == 2 and has(condition, "EQUAL"):
        pairs = [(sides[0], sides[1]), (sides[1], sides[0])]
    elif condition.data == "in":
        pairs = [(sides[0], sides[1])]
    else:
        return []
    return [(called, other) for one, other in pairs if (called := _subject(one))]


def _subject(node: Node) -> str | None:
    """The name of which a side of an equality is the node itself or a property that tells nodes apart."""
    if node.data == "property":
        owner, key = below(node)
        return name(leaf(owner)) if owner.data == "variable" and name(leaf(key)) not in _COARSE else None
    if node.data == "function" and leaf(node).value.lower() in ("elementid", "id", "tolower", "toupper", "trim"):
        arguments = list(below(node))
        return _subject(arguments[0]) if len(arguments) == 1 else None
    return name(leaf(node)) if node.data == "variable" else None


def _names(node: Node) -> set[str]:
    return {name(leaf(each)) for each in node.find_data("variable")}


def _projected(clause: Node, rows: _Rows) -> _Rows:
    """The rows behind WITH or RETURN."""
    names: set[str] = set()
    keys: set[str] = set()
    for items in named_below(clause, "items"):
        if has(items, "STAR"):
            names |= {each for part in rows.parts for each in part.names}
            keys |= names
        for item in named_below(items, "item"):
            expression, *given = below(item)
            names.add(name(leaf(given[0] if given else expression)) if given or expression.data == "variable" else "")
            keys |= set() if _aggregates(expression) else _names(expression)
    few = _limited(clause) or not any(part.names & keys for part in rows.parts if not part.few)
    found = _Rows([_Part(names, few)])
    for where in named_below(clause, "where"):
        for condition in _conditions(next(below(where))):
            _apply(condition, found)
    return found


def _aggregates(expression: Node) -> bool:
    return any(leaf(each).value.lower() in AGGREGATES for each in expression.find_data("function"))


def _limited(clause: Node) -> bool:
    for limit in named_below(clause, "limit"):
        expression = next(below(limit))
        if expression.data == "parameter":
            return True
        if expression.data == "literal" and isinstance(token := expression.children[0], Token):
            return token.type == "INTEGER" and token.value.isdecimal() and int(token.value) <= _FEW_ROWS
    return False


def _call(clause: Node, rows: _Rows) -> None:
    """The rows of a subquery stand beside those outside, or hang together with what it imports."""
    for query in named_below(clause, "query"):
        imported = _imported(clause, query, rows)
        many = _query(query, imported)
        names = {
            name(leaf(variable))
            for linear in below(query)
            for returned in named_below(linear, "return")
            for items in named_below(returned, "items")
            for item in named_below(items, "item")
            for variable in list(below(item))[-1:]
            if variable.data == "variable"
        }
        rows.add(names | imported, few=not many)
    if rows.many() > 1:
        raise refusal(
            Rule.PRODUCT, "the subquery gives many rows for every row outside; let it return an aggregate", clause
        )


def _imported(clause: Node, query: Node, rows: _Rows) -> set[str]:
    for scope in named_below(clause, "scope"):
        if has(scope, "STAR"):
            return {each for part in rows.parts for each in part.names}
        return {name(leaf(variable)) for variable in named_below(scope, "variable")}
    first = next(below(next(below(query))))
    return _names(first) if first.data == "with" else set()
