"""The command line: `commands` says what can be typed, and a module per command does the work when it is asked for."""

import signal
import sys
from types import FrameType

from api.cli.commands import app


def main() -> None:
    """Runs the command that stands on the command line; when it is told to end, stores are closed first."""
    signal.signal(signal.SIGTERM, _leave)
    app()


def _leave(number: int, _: FrameType | None) -> None:
    sys.exit(128 + number)
