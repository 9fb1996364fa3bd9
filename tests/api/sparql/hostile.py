"""Queries that mean harm, and queries that only look as if they did."""

from collections.abc import Iterator
from dataclasses import dataclass, field

EX = "http://example.org/"
PREFIX = f"PREFIX ex: <{EX}> "
CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i ."


@dataclass(frozen=True)
class Hostile:
    """A query, and by which problems (the last part of the type) it may end; "answer" where an answer does no harm."""

    name: str
    text: str | bytes
    ends: tuple[str, ...]
    parameters: dict[str, str] = field(default_factory=dict)


def hostile(trap: str, secret: str) -> list[Hostile]:
    """Every hostile query. `trap` is a server that must not be reached, `secret` the URL of a file likewise."""
    found = [
        *_named("update", ("refused",), _updates(trap, secret)),
        *_named("disguised", ("malformed", "refused"), _disguised(trap)),
        *_named("service", ("refused",), _services(trap, secret)),
        *_named("elsewhere", ("answer", "refused"), _elsewhere(trap, secret)),
        *_named("nesting", ("limit", "malformed"), _nestings()),
        *_named("explosion", ("limit",), _explosions()),
        *_named("costly", ("limit", "answer"), _costly()),
        *_named("bytes", ("malformed", "limit", "too-large"), _bytes()),
    ]
    everything = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } LIMIT 5"
    for name, url in (("default-graph-uri", trap), ("named-graph-uri", secret)):
        found.append(Hostile(f"elsewhere-{name}", everything, ("answer",), {name: url}))
    for name, url in (("using-graph-uri", trap), ("update", f"LOAD <{trap}>")):
        found.append(Hostile(f"elsewhere-{name}", everything, ("answer", "refused"), {name: url}))
    return found


def _named(group: str, ends: tuple[str, ...], texts: list[str] | list[bytes]) -> Iterator[Hostile]:
    for number, text in enumerate(texts, 1):
        yield Hostile(f"{group}-{number}", text, ends)


def _updates(trap: str, secret: str) -> list[str]:
    return [
        f"INSERT DATA {{ <{EX}a> <{EX}b> <{EX}c> }}",
        f"DELETE DATA {{ <{EX}n0> <{EX}next> <{EX}n1> }}",
        "DELETE WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } INSERT { ?o ?p ?s } WHERE { ?s ?p ?o }",
        f"INSERT {{ GRAPH <{EX}g> {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o }}",
        f"WITH <{EX}g> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        f"LOAD <{trap}>",
        f"LOAD SILENT <{trap}> INTO GRAPH <{EX}g>",
        f"LOAD <{secret}>",
        "CLEAR ALL",
        "CLEAR SILENT DEFAULT",
        "DROP ALL",
        f"DROP GRAPH <{EX}g>",
        f"CREATE GRAPH <{EX}g>",
        f"COPY DEFAULT TO <{EX}g>",
        f"MOVE DEFAULT TO <{EX}g>",
        f"ADD <{EX}g> TO DEFAULT",
        "drop all",
        "dElEtE wHeRe { ?s ?p ?o }",
        f"PREFIX select: <{EX}> INSERT DATA {{ select:a select:b select:c }}",
        f"BASE <{trap}> LOAD <x>",
        "# SELECT * { ?s ?p ?o }\nDROP ALL",
        "#\r\nINSERT # comment\nDATA { <a:a> <a:b> <a:c> }",
        "\t\n  CLEAR\n\nALL",
        "SELECT * { ?s ?p ?o } ; DROP ALL",
        "ASK {} INSERT DATA { <a:a> <a:b> <a:c> }",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } DROP DEFAULT",
        "INSERT DATA { <a:a> <a:b> <a:c> } ; SELECT * { ?s ?p ?o }",
    ]


def _disguised(trap: str) -> list[str]:
    return [
        "\\u0049NSERT DATA { <a:a> <a:b> <a:c> }",
        "SELECT * { INSERT DATA { <a:a> <a:b> <a:c> } }",
        "SELECT * { { DELETE WHERE { ?s ?p ?o } } }",
        "SELECT * { OPTIONAL { DROP ALL } }",
        f"SELECT * {{ BIND(LOAD(<{trap}>) AS ?x) }}",
        "SELECT (INSERT DATA AS ?x) { }",
        "DROP/**/ALL",
        "EXPLAIN DROP ALL",
        "CALL db.clear()",
        "\\u0044ROP ALL",
        "ＤＲＯＰ ALL",
        f"SELECT * {{ \\u0053ERVICE <{trap}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ ſERVICE <{trap}> {{ ?s ?p ?o }} }}",
    ]


