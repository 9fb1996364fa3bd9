"""What the guard stops before a query is run, and what it lets pass."""

import time

import pytest

from graph.sparql.guard import RefusedError, check
from graph.sparql.limits import LimitError, Limits

LIMITS = Limits(nesting=5, length=2000)


def rule(text: str) -> str | None:
    try:
        check(text, LIMITS)
    except RefusedError as error:
        return error.rule
    return None


@pytest.mark.parametrize("verb", ["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"])
def test_verbs_of_updates(verb: str) -> None:
    for text in (f"{verb} DATA {{}}", f"{verb.lower()}\n<a:a>", f"PREFIX a: <a:> {verb} x", f"ASK {{}} ; {verb} x"):
        assert rule(text) == "read-only", text
    for text in (f"PREFIX {verb}: <a:> ASK {{ {verb}:a ?{verb} '{verb} x' }}", f"# {verb} x\nASK {{ ?s <{verb}> ?o }}"):
        assert rule(text) is None, text


@pytest.mark.parametrize(
    "text",
    [
        "ASK { SERVICE <a:a> {} }",
        "ASK { service?x{} }",
        "ASK { ?s ?p trueSERVICE<a:a>{} }",
        "PREFIX : <a:> ASK { SERVICE:a{} }",
        "PREFIX e: <a:> ASK { SERVICEe:a{} }",
        "PREFIX e: <a:> ASK { ?s ?p e:a.SERVICE:a{} }",
        "ASK { ?s ?p 'a'@en--ltrSERVICE<a:a>{} }",
        "ASK { FILTER(1<2)SERVICE#>\n<a:a>{} }",
        "ASK { FILTER(?x<'a>')SERVICE<a:a>{}FILTER(?x>'a') }",
        'ASK { FILTER(1<2#>"\n)SERVICE<a:a>{}#"\n }',
        "ASK { FILTER(f:a(1)<g:b)SERVICE#>\n<a:a>{} }",
        "ASK { ?s ?p '''a'b''' . SERVICE <a:a> {} ?s ?p '''c''' }",
        "ASK { ?s ?p 'a\\' . ' . SERVICE <a:a> {} ?s ?p 'c' }",
        "ASK { ?s ?p _:a.SERVICE<a:a>{} }",
    ],
)
def test_service_in_disguise(text: str) -> None:
    assert rule(text) == "no-service"


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?service <a:service> 'SERVICE <a:a> {}' } # SERVICE <a:a> {}",
        "ASK { ?s ?p '''SERVICE 'x' ''' , \"\"\"SERVICE \"x\" \"\"\" }",
        "PREFIX e: <a:> ASK { e:service e:aservice e:service-x }",
        "ASK { VALUES (?a ?b) { (<a:a> <http://example.org/service#it's>) } }",
        "ASK { FILTER(?s = <a:service(1)>) FILTER(?s IN (<a:#service>, <a:'service'>)) }",
        "ASK { FILTER(?a<3 && ?service>5) }",
    ],
)
def test_service_as_a_mere_word(text: str) -> None:
    assert rule(text) is None


@pytest.mark.parametrize("opened", ["(", "[", "{"])
def test_nesting(opened: str) -> None:
    check(f"ASK {opened * 5}", LIMITS)
    check(f"ASK {{ ?s ?p '{opened * 9}' }} # {opened * 9}", LIMITS)
    with pytest.raises(LimitError) as told:
        check(f"ASK {opened * 6}", LIMITS)
    assert told.value.limit == "nesting"
    assert "5" in str(told.value)


def test_side_by_side_is_not_nested() -> None:
    check("ASK { " + "{ ( [ ] ) } " * 100 + "}", LIMITS)


def test_length() -> None:
    check("ASK {} #" + "x" * 1990, LIMITS)
    with pytest.raises(LimitError, match="2,000 characters"):
        check("ASK {} #" + "x" * 2000, LIMITS)


NONSENSE = ("'", '"', '"""', "<", "\\", "a:", "@-", "\x00", "<a", "_:", "1e", "\\u", "ß", "''", "'a''")


@pytest.mark.parametrize("part", NONSENSE)
def test_nonsense_is_read_quickly(part: str) -> None:
    begun = time.process_time()
    for text in (part * 30_000, f"?service {part * 30_000}", f"?service {part * 30_000}."):
        check(text, Limits(length=200_000))
    assert time.process_time() - begun < 5
