"""The acts as one Parquet table: a row an act, lists as lists, for DuckDB, pandas, R and the like."""

from collections.abc import Iterable
from typing import Any, BinaryIO, Final

import pyarrow as pa
import pyarrow.parquet as pq

from graph.export.acts import pages
from graph.store import Store
from ontology.records import Act, Actor

_STRINGS: Final = pa.list_(pa.string())
SCHEMA: Final = pa.schema(
    {
        "iri": pa.string(),
        "kind": pa.string(),
        "actors": _STRINGS,
        "actor_codes": _STRINGS,
        "counterparts": _STRINGS,
        "counterpart_codes": _STRINGS,
        "action": pa.string(),
        "fields": _STRINGS,
        "date": pa.string(),
        "force": pa.int8(),
        "negated": pa.bool_(),
        "reaffirmed": pa.bool_(),
        "deadline": pa.string(),
        "due": pa.string(),
        "quantity": pa.string(),
        "amount": pa.float64(),
        "unit": pa.string(),
        "condition": pa.string(),
        "speaker": pa.string(),
        "event": pa.string(),
        "initiatives": _STRINGS,
        "said": pa.int32(),
        "quote": pa.string(),
        "quote_start": pa.int64(),
        "start": pa.int64(),
        "end": pa.int64(),
        "document": pa.string(),
        "title": pa.string(),
        "issuer": pa.string(),
        "url": pa.string(),
        "sha256": pa.string(),
        "plover": pa.string(),
        "cameo": pa.string(),
        "rule": pa.string(),
        "extractor": pa.string(),
        "confidence": pa.float64(),
    }
)


async def write(store: Store, out: BinaryIO) -> None:
    """Writes every act with its earliest utterance; `said` counts them. Raises StoreError."""
    with pq.ParquetWriter(out, SCHEMA, compression="zstd") as writer:
        async for page in pages(store):
            writer.write_table(pa.Table.from_pylist([_row(act) for act in page], schema=SCHEMA))


def _row(act: Act) -> dict[str, Any]:
    said = min(act.utterances, key=lambda said: (said.statement.date or "9999", said.statement.iri, said.start))
    row: dict[str, Any] = {
        "actors": _names(act.actors),
        "actor_codes": _codes(act.actors),
        "counterparts": _names(act.counterparts),
        "counterpart_codes": _codes(act.counterparts),
        "speaker": said.speaker.name if said.speaker else None,
        "event": said.event.name if said.event else None,
        "initiatives": [initiative.name for initiative in act.initiatives],
        "said": len(act.utterances),
    }
    # What has the same name in a record and in the table: the act's own value first, then that of its utterance.
    for name in SCHEMA.names:
        for record in (act, said, said.statement):
            if name not in row and hasattr(record, name):
                row[name] = getattr(record, name)
    return row


def _names(actors: Iterable[Actor]) -> list[str]:
    return [actor.name for actor in actors]


def _codes(actors: Iterable[Actor]) -> list[str]:
    return [actor.code or actor.iri for actor in actors]