def _services(trap: str, secret: str) -> list[str]:
    call = f"SERVICE <{trap}> {{ ?x ?y ?z }}"
    return [
        f"SELECT * {{ {call} }}",
        f"SELECT * {{ SERVICE SILENT <{trap}> {{ ?x ?y ?z }} }}",
        f"SELECT * {{ sErViCe<{trap}>{{ ?x ?y ?z }} }}",
        f"SELECT * {{ BIND(<{trap}> AS ?u) SERVICE ?u {{ ?x ?y ?z }} }}",
        f"SELECT * {{ VALUES ?u {{ <{trap}> }} SERVICE SILENT ?u {{ ?x ?y ?z }} }}",
        f"SELECT * {{ SERVICE <{secret}> {{ ?x ?y ?z }} }}",
        f"ASK {{ ?s ?p ?o FILTER EXISTS {{ {call} }} }}",
        f"ASK {{ ?s ?p ?o FILTER NOT EXISTS {{ {call} }} }}",
        f"SELECT * {{ {{ SELECT * {{ {call} }} }} }}",
        f"SELECT * {{ ?s ?p ?o OPTIONAL {{ {call} }} }}",
        f"SELECT * {{ ?s ?p ?o MINUS {{ {call} }} }}",
        f"SELECT * {{ {{ }} UNION {{ {call} }} }}",
        f"CONSTRUCT {{ ?x ?y ?z }} WHERE {{ {call} }}",
        f"DESCRIBE ?x WHERE {{ {call} }}",
        f"SELECT * {{ ?s ?p ?o }} ORDER BY EXISTS {{ {call} }}",
        f"SELECT (EXISTS {{ {call} }} AS ?e) {{ }}",
        f"SELECT * {{ GRAPH ?g {{ {call} }} }}",
        f"PREFIX t: <{trap}> SELECT * {{ SERVICE t: {{ ?x ?y ?z }} }}",
        f"PREFIX : <{trap}> SELECT * {{ SERVICE:x{{ ?x ?y ?z }} }}",
        f"PREFIX t: <{trap}> SELECT * {{ SERVICEt:x{{ ?x ?y ?z }} }}",
        f"PREFIX t: <{trap}> SELECT * {{ SERVICESILENTt:x{{ ?x ?y ?z }} }}",
        f"SELECT * {{ ?s ?p trueSERVICE<{trap}>{{ ?x ?y ?z }} }}",
        f"PREFIX : <{trap}> SELECT * {{ ?s ?p 1.SERVICE:x{{ ?x ?y ?z }} }}",
        f"PREFIX : <{trap}> SELECT * {{ ?s ?p true.SERVICE:x{{ ?x ?y ?z }} }}",
        f"SELECT * {{ FILTER(1<2)SERVICE#>\n<{trap}>{{ ?x ?y ?z }} }}",
        f"SELECT * {{ FILTER(?x<'a>')SERVICE<{trap}>{{ ?x ?y ?z }} FILTER(?x>'a') }}",
        f'SELECT * {{ FILTER(1<2#>"\n)SERVICE<{trap}>{{ ?x ?y ?z }} #"\n }}',
        f"SELECT * {{ ?s ?p 'a'SERVICE#'\n<{trap}>{{ ?x ?y ?z }} }}",
        f"PREFIX e: <{EX}> SELECT * {{ ?s ?p e:a\\' . SERVICE <{trap}> {{ ?x ?y ?z }} ?s ?p e:b\\' }}",
        f"PREFIX e: <{EX}> SELECT * {{ ?s ?p e:a\\# . SERVICE <{trap}> {{ ?x ?y ?z }} }}",
        f"SELECT * {{ # {{\nSERVICE # <{EX}>\n SILENT # nothing\n <{trap}> {{ ?x ?y ?z }} }}",
        f'SELECT * {{ ?s ?p """a\\"""" . {call} ?s ?p """b""" }}',
    ]


