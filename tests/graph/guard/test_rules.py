"""Each rule, by what just breaks it and what just does not; and what a refusal says."""

import pytest

from graph.guard import CypherRefusedError, Rule, check
from graph.guard.regex import danger

PAIRS = {
    Rule.SYNTAX: ("RETURN 1 2", "RETURN 1, 2"),
    Rule.CHARACTER: ("RETURN 1 \u200b", "RETURN '\u200b' // \u200b"),
    Rule.LENGTH: ("RETURN '" + "x" * 16_384 + "'", "RETURN '" + "x" * 16_000 + "'"),
    Rule.NESTING: ("RETURN " + "(" * 31 + "1" + ")" * 31, "RETURN " + "(" * 30 + "1" + ")" * 30),
    Rule.STATEMENTS: ("RETURN 1; RETURN 2", "RETURN 1;"),
    Rule.CLAUSE: ("MATCH (n:Actor) SET n.name = 1", "MATCH (set:Actor) RETURN set.set"),
    Rule.FUNCTION: ("RETURN apoc.version()", "RETURN TOUPPER('x')"),
    Rule.PROCEDURE: ("CALL dbms.listConfig()", "CALL db.labels()"),
    Rule.NAME: ("MATCH (n:`a\\b`) RETURN n", "MATCH (n:`a b, c`) RETURN n"),
    Rule.NUMBER: ("RETURN 9223372036854775808", "RETURN 9223372036854775807"),
    Rule.PARAMETER: ("RETURN $given, $missing", "RETURN $given"),
    Rule.PATH: ("MATCH (a)-[*..7]-(b) RETURN a", "MATCH (a)-[*..6]-(b) RETURN a"),
    Rule.RANGE: ("RETURN range(0, 10000)", "RETURN range(1, 10000)"),
    Rule.PRODUCT: ("MATCH (a:Call), (b:Call) RETURN a, b", "MATCH (a:Call), (b:Call {iri: 'x'}) RETURN a, b"),
    Rule.PATTERN: ("RETURN 'a' =~ '(a+)+'", "RETURN 'a' =~ '(ab)+'"),
    Rule.BUILDING: ("RETURN [x IN [1] | [y IN [1] | y]]", "RETURN [x IN [y IN [1] | y] | x]"),
    Rule.GROWTH: ("RETURN reduce(s = 'x', i IN [1] | s + s)", "RETURN reduce(s = 'x', i IN [1] | s + 'y')"),
}


@pytest.mark.parametrize("rule", Rule)
def test_a_rule_refuses_what_breaks_it_and_nothing_less(rule: Rule) -> None:
    broken, kept = PAIRS[rule]
    with pytest.raises(CypherRefusedError) as refused:
        check(broken, {"given": 1})
    assert refused.value.rule is rule
    check(kept, {"given": 1})


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("MATCH (n)\n  DELETE n", 2, 3, "DELETE changes the graph"),
        ("MATCH (n) RETURN n,, 1", 1, 20, ", is not expected here"),
        ("MATCH (n)\n// a comment\n/* two\nlines */ RETURN (n", 4, 17, "( is not closed"),
        ("RETURN 'x", 1, 8, "the string that begins here does not end"),
        ("MATCH (n) WHERE tolowr(n.x) = 'x' RETURN n", 1, 17, "did you mean toLower?"),
        ("MATCH (a:Actor)", 1, 15, "a statement ends with RETURN"),
        ("MATCH (a)-[:PLEDGES*]->(b) RETURN a", 1, 20, "at most 6"),
        ("LOAD CSV FROM 'x' AS l RETURN l", 1, 1, "reads files or addresses"),
        ("RETURN $x", 1, 8, "$x has no value"),
        ("CALL db.labels() YIELD name RETURN name", 1, 24, "yields only label"),
    ],
)
def test_a_refusal_says_where_and_what_to_do(text: str, line: int, column: int, said: str) -> None:
    with pytest.raises(CypherRefusedError) as refused:
        check(text, {})
    assert refused.value.place == (line, column)
    assert str(refused.value).startswith(f"line {line}, column {column}: ")
    assert said in str(refused.value)


def test_what_is_sent_is_written_anew() -> None:
    allowed = check("match (a :Actor{name:'It\\u0027s'}) /* x */ return a.`first name`, A.x AS y;", {"unused": 1})
    assert allowed.text == (
        "MATCH ( v_a : `Actor` { `name` : $s_0 } ) "
        "RETURN v_a . `first name` AS u_612e6066697273742066616d6560 , v_A . `x` AS v_y"
    ).replace("u_612e6066697273742066616d6560", "u_" + b"a.`first name`".hex())
    assert allowed.parameters == {"s_0": "It's"}


