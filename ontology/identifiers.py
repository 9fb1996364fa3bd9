"""Identifiers are hashes of content, so that loading twice names the same things twice."""

import hashlib
import re
import unicodedata

from ontology.terms import DATA, FIELD, Kind


def _hash(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()[:24]


def _slug(name: str) -> str:
    """A readable path segment, kept in its own script; empty only for a name without any letter or digit."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", "-", folded).strip("-")


def sha256(text: str) -> str:
    """The digest under which a statement's text is known; lone surrogates cannot occur in decoded text."""
    return hashlib.sha256(text.encode()).hexdigest()


def statement_iri(text: str) -> str:
    return f"{DATA}statement/{sha256(text)[:24]}"


def utterance_iri(statement: str, start: int, end: int, kind: Kind) -> str:
    return f"{DATA}utterance/{_hash(statement, start, end, kind)}"


def commitment_iri(utterance: str) -> str:
    return f"{DATA}commitment/{_hash('commitment', utterance)}"


def call_iri(utterance: str) -> str:
    return f"{DATA}call/{_hash('call', utterance)}"


def actor_iri(name: str, code: str | None = None) -> str:
    """States by their ISO code, everybody else by canonical name."""
    return f"{DATA}actor/{code}" if code else f"{DATA}actor/{_slug(name) or _hash(name)}"


def person_iri(name: str) -> str:
    return f"{DATA}person/{_slug(name) or _hash(name)}"


def initiative_iri(name: str) -> str:
    return f"{DATA}initiative/{_slug(name) or _hash(name)}"


def event_iri(name: str, year: str | None) -> str:
    """Series have one name for many occasions, so the year belongs to the identity."""
    return f"{DATA}event/{_slug(f'{year} {name}' if year else name) or _hash(name)}"


def field_iri(slug: str) -> str:
    return FIELD + slug
