"""`pledgegraph replica rebuild`: the copy of the graph that answers SPARQL, from nothing."""

import asyncio
import time

from typer import echo

from api.cli.progress import progress
from api.cli.store import opened
from api.settings import Settings
from graph.replica.rebuild import rebuild


def run(store: str | None) -> None:
    """Rebuilds it and says how long that took."""
    begun = time.monotonic()
    nodes, sequence = asyncio.run(_rebuilt(Settings.of(store=store)))
    echo(f"Copied {nodes:,} nodes at sequence {sequence:,} in {time.monotonic() - begun:.1f} s.")


async def _rebuilt(settings: Settings) -> tuple[int, int]:
    """How many nodes were copied, and the sequence that they stand for at least."""
    nodes = 0
    async with opened(settings) as store:
        sequence = await store.sequence()
        with progress() as shown:
            task = shown.add_task("copying", total=None)

            def told(done: int, total: int) -> None:
                nonlocal nodes
                nodes = done
                shown.update(task, completed=done, total=total)

            await rebuild(store, settings.cache, told)
    return nodes, sequence
