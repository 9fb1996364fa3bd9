"""The command line. Each command imports what it needs when it runs, so that none waits for the others' libraries."""

from importlib.metadata import version
from typing import Annotated

from typer import Exit, Option, Typer, echo

from api.cli import extract
from api.cli.failures import Commands

app = Typer(
    name="pledgegraph",
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        echo(f"pledgegraph {version('pledgegraph')}")
        raise Exit


@app.callback()
def _about(
    show_version: Annotated[
        bool, Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Who commits to do what, towards whom, in which field, until when: a knowledge graph of official statements."""


app.command(epilog=extract.EXAMPLES)(extract.extract)


def main() -> None:
    """Runs the command that stands on the command line."""
    app()
