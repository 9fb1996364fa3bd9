"""What a running service holds: the store, and what is loaded once or learnt from the store."""

import asyncio
from typing import Annotated

from fastapi import Depends, Request

from api.reading import loaded
from api.settings import Settings
from graph.find import lexicon
from graph.lexicon import Lexicon
from graph.replica.replica import Replica
from graph.store import Store
from loaders.reading.read import Reader
from loaders.reading.registry import Registry
from ontology.mapping import BY_RECORD
from ontology.records import Actor, Record, Statement


class Service:
    """The store with its lexicon and, from the first posted statement on, the reader."""

    def __init__(self, settings: Settings, store: Store, known: tuple[Actor, ...]) -> None:
        self.settings, self.store = settings, store
        self.replica: Replica | None = None
        self._known = known
        self._lexicon: Lexicon | None = None
        self._learnt_from = -1
        self._reader: Reader | None = None
        self._learning, self._loading, self.reading = asyncio.Lock(), asyncio.Lock(), asyncio.Lock()

    @classmethod
    async def of(cls, settings: Settings, store: Store) -> "Service":
        """The service of a store, with the constraints in place and the names learnt."""
        await store.prepare()
        registry = await asyncio.to_thread(Registry.load)
        service = cls(settings, store, registry.actors())
        await service.lexicon()
        return service

    async def lexicon(self) -> Lexicon:
        """The names by which things can be asked for, learnt anew when there are more statements than before.

        The store is asked every time, since others may write to it.
        """
        async with self._learning:
            statements = await self.count(Statement)
            if self._lexicon is None or statements != self._learnt_from:
                self._lexicon = await lexicon(self.store, self._known)
                self._learnt_from = statements
            return self._lexicon

    async def count(self, record: type[Record]) -> int:
        """How many records of a class the store holds."""
        rows = await self.store.read(f"MATCH (n:{BY_RECORD[record].label}) RETURN count(n) AS many", {})
        return int(rows[0]["many"])

    async def reader(self) -> Reader:
        """The reader, loaded at the first call; raises ModelError."""
        async with self._loading:
            if self._reader is None:
                self._reader = await asyncio.to_thread(loaded, self.settings.model)
            return self._reader


async def _service(request: Request) -> Service:
    service = request.app.state.service
    assert isinstance(service, Service)
    return service


Served = Annotated[Service, Depends(_service)]
