"""From a file of RDF to the graph: read, checked as a whole, and only then written."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from rdflib import URIRef

from graph.descriptions import broader, descriptions
from graph.merging import refuse_unfit
from graph.store import Change, Store, StoreError
from loaders.rdf.check import check
from loaders.rdf.missing import LENT, undescribed, without_text
from loaders.rdf.parts import parts
from loaders.rdf.scratch import Contents, Scratch
from loaders.rdf.syntax import facts
from loaders.rdf.violations import Violation
from loaders.rdf.vocabulary import LeftOut
from ontology.mapping import SHAPES
from ontology.property_graph import graph_of
from ontology.records import Statement
from ontology.terms import NS
from ontology.triples import GraphError

TOLD: Final = 100
"""So many violations of a file are told one by one; the rest is counted."""

_LENT_AT_ONCE: Final = 1000
_TEXT: Final = URIRef(NS + "text")


@dataclass(slots=True)
class Imported:
    """What a file holds, what is wrong with it, and how much of it the store did not have yet."""

    path: Path
    contents: Contents
    described: Counter[str] = field(default_factory=Counter)
    left_out: list[LeftOut] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)
    more_violations: int = 0
    change: Change = field(default_factory=lambda: Change(0, 0))

    @property
    def refused(self) -> int:
        """How often rules are broken; 0 when the file was written."""
        return len(self.violations) + self.more_violations


async def import_file(path: Path, store: Store) -> Imported:
    """Writes a file's graph when nothing is wrong with it, and nothing of it otherwise. Idempotent.

    It is read and checked on disk, so that memory does not depend on its size. Raises RdfError and StoreError.
    """
    with TemporaryDirectory(prefix="pledgegraph-", ignore_cleanup_errors=True) as folder:
        scratch = Scratch(Path(folder))
        scratch.read(facts(path))
        imported = Imported(path, scratch.contents)
        await _borrow(scratch, store)
        known = await broader(store)
        seen: set[Violation] = set()
        for found in check(scratch, known):
            _note(imported, found, seen)
        for shape in SHAPES:
            imported.described[shape.label] = sum(1 for _ in scratch.of_class(shape.rdf_class))
        if not imported.refused:
            imported.violations += islice(_unfit(scratch), TOLD)
        if not imported.refused:
            for part in parts(scratch):
                change = await store.add(part)
                done = imported.change
                imported.change = Change(done.nodes + change.nodes, done.relationships + change.relationships)
    return imported


def _note(imported: Imported, found: LeftOut | Violation, seen: set[Violation]) -> None:
    """A violation once, though two pieces show it."""
    if isinstance(found, LeftOut):
        imported.left_out.append(found)
    elif len(imported.violations) >= TOLD:
        imported.more_violations += 1
    elif found not in seen:
        seen.add(found)
        imported.violations.append(found)


async def _borrow(scratch: Scratch, store: Store) -> None:
    """What the store knows of nodes that the file refers to, and the texts of statements that it cites."""
    for lacking, records, wanted in (
        (undescribed(scratch), LENT, None),
        (without_text(scratch), (Statement,), _TEXT),
    ):
        while iris := list(islice(lacking, _LENT_AT_ONCE)):
            lent = [triple async for triple in descriptions(store, records, iris)]
            scratch.borrow(triple for triple in lent if wanted in (None, triple[1]))


def _unfit(scratch: Scratch) -> Iterator[Violation]:
    """What only the store knows that it cannot take, found before anything is written."""
    for part in parts(scratch):
        try:
            nodes, _ = graph_of(part)
            refuse_unfit(nodes)
        except (GraphError, StoreError) as error:
            yield Violation(str(part[0][0]), "store", f"{error}.", "Nothing can be written before this is changed.")