def _elsewhere(trap: str, secret: str) -> list[str]:
    return [
        f"SELECT * FROM <{trap}> {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <{trap}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        f"SELECT * FROM <{secret}> {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <{secret}> {{ GRAPH <{secret}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ GRAPH <{trap}> {{ ?s ?p ?o }} }}",
        f"DESCRIBE <{trap}>",
        f"DESCRIBE <{secret}>",
        f"CONSTRUCT {{ ?s ?p ?o }} FROM <{trap}> WHERE {{ ?s ?p ?o }}",
        f"SELECT (<{trap}>(1) AS ?x) {{ }}",
        f"SELECT * {{ BIND(<{trap}f>(<{secret}>) AS ?x) }}",
        f"ASK {{ <{trap}> ?p <{secret}> }}",
    ]


def _nestings() -> list[str]:
    many = 4000
    return [
        "SELECT * " + "{" * many + "}" * many,
        "SELECT * " + "{" * many,
        "SELECT (" + "(" * many + "1" + ")" * many + " AS ?x) {}",
        "SELECT (" + "!" * 15_000 + "1 AS ?x) {}}",
        "ASK { ?s ?p " + "(" * many + "1" + ")" * many + " }",
        "ASK { ?s ?p " + "[<a:b> " * 2000 + "1" + "]" * 2000 + " }",
        "ASK { ?s ?p " + "<<( ?s ?p " * 1500 + "1" + ")>>" * 1500 + " }",
        "ASK { " + "FILTER EXISTS { " * 900 + "}" * 900 + " }",
        "ASK { " + "{ SELECT * { " * 1200 + "} }" * 1200 + " }",
        "SELECT (" + "IF(1, " * 2000 + "1" + ", 1)" * 2000 + " AS ?x) {}",
        "ASK { ?s " + "(" * many + "<a:b>" + ")" * many + " ?o }",
        "ASK { " + "OPTIONAL { " * 1500 + "}" * 1500 + " }",
        "ASK { FILTER(1 < " + "(" * many + "1 > 0" + ")" * many + ") }",
    ]


def _explosions() -> list[str]:
    doubled = " ".join(f"BIND(CONCAT(?s{n}, ?s{n}, ?s{n}, ?s{n}) AS ?s{n + 1})" for n in range(16))
    replaced = " ".join(f'BIND(REPLACE(?s{n}, "x", "xxxxxxxxxxxxxxxx") AS ?s{n + 1})' for n in range(9))
    return [
        f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}",
        f"SELECT (SUM(STRLEN(STR(?c)) * STRLEN(STR(?f))) AS ?n) {{ {CROSS} }}",
        f"SELECT * {{ {CROSS} }} ORDER BY ?a ?d ?g",
        f"SELECT DISTINCT ?a ?d ?g {{ {CROSS} }} ORDER BY RAND()",
        f"SELECT ?a (COUNT(DISTINCT ?f) AS ?n) {{ {CROSS} }} GROUP BY ?a ?d",
        f"ASK {{ {CROSS} FILTER(STR(?a) = CONCAT(STR(?d), STR(?g), 'nothing')) }}",
        f"CONSTRUCT {{ ?a ?b ?f }} WHERE {{ {CROSS} }}",
        f"SELECT * {{ {CROSS} }}",
        f"SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g))) AS ?s) {{ {CROSS} }}",
        f"SELECT (MAX(CONCAT(STR(?a), STR(?d))) AS ?m) {{ {CROSS} }} GROUP BY ?a ?d ?g",
        f'SELECT (STRLEN(?s16) AS ?n) {{ BIND("{"x" * 1000}" AS ?s0) {doubled} }}',
        f'SELECT (STRLEN(?s9) AS ?n) {{ BIND("x" AS ?s0) {replaced} }}',
        f'SELECT ?s7 {{ BIND("x" AS ?s0) {replaced} }}',
        "SELECT (COUNT(*) AS ?n) { ?x (<a:b>|!<a:b>)* ?y . ?y (<a:b>|!<a:b>)* ?z }",
        "SELECT (COUNT(*) AS ?n) { ?x ((!<a:b>*)*)* ?y . ?u (!<a:b>)+ ?v }",
        f"SELECT (COUNT(*) AS ?n) {{ ?x <{EX}link>/<{EX}link>/<{EX}link>/<{EX}link>/<{EX}link>/<{EX}link> ?y }}",
        f"SELECT (COUNT(*) AS ?n) {{ ?x (<{EX}link>|^<{EX}link>)+ ?y . ?y (<{EX}link>|^<{EX}link>)+ ?z }}",
        "SELECT (COUNT(*) AS ?n) { " + " ".join(f"OPTIONAL {{ ?a{n} ?b{n} ?c{n} }}" for n in range(30)) + " }",
        "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(30)) + " }",
        "SELECT (COUNT(*) AS ?n) { "
        + " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(100)))} }}" for n in range(8))
        + " }",
        f'SELECT (COUNT(*) AS ?n) {{ {CROSS} FILTER REGEX(CONCAT(STR(?a), STR(?f)), "(a*)*(b|c*)*d$") }}',
        f'SELECT (COUNT(?r) AS ?n) {{ {CROSS} BIND(REPLACE(STR(?a), "(.*)(.*)(.*)", "$1$1$2$3") AS ?r) }}',
        f"SELECT (COUNT(?r) AS ?n) {{ {CROSS} BIND(SHA512(CONCAT(STR(?a), STR(?f))) AS ?r) }}",
        f"SELECT (COUNT(*) AS ?n) {{ {CROSS} FILTER EXISTS {{ ?x ?y ?z FILTER(?x != ?a && ?z != ?i) }} }}",
        f"SELECT (COUNT(*) AS ?n) {{ ?x ?y ?z MINUS {{ {CROSS} }} }}",
        f"DESCRIBE ?a ?d ?g WHERE {{ {CROSS} }}",
        f"SELECT * {{ {CROSS} }} OFFSET 1000000000",
        f"SELECT (COUNT(*) AS ?n) {{ {{ SELECT DISTINCT * {{ {CROSS} }} }} }}",
    ]


