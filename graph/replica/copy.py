"""The Oxigraph database that the follower writes."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from rdflib import RDF

from graph.replica.lines import lines, resource
from graph.store import StoredNode

# As many bytes are written at once: enough to be fast, few enough to hold, about 200,000 triples.
_MUCH: Final = 32 * 2**20
# What is less goes through the log of the database, which takes one thousandth of the time of a file of its own.
_LITTLE: Final = 2**20


class Copy:
    """The triples of a store's nodes, all in the default graph. Used by one thread at a time.

    Every method may raise `OSError`: the disk is full, or the folder is no database any more.
    """

    def __init__(self, folder: Path, *, new: bool) -> None:
        """Make a database in this folder, or open the one that is there."""
        # Opening what is not there would make an empty one, and that would be taken for the whole graph.
        if new is (folder / "CURRENT").exists():
            raise OSError(f"{folder} holds {'a' if new else 'no'} database")
        self.folder = folder
        with _damage_told(folder):
            self._database = ox.Store(str(folder))
        self._pending: list[bytes] = []
        self._size = 0
        self._named: set[str] = set()

    def add(self, nodes: Iterable[StoredNode]) -> None:
        """Take nodes of which none is there yet."""
        for node in nodes:
            self._take(node)

    def replace(self, nodes: Iterable[StoredNode]) -> None:
        """Take nodes of which some may be there: what they said of themselves goes, their links stay. Idempotent."""
        for node in nodes:
            if node.iri in self._named:
                self._write()
            with _damage_told(self.folder):
                self._forget(node)
            self._take(node)

    def _take(self, node: StoredNode) -> None:
        written = lines(node).encode()
        self._named.add(node.iri)
        self._pending.append(written)
        self._size += len(written)
        if self._size >= _MUCH:
            self._write()

    def _forget(self, node: StoredNode) -> None:
        subject = _named(node.iri)
        kind = ox.Quad(subject, ox.NamedNode(str(RDF.type)), ox.NamedNode(str(node.shape.rdf_class)))
        # Predicate by predicate: an actor has few attributes and may have a hundred thousand pledges.
        if kind in self._database:
            for attribute in node.shape.attributes:
                predicate = ox.NamedNode(str(attribute.predicate))
                for quad in list(self._database.quads_for_pattern(subject, predicate, None)):
                    self._database.remove(quad)

    def _write(self) -> None:
        written = b"".join(self._pending)
        self._pending.clear()
        # Both are all or nothing. IRIs are what the store holds, and are not judged here.
        load = self._database.load if len(written) < _LITTLE else self._database.bulk_load
        with _damage_told(self.folder):
            load(written, ox.RdfFormat.N_TRIPLES, lenient=True)
        self._named.clear()
        self._size = 0

    def flush(self) -> None:
        """Everything taken is on disk when this returns."""
        self._write()
        with _damage_told(self.folder):
            self._database.flush()

    def snapshot(self, folder: Path) -> None:
        """Make a copy, by hard links, that nobody writes to."""
        with _damage_told(self.folder):
            self._database.backup(str(folder))


@contextmanager
def _damage_told(folder: Path) -> Iterator[None]:
    """Oxigraph knows two errors for a disk that gives wrong things, and this makes them one."""
    try:
        yield
    except RuntimeError as error:
        raise OSError(f"{folder}: {error}") from error


def _named(iri: str) -> ox.NamedNode:
    """An IRI as it is, even where it is none by the letter."""
    try:
        return ox.NamedNode(iri)
    except ValueError:
        line = f"{resource(iri)} <x:> <x:> ."
        subject = next(iter(ox.parse(line, ox.RdfFormat.N_TRIPLES, lenient=True))).subject
        assert isinstance(subject, ox.NamedNode)
        return subject
