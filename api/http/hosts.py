"""Under which names a service on the loopback answers: a page elsewhere must not reach it by a name of its own."""

import re
from collections.abc import Awaitable, Callable
from typing import Final

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.settings import loopback

_AUTHORITY: Final = re.compile(r"(\[[^\[\]]+\]|[^:\[\]]+)(?::\d*)?")


class MisdirectedError(Exception):
    """A request that came in under a name that is not this service's."""


class OwnHost:
    """ASGI middleware: while the service listens on the loopback, refuse what is asked under any other name.

    A browser trusts a page with whatever its host name leads to, and whoever owns the name can have it lead here.
    Where a service listens elsewhere, it cannot know by what names it is reached.
    """

    def __init__(self, app: ASGIApp, host: str, refused: Callable[[Request, Exception], Awaitable[Response]]) -> None:
        self._app, self._host, self._refused = app, host, refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with the problem."""
        asked = Headers(scope=scope).getlist("host") if scope["type"] == "http" and loopback(self._host) else ()
        foreign = next((name for name in asked if not _is_own(name)), None)
        if foreign is None:
            await self._app(scope, receive, send)
            return
        error = MisdirectedError(
            f"This service answers as localhost, 127.0.0.1 or [::1], not as {foreign!r}. Ask it under one of these "
            "names; to serve others, start it with --host ADDRESS or PLEDGEGRAPH_HOST."
        )
        response = await self._refused(Request(scope, receive), error)
        await response(scope, receive, send)


def _is_own(authority: str) -> bool:
    match = _AUTHORITY.fullmatch(authority.strip())
    return match is not None and loopback(match[1].strip("[]"))