def _costly() -> list[str]:
    """What may end within the limits, according to the machine and to what Oxigraph sees through."""
    return [
        'ASK { FILTER REGEX("' + "a" * 5000 + '", "^(a+)+$") }',
        'ASK { FILTER REGEX("' + "a" * 5000 + '!", "^(a|a)*(a|a)*(a|a)*$") }',
        'ASK { FILTER REGEX("aaaa", "(((a{100}){100}){100}){100}") }',
        'ASK { FILTER REGEX("aaaa", "' + "(" * 2000 + "a" + ")*" * 2000 + '") }',
        'SELECT (REPLACE("' + "a" * 5000 + '", "(a?){50}a{50}", "$1") AS ?r) {}',
        'ASK { ?s ?p ?o FILTER REGEX(STR(?o), ".*.*.*.*.*.*=.*.*.*x") }',
        "ASK { FILTER(1" + " || 0" * 3500 + ") }",
        "SELECT (1" + " + 1" * 4500 + " AS ?x) {}",
        "ASK { ?s <a:b>" + "/<a:b>" * 2000 + " ?o }",
        "ASK { ?s <a:b>" + "|<a:b>" * 2000 + " ?o }",
        "ASK { {}" + " UNION {}" * 1900 + " }",
        "SELECT * { " + "".join(f"BIND({n} AS ?x{n}) " for n in range(800)) + "}",
        "ASK { VALUES ?x { " + "1 " * 9000 + "} }",
        "ASK { FILTER(1<" + "(" * 4000 + "1>0" + ")" * 4000 + ") }",
        "SELECT * { ?s ?p ?o } LIMIT 99999999999",
        "SELECT * { ?s ?p ?o FILTER(1 IN (" + "2, " * 6000 + "1)) } LIMIT 1",
    ]


def _bytes() -> list[bytes]:
    return [
        b"SELECT * { ?s ?p '\xff\xfe' }",
        b"SELECT * { ?s ?p '\xc0\x80' }",
        b"SELECT * { ?s ?p '\xed\xa0\x80' }",
        b"\xff\xfeS\x00E\x00L\x00E\x00C\x00T\x00",
        b"SELECT * \x00 { ?s ?p ?o }",
        b"ASK { <http://example.org/\x00> ?p ?o }",
        b"SELECT * { ?s ?p '\\uD800' }",
        b"SELECT * { ?s ?p '\\UFFFFFFFF' }",
        b"ASK {} #" + b"x" * 20_001,
        b"ASK {} #" + "é".encode() * 20_001,
        b"x" * 400_000,
        b"",
        b"\x00",
        b"{" * 20_000,
        b"'" * 19_999,
        b'"""' * 6_000,
        b"<" * 19_999,
    ]


