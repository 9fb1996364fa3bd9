"""`pledgegraph import`: files of RDF into the graph."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from rich.table import Table
from rich.text import Text
from typer import Exit, echo

from api.cli.failures import FAILED, report
from api.cli.progress import progress
from api.cli.store import opened
from api.cli.tables import plain, show
from api.importing import Imported, import_file
from api.settings import Settings
from graph.store import Change
from loaders.rdf.syntax import RdfError

_CLASSES = ("Statement", "Utterance", "Commitment", "Call")


def run(files: Sequence[Path], store: str | None) -> None:
    """Writes each file that breaks no rule, as a whole; leaves with 1 when there was another."""
    imported, unread = asyncio.run(_import(files, Settings.of(store=store)))
    if imported:
        show(_table(imported))
    if any(each.left_out for each in imported):
        echo()
        show(_left_out(imported))
    for each in imported:
        if each.contents.graphs:
            names = ", ".join(sorted(each.contents.graphs))
            echo(f"{each.path}: facts of named graphs are taken as the others, without the names ({names}).")
    refused = sum(bool(each.refused) for each in imported) + unread
    echo(_sum(imported, refused))
    if refused:
        raise Exit(FAILED)


async def _import(files: Sequence[Path], settings: Settings) -> tuple[list[Imported], int]:
    done, unread = [], 0
    async with opened(settings) as store:
        with progress() as shown:
            task = shown.add_task("importing", total=len(files))
            for path in files:
                try:
                    imported = await import_file(path, store)
                    _tell(imported)
                    done.append(imported)
                except RdfError as error:
                    report(error)
                    unread += 1
                shown.advance(task)
    return done, unread


def _tell(imported: Imported) -> None:
    for violation in imported.violations:
        report(f"{imported.path}: {violation}")
    if imported.more_violations:
        report(f"{imported.path}: {imported.more_violations:,} more violations are not shown.")


def _table(imported: Sequence[Imported]) -> Table:
    names = ("statements", "utterances", "commitments", "calls", "others")
    table = plain("file", "facts", *names, "left out", "violations", "new nodes", "new relationships")
    for each in imported:
        counts = [each.described[label] for label in _CLASSES]
        more = f"{each.refused:,}" + ("+" if each.more_violations else "")
        figures = (each.contents.facts, *counts, each.described.total() - sum(counts), _facts_left_out(each))
        table.add_row(
            Text(str(each.path)),
            *(f"{figure:,}" for figure in figures),
            more,
            *(f"{figure:,}" for figure in (each.change.nodes, each.change.relationships)),
        )
    return table


def _facts_left_out(imported: Imported) -> int:
    return sum(left_out.facts for left_out in imported.left_out)


def _left_out(imported: Sequence[Imported]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="bold")
    for column in ("left out, since no store keeps it", "said of", "facts", "for example"):
        table.add_column(column, justify="right" if column == "facts" else "left", overflow="fold")
    for each in imported:
        for found in each.left_out:
            table.add_row(Text(found.term), Text(found.of), f"{found.facts:,}", Text(found.example))
    return table


def _sum(imported: Sequence[Imported], refused: int) -> str:
    written = [each for each in imported if not each.refused]
    new = Change(sum(each.change.nodes for each in written), sum(each.change.relationships for each in written))
    told = f"Imported {_files(len(written))}"
    if written:
        told += (
            f": {new.nodes:,} new nodes, {new.relationships:,} new relationships"
            if new != Change(0, 0)
            else ": all of it was there already"
        )
    return f"{told}." + (f" Nothing was written of {_files(refused)}, see above." if refused else "")


def _files(count: int) -> str:
    return f"{count:,} file" if count == 1 else f"{count:,} files"
