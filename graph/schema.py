"""The constraints and indexes of every property graph, and the statements of a Bolt store, all from the mapping."""

from collections.abc import Iterable
from hashlib import sha256
from importlib.resources import files
from typing import Final

from ontology.mapping import BY_RECORD, SHAPES, Link, Shape

LEDGER: Final = "Ledger"
"""The label of the one node that every write touches, so that writers of several processes come one after another."""

CONSTRAINTS: Final = tuple(
    f"CREATE CONSTRAINT {label.lower()}_iri IF NOT EXISTS FOR (n:{label}) REQUIRE n.iri IS UNIQUE"
    for label in (*(shape.label for shape in SHAPES), LEDGER)
)
_INDEXED: Final = (
    ("Commitment", "date"),
    ("Commitment", "kind"),
    ("Call", "date"),
    ("Statement", "date"),
    ("Statement", "document"),
    ("Statement", "issuer"),
    ("Actor", "code"),
    ("Field", "slug"),
)
INDEXES: Final = tuple(
    f"CREATE INDEX {label.lower()}_{key} IF NOT EXISTS FOR (n:{label}) ON (n.{key})" for label, key in _INDEXED
)


def edition(more: Iterable[str]) -> str:
    """A digest of all that preparing a store brings, so that a store which has it need not be asked for each part."""
    digest = sha256("\n".join((*CONSTRAINTS, *INDEXES, *more)).encode())
    digest.update(files("ontology").joinpath("fields.ttl").read_bytes())
    return digest.hexdigest()


IS_PREPARED: Final = f"MATCH (l:{LEDGER}) WHERE l.prepared = $edition RETURN l.iri AS iri"
SET_PREPARED: Final = f"MATCH (l:{LEDGER}) SET l.prepared = $edition"


def pattern(link: Link, owner: str, other: str) -> str:
    """The relationship of a link between two pattern nodes, in its direction: `(owner)-[:X]->(other)`."""
    start, end = ("<-", "-") if link.inverse else ("-", "->")
    return f"({owner}){start}[:{link.relationship}]{end}({other})"


def merge_nodes(label: str) -> str:
    """Create nodes or add to them. Takes `$rows` of `iri` and `properties`."""
    return f"UNWIND $rows AS row MERGE (n:{label} {{iri: row.iri}}) SET n += row.properties"


def known_nodes(label: str) -> str:
    """What is kept of some nodes. Takes `$iris`."""
    return f"UNWIND $iris AS iri MATCH (n:{label} {{iri: iri}}) RETURN properties(n) AS properties"


def merge_relationships(shape: Shape, link: Link) -> str:
    """Create relationships, starting at their owner: it has few, where an actor may have many thousands.

    Takes `$rows` of `owner` and `other`; returns for how many of them both ends were there.
    """
    return (
        f"UNWIND $rows AS row MATCH (owner:{shape.label} {{iri: row.owner}}) "
        f"MATCH (other:{BY_RECORD[link.target].label} {{iri: row.other}}) "
        f"MERGE {pattern(link, 'owner', 'other')} RETURN count(*) AS matched"
    )


def page_of(shape: Shape) -> str:
    """A page of nodes in the order of their iris, each with the iris at the far end of its links.

    Takes `$after` and `$size`. A keyset and not SKIP, so that the last page costs as little as the first.
    """
    links = [
        f"[{pattern(link, 'n', f'other:{BY_RECORD[link.target].label}')} | other.iri] AS {link.name}"
        for link in shape.links
    ]
    return (
        f"MATCH (n:{shape.label}) WHERE n.iri > $after WITH n ORDER BY n.iri LIMIT $size "
        f"RETURN {', '.join(['properties(n) AS properties', *links])} ORDER BY properties.iri"
    )
