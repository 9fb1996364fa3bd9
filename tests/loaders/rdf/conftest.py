"""Files of RDF, and what is wrong with them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Graph

from loaders.rdf.check import check
from loaders.rdf.scratch import Scratch
from loaders.rdf.syntax import facts
from loaders.rdf.violations import Violation
from loaders.rdf.vocabulary import LeftOut
from ontology.taxonomy import by_slug

KNOWN = {field.slug: field.broader for field in by_slug().values()}
Checked = Callable[[Path | Graph], list[LeftOut | Violation]]


@pytest.fixture
def scratch(tmp_path: Path) -> Scratch:
    """An empty store on disk."""
    return Scratch(tmp_path / "scratch")


@pytest.fixture
def checked(tmp_path: Path, scratch: Scratch) -> Checked:
    """Everything that is wrong with a file or a graph."""

    def run(given: Path | Graph) -> list[LeftOut | Violation]:
        if isinstance(given, Graph):
            path = tmp_path / "graph.nt"
            given.serialize(path, format="nt", encoding="utf-8")
        else:
            path = given
        scratch.read(facts(path))
        return list(check(scratch, KNOWN))

    return run
