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
SET_PREPARED: Final = f"MATCH (l:{LEDGER}) SET l.prepared = $edition"


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
    f"MATCH (l:{LEDGER} {{iri: 'ledger'}}) SET l.sequence = $sequence, l.tokens = ([$token] + l.tokens)[..{_TOKENS}]"
)
"""Count a write that changed something. Takes its `$sequence` and `$token`."""
MARK: Final = (
    f"MATCH (l:{LEDGER} {{iri: 'ledger'}}) "
    "RETURN l.identity AS identity, coalesce(l.sequence, 0) AS sequence, l.tokens[0] AS token"
)
PAST: Final = (
    f"MATCH (l:{LEDGER} {{iri: 'ledger', identity: $identity}}) WHERE coalesce(l.sequence, 0) >= $sequence "
    "RETURN l.tokens[coalesce(l.sequence, 0) - $sequence] AS token"
)
"""The token of an earlier write; null when it is too long ago, no row when it never was. Takes a mark."""


def merge_nodes(label: str) -> str:
    """Create nodes or add to them. Takes `$sequence` and `$rows` of `iri` and `properties`."""
    return f"UNWIND $rows AS row MERGE (n:{label} {{iri: row.iri}}) SET n += row.properties, n.changed = $sequence"


def shelved(party: str, act: str) -> str:
    """What puts the relationship `r` between two pattern nodes on its shelf."""
    return f"r.shelf = {party}.iri + ' ' + coalesce(left({act}.date, 7), '')"


def known_nodes(label: str) -> str:
    """What is kept of some nodes, and under which fields it is filed. Takes `$iris`."""
    fields = "[(n)-[:IN_FIELD]->(f:Field) | f.slug]" if label in ACTS else "[]"
    return f"UNWIND $iris AS iri MATCH (n:{label} {{iri: iri}}) RETURN properties(n) AS properties, {fields} AS fields"


def shelve(label: str) -> str:
    """Put acts whose date has changed on other shelves. Takes `$iris`."""
    return (
        f"UNWIND $iris AS iri MATCH (n:{label} {{iri: iri}}) MATCH (n)-[r:{'|'.join(SHELVES)}]-(a:Actor) "
        f"SET {shelved('a', 'n')}"
    )


def merge_relationships(shape: Shape, link: Link, *, stamp: bool) -> str:
    """Create relationships, starting at their owner: it has few, where an actor may have many thousands.

    Takes `$rows` of `owner` and `other`; returns for how many of them both ends were there. With `stamp`, which takes
    `$sequence`, an owner that gains one is marked as changed.
    """
    settings = ["owner.changed = $sequence"] * stamp
    if link.relationship in SHELVES:
        many = f"other.{counted(link)}"
        settings += [shelved("other", "owner"), f"{many} = coalesce({many}, 0) + 1"]
    return (
        f"UNWIND $rows AS row MATCH (owner:{shape.label} {{iri: row.owner}}) "
        f"MATCH (other:{BY_RECORD[link.target].label} {{iri: row.other}}) "
        f"MERGE {pattern(link, 'owner', 'other', 'r')} "
        f"{'ON CREATE SET ' + ', '.join(settings) if settings else ''} RETURN count(*) AS matched"
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
