"""Names from outside as words that no server takes for a keyword, and back again.

Every name that a statement gives to a value is sent as a word of letters, digits and underscores behind a prefix, so
that nothing in it can mean anything; the columns of the answer are read back. The ends of a relationship come in two
columns more, since the protocol does not send them.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

_PLAIN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_WORD: Final = re.compile(r"\b(?:v_[A-Za-z_][A-Za-z0-9_]*|u_(?:[0-9a-f]{2})*)\b")


class Ends(NamedTuple):
    """The columns that hold the iris of both ends of a relationship."""

    start: str
    end: str


def alias(name: str) -> str:
    """The word that stands for a name."""
    return f"v_{name}" if _PLAIN.fullmatch(name) else f"u_{name.encode().hex()}"


def named(word: str) -> str:
    """The name behind a word; what is no such word is returned as it is."""
    if not _WORD.fullmatch(word):
        return word
    return word[2:] if word.startswith("v_") else bytes.fromhex(word[2:]).decode(errors="replace")


def ends(column: str) -> Ends:
    """The columns that go with the column of a relationship."""
    return Ends(f"start_{column}", f"end_{column}")


def shown(columns: Sequence[str]) -> list[tuple[str, Ends | None]]:
    """The columns that whoever asks shall see, each with those of its ends, if they are there."""
    hidden = {end for column in columns for end in ends(column) if ends(column).start in columns}
    return [
        (column, ends(column) if ends(column).start in columns else None) for column in columns if column not in hidden
    ]


def told(message: str) -> str:
    """A server's message with the names as the author of the statement wrote them."""
    return _WORD.sub(lambda word: named(word[0]), message)
