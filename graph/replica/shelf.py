"""Snapshots of a replica: the newest is handed out, and an older one stays as long as somebody holds it."""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The graph as it was at a sequence of the store, or a little later.

    `folder` is an Oxigraph database for `pyoxigraph.Store.read_only`, with all triples in the default graph.
    """

    folder: Path
    sequence: int


class Shelf:
    """All snapshots that this process keeps."""

    def __init__(self) -> None:
        self.newest: Snapshot | None = None
        self._held: Counter[Snapshot] = Counter()
        self._kept: set[Snapshot] = set()

    def put(self, snapshot: Snapshot | None) -> None:
        """Make this the newest; None where there is none any more that should be read."""
        self.newest = snapshot
        if snapshot:
            self._kept.add(snapshot)

    @contextmanager
    def held(self, snapshot: Snapshot) -> Iterator[Snapshot]:
        """Keep a snapshot on disk until the end of the block."""
        self._held[snapshot] += 1
        try:
            yield snapshot
        finally:
            self._held[snapshot] -= 1

    def unused(self) -> list[Snapshot]:
        """Those that may be deleted."""
        return [snapshot for snapshot in self._kept if snapshot != self.newest and self._held[snapshot] <= 0]

    def drop(self, unused: list[Snapshot]) -> None:
        """Delete snapshots that nobody holds."""
        for snapshot in unused:
            self._kept.discard(snapshot)
            del self._held[snapshot]
            shutil.rmtree(snapshot.folder, ignore_errors=True)
