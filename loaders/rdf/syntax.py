"""Files of RDF as streams of facts, whatever their syntax."""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, cast

from pyoxigraph import Quad, RdfFormat, parse

from loaders.rdf.guards import Guard, Guarded, GuardError, Json, Xml

SYNTAXES: Final[dict[str, RdfFormat]] = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".jsonld": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
}
_READ: Final = "It is read when its name ends with "


class RdfError(ValueError):
    """A file that cannot be read as RDF: which, where in it, and what to do."""


def facts(path: Path) -> Iterator[Quad]:
    """The facts of a file, as they stand in it. Nothing is fetched from anywhere. Raises RdfError."""
    syntax = _syntax(path)
    try:
        with _opened(path) as file:
            yield from parse(cast(BinaryIO, Guarded(file, _guard(syntax))), syntax)
    except GuardError as error:
        raise RdfError(f"{path} is not read: {error}") from error
    except SyntaxError as error:
        raise RdfError(f"{path} is no correct {syntax.name}: {_said(error)}") from error
    except MemoryError as error:
        raise RdfError(f"{path} holds a name or text of more than 16 MiB, more than a store keeps; split it") from error
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error
        raise RdfError(f"{path} cannot be read: {reason}; give the name of a file that is whole") from error


def _syntax(path: Path) -> RdfFormat:
    ending = Path(path.name.removesuffix(".gz")).suffix.lower()
    if ending not in SYNTAXES:
        raise RdfError(f"{path} is no RDF by its name. {_READ}{', '.join(SYNTAXES)}, or one of them and .gz.")
    return SYNTAXES[ending]


def _opened(path: Path) -> BinaryIO:
    if path.suffix.lower() == ".gz":
        return cast(BinaryIO, gzip.open(path, "rb"))
    return path.open("rb")


def _guard(syntax: RdfFormat) -> Guard | None:
    if syntax == RdfFormat.RDF_XML:
        return Xml()
    return Json() if syntax == RdfFormat.JSON_LD else None


def _said(error: SyntaxError) -> str:
    said = str(error.msg or error).removeprefix("Parser error ")
    if "LoadDocumentCallback" in said:
        return "its context lies elsewhere, and nothing is fetched; put the context into the file"
    if "No scheme found" in said:
        return f"{said}; write IRIs in full"
    return said
