"""The four files of the ontology as graphs."""

from importlib.resources import files

import pytest
from rdflib import Graph


def parsed(name: str) -> Graph:
    return Graph().parse(data=files("ontology").joinpath(name).read_text(encoding="utf-8"), format="turtle")


@pytest.fixture(scope="session")
def vocabulary() -> Graph:
    return parsed("commitments.ttl")


@pytest.fixture(scope="session")
def taxonomy() -> Graph:
    return parsed("fields.ttl")


@pytest.fixture(scope="session")
def alignments() -> Graph:
    return parsed("alignments.ttl")


@pytest.fixture(scope="session")
def shapes() -> Graph:
    return parsed("shapes.ttl")
