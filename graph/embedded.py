"""The store that needs no installation: an ArcadeDB server from the `arcadedb-embedded` wheel, on the loopback only.

It brings its own Java. Its ports are given by the kernel (so none can be taken already), its passwords are fresh at
every start, and only their hashes reach its configuration. Reads log in as a user who may only read.
"""

import asyncio
import base64
import hashlib
import json
import os
import secrets
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Self

from neo4j.exceptions import AuthError, DriverError, Forbidden, Neo4jError

from graph.instance import Seat, Start
from graph.store import StoreError

_DATABASE: Final = "graph"
_WRITER: Final = "root"
_READER: Final = "reader"
_ITERATIONS: Final = 1000
# A short start counts for more than the last bit of speed: one compiler, one collector, no probing of the machine.
_JAVA: Final = (
    "-Xms64m",
    "-Xmx1g",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "--add-modules=jdk.incubator.vector",
    "--enable-native-access=ALL-UNNAMED",
    "-Djava.awt.headless=true",
)
_MESSAGE: Final = 64 * 2**20
_SETTINGS: Final = {
    "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
    "server.mode": "development",  # the other modes hide from the client what went wrong
    "server.defaultDatabases": f"{_DATABASE}[{_WRITER}]",
    "server.httpIncomingHost": "127.0.0.1",
    "server.httpIncomingPort": "0",
    "server.healthCheck.enabled": "false",
    "bolt.host": "127.0.0.1",
    "bolt.port": "0",
    "bolt.maxMessageSize": str(_MESSAGE),
    "bolt.packstream.maxValueLength": str(_MESSAGE),
    "command.timeout": "60000",
    "opencypher.loadCsv.allowFileUrls": "false",
    "opencypher.loadCsv.allowRemoteUrls": "false",
    "txWalFlush": "1",
    "serverMetrics": "false",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """A place at the server of a data folder."""

    seat: Seat
    address: str
    writer: tuple[str, str]
    reader: tuple[str, str]
    database: str = _DATABASE
    schema: tuple[str, ...] = ()
    patience: float = 3.0

    @classmethod
    async def in_folder(cls, folder: Path) -> Self:
        """Start the server of this folder, or join it where it runs. Raises `StoreError`."""
        return await asyncio.to_thread(cls._seated, folder)

    @classmethod
    def _seated(cls, folder: Path) -> Self:
        folder = folder.expanduser().absolute()
        try:
            seat = Seat(folder)
        except OSError as error:
            raise _unusable(folder, error) from error
        try:
            instance = seat.server(lambda: _start(folder))
        except OSError as error:
            seat.leave()
            raise _unusable(folder, error) from error
        except BaseException:
            seat.leave()
            raise
        address = f"bolt://127.0.0.1:{instance.port}"
        return cls(seat=seat, address=address, writer=(_WRITER, instance.writer), reader=(_READER, instance.reader))

    @property
    def name(self) -> str:
        """How messages call this server."""
        return f"the embedded store in {self.seat.folder}"

    def check(self, agent: str) -> None:
        """The wheel is ours, and so is its version."""

    def advice(self, error: DriverError | Neo4jError) -> str:
        """What to do about an error, by its kind."""
        match error:
            case Forbidden():
                return "reading never changes the store"
            case AuthError():
                return f"another server took its place; remove {self.seat.run} when no other command uses the folder"
            case DriverError():
                return f"its server ended or hangs; its log is {self.seat.log}"
            case _:
                return ""

    def writing(self) -> AbstractAsyncContextManager[None]:
        """One writer among all processes: this server lets them collide, and the later one would start all over."""
        return self.seat.writing()

    async def close(self) -> None:
        """Leave; the server stops after its last user, and then this returns."""
        await asyncio.to_thread(self.seat.leave)


def _unusable(folder: Path, error: OSError) -> StoreError:
    reason = error.strerror or str(error)
    return StoreError(f"the data folder {folder} cannot be used: {reason}; choose another one or make it writable")


def _start(folder: Path) -> Start:
    """A command line for this folder, and passwords of which only hashes are written down for the server."""
    spec = find_spec("arcadedb_embedded")
    if spec is None or not spec.submodule_search_locations:
        raise StoreError(
            "the embedded store needs the package arcadedb-embedded, which is not installed; "
            "install it, or give the address of a Neo4j server"
        )
    wheel = Path(next(iter(spec.submodule_search_locations)))
    passwords = {_WRITER: secrets.token_urlsafe(32), _READER: secrets.token_urlsafe(32)}
    configuration = folder / "run" / "config"
    configuration.mkdir(mode=0o700, exist_ok=True)
    _write(configuration / "server-users.jsonl", *(_user(name, word) for name, word in passwords.items()))
    _write(configuration / "server-groups.json", {"version": 2, "databases": {"*": {"groups": _GROUPS}}})
    settings = _SETTINGS | {
        "server.rootPath": str(folder),
        "server.databaseDirectory": str(folder / "databases"),
        "server.configDirectory": str(configuration),
        "server.logsDirectory": str(folder / "log"),
    }
    properties = [f"-Darcadedb.{key}={value}" for key, value in settings.items()]
    java = [str(wheel / "jre" / "bin" / "java"), *_JAVA, *properties, "-cp", str(wheel / "jars" / "*")]
    return Start([*java, "com.arcadedb.server.ArcadeDBServer"], passwords[_WRITER], passwords[_READER])


def _user(name: str, password: str) -> dict[str, object]:
    salt = base64.b64encode(secrets.token_bytes(32)).decode()
    # Few rounds: what is hashed is random and long, and every new connection waits for it.
    digest = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), _ITERATIONS)
    hashed = f"PBKDF2WithHmacSHA256${_ITERATIONS}${salt}${base64.b64encode(digest).decode()}"
    return {"name": name, "password": hashed, "databases": {"*": ["admin" if name == _WRITER else _READER]}}


def _group(may: list[str], records: list[str]) -> dict[str, object]:
    return {"resultSetLimit": -1, "readTimeout": -1, "access": may, "types": {"*": {"access": records}}}


_GROUPS: Final = {
    "admin": _group(
        ["updateSecurity", "updateSchema", "updateDatabaseSettings"],
        ["createRecord", "readRecord", "updateRecord", "deleteRecord"],
    ),
    _READER: _group([], ["readRecord"]),
    "*": _group([], []),
}


def _write(path: Path, *lines: object) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as out:
        out.writelines(json.dumps(line) + "\n" for line in lines)
