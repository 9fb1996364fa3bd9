"""The workers of a service: some wait, some answer, and those that were killed or have become slow are replaced."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Self

from graph.sparql.limits import LimitError, Limits
from graph.sparql.nursery import Nursery, WorkerError
from graph.sparql.process import Answer, EndedError, Query, Worker
from graph.sparql.turns import Turns

# A query that takes longer gives way to all others. Most are answered long before.
_QUICK: Final = 0.05


class Workers:
    """Answers SPARQL queries, each in a process of its own that is killed when the query goes too far.

    At most `most` at a time, of one client at most `share`; `spare` processes wait for queries.
    """

    def __init__(self, limits: Limits, *, most: int = 8, share: int = 4, spare: int = 3) -> None:
        self.limits = limits
        self._turns, self._share, self._spare = Turns(most, share), share, spare
        self._nursery = Nursery(limits)
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._starting = 0

    async def __aenter__(self) -> Self:
        self._top_up(None)
        return self

    async def __aexit__(self, *exception: object) -> None:
        """Kills all workers and waits for their end."""
        self._spare = 0
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for worker in (*self._idle, *self._busy):
            worker.kill()
        self._idle.clear()
        await self._nursery.close()

    async def answer(self, query: Query, folder: Path, client: str = "") -> Answer:
        """The whole answer to a query over a snapshot; its `body` is the caller's to close.

        Raises RefusedError, LimitError, MalformedError, FormError, BusyError and WorkerError.
        """
        if len(query.text) > self.limits.length:
            raise LimitError.of("length", self.limits)
        deadline = asyncio.get_running_loop().time() + self.limits.seconds
        async with self._turns.turn(client, deadline):
            try:
                async with asyncio.timeout_at(deadline):
                    try:
                        return await self._answer(query, folder)
                    except EndedError:
                        return await self._answer(query, folder)
            except TimeoutError:
                raise LimitError.of("time", self.limits) from None

    async def _answer(self, query: Query, folder: Path) -> Answer:
        worker = await self._worker(folder)
        self._busy.add(worker)
        self._top_up(folder)
        slowed = asyncio.get_running_loop().call_later(_QUICK, worker.slow_down)
        try:
            return await worker.answer(query, folder)
        finally:
            slowed.cancel()
            self._busy.discard(worker)
            if worker.usable and len(self._idle) < self._share:
                self._idle.append(worker)
            else:
                worker.kill()
            self._top_up(folder)

    async def _worker(self, folder: Path) -> Worker:
        while self._idle:
            if (worker := self._idle.pop()).usable:
                return worker
            worker.kill()
        return await self._started(folder)

    async def _started(self, folder: Path | None) -> Worker:
        return await Worker.start(await self._nursery.cradle(), self.limits, folder)

    def _top_up(self, folder: Path | None) -> None:
        for _ in range(self._spare - len(self._idle) - self._starting):
            self._starting += 1
            self._later(self._start(folder))

    async def _start(self, folder: Path | None) -> None:
        try:
            # Whoever asks next and finds no worker starts one too, and is told if that fails.
            with suppress(WorkerError):
                self._idle.append(await self._started(folder))
        finally:
            self._starting -= 1

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
