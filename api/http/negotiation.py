"""Which representation a client gets: by `Accept` with its weights (RFC 9110, 12.5.1), or by the `format` parameter."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from fastapi import Request

JSON: Final = "application/json"
JSON_LD: Final = "application/ld+json"
TURTLE: Final = "text/turtle"
CSV: Final = "text/csv"
HTML: Final = "text/html"
N_TRIPLES: Final = "application/n-triples"
RDF_XML: Final = "application/rdf+xml"
DATA_FORMS: Final = (JSON, JSON_LD, TURTLE, CSV, N_TRIPLES, RDF_XML)
GRAPH_FORMS: Final = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)

_RANGE: Final = re.compile(r"\s*([\w!#$%&'*+.^`|~-]+)/([\w!#$%&'*+.^`|~-]+)\s*((?:;.*)?)", re.S)
_WEIGHT: Final = re.compile(r";\s*q\s*=\s*([^;]*?)\s*(?:;|$)", re.I)


class Format(StrEnum):
    """A representation by its short name, for links that cannot send an `Accept` header."""

    JSON = "json"
    JSON_LD = "jsonld"
    TURTLE = "turtle"
    CSV = "csv"
    N_TRIPLES = "ntriples"
    RDF_XML = "rdfxml"
    HTML = "html"


_MEDIA: Final = {
    Format.JSON: JSON,
    Format.JSON_LD: JSON_LD,
    Format.TURTLE: TURTLE,
    Format.CSV: CSV,
    Format.N_TRIPLES: N_TRIPLES,
    Format.RDF_XML: RDF_XML,
    Format.HTML: HTML,
}


def named(offered: Sequence[str]) -> dict[Format, str]:
    """Media types by their short names."""
    return {name: media for name, media in _MEDIA.items() if media in offered}


class NotAcceptableError(Exception):
    """The client accepts none of the representations that there are."""

    def __init__(self, offered: Sequence[str]) -> None:
        super().__init__(f"There is no such representation here. Ask for one of {', '.join(offered)}.")


def media_type(request: Request, *offered: str) -> str:
    """The media type to answer with: the one that `format` names, or the best that `Accept` allows.

    Among equally welcome ones the first offered wins. Raises NotAcceptableError.
    """
    named = request.query_params.get("format")
    if named:
        media = _MEDIA[Format(named)] if named in {*Format} else None
        if media not in offered:
            raise NotAcceptableError(offered)
        return media
    return preferred(request.headers.get("accept"), offered)


def preferred(accept: str | None, offered: Sequence[str]) -> str:
    """The offered media type that an `Accept` header likes best; raises NotAcceptableError when it likes none."""
    if accept is None or not accept.strip():
        return offered[0]
    ranges = list(_ranges(accept))
    weights = {media: _weight(media, ranges) for media in offered}
    best = max(offered, key=weights.__getitem__)
    if weights[best] <= 0:
        raise NotAcceptableError(offered)
    return best


def _ranges(accept: str) -> list[tuple[str, str, float]]:
    found = []
    for part in accept.split(","):
        if match := _RANGE.fullmatch(part):
            weight = _WEIGHT.search(match[3])
            found.append((match[1].lower(), match[2].lower(), _number(weight[1]) if weight else 1.0))
    return found


def _number(text: str) -> float:
    """A weight; one that is no number between 0 and 1 counts as 0, since nothing says how welcome it is."""
    return float(text) if re.fullmatch(r"0(\.\d{0,3})?|1(\.0{0,3})?", text) else 0.0


def _weight(media: str, ranges: list[tuple[str, str, float]]) -> float:
    """The weight of the most specific range that covers a media type."""
    kind, _, subtype = media.partition("/")
    for wanted in ((kind, subtype), (kind, "*"), ("*", "*")):
        weights = [weight for *covered, weight in ranges if tuple(covered) == wanted]
        if weights:
            return max(weights)
    return 0.0
