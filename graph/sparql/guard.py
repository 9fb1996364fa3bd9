"""Refuses, before it is run, a query that would change something, reach the network or nest too deep.

Runs in the worker, so that even the reading of a long query takes nobody else's time.

Oxigraph runs updates by another call than queries, so no update gets through in any case; what is told here is clearer.
`SERVICE` is another matter: it is part of the query language and Oxigraph follows it. A worker cannot open a socket
(see `wall`); the guard stands before that, and reads the text with more suspicion than a parser would. A query without
the word is safe. One with it is read token by token, and the word may stand only in a string, a comment, an IRI, a
variable, or in the local part of a prefixed name: Oxigraph sees the keyword at the beginning of longer words too, such
as in `trueSERVICE` or in the prefix of `SERVICE:x`.
"""

import re
from collections.abc import Iterator
from typing import Final

from graph.sparql.limits import LimitError, Limits

_TOKEN: Final = re.compile(
    r"""
    (?P<blank>[\s\x00]+|\#[^\n\r]*)
  | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>)
  | (?P<string>\"\"\"(?:\"{0,2}(?:[^\"\\]|\\.))*+\"\"\"|'''(?:'{0,2}(?:[^'\\]|\\.))*+'''
      |"(?:[^"\\\n\r]|\\.)*+"|'(?:[^'\\\n\r]|\\.)*+')
  | (?P<variable>[?$]\w+)
  | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
  | (?P<name>(?:[^\W\d_][\w.·-]*+)?:(?:[\w.:·-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*+)
  | (?P<label>_:[\w.·-]+)
  | (?P<language>@[A-Za-z]+(?:-+[A-Za-z0-9]+)*)
  | (?P<word>\w+)
  | (?P<mark>.)
    """,
    re.X | re.S,
)
_UPDATES: Final = frozenset(["insert", "delete", "load", "clear", "drop", "create", "add", "move", "copy", "with"])
_OPEN: Final = {"(": ")", "[": "]", "{": "}"}
_WORD: Final = "service"
# After one of these, a "<" within round brackets may be "less than", and what looks like an IRI something else: the
# beginning of a string, a comment, or the end of the brackets. With a "//" before that it is an IRI in any case.
_OPERANDS: Final = frozenset({"variable", "number", "string", "iri", "name", "label", "language", "word", ")"})
_TROUBLE: Final = re.compile(r"<(?:(?!//)[^()'#])*+[()'#]")


class RefusedError(Exception):
    """A query that asks for what is not allowed here; `rule` names the rule: read-only, no-service, unsupported."""

    def __init__(self, rule: str, told: str) -> None:
        super().__init__(told)
        self.rule = rule


def check(text: str, limits: Limits) -> None:
    """Raises RefusedError and LimitError for what must not be run. What passes may still be malformed."""
    if len(text) > limits.length:
        raise LimitError.of("length", limits)
    suspected = _WORD in text.casefold()
    opened: list[str] = []
    before = ""
    for kind, token in _tokens(text):
        if kind == "mark":
            if token in _OPEN:
                opened.append(token)
                if len(opened) > limits.nesting:
                    raise LimitError.of("nesting", limits)
            elif opened and token == _OPEN[opened[-1]]:
                opened.pop()
        elif kind == "word" and not opened and token.casefold() in _UPDATES:
            raise RefusedError("read-only", f"{token.upper()} would change the graph. Here it can only be asked.")
        if suspected:
            _suspect(kind, token, compared=opened[-1:] == ["("] and before in _OPERANDS)
        before = token if kind == "mark" else kind


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(text):
        if match.lastgroup and match.lastgroup != "blank":
            yield match.lastgroup, match[0]


def _suspect(kind: str, token: str, *, compared: bool) -> None:
    lowered = token.casefold()
    if kind in ("word", "language") and _WORD in lowered:
        raise RefusedError("no-service", "SERVICE asks another endpoint. Queries here see this graph only.")
    prefix, _, local = lowered.partition(":")
    if kind in ("name", "label") and (_WORD in prefix or f".{_WORD}" in local):
        raise RefusedError(
            "no-service", f"{token} can be read as SERVICE, which asks another endpoint. Rename it, or write the IRI."
        )
    if kind == "iri" and compared and _TROUBLE.match(token):
        raise RefusedError(
            "no-service",
            f"What begins with {token[:60]} can be read as a comparison, and the query has the word SERVICE in it. "
            'Write the IRI as a prefixed name, or put a space after "<".',
        )
