"""What all tests share: a folder of this run for what would go to the user's cache, and a Neo4j where there is one."""

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "PLEDGEGRAPH_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def neo4j_url() -> str:
    """The address of a Neo4j whose content the tests may delete."""
    url = os.environ.get("PLEDGEGRAPH_TEST_NEO4J")
    if not url:
        pytest.skip("PLEDGEGRAPH_TEST_NEO4J gives no Neo4j server; `.ci/neo4j run make test` starts one")
    return url


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever runs against a Neo4j is marked `neo4j`, by its parameter, its fixture or its module."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "neo4j" in item.nodeid.lower() or any("neo4j" in name for name in fixtures):
            item.add_marker("neo4j")
