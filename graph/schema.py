"""The constraints and indexes of every property graph, and the statements of a Bolt store, all from the mapping."""

from collections.abc import Iterable
from hashlib import sha256
from importlib.resources import files
from typing import Final

from graph.counts import ACTS, LABELS
from ontology.mapping import BY_RECORD, SHAPES, Link, Shape
from ontology.records import Actor

LEDGER: Final = "Ledger"
"""The label of the one node that every write touches, so that writers of several processes come one after another.

It keeps the store's `identity`, its `sequence`, and the `tokens` of the last writes, the newest first.
"""
_TOKENS: Final = 100

CONSTRAINTS: Final = tuple(
    f"CREATE CONSTRAINT {label.lower()}_iri IF NOT EXISTS FOR (n:{label}) REQUIRE n.iri IS UNIQUE"
    for label in (*(shape.label for shape in SHAPES), *LABELS, LEDGER)
)
_INDEXED: Final = (
    ("Commitment", "date"),
    ("Call", "date"),
    ("Statement", "date"),
    ("Statement", "document"),
    ("Statement", "issuer"),
    ("Actor", "code"),
    ("Field", "slug"),
)
LINKED: Final = tuple(
    (shape, link) for shape in SHAPES for link in shape.links if shape.label in ACTS and link.target is Actor
)
"""The links between acts and parties. The key `shelf` of their relationships is the party's iri and the month of the
act, so that of a party with very many acts the newest are found without the others. The party counts them, as `pledges`
and so on.
"""
SHELVES: Final = tuple(link.relationship for _, link in LINKED)
INDEXES: Final = (
    *(f"CREATE INDEX {label.lower()}_{key} IF NOT EXISTS FOR (n:{label}) ON (n.{key})" for label, key in _INDEXED),
    # By which a replica follows.
    *(
        f"CREATE INDEX {shape.label.lower()}_changed IF NOT EXISTS FOR (n:{shape.label}) ON (n.changed)"
        for shape in SHAPES
    ),
    *(f"CREATE INDEX {name.lower()}_shelf IF NOT EXISTS FOR ()-[r:{name}]-() ON (r.shelf)" for name in SHELVES),
)

STAMPS: Final = tuple(
    f"MATCH (n:{shape.label}) WHERE n.changed IS NULL WITH n LIMIT 10000 SET n.changed = 0 RETURN count(n) AS many"
    for shape in SHAPES
)
"""For what was written before writes were counted; to be repeated while there is any, since a server has only so much
memory for one statement."""


def edition(more: Iterable[str]) -> str:
    """A digest of all that preparing a store brings, so that a store which has it need not be asked for each part."""
    digest = sha256("\n".join((*CONSTRAINTS, *INDEXES, *STAMPS, *more)).encode())
    digest.update(files("ontology").joinpath("fields.ttl").read_bytes())
    return digest.hexdigest()


IS_PREPARED: Final = f"MATCH (l:{LEDGER}) WHERE l.prepared = $edition RETURN l.iri AS iri"
SET_PREPARED: Final = f"MATCH (l:{LEDGER}) SET l.prepared = $given.edition"


def pattern(link: Link, owner: str, other: str, name: str = "") -> str:
    """The relationship of a link between two pattern nodes, in its direction: `(owner)-[:X]->(other)`."""
    start, end = ("<-", "-") if link.inverse else ("-", "->")
    return f"({owner}){start}[{name}:{link.relationship}]{end}({other})"


def counted(link: Link) -> str:
    """The key under which a party keeps how many of these relationships it has, such as `pledges`."""
    return str(link.predicate).rpartition("#")[2]


