"""What the clerk does, in its own process: put statements to a server one after another, and write down each answer.

A request is a line of JSON on the standard input; a reply is a line of JSON on the standard output and, where it says
`size`, as many bytes of the answer. The process ends at once with its input, that is with the process that started it.
"""

import importlib
import json
import logging
import os
import queue
import resource
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, Final

from neo4j import READ_ACCESS, Driver, GraphDatabase, Result, ResultSummary, Session
from neo4j.exceptions import AuthError, DriverError, Forbidden, Neo4jError

from graph.raw import PROCEDURES

_MEMORY: Final = 768 * 2**20
_NICER: Final = 5
_PAGE: Final = 1000
_WRITES: Final = {"refused": "writing", "message": "the statement does more than read"}
_OWN: Final = ("DatabaseNotFound", "Neo.ClientError.Security", "Neo.TransientError.General.DatabaseUnavailable")


class _Stop(Exception):  # noqa: N818 - it carries what is said, and nobody else sees it
    """The end of a statement without an answer: what to reply."""

    def __init__(self, **reply: str) -> None:
        self.reply = reply


def main() -> None:
    """Say with an empty line that it begins, and serve until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable()
    os.nice(_NICER)
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(sys.stdin.buffer, requests), daemon=True).start()
    desk = Desk()
    sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()
    while True:
        reply, body = desk.reply(json.loads(requests.get()))
        sys.stdout.buffer.write(json.dumps(reply).encode() + b"\n")
        for part in body:
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()


def _receive(source: BinaryIO, requests: "queue.SimpleQueue[bytes]") -> None:
    for line in source:
        requests.put(line)
    os._exit(0)


class Desk:
    """Keeps the connection to the last server, since the next statement most likely goes there too."""

    def __init__(self) -> None:
        self._driver: Driver | None = None
        self._to: object = None

    def reply(self, request: dict[str, Any]) -> tuple[dict[str, object], list[bytes]]:
        """The reply to one request, and the answer in parts."""
        try:
            session = self._session(request)
            answer = _answer(session, request)
            session.close()
        except _Stop as stop:
            # Nothing is closed: that would read the rest first, and who asked ends this process anyway.
            return dict(stop.reply), []
        except MemoryError:
            return {"limit": "memory"}, []
        except (DriverError, Neo4jError, OSError) as error:
            return _fault(error), []
        except (ValueError, TypeError, OverflowError) as error:
            return {"cypher": str(error)}, []
        return answer

    def _session(self, request: dict[str, Any]) -> Session:
        to = (request["address"], request["credentials"])
        if self._driver is None or self._to != to:
            if self._driver:
                self._driver.close()
            credentials = tuple(request["credentials"]) if request["credentials"] else None
            self._driver = GraphDatabase.driver(
                request["address"], auth=credentials, notifications_min_severity="OFF", connection_timeout=10
            )
            self._to = to
        return self._driver.session(
            database=request["database"], default_access_mode=READ_ACCESS, fetch_size=min(_PAGE, request["rows"] + 1)
        )


def _answer(session: Session, request: dict[str, Any]) -> tuple[dict[str, object], list[bytes]]:
    module, _, function = request["written"].partition(":")
    written = getattr(importlib.import_module(module), function)
    text, parameters = request["text"], request["parameters"]
    transaction = session.begin_transaction(timeout=request["seconds"])
    if request["explains"]:
        _only_reads(transaction.run(f"EXPLAIN {text}", parameters).consume())
    result = transaction.run(text, parameters)
    columns = list(result.keys())
    rows = _Rows(result, request["rows"])
    parts, size = [], 0
    for part in written(columns, rows):
        size += len(part)
        if size > request["size"]:
            raise _Stop(limit="size")
        parts.append(part)
    _only_reads(result.consume())
    transaction.close()
    return {"columns": columns, "rows": rows.many, "size": size}, parts


class _Rows:
    """The rows of a result, up to a limit that is an error."""

    def __init__(self, result: Result, limit: int) -> None:
        self._result, self._limit = result, limit
        self.many = 0

    def __iter__(self) -> Iterator[Sequence[Any]]:
        for record in self._result:
            if self.many == self._limit:
                raise _Stop(limit="rows")
            self.many += 1
            yield record.values()


def _only_reads(summary: ResultSummary) -> None:
    if summary.query_type not in ("r", None):
        raise _Stop(**_WRITES)
    steps = [summary.plan] if summary.plan else []
    while steps:
        step = steps.pop()
        steps.extend(step.get("children", ()))
        operator = str(step.get("operatorType", "")).partition("@")[0]
        called = str(step.get("args", {}).get("Details", "")).partition("(")[0].strip()
        if operator == "LoadCSV":
            raise _Stop(refused="load-csv", message="LOAD CSV reads files and addresses, which nobody may do here")
        if operator == "ProcedureCall" and called not in PROCEDURES:
            raise _Stop(refused="procedure", message=f"the procedure {called} may not be called here")


def _fault(error: Exception) -> dict[str, object]:
    if not isinstance(error, Neo4jError):
        return {"lost": str(error).split("\n")[0]}
    code, message = error.code or "", error.message or str(error)
    if isinstance(error, Forbidden):
        return dict(_WRITES)
    if "TransactionTimedOut" in code or code.endswith(".Terminated"):
        return {"limit": "time"}
    if "OutOfMemory" in code or "MemoryPool" in code or "in-heap" in message:
        return {"limit": "memory"}
    if isinstance(error, AuthError) or any(part in code for part in _OWN):
        return {"store": message}
    return {"cypher": message}
