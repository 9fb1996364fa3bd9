"""Open a store by its address."""

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from graph.bolt import BoltStore
from graph.embedded import Embedded
from graph.neo4j import Neo4j
from graph.store import Store, StoreError

_SCHEMES = frozenset(f"{protocol}{security}" for protocol in ("bolt", "neo4j") for security in ("", "+s", "+ssc"))


async def open_store(
    url: str,
    *,
    user: str | None = None,
    password: str | None = None,
    reader: str | None = None,
    reader_password: str | None = None,
) -> Store:
    """The store at `embedded:PATH`, or on a server at `bolt://HOST:PORT` or `neo4j://HOST:PORT`, also `+s`, `+ssc`.

    A server's address may have the user and the password in it, and end with `/DATABASE`. Where a `reader` is given,
    whatever only reads is done as that user. Close the store when done.
    Raises `StoreError`, which says what is wrong and what to do.
    """
    scheme, _, rest = url.partition(":")
    if scheme == "embedded":
        if not rest:
            raise StoreError("embedded: needs a folder after the colon, for example embedded:data")
        return await _embedded(Path(rest))
    if scheme not in _SCHEMES:
        raise StoreError(
            f"{_shown(url)} is no address of a store; use embedded:FOLDER, bolt://HOST:PORT or neo4j://HOST:PORT"
        )
    server = _server(url, user, password)
    if reader:
        if not reader_password:
            raise StoreError(f"the reader {reader} needs a password; give PLEDGEGRAPH_READER_PASSWORD too")
        server = replace(server, reader=(reader, reader_password))
    return await BoltStore.connect(server)


async def _embedded(folder: Path) -> Store:
    backend = await Embedded.in_folder(folder)
    try:
        return await BoltStore.connect(backend)
    except BaseException:
        await backend.close()
        raise


def _server(url: str, user: str | None, password: str | None) -> Neo4j:
    parts = urlsplit(url)
    try:
        port = parts.port or 7687
    except ValueError as error:
        raise StoreError(f"{parts.scheme}://{parts.hostname} has a port that is no number below 65536") from error
    if not parts.hostname:
        raise StoreError(f"{_shown(url)} names no host; write it like bolt://localhost:7687")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    name = user or unquote(parts.username or "") or "neo4j"
    word = password if password is not None else unquote(parts.password or "")
    return Neo4j(
        address=f"{parts.scheme}://{host}:{port}",
        writer=(name, word) if word else None,
        database=parts.path.strip("/") or None,
    )


def _shown(url: str) -> str:
    """An address for messages, without user and password."""
    return re.sub(r"//[^/]*@", "//", url)
