"""Names from outside as words that no server takes for a keyword, and back again.

Every name that a statement gives to a value is sent as a word of letters, digits and underscores behind a prefix, so
that nothing in it can mean anything; the columns of the answer are read back.
"""

import re
from typing import Final

_PLAIN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_WORD: Final = re.compile(r"\b(?:v_[A-Za-z_][A-Za-z0-9_]*|u_(?:[0-9a-f]{2})+)\b")


def alias(name: str) -> str:
    """The word that stands for a name."""
    return f"v_{name}" if _PLAIN.fullmatch(name) else f"u_{name.encode().hex()}"


def named(word: str) -> str:
    """The name behind a word; what is no such word is returned as it is."""
    if not _WORD.fullmatch(word):
        return word
    return word[2:] if word.startswith("v_") else bytes.fromhex(word[2:]).decode(errors="replace")


def told(message: str) -> str:
    """A server's message with the names as the author of the statement wrote them."""
    return _WORD.sub(lambda word: named(word[0]), message)
