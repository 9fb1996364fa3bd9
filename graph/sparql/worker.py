"""A process that answers SPARQL queries, one after another, over snapshots that it opens for reading only.

Forked from `cradle`. Over its connection queries come in, and for each goes out its answer in pieces, then how it
ended. What it imports is little, and no thread runs before the fork: RocksDB starts some when a store is opened.
"""

import os
import signal
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from pyoxigraph import (
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from graph.sparql.frames import LARGEST, Kind, packed, received, told
from graph.sparql.guard import RefusedError, check
from graph.sparql.limits import LimitError, Limits
from graph.sparql.rows import COUNTS, Count
from graph.sparql.wall import sealed


class _FullError(Exception):
    """The answer is larger than it may be."""


class _NoFormError(Exception):
    """The client accepts no form of an answer of this kind."""


@dataclass
class _Sink:
    """Where Oxigraph writes an answer to: sends it on in large frames, and stops it at its limits."""

    out: BinaryIO
    size: int
    rows: int
    count: Count | None = None
    counted: int = 0
    written: int = 0
    held: list[bytes] = field(default_factory=list)
    holds: int = 0

    def write(self, chunk: bytes) -> int:
        """Takes a piece."""
        self.written += len(chunk)
        if self.written > self.size:
            raise _FullError("size")
        if self.count:
            self.counted = self.count(chunk)
            self._check()
        self.held.append(chunk)
        self.holds += len(chunk)
        if self.holds >= LARGEST // 2:
            self.flush()
        return len(chunk)

    def flush(self) -> None:
        """Sends what is held."""
        if self.held:
            self.out.write(packed(Kind.DATA, b"".join(self.held)))
            self.held, self.holds = [], 0

    def counting(self, triples: Iterable[Triple]) -> Iterator[Triple]:
        """The triples, counted."""
        for triple in triples:
            self.counted += 1
            self._check()
            yield triple

    def _check(self) -> None:
        if self.counted > self.rows:
            raise _FullError("rows")


class _Snapshot:
    """The snapshot that was asked last, kept open for the next query."""

    def __init__(self) -> None:
        self._folder = ""
        self._store: Store | None = None

    def opened(self, folder: str) -> Store:
        """The store of a folder; raises OSError."""
        if self._store is None or folder != self._folder:
            self._store = None
            self._store, self._folder = Store.read_only(folder), folder
        return self._store

    def try_to_open(self, folder: str) -> None:
        """Opens a folder that is likely to be asked; a newer one may have taken its place, and then it is gone."""
        with suppress(OSError):
            self.opened(folder)


def serve(connection: int, limits: Limits) -> None:
    """Answer what comes over a connection until it is closed. Other files than snapshots are not needed any more."""
    source, out = os.fdopen(connection, "rb"), os.fdopen(os.dup(connection), "wb", buffering=2 * LARGEST)
    closed = sealed(limits.memory)
    snapshot = _Snapshot()
    while frame := received(source):
        if frame.kind == Kind.OPEN:
            snapshot.try_to_open(frame.told["folder"])
            out.write(told(Kind.READY, pid=os.getpid(), sealed=closed))
        else:
            signal.setitimer(signal.ITIMER_REAL, limits.seconds + 1)  # should nobody be left to kill us
            _answer(snapshot, frame.told, limits, out)
            signal.setitimer(signal.ITIMER_REAL, 0)
        out.flush()


def _answer(snapshot: _Snapshot, query: dict[str, Any], limits: Limits, out: BinaryIO) -> None:
    sink = _Sink(out, limits.size, limits.rows)
    try:
        check(query["text"], limits)
        media = _run(snapshot.opened(query["folder"]), query, sink)
    except (SyntaxError, ValueError) as error:  # of the query, or of the IRI of a graph
        out.write(told(Kind.FAILED, what="malformed", why=str(error)))
    except RefusedError as error:
        out.write(told(Kind.FAILED, what="refused", why=str(error), rule=error.rule))
    except LimitError as error:
        out.write(told(Kind.FAILED, what="limit", why=error.limit))
    except (_FullError, MemoryError) as error:
        out.write(told(Kind.FAILED, what="limit", why=str(error) or "memory"))
    except _NoFormError as error:
        out.write(told(Kind.FAILED, what="form", why=str(error)))
    except RuntimeError as error:
        out.write(told(Kind.FAILED, what="unsupported", why=str(error)))
    except OSError as error:
        out.write(told(Kind.FAILED, what="failed", why=str(error)))
    else:
        sink.flush()
        out.write(told(Kind.DONE, media=media, rows=sink.counted))


def _run(store: Store, query: dict[str, Any], sink: _Sink) -> str:
    graphs: dict[str, Any] = {}
    if query["default"] is not None:
        graphs = {
            "default_graph": [NamedNode(iri) for iri in query["default"]],
            "named_graphs": [NamedNode(iri) for iri in query["named"]],
        }
    result = store.query(query["text"], base_iri=query["base"], **graphs)
    if isinstance(result, QueryTriples):
        media = _form(query["triples"], "triples")
        form = RdfFormat.from_media_type(media)
        serialize(sink.counting(result), sink, form, prefixes=query["prefixes"])  # type: ignore[arg-type]
    else:
        media = _form(query["solutions"], "solutions")
        if isinstance(result, QuerySolutions):
            sink.count = COUNTS[media]()
        result.serialize(sink, QueryResultsFormat.from_media_type(media))  # type: ignore[arg-type]
    return media


def _form(media: str | None, what: str) -> str:
    if media is None:
        raise _NoFormError(what)
    return media
