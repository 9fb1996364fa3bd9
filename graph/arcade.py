"""How an ArcadeDB server from the `arcadedb-embedded` wheel is started, on the loopback only.

It brings its own Java. Its ports are given by the kernel (so none can be taken already), its passwords are fresh at
every start, and only their hashes reach its configuration. One of its two users may only read.
"""

import base64
import hashlib
import json
import os
import secrets
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Final

from graph.instance import Start
from graph.store import StoreError

DATABASE: Final = "graph"
WRITER: Final = "root"
READER: Final = "reader"
LASTING: Final = ("-Xms64m", "-Xmx1g")
_ITERATIONS: Final = 1000
# A short start counts for more than the last bit of speed: one compiler, one collector, no probing of the machine.
_JAVA: Final = (
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
    "server.defaultDatabases": f"{DATABASE}[{WRITER}]",
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


def start(
    folder: Path,
    *,
    java: Sequence[str] = LASTING,
    settings: Mapping[str, str] = MappingProxyType({}),
    expendable: bool = False,
) -> Start:
    """A command line for this folder, and passwords of which only hashes are written down for the server.

    `java` are options of the virtual machine and `settings` of the server, besides those that every server here has.
    """
    spec = find_spec("arcadedb_embedded")
    if spec is None or not spec.submodule_search_locations:
        raise StoreError(
            "the embedded store needs the package arcadedb-embedded, which is not installed; "
            "install it, or give the address of a Neo4j server"
        )
    wheel = Path(next(iter(spec.submodule_search_locations)))
    passwords = {WRITER: secrets.token_urlsafe(32), READER: secrets.token_urlsafe(32)}
    configuration = folder / "run" / "config"
    configuration.mkdir(mode=0o700, exist_ok=True)
    _write(configuration / "server-users.jsonl", *(_user(name, word) for name, word in passwords.items()))
    _write(configuration / "server-groups.json", {"version": 2, "databases": {"*": {"groups": _GROUPS}}})
    settings = (
        _SETTINGS
        | dict(settings)
        | {
            "server.rootPath": str(folder),
            "server.databaseDirectory": str(folder / "databases"),
            "server.configDirectory": str(configuration),
            "server.logsDirectory": str(folder / "log"),
        }
    )
    properties = [f"-Darcadedb.{key}={value}" for key, value in settings.items()]
    command = [str(wheel / "jre" / "bin" / "java"), *_JAVA, *java, *properties, "-cp", str(wheel / "jars" / "*")]
    return Start([*command, "com.arcadedb.server.ArcadeDBServer"], passwords[WRITER], passwords[READER], expendable)


def _user(name: str, password: str) -> dict[str, object]:
    salt = base64.b64encode(secrets.token_bytes(32)).decode()
    # Few rounds: what is hashed is random and long, and every new connection waits for it.
    digest = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), _ITERATIONS)
    hashed = f"PBKDF2WithHmacSHA256${_ITERATIONS}${salt}${base64.b64encode(digest).decode()}"
    return {"name": name, "password": hashed, "databases": {"*": ["admin" if name == WRITER else READER]}}


def _group(may: list[str], records: list[str]) -> dict[str, object]:
    return {"resultSetLimit": -1, "readTimeout": -1, "access": may, "types": {"*": {"access": records}}}


_GROUPS: Final = {
    "admin": _group(
        ["updateSecurity", "updateSchema", "updateDatabaseSettings"],
        ["createRecord", "readRecord", "updateRecord", "deleteRecord"],
    ),
    READER: _group([], ["readRecord"]),
    "*": _group([], []),
}


def _write(path: Path, *lines: object) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as out:
        out.writelines(json.dumps(line) + "\n" for line in lines)
