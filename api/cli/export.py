"""`pledgegraph export`: the whole graph in another format."""

import asyncio
import csv
import io
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import BinaryIO, Final

from typer import BadParameter

from api.cli.formats import GraphFormat
from api.cli.outputs import output
from api.cli.store import opened
from api.rendering import COLUMNS, csv_rows
from api.settings import Settings
from graph.export import gexf, graphml, jsonld, nquads, parquet, turtle
from graph.export.acts import pages
from graph.store import Store


def run(format_: GraphFormat, out: Path | None, store: str | None) -> None:
    """Writes to a file, all or nothing, or to stdout."""
    if format_ is GraphFormat.PARQUET and out is None:
        raise BadParameter("Parquet is no text for a terminal: name a file.", param_hint="--out")
    asyncio.run(_export(format_, out, Settings.of(store=store)))
    if out:
        print(f"Wrote {out} ({out.stat().st_size:,} bytes).", file=sys.stderr)


async def _export(format_: GraphFormat, out: Path | None, settings: Settings) -> None:
    with output(out) as file:
        async with opened(settings) as store:
            await WRITERS[format_](store, file)


async def _csv(store: Store, out: BinaryIO) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    async for acts in pages(store):
        writer.writerows(csv_rows(acts))
    text.detach()


WRITERS: Final[dict[GraphFormat, Callable[[Store, BinaryIO], Awaitable[None]]]] = {
    GraphFormat.TURTLE: turtle.write,
    GraphFormat.JSONLD: jsonld.write,
    GraphFormat.NQUADS: nquads.write,
    GraphFormat.CSV: _csv,
    GraphFormat.GRAPHML: graphml.write,
    GraphFormat.GEXF: gexf.write,
    GraphFormat.PARQUET: parquet.write,
}
