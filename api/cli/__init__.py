"""The command line: `commands` says what can be typed, and a module per command does the work when it is asked for."""

from api.cli.commands import app


def main() -> None:
    """Runs the command that stands on the command line."""
    app()
