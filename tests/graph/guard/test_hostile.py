"""Nothing that means harm passes the guard, and nothing passes but what reads."""

import re
import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.guard import CypherRefusedError, check
from graph.guard.vocabulary import CLAUSES, FUNCTIONS, KEYWORDS, PROCEDURES, SHORTEST
from tests.graph.guard.statements import Statement, harmless, hostile

REFUSED = [statement for statement in hostile() if statement.rules]
# What may stand in a text that is sent, outside of backticks.
WORDS = {
    *KEYWORDS,
    *("COUNT", "EXISTS", "COLLECT", "all", "any", "none", "single", "reduce"),
    *SHORTEST.values(),
    *(part for name in FUNCTIONS.values() for part in name.split(".")),
    *(part for procedure in PROCEDURES.values() for part in (*procedure.name.split("."), procedure.column)),
}
NAMED = re.compile(r"\$?(v_[A-Za-z_][A-Za-z0-9_]*|u_(?:[0-9a-f]{2})*|s_\d+|(?:start|end)_[vu]_\w+)")


def strange(sent: str) -> list[str]:
    """What stands in a text outside of backticks and is neither a word of the guard nor a sign, number or alias."""
    rest = re.sub(r"`[^`\\]+`", " ", sent)
    parts = re.findall(r"[^\s\w$]+|\$?\w+", rest)
    return [part for part in parts if not (part in WORDS or NAMED.fullmatch(part) or _harmless(part))]


def _harmless(part: str) -> bool:
    return part.isascii() and (part.isdigit() or not re.search(r"[\w'\"`\\;#@?]|//|/\*", part))


def test_there_are_enough_of_them() -> None:
    assert len(hostile()) >= 300
    assert len({(statement.text, str(statement.parameters)) for statement in hostile()}) == len(hostile())


@pytest.mark.parametrize("kind", sorted({statement.kind for statement in REFUSED}))
def test_every_hostile_statement_is_refused_by_its_rule(kind: str) -> None:
    passed = []
    for statement in REFUSED:
        if statement.kind == kind:
            try:
                check(statement.text, statement.parameters)
                passed.append(f"{statement} passed")
            except CypherRefusedError as error:
                if error.rule not in statement.rules:
                    passed.append(f"{statement}: {error.rule} instead of {statement.rules}")
    assert passed == []


def test_no_word_of_a_writing_clause_is_ever_a_word_of_the_guard() -> None:
    assert {word.upper() for word in WORDS - {"truncate"}} & CLAUSES.keys() == set()


@pytest.mark.parametrize("statement", [*harmless(), *(each for each in hostile() if not each.rules)], ids=str)
def test_what_is_sent_has_no_word_from_outside(statement: Statement) -> None:
    assert strange(check(statement.text, statement.parameters).text) == []


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_either_refused_or_sent_without_words_from_outside(text: str) -> None:
    _pass(text)


MORSELS = st.sampled_from(
    [
        part
        for each in (*harmless(), *REFUSED)
        if len(each.text) < 300
        for part in re.findall(r"\w+|\s+|[^\w\s]", each.text)
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(harmless()), st.lists(st.tuples(st.integers(0, 200), st.text(max_size=3) | MORSELS), max_size=3))
def test_a_spoilt_statement_too(statement: Statement, spoilt: list[tuple[int, str]]) -> None:
    text = statement.text
    for at, morsel in spoilt:
        text = text[:at] + morsel + text[at:]
    _pass(text, statement)


def _pass(text: str, statement: Statement | None = None) -> None:
    with suppress(CypherRefusedError):
        assert strange(check(text, statement.parameters if statement else {}).text) == []


@pytest.mark.parametrize(
    "text",
    [
        "RETURN " + "(" * 8000,
        "RETURN " + "[x IN " * 2000,
        "MATCH " + "(a)-[" * 3000,
        "RETURN " + "a{" * 5000,
        "RETURN '" + "\\" * 16000,
        "/*" * 8000,
        "`" * 16001,
        "RETURN " + "1+" * 1900 + "1",
        "RETURN [" + "'x'," * 1900 + "'x']",
        "MATCH (a)" + "-->(b)" * 550 + " RETURN a",
        "RETURN " + "NOT " * 3000 + "true",
        "RETURN " + "CASE " * 3000,
        "WITH [1] AS s " + "WITH s AS s " * 900 + "RETURN s",
        "WITH '(a+)+' AS a0 " + "".join(f"WITH a{n} AS a{n + 1} " for n in range(600)) + "RETURN 'x' =~ a600",
        "WITH 'x' AS a0 " + "".join(f"WITH a{n} + a{n} AS a{n + 1} " for n in range(500)) + "RETURN 'x' =~ a500",
        "WITH 9 AS a0 " + "".join(f"WITH a{n} * a{n} AS a{n + 1} " for n in range(500)) + "RETURN range(1, a500)",
        "RETURN 'x' =~ ('%999999999s' % 'x')",
        "UNWIND [1] AS s " + "WITH [x IN s WHERE s =~ 'a'] AS s " * 200 + "RETURN s",
    ],
    ids=lambda text: text[:20],
)
def test_refusing_takes_no_time(text: str) -> None:
    check("RETURN 1", {})  # reads the grammar
    began = time.process_time()
    with suppress(CypherRefusedError):
        check(text, {})
    assert time.process_time() - began < 1.0
