"""A running service on each store that holds the bank's world and nothing else."""

import asyncio
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from pyoxigraph import RdfFormat, Store

from api.app import create_app
from api.settings import Settings
from graph.bolt import BoltStore
from graph.embedded import Embedded
from ontology.triples import triples
from tests.bank.world import world


@pytest.fixture(scope="session")
def embedded_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that runs until the last test, so that no test waits for a start."""
    folder = tmp_path_factory.mktemp("bank")
    server = asyncio.run(Embedded.in_folder(folder))
    yield f"embedded:{folder}"
    asyncio.run(server.close())


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def client(request: pytest.FixtureRequest) -> Iterator[TestClient]:
    """The service, on a store with the world in it; the tests only read."""
    app = create_app(Settings(store=request.getfixturevalue(f"{request.param}_url"), raw=True))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        client.portal.call(_filled, app.state.service.store)
        yield client


async def _filled(store: BoltStore) -> None:
    await store._driver.execute_query("MATCH (n) DETACH DELETE n", database_=store._backend.database)
    await store.prepare()
    await store.add(triples([*world().acts.values(), *world().statements]))


@pytest.fixture(scope="module")
def oxigraph(client: TestClient) -> Store:
    """Everything that the service's store holds, as RDF in memory."""

    async def lines() -> str:
        store = client.app.state.service.store
        return "\n".join([" ".join(term.n3() for term in triple) + " ." async for triple in store.triples()])

    held = Store()
    held.load(client.portal.call(lines).encode(), format=RdfFormat.N_TRIPLES)
    return held
