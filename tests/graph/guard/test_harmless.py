"""What people ask passes, and means afterwards what it meant before."""

import pytest
from lark import Tree

from graph.aliases import alias, named, told
from graph.guard import check
from graph.guard.marking import marked
from graph.guard.parsing import Node, parse
from graph.guard.tokens import tokens
from tests.graph.guard.statements import Statement, harmless


def test_there_are_enough_of_them() -> None:
    assert len(harmless()) >= 300
    assert len({(statement.text, str(statement.parameters)) for statement in harmless()}) == len(harmless())


@pytest.mark.parametrize("statement", harmless(), ids=str)
def test_it_is_accepted_and_its_new_text_is_read_alike(statement: Statement) -> None:
    allowed = check(statement.text, statement.parameters)
    assert shape(allowed.text) == shape(statement.text)


def shape(text: str) -> list[object]:
    """The tree of a statement, without what is named in it and with literals that may have become parameters alike.

    Columns that the statement itself did not name, and those of a relationship's ends, are left out.
    """
    return _shape(parse(marked(tokens(text))))


def _shape(node: Node) -> list[object]:
    parts: list[object] = [str(node.data)]
    for child in node.children:
        if isinstance(child, Tree):
            parts += _part(child)
        elif child.type not in ("NAME", "BOUND", "BOUNDPATH", "COMMA"):
            parts.append(child.type)
    return parts


def _part(node: Node) -> list[object]:
    match node.data:
        case "literal" | "parameter":
            return ["value"]
        case "selected_variable":
            return [sorted(["entry", ["key"], "COLON", ["variable"]], key=str)]
        case "item":
            return [] if _adds_ends(node) else [["item", *_part(node.children[0])]]
        case "yielded" | "arguments":
            return []
    return [sorted(_shape(node), key=str) if node.data == "entry" else _shape(node)]


def _adds_ends(item: Node) -> bool:
    return named_of(item).startswith(("start_v_", "start_u_", "end_v_", "end_u_"))


def named_of(item: Node) -> str:
    """The name that a column is given."""
    last = item.children[-1]
    return str(last.children[0]) if isinstance(last, Tree) and last.data == "variable" else ""


@pytest.mark.parametrize(
    "name", ["a", "a_b", "Größe", "two words", "create", "v_a", "u_61", "名", "a`b", "a\\b", "", "1"]
)
def test_an_alias_leads_back_to_its_name(name: str) -> None:
    assert named(alias(name)) == name
    assert alias(name).isidentifier()
    assert alias(name).isascii()


def test_aliases_differ_where_names_do() -> None:
    names = ["a", "A", "v_a", "u_61", "a b", "a_b", "ab", "ä", "a\u0308"]
    assert len({alias(name) for name in names}) == len(names)


def test_a_message_of_a_server_speaks_of_the_names_that_were_written() -> None:
    said = f"Variable `{alias('party')}` and {alias('two words')} not defined (line 1, column 8 (offset: 7))\nRETURN x"
    assert told("v_party") == "party"
    assert check("RETURN 'x' AS y", {}).explained(said) == "Variable `party` and two words not defined"
    assert check("RETURN 'x' AS y", {}).explained("Unknown $s_0") == "Unknown 'x'"