BEGIN_WRITE: Final = (
    f"MERGE (l:{LEDGER} {{iri: 'ledger'}}) SET l.writes = coalesce(l.writes, 0) + 1, "
    "l.identity = coalesce(l.identity, $identity), l.tokens = coalesce(l.tokens, [$token]) "
    "RETURN coalesce(l.sequence, 0) AS sequence"
)
"""Make other writers wait; the sequence so far. Takes a fresh `$identity` and `$token`."""
END_WRITE: Final = (
    f"MATCH (l:{LEDGER} {{iri: 'ledger'}}) "
    f"SET l.sequence = $given.sequence, l.tokens = ([$given.token] + l.tokens)[..{_TOKENS}]"
)
"""Count a write that changed something. Takes the `$given` `sequence` and `token`."""
MARK: Final = (
    f"MATCH (l:{LEDGER} {{iri: 'ledger'}}) "
    "RETURN l.identity AS identity, coalesce(l.sequence, 0) AS sequence, l.tokens[0] AS token"
)
PAST: Final = (
    f"MATCH (l:{LEDGER} {{iri: 'ledger', identity: $identity}}) WHERE coalesce(l.sequence, 0) >= $sequence "
    "RETURN l.tokens[coalesce(l.sequence, 0) - $sequence] AS token"
)
"""The token of an earlier write; null when it is too long ago, no row when it never was. Takes a mark."""


# What writing takes is in one map, `$given`: for a list that is a parameter by itself Neo4j plans a statement anew for
# every order of magnitude of its length, and that takes longer than to run it.
def merge_nodes(label: str) -> str:
    """Create nodes or add to them. Takes `$given` `rows` of properties and a `sequence`."""
    return f"UNWIND $given.rows AS row MERGE (n:{label} {{iri: row.iri}}) SET n += row, n.changed = $given.sequence"


def shelved(party: str, act: str) -> str:
    """What puts the relationship `r` between two pattern nodes on its shelf."""
    return f"r.shelf = {party}.iri + ' ' + coalesce(left({act}.date, 7), '')"


def known_nodes(label: str) -> str:
    """What is kept of some nodes. Takes `$iris`."""
    return f"UNWIND $iris AS iri MATCH (n:{label} {{iri: iri}}) RETURN properties(n) AS properties"


def _links(shape: Shape) -> str:
    """The type and the other end of every relationship that a node owns."""
    found = []
    for way, inverse in (("(n)-[r:{}]->(other)", False), ("(n)<-[s:{}]-(another)", True)):
        types = "|".join(link.relationship for link in shape.links if link.inverse == inverse)
        name, other = ("s", "another") if inverse else ("r", "other")
        if types:
            found.append(f"[{way.format(types)} | [type({name}), {other}.iri]]")
    return " + ".join(found) or "[]"


KNOWN: Final = " UNION ALL ".join(
    f"UNWIND $given.{shape.label} AS iri MATCH (n:{shape.label} {{iri: iri}}) "
    f"RETURN properties(n) AS properties, {_links(shape)} AS links"
    for shape in SHAPES
)
"""What is kept of nodes of every label, with the links that they own. Takes `$given` lists of iris for each label."""


def shelve(label: str) -> str:
    """Put acts whose date has changed on other shelves. Takes `$given` `iris`."""
    return (
        f"UNWIND $given.iris AS iri MATCH (n:{label} {{iri: iri}}) MATCH (n)-[r:{'|'.join(SHELVES)}]-(a:Actor) "
        f"SET {shelved('a', 'n')}"
    )


def relate(shape: Shape, link: Link) -> str:
    """Create relationships that are not there yet.

    Takes `$given` `rows`, each of an iri and the iris of those that come to own a relationship with it; returns for how
    many of them both ends were there.
    """
    if link.relationship in SHELVES:
        many = f"other.{counted(link)}"
        end = (
            f"SET {shelved('other', 'owner')} WITH other, count(*) AS more "
            f"SET {many} = coalesce({many}, 0) + more RETURN sum(more) AS matched"
        )
    else:
        end = "RETURN count(*) AS matched"
    return (
        f"UNWIND $given.rows AS row MATCH (other:{BY_RECORD[link.target].label} {{iri: row[0]}}) "
        f"UNWIND row[1] AS iri MATCH (owner:{shape.label} {{iri: iri}}) "
        f"CREATE {pattern(link, 'owner', 'other', 'r')} {end}"
    )


def written_between(shape: Shape) -> str:
    """The nodes whose last write came after `$since` and not after `$until`, each with the iris that it links to."""
    links = [
        f"[{pattern(link, 'n', f'other:{BY_RECORD[link.target].label}')} | other.iri] AS {link.name}"
        for link in shape.links
    ]
    return (
        f"MATCH (n:{shape.label}) WHERE n.changed > $since AND n.changed <= $until "
        f"RETURN {', '.join(['properties(n) AS properties', *links])}"
    )
