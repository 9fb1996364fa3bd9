"""`pledgegraph verify`: proves the store, item by item."""

import asyncio

from typer import Exit, echo

from api.cli.failures import FAILED, report
from api.cli.progress import progress
from api.cli.store import opened
from api.settings import Settings
from graph.verify import verify


def run(store: str | None) -> None:
    """Reports every fault on stderr and the sum on stdout; leaves with 1 when there is a fault."""
    checked, faulty = asyncio.run(_verify(Settings.of(store=store)))
    if faulty:
        echo(f"{faulty:,} of {checked:,} statements, utterances and acts could not be proved.")
        raise Exit(FAILED)
    echo(f"All {checked:,} statements, utterances and acts are proved." if checked else "The store is empty.")


async def _verify(settings: Settings) -> tuple[int, int]:
    checked = faulty = 0
    async with opened(settings) as store:
        with progress() as shown:
            task = shown.add_task("proving", total=None)
            async for finding in verify(store):
                checked += 1
                faulty += bool(finding.faults)
                shown.advance(task)
                for fault in finding.faults:
                    report(f"{finding.iri}: {fault}.")
    return checked, faulty
