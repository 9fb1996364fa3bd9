"""Everything that can be wrong with a graph, asked in one go."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from loaders.rdf.fields import Broader, misfiled, set_aside
from loaders.rdf.pieces import pieces
from loaders.rdf.proofs import unfit, unproved
from loaders.rdf.scratch import Scratch
from loaders.rdf.shapes import broken
from loaders.rdf.violations import Violation
from loaders.rdf.vocabulary import LeftOut, words

_NAMELESS: Final = "Give every node an IRI of its own, and say facts of nodes only."


def check(scratch: Scratch, known: Broader) -> Iterator[LeftOut | Violation]:
    """What a graph says that no store keeps, and what is wrong with the rest; nothing comes twice in a row.

    `known` are the fields of the taxonomy and of the store, by slug, with those above them.
    """
    contents = scratch.contents
    if contents.nameless:
        message = f"{contents.nameless:,} facts have blank nodes or other facts in them, which mean nothing elsewhere."
        yield Violation(contents.example, "no-blank-nodes", message, _NAMELESS)
    yield from words(scratch)
    yield from set_aside(scratch)
    yield from misfiled(scratch, known)
    with _unheard():
        for piece in pieces(scratch):
            found = [*unfit(piece), *broken(piece)]
            yield from found
            yield from unproved(piece, {violation.node for violation in found})


@contextmanager
def _unheard() -> Iterator[None]:
    """rdflib tells, each time, of literals that are not of their datatype; here the rules do."""
    log = logging.getLogger("rdflib.term")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Parsing weird boolean", UserWarning)
            yield
    finally:
        log.setLevel(level)
