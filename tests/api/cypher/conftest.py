"""The service over each back end."""

import asyncio
from collections.abc import Iterator

import pytest

from tests.api.cypher.serving import SECONDS, Serving, fill, serving


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a store whose content the tests may delete."""
    if request.param == "embedded":
        return f"embedded:{tmp_path_factory.mktemp('store')}"
    address: str = request.getfixturevalue("neo4j_url")
    return address


@pytest.fixture
def service(url: str) -> Iterator[Serving]:
    """A service whose store holds a few hundred acts, and that stops statements soon."""
    asyncio.run(fill(url, 300))
    with serving(url, SECONDS) as running:
        yield running


@pytest.fixture
def patient(url: str) -> Iterator[Serving]:
    """A service over a few acts, in which a busy machine does not stop statements."""
    asyncio.run(fill(url, 30))
    with serving(url, 60) as running:
        yield running
