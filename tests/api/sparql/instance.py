"""A SPARQL endpoint of its own on a real port: the service's route, workers and problems over a store of the test's."""

import asyncio
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import httpx2
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import Response
from pyoxigraph import Store
from starlette.exceptions import HTTPException

from api.app import PROBLEMS, told, told_by_status
from api.http import sparql
from api.http.headers import Headers
from api.http.raw import opened
from graph.sparql.limits import Limits
from graph.sparql.pool import Workers

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Published:
    """A snapshot folder."""

    folder: Path
    sequence: int


class Replica:
    """A store that a test writes to, and publishes as a replica would."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder / "store")
        self._folder, self._newest = folder, Published(folder, -1)
        self.publish()

    def publish(self) -> None:
        """What the store holds now is what is asked from now on."""
        number = self._newest.sequence + 1
        folder = self._folder / f"snapshot-{number}"
        self.store.backup(folder)
        self._newest = Published(folder, number)

    @contextmanager
    def snapshot(self) -> Iterator[Published]:
        yield self._newest

    @property
    def sequence(self) -> int:
        return self._newest.sequence

    async def reaches(self, sequence: int, timeout: float) -> bool:  # noqa: ASYNC109 - as the real one
        await asyncio.sleep(0 if self.sequence >= sequence else min(timeout, 0.3))
        return self.sequence >= sequence


@dataclass(frozen=True)
class Standing:
    """A snapshot that stays the newest."""

    folder: Path
    sequence: int = 7

    @contextmanager
    def snapshot(self) -> Iterator[Published]:
        yield Published(self.folder, self.sequence)

    async def reaches(self, sequence: int, timeout: float) -> bool:  # noqa: ASYNC109 - as the real one
        return self.sequence >= sequence


async def anybody() -> None:
    """Takes the place of the dependency that asks whether the service is open."""


def app_over(replica: Replica | Standing, limits: Limits, **pool: int) -> FastAPI:
    """The endpoint, and beside it `/update` and `/same`: one takes updates, one gives the same bytes every time."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with Workers(limits, **pool) as workers:
            app.state.sparql = sparql.Endpoint(replica, workers)
            yield

    app = FastAPI(lifespan=lifespan)
    app.include_router(sparql.router)
    app.dependency_overrides[opened] = anybody
    app.add_middleware(Headers)
    for error in PROBLEMS:
        app.add_exception_handler(error, told)
    app.add_exception_handler(HTTPException, told_by_status)

    @app.post("/update")
    async def update(request: Request) -> Response:
        assert isinstance(replica, Replica)
        try:
            replica.store.update((await request.body()).decode(), base_iri=request.query_params.get("base"))
        except SyntaxError as error:
            return Response(str(error), 400)
        except (OSError, RuntimeError) as error:
            return Response(str(error), 422)
        replica.publish()
        return Response(status_code=204)

    @app.get("/same")
    async def same() -> Response:
        return Response(b"{}", media_type="application/json")

    return app


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The address of a running service."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on"))
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listening])))
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the service does not start"
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


@contextmanager
def serving_apart(folder: Path, limits: Limits) -> Iterator[str]:
    """The address of an endpoint over a snapshot, in a process of its own, so that clients do not share its time."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = subprocess.Popen(
            [
                sys.executable,
                "-c",
                f"from {__name__} import main; main()",
                folder,
                json.dumps(asdict(limits)),
                str(listening.fileno()),
            ],
            cwd=ROOT,
            pass_fds=[listening.fileno()],
        )
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.terminate()
            assert server.wait() in (0, -signal.SIGTERM)


def main() -> None:
    """What `serving_apart` runs."""
    folder, limits, listening = sys.argv[1:]
    app = app_over(Standing(Path(folder)), Limits(**json.loads(limits)))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on"))
    asyncio.run(server.serve([socket.socket(fileno=int(listening))]))


@dataclass(frozen=True)
class Instance:
    """A running endpoint, its store, and a client."""

    url: str
    replica: Replica
    client: httpx2.Client
    workers: Workers

    def ask(self, query: str, accept: str = "application/sparql-results+json", **more: Any) -> httpx2.Response:
        """The answer to a query that is sent as the body."""
        headers = {"Content-Type": "application/sparql-query", "Accept": accept, **more.pop("headers", {})}
        return self.client.post("/sparql", content=query.encode(), headers=headers, **more)


@contextmanager
def instance(folder: Path, limits: Limits, **pool: int) -> Iterator[Instance]:
    """An endpoint over an empty store, which runs until the block ends."""
    replica = Replica(folder)
    app = app_over(replica, limits, **pool)
    with serving(app) as url, httpx2.Client(base_url=url, timeout=60, trust_env=False) as client:
        yield Instance(url, replica, client, app.state.sparql.workers)
