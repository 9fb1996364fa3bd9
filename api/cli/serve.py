"""`pledgegraph serve`: the service on uvicorn."""

from pathlib import Path

import uvicorn

from api.app import create_app
from api.settings import Settings


def run(store: str | None, host: str | None, port: int | None, model: Path | None) -> None:
    """Serves until it is stopped."""
    settings = Settings.of(store=store, host=host, port=port, model=model)
    uvicorn.run(create_app(settings), host=settings.host, port=settings.port)
