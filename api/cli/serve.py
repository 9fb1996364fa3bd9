"""`pledgegraph serve`: the service on uvicorn."""

import asyncio
from pathlib import Path

import uvicorn
from typer import Exit, echo

from api.app import create_app
from api.cli.failures import FAILED
from api.cli.store import opened
from api.settings import Settings


def run(store: str | None, host: str | None, port: int | None, model: Path | None) -> None:
    """Serves until it is stopped."""
    asyncio.run(_serve(Settings.of(store=store, host=host, port=port, model=model)))


async def _serve(settings: Settings) -> None:
    # Opened here too, so that a store that cannot be used is told in one line before the service starts.
    async with opened(settings):
        server = uvicorn.Server(uvicorn.Config(create_app(settings), host=settings.host, port=settings.port))
        echo(f"pledgegraph answers on http://{settings.host}:{settings.port}/ - stop it with Ctrl-C.")
        await server.serve()
    if not server.started:
        raise Exit(FAILED)
