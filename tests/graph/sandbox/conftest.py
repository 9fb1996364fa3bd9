"""A way to put statements of others to a store."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from graph.bolt import BoltStore
from graph.raw import Limits
from graph.rows import as_json

Ask = Callable[..., Awaitable[list[list[Any]]]]


@pytest.fixture
def ask(store: BoltStore) -> Ask:
    """The rows of a statement of somebody else."""
    return asker(store)


def asker(store: BoltStore) -> Ask:
    async def ask(text: str, parameters: dict[str, Any] | None = None, **limits: Any) -> list[list[Any]]:
        answer = await store.raw(text, parameters or {}, as_json, Limits(**limits))
        rows: list[list[Any]] = json.loads(answer.body)["rows"]
        assert len(rows) == answer.rows
        return rows

    return ask
