"""What a running service holds: the store, and what is loaded once or learnt from the store."""

import asyncio
import time
from typing import Annotated, Final

from fastapi import Depends, Request
from graph.find import lexicon

from api.settings import Settings
from graph.lexicon import Lexicon
from graph.store import Store
from loaders.reading.read import Reader
from loaders.reading.registry import Registry
from ontology.records import Actor

LEXICON_SECONDS: Final = 30.0


class Service:
    """The store with its lexicon and, from the first posted statement on, the reader."""

    def __init__(self, settings: Settings, store: Store, known: tuple[Actor, ...]) -> None:
        self.settings, self.store = settings, store
        self._known = known
        self._lexicon: Lexicon | None = None
        self._learnt = 0.0
        self._reader: Reader | None = None
        self._learning, self._loading, self.reading = asyncio.Lock(), asyncio.Lock(), asyncio.Lock()

    @classmethod
    async def of(cls, settings: Settings, store: Store) -> "Service":
        """The service of a store, with the constraints in place and the registry of parties loaded."""
        await store.prepare()
        registry = await asyncio.to_thread(Registry.load)
        return cls(settings, store, registry.actors())

    async def lexicon(self) -> Lexicon:
        """The names by which things can be asked for; at most half a minute old, since others may write the store."""
        async with self._learning:
            if self._lexicon is None or time.monotonic() - self._learnt > LEXICON_SECONDS:
                self._lexicon = await lexicon(self.store, self._known)
                self._learnt = time.monotonic()
            return self._lexicon

    def forget_names(self) -> None:
        """Learn the lexicon anew at the next question, because a statement has come in."""
        self._lexicon = None

    async def reader(self) -> Reader:
        """The reader, loaded at the first call; raises ModelError."""
        async with self._loading:
            if self._reader is None:
                self._reader = await asyncio.to_thread(Reader.load, self.settings.model)
            return self._reader


def _service(request: Request) -> Service:
    service = request.app.state.service
    assert isinstance(service, Service)
    return service


Served = Annotated[Service, Depends(_service)]
