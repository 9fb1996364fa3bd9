"""Where a page of answers ended, as an opaque string that continues it."""

import base64
import binascii
import json
from typing import NamedTuple

from graph.question import QuestionError


class Place(NamedTuple):
    """The sort key and the IRI of the last row of a page."""

    key: str
    iri: str


def cursor(place: Place) -> str:
    """The cursor that continues after this place."""
    return base64.urlsafe_b64encode(json.dumps(place, ensure_ascii=False).encode()).decode().rstrip("=")


def place(cursor: str) -> Place:
    """The place that a cursor stands for. Raises `QuestionError` for a string that is no cursor."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        key, iri = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if not (isinstance(key, str) and isinstance(iri, str) and iri):
            raise ValueError
        f"{key}{iri}".encode()  # JSON can spell half a character, which no store can take
    except (ValueError, binascii.Error, TypeError, RecursionError) as error:
        raise QuestionError("the cursor is none of ours; take it from the answer before, unchanged") from error
    return Place(key, iri)