@pytest.mark.parametrize(
    ("literal", "meant"),
    [
        (r"'a\\b'", "a\\b"),
        (r"'\d+'", r"\d+"),
        (r"'\\d+'", r"\d+"),
        (r"'\''", "'"),
        (r'"\""', '"'),
        (r"'\t\n'", "\t\n"),
        (r"'\u00e9'", "é"),
        (r"'\\u0041'", r"\u0041"),
        ("'\"'", '"'),
        ("'a\nb'", "a\nb"),
        ("''", ""),
    ],
)
def test_a_string_means_what_it_means_to_a_server(literal: str, meant: str) -> None:
    assert check(f"RETURN {literal} AS x", {}).parameters == {"s_0": meant}


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "security",
        "(?i).*security.*",
        "(?isu).*(?<![\\p{L}\\p{N}])\\Qpeace talks\\E(?:e?s)?(?![\\p{L}\\p{N}]).*",
        "(?i).*(climate|energy|trade).*",
        "\\d{4}-\\d{2}-\\d{2}",
        "[A-Z][a-z]+ [A-Z][a-z]+",
        "(ab)*",
        "[^,]+,.*",
        "[\\]\\[]+",
        "a|b|c",
        "\\Q(a+)+\\E",
        "x{2,20}",
    ],
)
def test_patterns_that_people_write_are_harmless(pattern: str) -> None:
    assert danger(pattern) is None


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+",
        "((a)*)*",
        "(a|a)*",
        "(a|b|ab)+",
        "(.*a){12}",
        "(?:a?)*",
        "(?<n>a+)*",
        "(?i:a+)*",
        "[a]+[b]+[c]+[d]+",
        ".*.*.*.*",
        "a?" * 20,
        "(a|a)" * 20,
        "x{1,100}y{1,100}",
        "(a)\\1",
        "(?<n>a)\\k<n>",
        "(?x)(a+) +",
        "(?ix)(a+) +",
        "(\\Qa\\E+)+",
        "([]a]+)+",
        "((a+)?)*",
        "(a{2,3})*",
        "y" * 201,
    ],
)
def test_patterns_that_explode_are_known(pattern: str) -> None:
    assert danger(pattern) is not None


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (2**63, "too large"),
        ([[{"a": -(2**63) - 1}]], "too large"),
        (float("nan"), "finite"),
        (float("inf"), "finite"),
        ("\ud800", "lone surrogate"),
        ({"\ud800": 1}, "lone surrogate"),
        ([[]] * 100_001, "values"),
        (b"x", "bytes"),
        ((1,), "tuple"),
    ],
)
def test_a_parameter_that_cannot_be_sent_is_refused(value: object, said: str) -> None:
    with pytest.raises(CypherRefusedError, match=said) as refused:
        check("RETURN $x", {"x": value})
    assert refused.value.rule is Rule.PARAMETER


def test_a_parameter_may_not_nest_without_end() -> None:
    deep: object = 1
    for _ in range(30):
        deep = [deep]
    with pytest.raises(CypherRefusedError, match="nests deeper"):
        check("RETURN $x", {"x": deep})


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (a:Actor), (c:Commitment)-->(f:Field) RETURN a, c",
        "MATCH (a:Actor) WITH a.name AS name MATCH (c:Commitment) RETURN name, c",
        "MATCH (c:Commitment), (d:Commitment) WHERE c.force = d.force RETURN c, d",
        "MATCH (c:Commitment) CALL () { MATCH (d:Commitment) RETURN d.action AS x } RETURN c, x",
    ],
)
def test_products_are_found_wherever_they_hide(text: str) -> None:
    with pytest.raises(CypherRefusedError) as refused:
        check(text, {})
    assert refused.value.rule is Rule.PRODUCT


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (a:Actor {name: 'x'}), (b:Actor {name: 'y'}), (c:Commitment) RETURN a, b, c",
        "MATCH (a:Actor), (b:Actor) WHERE a.name = 'x' RETURN a, b",
        "MATCH (a:Actor), (b:Actor) WHERE (a.name) = 'x' AND (b.name = 'y' AND true) RETURN a, b",
        "MATCH (a:Actor), (b:Actor) WHERE a.name IN ['x', 'y'] RETURN a, b",
        "MATCH (a:Actor), (b:Actor) WHERE toLower(a.name) = 'x' RETURN a, b",
        "MATCH (a:Actor), (b:Actor WHERE b.code = 'XX') RETURN a, b",
        "MATCH (a:Actor), (f:Field) RETURN a, f",
        "MATCH (c:Commitment), (d:Commitment) WHERE c.action = d.action RETURN c, d",
        "MATCH (a:Actor) WITH count(a) AS n MATCH (c:Commitment) RETURN n, c",
        "MATCH (a:Actor) WITH a LIMIT 5 MATCH (c:Commitment) RETURN a, c",
        "MATCH (a:Actor)-->(c), (c)-->(f) RETURN a",
        "MATCH (a:Actor) MATCH (a)-->(c) OPTIONAL MATCH (c)-->(b) RETURN a, b",
        "UNWIND [1, 2] AS x MATCH (c:Commitment) RETURN x, c",
        "MATCH (c:Commitment) CALL () { MATCH (d:Commitment) RETURN count(d) AS n } RETURN c, n",
        "MATCH (c:Commitment) CALL (c) { MATCH (c)-->(x) RETURN x } RETURN c, x",
    ],
)
def test_parts_of_which_all_but_one_are_small_are_no_product(text: str) -> None:
    check(text, {})