HARMLESS = (
    "SELECT * { ?s ?p ?o } LIMIT 10",
    "select ?s where { ?s ?p ?o } limit 1",
    "ASK { ?s ?p ?o }",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 5",
    "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 5",
    f"DESCRIBE <{EX}n1>",
    PREFIX + "DESCRIBE ?s WHERE { ?s ex:next ex:n2 }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n)",
    "SELECT ?p { ?s ?p ?o } GROUP BY ?p HAVING (COUNT(*) > 10)",
    PREFIX + "SELECT ?o { ex:n1 ex:next/ex:next ?o }",
    PREFIX + "SELECT ?o { ex:n1 ^ex:next ?o }",
    PREFIX + "SELECT (COUNT(*) AS ?n) { ex:n1 ex:next+ ?o }",
    PREFIX + "SELECT ?o { ex:n1 (ex:next|ex:name)? ?o }",
    PREFIX + "SELECT ?o { ex:n1 !(ex:next|^ex:next) ?o }",
    PREFIX + "SELECT * { ?s ex:next ?o OPTIONAL { ?o ex:name ?name } } LIMIT 10",
    PREFIX + "SELECT * { { ?s ex:next ?o } UNION { ?s ex:name ?o } } LIMIT 10",
    PREFIX + "SELECT * { ?s ex:name ?n MINUS { ?s ex:next ?o } } LIMIT 10",
    PREFIX + "SELECT * { ?s ex:name ?n FILTER NOT EXISTS { ?s ex:nothing ?o } } LIMIT 10",
    PREFIX + "SELECT * { ?s ex:name ?n FILTER EXISTS { ?s ex:next ?o } } LIMIT 10",
    PREFIX + "SELECT * { ?s ex:number ?n FILTER(?n<5&&?n>=1||?n=7) }",
    PREFIX + "SELECT * { ?s ex:number ?n FILTER(?n < 5 && ?n > 1) }",
    PREFIX + 'SELECT * { ?s ex:name ?n FILTER REGEX(?n, "^name 1.$", "i") }',
    PREFIX + "SELECT (CONCAT(?n, '!') AS ?m) { ?s ex:name ?n } LIMIT 3",
    PREFIX + "SELECT (GROUP_CONCAT(?n; SEPARATOR=', ') AS ?all) { ?s ex:name ?n FILTER(STRLEN(?n) < 7) }",
    PREFIX + "SELECT * { VALUES (?s ?o) { (ex:n1 ex:n2) (ex:n2 UNDEF) } ?s ex:next ?o }",
    PREFIX + f"SELECT * {{ VALUES (?s ?t) {{ (ex:n1 <{EX}types#service>) }} ?s ?p ?o }}",
    "SELECT * { ?s ?p ?o } VALUES ?s { <http://example.org/n1> }",
    "SELECT * { { SELECT ?s { ?s ?p ?o } LIMIT 5 } ?s ?q ?r } LIMIT 10",
    "SELECT DISTINCT ?p { ?s ?p ?o } ORDER BY ?p OFFSET 1 LIMIT 2",
    "SELECT REDUCED ?p { ?s ?p ?o } LIMIT 2",
    "SELECT (1 + 2 * 3 AS ?x) (IF(true, 'a', 'b') AS ?y) (COALESCE(?z, 'none') AS ?w) {}",
    "SELECT (STRDT('1', <http://www.w3.org/2001/XMLSchema#integer>) AS ?x) (NOW() AS ?now) {}",
    "BASE <http://example.org/> SELECT * { <n1> ?p ?o }",
    "# INSERT DATA { nothing } SERVICE <http://example.org/> { }\nASK { ?s ?p ?o }",
    "SELECT * { ?s ?p 'INSERT DATA, DROP ALL, SERVICE <http://example.org/> { }' }",
    "SELECT * { ?service ?load ?insert } LIMIT 1",
    f"SELECT * {{ ?s <{EX}service> ?o }}",
    f"SELECT * {{ ?s <{EX}public_(service)#x> ?o }}",
    PREFIX + "SELECT * { ?s ex:service ?o . ?s ex:drop ?x . ?x ex:clear ex:load }",
    PREFIX + 'SELECT * { ?s ?p """a long "text" about service, and DELETE WHERE { ?s ?p ?o }""" }',
    "PREFIX drop: <http://example.org/> PREFIX load: <http://example.org/> ASK { ?s drop:next ?o . ?o load:name ?n }",
    "PREFIX : <http://example.org/> SELECT * { :n1 :next [ :name ?n ] }",
    "PREFIX : <http://example.org/> ASK { :n1 :list (1 2 (3 4)) }",
    "SELECT * { GRAPH ?g { ?s ?p ?o } } LIMIT 1",
    "SELECT * FROM <http://example.org/g> FROM NAMED <http://example.org/h> { ?s ?p ?o }",
    "SELECT ?größe { ?s ?größe ?o } LIMIT 1",
    "SELECT ('\\u00e9\\n\\t\\\"' AS ?x) (\"it's\" AS ?y) {}",
    "SELECT * { ?s ?p 'sérvice'@fr-CA . ?s ?p '2020-01-01'^^<http://www.w3.org/2001/XMLSchema#date> }",
    "SELECT * { " + "{ " * 20 + "?s ?p ?o" + " }" * 20 + " } LIMIT 1",
    "ASK { FILTER(" + " && ".join(f"{n} < {n + 1}" for n in range(200)) + ") }",
    "SELECT (MD5('a') AS ?a) (ENCODE_FOR_URI('ä b') AS ?b) (UUID() AS ?u) (RAND() AS ?r) {}",
)
"""What people ask, with the words that are forbidden elsewhere in places where they do nothing."""
