"""The store that a command works on: how it is named on the command line, and how it is opened."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from api.settings import Settings
from graph.store import Store
from graph.stores import open_store


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Store]:
    """The store of the settings, ready for reading and writing, closed in the end. Raises StoreError."""
    async with await open_store(settings.store, **settings.login()) as store:
        await store.prepare()
        yield store
