"""Neo4j as a server: addresses, versions, and errors that say what to do."""

import socket
import threading
from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlsplit

import pytest

from graph.bolt import BoltStore
from graph.neo4j import Neo4j
from graph.rows import as_json
from graph.store import StoreError
from graph.stores import _server, open_store
from ontology.records import Act
from ontology.triples import triples

pytestmark = pytest.mark.anyio


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port on which something listens that is not Bolt: it answers every connection with a line of text."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    # Closing before the handshake is read would reset the connection, and the answer with it.
                    connection.recv(1024)
                    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        threading.Thread(target=answer, daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


async def test_a_refused_connection_is_said_so(free_port: int) -> None:
    with pytest.raises(StoreError, match=rf"Neo4j at bolt://127\.0\.0\.1:{free_port}: .*is the server running"):
        await open_store(f"bolt://127.0.0.1:{free_port}", password="secret")


async def test_a_server_that_is_not_bolt_is_said_so(silent_port: int) -> None:
    with pytest.raises(StoreError, match="this is the HTTP port"):
        await open_store(f"bolt://127.0.0.1:{silent_port}", password="secret")


async def test_a_wrong_password_is_said_so_and_not_repeated(neo4j_url: str) -> None:
    with pytest.raises(StoreError, match="check the user and the password") as error:
        await open_store(neo4j_url, password="not-the-one")
    assert "not-the-one" not in str(error.value)


async def test_a_database_that_is_not_there_is_named(neo4j_url: str) -> None:
    with pytest.raises(StoreError, match="create the database nowhere"):
        await open_store(f"{neo4j_url}/nowhere")


async def test_user_and_password_may_stand_beside_the_address(neo4j_url: str) -> None:
    parts = urlsplit(neo4j_url)
    store = await open_store(f"bolt://{parts.hostname}:{parts.port}", user=parts.username, password=parts.password)
    async with store:
        assert await store.read("RETURN $x AS x", {"x": 1}) == [{"x": 1}]


async def test_actions_and_quotes_have_full_text_indexes(neo4j_url: str, acts: tuple[Act, ...]) -> None:
    async with await open_store(neo4j_url) as store:
        assert isinstance(store, BoltStore)
        await store.prepare()
        await store.add(triples(acts))
        await store.read("CALL db.awaitIndexes(30)", {})
        for index, word, label in (
            ("act_words", "culprits", "Call"),
            ("utterance_words", "everywhere", "Utterance"),
            ("utterance_words", "expects", "Utterance"),
        ):
            search = "CALL db.index.fulltext.queryNodes($index, $word) YIELD node RETURN labels(node)[0] AS label"
            assert await store.read(search, {"index": index, "word": word}) == [{"label": label}], (index, word)


@pytest.fixture
async def reader(neo4j_url: str) -> AsyncIterator[tuple[str, str]]:
    """Another user, of whom this edition knows no roles."""
    name, word = "somebody_who_reads", "a password for tests"
    async with await open_store(neo4j_url) as store:
        assert isinstance(store, BoltStore)
        create = "CREATE USER $name SET PASSWORD $word CHANGE NOT REQUIRED"
        await store._driver.execute_query(create, name=name, word=word, database_="system")
        yield name, word
        await store._driver.execute_query("DROP USER $name", name=name, database_="system")


async def test_whoever_reads_logs_in_as_the_reader(neo4j_url: str, reader: tuple[str, str]) -> None:
    async with await open_store(neo4j_url, reader=reader[0], reader_password=reader[1]) as store:
        who = "SHOW CURRENT USER YIELD user RETURN user"
        assert await store.read(who, {}) == [{"user": reader[0]}]
        assert (await store.raw("RETURN 1 AS one", {}, as_json)).rows == 1


async def test_a_reader_who_cannot_log_in_is_said_so_at_once(neo4j_url: str) -> None:
    with pytest.raises(StoreError, match="check the user and the password"):
        await open_store(neo4j_url, reader="nobody", reader_password="nothing")
    with pytest.raises(StoreError, match="PLEDGEGRAPH_READER_PASSWORD"):
        await open_store(neo4j_url, reader="nobody")


@pytest.mark.parametrize("agent", ["Neo4j/4.4.40", "Neo4j/5.6.0"])
def test_an_old_server_is_refused(agent: str) -> None:
    with pytest.raises(StoreError, match=r"too old; use Neo4j 5\.7 or later"):
        Neo4j(address="bolt://localhost:7687", writer=None).check(agent)


@pytest.mark.parametrize("agent", ["Neo4j/5.26.12", "Neo4j/2025.10.1", "Memgraph"])
def test_a_newer_server_or_another_is_accepted(agent: str) -> None:
    Neo4j(address="bolt://localhost:7687", writer=None).check(agent)


@pytest.mark.parametrize(
    ("url", "address", "writer", "database"),
    [
        ("bolt://localhost", "bolt://localhost:7687", None, None),
        ("neo4j+s://u:p%40ss@db.example.org:7688/pledges", "neo4j+s://db.example.org:7688", ("u", "p@ss"), "pledges"),
        ("bolt+ssc://:word@[::1]:7000/", "bolt+ssc://[::1]:7000", ("neo4j", "word"), None),
    ],
)
def test_addresses(url: str, address: str, writer: tuple[str, str] | None, database: str | None) -> None:
    server = _server(url, None, None)
    assert (server.address, server.writer, server.database) == (address, writer, database)


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://localhost:7474", "is no address of a store"),
        ("data", "is no address of a store"),
        ("embedded:", "needs a folder"),
        ("bolt://localhost:99999", "a port that is no number"),
        ("bolt://", "names no host"),
    ],
)
async def test_an_address_that_is_none_is_said_so(url: str, problem: str) -> None:
    with pytest.raises(StoreError, match=problem):
        await open_store(url)


@pytest.mark.parametrize("address", ["bolt://neo4j:hidden-word@127.0.0.1:{}", "http://neo4j:hidden-word@127.0.0.1:{}"])
async def test_a_password_never_stands_in_a_message(free_port: int, address: str) -> None:
    with pytest.raises(StoreError) as error:
        await open_store(address.format(free_port))
    assert "hidden-word" not in str(error.value)
