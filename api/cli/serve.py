"""`pledgegraph serve`: the service on uvicorn."""

import asyncio
import socket

import uvicorn
from typer import echo

from api.app import create_app
from api.cli.store import opened
from api.settings import Settings


class ListenError(OSError):
    """An address on which nothing can be served: which, why, and what to do."""


class _Server(uvicorn.Server):
    """Says where it answers once it does."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            echo(f"pledgegraph answers on http://{f'[{host}]' if ':' in host else host}:{port}/ - stop it with Ctrl-C.")


def run(store: str | None, host: str | None, port: int | None, model: str | None, raw: bool | None) -> None:
    """Serves until it is stopped."""
    settings = Settings.of(store=store, host=host, port=port, model=model, raw=raw)
    with _listening(settings.host, settings.port) as listening:
        asyncio.run(_serve(settings, listening))


async def _serve(settings: Settings, listening: socket.socket) -> None:
    # Opened here too, so that a store that cannot be used is told in one line before the service starts.
    async with opened(settings):
        await _Server(uvicorn.Config(create_app(settings))).serve(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        why = str(error.strerror or error).partition(" (")[0]
        raise ListenError(f"{host}:{port}: cannot listen there ({why}). Give another --port or --host.") from error
