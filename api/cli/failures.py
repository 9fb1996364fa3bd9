"""Which errors a command answers with a line on stderr, and with which exit code; every other error is a bug."""

import sys
from typing import Any, Final

from typer import Exit
from typer.core import TyperGroup

FAILED: Final = 1
USAGE: Final = 2

# By name, since importing the modules would cost every command the start of all of them.
EXIT_CODES: Final = {
    ("api.settings", "SettingsError"): USAGE,
    ("graph.question", "QuestionError"): USAGE,
    ("graph.replica.replica", "ReplicaError"): FAILED,
    ("graph.store", "StoreError"): FAILED,
    ("api.cli.outputs", "OutputError"): FAILED,
    ("api.cli.serve", "ListenError"): FAILED,
    ("loaders.rdf.syntax", "RdfError"): FAILED,
    ("loaders.reading.standoff", "AnnotationError"): FAILED,
    ("loaders.reading.model_folder", "ModelError"): FAILED,
    ("loaders.sources.text", "SourceError"): FAILED,
    ("loaders.training", "MissingExtraError"): FAILED,
    ("loaders.training.bases", "BaseError"): FAILED,
}


def report(problem: object) -> None:
    """One problem on stderr, after whatever stdout holds by now."""
    sys.stdout.flush()
    print(f"pledgegraph: {problem}", file=sys.stderr)


class Commands(TyperGroup):
    """A group of commands that reports the errors of the table instead of letting them through."""

    def invoke(self, ctx: Any) -> Any:
        """Runs a command; leaves with the error's exit code."""
        try:
            return super().invoke(ctx)
        except _known() as error:
            report(error)
            raise Exit(_exit_code(error)) from error


def _known() -> tuple[type[Exception], ...]:
    """The errors of the table whose modules are imported by now: no other can have been raised."""
    return tuple(getattr(sys.modules[module], name) for module, name in EXIT_CODES if module in sys.modules)


def _exit_code(error: Exception) -> int:
    names = ((kind.__module__, kind.__qualname__) for kind in type(error).__mro__)
    return next(EXIT_CODES[name] for name in names if name in EXIT_CODES)
