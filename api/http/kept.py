"""Answers that are kept as long as the store has not changed, so that asking again costs a look at its sequence."""

import time
from collections import OrderedDict
from datetime import date
from typing import Final, NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.store import Store, StoreError

_PATHS: Final = frozenset({"/ask", "/calls", "/commitments", "/counts"})
_MOST_BYTES: Final = 64 * 2**20
_LARGEST: Final = 4 * 2**20
_GLANCE: Final = 0.05
_Key = tuple[object, ...]


class _Answer(NamedTuple):
    sequence: int
    messages: tuple[Message, ...]
    size: int


class Kept:
    """Middleware that gives an answer again while the sequence of the store is what it was when it was first asked for.

    The sequence is read before the answer is made: an answer that a write has overtaken is then made anew at worst. One
    look holds for a twentieth of a second, or until this service writes: so soon is seen what other processes write.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._answers: OrderedDict[_Key, _Answer] = OrderedDict()
        self._size = 0
        self._seen, self._until = -1, 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] not in _PATHS:
            await self._app(scope, receive, send)
            if scope["type"] == "http" and scope["method"] not in ("GET", "HEAD", "OPTIONS"):
                self._until = 0.0
            return
        try:
            sequence = await self._sequence(scope["app"].state.service.store)
        except StoreError:
            await self._app(scope, receive, send)  # it will say so
            return
        accepted = tuple(value for name, value in scope["headers"] if name == b"accept")
        # The day belongs to the question: people ask for what is new since last Monday.
        key = scope["path"], scope["query_string"], accepted, date.today()
        found = self._answers.get(key)
        if found is None or found.sequence != sequence:
            self._forget(key)
            messages: list[Message] = []

            async def noted(message: Message) -> None:
                messages.append(message)
                await send(message)

            await self._app(scope, receive, noted)
            self._keep(key, sequence, messages)
            return
        self._answers.move_to_end(key)  # the one that was not asked for longest goes first
        for message in found.messages:
            # What is outside this one adds headers to the message that it gets.
            await send({**message, "headers": [*message["headers"]]} if "headers" in message else message)

    async def _sequence(self, store: Store) -> int:
        now = time.monotonic()
        if now >= self._until:
            self._seen = await store.sequence()
            self._until = now + _GLANCE
        return self._seen

    def _keep(self, key: _Key, sequence: int, messages: list[Message]) -> None:
        size = sum(len(message.get("body", b"")) for message in messages) + 1000
        if messages and messages[0].get("status") == 200 and size <= _LARGEST:
            self._answers[key] = _Answer(sequence, tuple(messages), size)
            self._size += size
        while self._size > _MOST_BYTES:
            self._forget(next(iter(self._answers)))

    def _forget(self, key: _Key) -> None:
        gone = self._answers.pop(key, None)
        self._size -= gone.size if gone else 0
