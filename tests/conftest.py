"""What all tests share: a folder of this run for what would go to the user's cache."""

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "PLEDGEGRAPH_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield
