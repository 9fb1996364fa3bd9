"""One table says how records are written as RDF and as a property graph; everything else follows from it.

A `Shape` belongs to one record class. Its attributes are literals (RDF) and node keys (property graph); its links are
object properties and relationships of the same direction. `triples` and `property_graph` lead through the table.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from rdflib import SKOS, XSD, URIRef

from ontology.records import (
    Actor,
    Call,
    Commitment,
    Event,
    Field,
    Initiative,
    Person,
    Record,
    Statement,
    Utterance,
)
from ontology.terms import NS, ActorType, Force, Kind, Role

EDTF: Final = URIRef("http://id.loc.gov/datatypes/edtf/EDTF")
FIELD_REFERENCE: Final = URIRef(NS + "Field")


@dataclass(frozen=True, slots=True)
class Attribute:
    """A record's attribute that is a literal, or a list of them, under the node key `key`.

    A `datatype` of `FIELD_REFERENCE` is a field's slug in records and nodes and its IRI in RDF.
    """

    name: str
    predicate: URIRef
    key: str
    datatype: URIRef = XSD.string
    many: bool = False
    read: Callable[[Any], Any] = str


@dataclass(frozen=True, slots=True)
class Link:
    """A record's attribute that refers to other records.

    `inverse` links point from the other node to this one. A link to a `Field` is a slug on the record's side.
    """

    name: str
    predicate: URIRef
    relationship: str
    target: type[Record]
    many: bool = True
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """How one record class is written: its RDF class, its node label, its attributes and links."""

    record: type[Record]
    rdf_class: URIRef
    label: str
    attributes: tuple[Attribute, ...]
    links: tuple[Link, ...] = ()


def _pg(name: str) -> URIRef:
    return URIRef(NS + name)


def _text(name: str, key: str | None = None, predicate: URIRef | None = None, many: bool = False) -> Attribute:
    return Attribute(name, predicate or _pg(key or name), key or name, many=many)


def _number(name: str, read: Callable[[Any], Any] = int, key: str | None = None) -> Attribute:
    return Attribute(name, _pg(key or name), key or name, XSD.double if read is float else XSD.integer, read=read)


def _flag(name: str) -> Attribute:
    return Attribute(name, _pg(name), name, XSD.boolean, read=bool)


def _edtf(name: str) -> Attribute:
    return Attribute(name, _pg(name), name, EDTF)


_NAME: Final = _text("name", predicate=SKOS.prefLabel)
_NAMES: Final = _text("names", predicate=SKOS.altLabel, many=True)

# Leaves stand before what refers to them, so that reading in this order never waits for a record.
SHAPES: Final[tuple[Shape, ...]] = (
    Shape(
        Actor,
        _pg("Actor"),
        "Actor",
        (
            _NAME,
            _NAMES,
            Attribute("type", _pg("actorType"), "type", read=ActorType),
            _text("code", "code"),
            _text("wikidata", "wikidata"),
        ),
    ),
    Shape(Person, _pg("Person"), "Person", (_NAME,)),
    Shape(Initiative, _pg("Initiative"), "Initiative", (_NAME, _NAMES)),
    Shape(Event, _pg("Event"), "Event", (_NAME,)),
    Shape(
        Field,
        _pg("Field"),
        "Field",
        (
            _text("slug", predicate=SKOS.notation),
            _text("label", "name", predicate=SKOS.prefLabel),
            _NAMES,
        ),
        (Link("broader", SKOS.broader, "BROADER", Field),),
    ),
    Shape(
        Statement,
        _pg("Statement"),
        "Statement",
        (
            _text("document"),
            _text("sha256"),
            _text("title"),
            _text("issuer"),
            _edtf("date"),
            Attribute("url", _pg("url"), "url", XSD.anyURI),
            _text("language"),
            _text("text"),
        ),
    ),
    Shape(
        Utterance,
        _pg("Utterance"),
        "Utterance",
        (
            Attribute("kind", _pg("kind"), "kind", read=Kind),
            _text("action"),
            _number("start"),
            _number("end"),
            _text("quote"),
            _number("quote_start", key="quoteStart"),
            _number("force", read=lambda value: Force(int(value))),
            _text("cue"),
            _text("deadline"),
            _edtf("due"),
            _text("quantity"),
            _number("amount", read=float),
            _text("unit"),
            _text("condition"),
            _flag("negated"),
            _flag("reaffirmed"),
            Attribute("fields", _pg("about"), "fields", FIELD_REFERENCE, many=True),
            Attribute("role", _pg("role"), "role", read=Role),
            _text("rule"),
            _text("extractor"),
            _number("confidence", read=float),
        ),
        (
            Link("statement", _pg("inStatement"), "IN_STATEMENT", Statement, many=False),
            Link("actors", _pg("onBehalfOf"), "ON_BEHALF_OF", Actor),
            Link("counterparts", _pg("directedAt"), "DIRECTED_AT", Actor),
            Link("speaker", _pg("spokenBy"), "SPOKEN_BY", Person, many=False),
            Link("initiatives", _pg("mentions"), "MENTIONS", Initiative),
            Link("event", _pg("atEvent"), "AT_EVENT", Event, many=False),
        ),
    ),
    Shape(
        Commitment,
        _pg("Commitment"),
        "Commitment",
        (
            Attribute("kind", _pg("kind"), "kind", read=Kind),
            _text("action"),
            _edtf("date"),
            _number("force", read=lambda value: Force(int(value))),
            _flag("negated"),
            _text("plover"),
            _text("cameo"),
        ),
        (
            Link("actors", _pg("pledges"), "PLEDGES", Actor, inverse=True),
            Link("counterparts", _pg("towards"), "TOWARDS", Actor),
            Link("fields", _pg("inField"), "IN_FIELD", Field),
            Link("initiatives", _pg("under"), "UNDER", Initiative),
            Link("utterances", _pg("expresses"), "EXPRESSES", Utterance, inverse=True),
        ),
    ),
    Shape(
        Call,
        _pg("Call"),
        "Call",
        (_text("action"), _edtf("date"), _flag("negated"), _text("plover"), _text("cameo")),
        (
            Link("actors", _pg("callsFor"), "CALLS_FOR", Actor, inverse=True),
            Link("counterparts", _pg("addressedTo"), "ADDRESSED_TO", Actor),
            Link("fields", _pg("inField"), "IN_FIELD", Field),
            Link("initiatives", _pg("under"), "UNDER", Initiative),
            Link("utterances", _pg("expresses"), "EXPRESSES", Utterance, inverse=True),
        ),
    ),
)
BY_RECORD: Final[dict[type[Record], Shape]] = {shape.record: shape for shape in SHAPES}
BY_LABEL: Final = {shape.label: shape for shape in SHAPES}
BY_CLASS: Final = {shape.rdf_class: shape for shape in SHAPES}
