"""What a query returns of a record: one nested map, generated from the mapping table, that `from_row` reads back."""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Final

from ontology.mapping import BY_RECORD, Link, Shape
from ontology.records import Field, Record, Statement

# A page of answers cites statements; it does not carry whole documents.
_LEFT_OUT: Final[dict[type[Record], frozenset[str]]] = {Statement: frozenset({"text"})}
_STEP: Final = "  "


def projection(variable: str, *records: type[Record], whole: bool = False) -> str:
    """The map projection of a node that is one of these classes, with everything that it refers to.

    Where it can be of several classes the map has the keys of them all. `whole` keeps the text of a statement.
    """
    shapes = [BY_RECORD[record] for record in records]
    return _map(variable, shapes, (f"{variable}{n}" for n in count(1)), _STEP, whole)


def relationship(link: str, *records: type[Record]) -> str:
    """The pattern of a link from a node of one of these classes, such as `<-[:PLEDGES|CALLS_FOR]-`."""
    return _arrow([_link(BY_RECORD[record], link) for record in records])


def _link(shape: Shape, name: str) -> Link:
    return next(link for link in shape.links if link.name == name)


def _arrow(links: Sequence[Link]) -> str:
    types = "|".join(dict.fromkeys(link.relationship for link in links))
    return f"<-[:{types}]-" if links[0].inverse else f"-[:{types}]->"


def _map(variable: str, shapes: Sequence[Shape], names: Iterator[str], indent: str, whole: bool) -> str:
    left_out = frozenset[str]() if whole else _LEFT_OUT.get(shapes[0].record, frozenset[str]())
    keys = dict.fromkeys(["iri", *(attribute.key for shape in shapes for attribute in shape.attributes)])
    parts = [", ".join(f".{key}" for key in keys if key not in left_out)]
    for name in dict.fromkeys(link.name for shape in shapes for link in shape.links):
        links = [_link(shape, name) for shape in shapes]
        parts.append(f"{name}: {_linked(variable, links, names, indent + _STEP)}")
    return f"{variable} {{" + f",\n{indent}".join(parts) + "}"


def _linked(variable: str, links: Sequence[Link], names: Iterator[str], indent: str) -> str:
    link, other = links[0], next(names)
    shape = BY_RECORD[link.target]
    value = f"{other}.slug" if link.target is Field else _map(other, [shape], names, indent, False)
    found = f"[({variable}){_arrow(links)}({other}:{shape.label}) | {value}]"
    return found if link.many else f"head({found})"
