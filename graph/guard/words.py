"""Only functions and procedures of the lists are called."""

from difflib import get_close_matches

from lark import Token

from graph.guard.parsing import Node, below, leaf, named_below, walked
from graph.guard.refusal import CypherRefusedError, Rule
from graph.guard.tokens import name, place_of
from graph.guard.vocabulary import CLAUSES, FUNCTIONS, PROCEDURES, Procedure


def check_words(tree: Node) -> None:
    """Raises `CypherRefusedError` for any other function or procedure, and for a column that a procedure lacks."""
    for node in walked(tree):
        if node.data == "function":
            _check_function(leaf(node))
        elif node.data == "procedure":
            _check_procedure(node)


def _check_function(token: Token) -> None:
    called = token.value.replace("`", "").lower()
    if called in FUNCTIONS and token.value.isascii():
        return
    if called.upper() in CLAUSES:
        raise CypherRefusedError(Rule.CLAUSE, f"{called.upper()} {CLAUSES[called.upper()]}", place_of(token))
    near = get_close_matches(called[:60], FUNCTIONS, 1)
    advice = f"did you mean {FUNCTIONS[near[0]]}?" if near else "only functions that compute from their arguments are"
    raise CypherRefusedError(
        Rule.FUNCTION, f"the function {called[:60]} is not among the allowed; {advice}", place_of(token)
    )


def _check_procedure(node: Node) -> None:
    token = next(each for each in node.children if isinstance(each, Token) and each.type == "PROCEDURE")
    procedure = PROCEDURES.get(token.value.replace("`", "").lower())
    if procedure is None or not token.value.isascii():
        allowed = ", ".join(each.name for each in PROCEDURES.values())
        raise CypherRefusedError(
            Rule.PROCEDURE, f"the procedure {token.value[:60]} is not among the allowed: {allowed}", place_of(token)
        )
    for arguments in named_below(node, "arguments"):
        if any(below(arguments)):
            raise CypherRefusedError(Rule.PROCEDURE, f"{procedure.name} takes no arguments", place_of(token))
    for yielded in named_below(node, "yielded"):
        _check_column(leaf(yielded), procedure)


def _check_column(token: Token, procedure: Procedure) -> None:
    if name(token) != procedure.column:
        raise CypherRefusedError(Rule.PROCEDURE, f"{procedure.name} yields only {procedure.column}", place_of(token))
