"""A copy is what stood in the store at one moment, however much is written meanwhile."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from neo4j import AsyncDriver, AsyncGraphDatabase

from graph.arcade import DATABASE, READER, start
from graph.bolt import BoltStore
from graph.instance import Seat
from graph.sandbox.copying import Copier, copy
from graph.store import Mark, StoreError
from graph.stores import open_store

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parents[3]
COPIES = int(os.environ.get("PLEDGEGRAPH_TEST_COPIES", "12"))
BATCH = 100
LOADER = """
import asyncio, sys
from graph.stores import open_store
from ontology.identifiers import statement_iri, utterance_iri, sha256
from ontology.records import Statement, Utterance
from ontology.terms import Kind
from ontology.triples import triples

def batch(number, size):
    for place in range(size // 2):
        text = f"We will do {number}-{place}."
        statement = Statement(iri=statement_iri(text), document=text, sha256=sha256(text), title=text, text=text * 20)
        yield statement
        yield Utterance(iri=utterance_iri(statement.iri, 0, 9, Kind.PLEDGE), statement=statement, kind=Kind.PLEDGE,
            actors=(), action=text, start=0, end=9, quote=text, quote_start=0, fields=(), force=None, rule="none",
            extractor="by hand", confidence=1.0)

async def main(folder, size):
    async with await open_store(f"embedded:{folder}") as store:
        await store.prepare()
        print("here", flush=True)
        number = 0
        while True:
            await store.add(triples(list(batch(number, int(size)))))
            number += 1

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.fixture
def loader(data_folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that writes as fast as it can."""
    command = [sys.executable, "-c", LOADER, str(data_folder), str(BATCH)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "here\n"
        yield process
        process.kill()


async def test_every_copy_holds_each_write_whole_or_not_at_all(
    data_folder: Path, tmp_path: Path, loader: "subprocess.Popen[str]"
) -> None:
    async with await open_store(f"embedded:{data_folder}") as store:
        assert isinstance(store, BoltStore)
        copier = Copier(data_folder / "databases" / DATABASE, store.mark, store._backend.writing)
        databases = tmp_path / "copies" / "databases"
        databases.mkdir(parents=True)
        marks = []
        for number in range(COPIES):
            marks.append(await copier.copy(databases / f"copy{number}"))
            await asyncio.sleep(0.05 * (number % 5))
        assert loader.poll() is None
        assert len({mark.sequence for mark in marks}) > COPIES / 2, "the store was written meanwhile"
    await examined(tmp_path / "copies", marks)


async def examined(folder: Path, marks: list[Mark]) -> None:
    seat = Seat(folder)
    try:
        settings = {"server.defaultDatabases": "", "server.databaseLoadAtStartup": "false"}
        how = partial(start, folder, settings=settings, expendable=True)
        instance = await asyncio.to_thread(seat.server, how)
        credentials = (READER, instance.reader)
        async with AsyncGraphDatabase.driver(f"bolt://127.0.0.1:{instance.port}", auth=credentials) as driver:
            for number, mark in enumerate(marks):
                await as_marked(driver, f"copy{number}", mark)
    finally:
        await asyncio.to_thread(seat.leave)


async def as_marked(driver: AsyncDriver, database: str, mark: Mark) -> None:
    """Every node and relationship of the writes up to the mark, found by scan, by index and by relationship."""
    writes = mark.sequence - 1  # the first one brought the fields
    for cypher, many in (
        ("MATCH (l:Ledger) RETURN l.sequence", mark.sequence),
        ("MATCH (s:Statement) RETURN count(s)", writes * BATCH // 2),
        ("MATCH (u:Utterance)-[:IN_STATEMENT]->(s:Statement) RETURN count(DISTINCT s)", writes * BATCH // 2),
        ("MATCH (u:Utterance) MATCH (v:Utterance {iri: u.iri}) RETURN count(v)", writes * BATCH // 2),
        ("MATCH (s:Statement) WHERE size(s.text) >= 260 RETURN count(s)", writes * BATCH // 2),
    ):
        records = (await driver.execute_query(cypher, database_=database)).records
        assert records[0].value() == many, (database, cypher)


def test_a_database_that_never_rests_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.sandbox.copying._PATIENCE", 0.3)
    busy = tmp_path / "busy"
    busy.mkdir()
    (busy / "file").write_text("now", "utf-8")
    os.utime(busy / "file", (2**33, 2**33))  # always just written
    with pytest.raises(StoreError, match="did not come to rest"):
        copy(busy, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
