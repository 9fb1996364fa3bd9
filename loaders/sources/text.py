"""Statements in plain text and Markdown files."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from loaders.sources.front_matter import FrontMatterError, split
from ontology.identifiers import sha256, statement_iri
from ontology.records import Statement

MARKDOWN = (".md", ".markdown")
SUFFIXES = (".txt", *MARKDOWN)
LIMIT = 10_000_000

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(?P<title>\S.*?)(?:[ \t]+#+)?[ \t]*$", re.M)


class SourceError(ValueError):
    """A source that gives no statement: what is wrong, where, and what to do."""

    def __init__(self, what: str, where: str, remedy: str) -> None:
        super().__init__(f"{where}: {what}. {remedy}")
        self.what, self.where, self.remedy = what, where, remedy


def statement(
    text: str,
    *,
    document: str,
    title: str | None = None,
    issuer: str | None = None,
    date: str | None = None,
    url: str | None = None,
    language: str = "en",
    where: str | None = None,
) -> Statement:
    """The statement with exactly this text; raises SourceError, which names `where`, when it is empty or no text."""
    where = where or document
    if not text.strip():
        raise SourceError("holds no text", where, "Give a file with a statement in it.")
    if found := _CONTROL.search(text):
        where = f"{where}, line {text.count(chr(10), 0, found.start()) + 1}"
        raise SourceError(f"is binary (character U+{ord(found.group()):04X})", where, "Give plain text or Markdown.")
    if found := _SURROGATE.search(text):
        raise SourceError(f"has half a character at {found.start()}", where, "Give well-formed Unicode.")
    return Statement(
        iri=statement_iri(text),
        document=document,
        sha256=sha256(text),
        title=title,
        issuer=issuer,
        date=date,
        url=url,
        language=language,
        text=text,
    )


def parse(
    text: str, *, document: str, where: str | None = None, markdown: bool = False, url: str | None = None
) -> Statement:
    """The statement that a file's text holds, with what its front matter tells.

    `where` names the source in errors; `url` counts when the front matter names none.
    """
    where = where or document
    try:
        front, body = split(text.removeprefix("\ufeff"))
    except FrontMatterError as error:
        raise SourceError(f"{error.what} (front matter, line {error.line})", where, error.remedy) from error
    heading = _HEADING.search(body) if markdown and front.title is None else None
    return statement(
        body,
        document=document,
        title=heading["title"] if heading else front.title,
        issuer=front.issuer,
        date=front.date,
        url=front.url or url,
        language=front.language or "en",
        where=where,
    )


def decode(content: bytes, where: str) -> str:
    """UTF-8 bytes as text; raises SourceError that says what they are instead."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        remedy = "Convert it: iconv -f UTF-16 -t UTF-8 FILE > NEW."
        raise SourceError("is UTF-16, not UTF-8", where, remedy)
    if b"\0" in content:
        raise SourceError(f"is binary (NUL at byte {content.index(0)})", where, "Give plain text or Markdown.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        remedy = "Convert it, for instance: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW."
        raise SourceError(f"is not UTF-8 (byte {error.start})", where, remedy) from error


def read(path: Path, limit: int = LIMIT) -> Statement:
    """The statement in one file of at most `limit` bytes; raises SourceError."""
    where = str(path)
    try:
        if path.is_dir():
            raise SourceError("is a folder", where, "Give a file, or load the folder as a whole.")
        if not path.exists():
            raise SourceError("does not exist", where, "Look at the spelling of the path.")
        if not path.is_file():
            raise SourceError("is no ordinary file", where, "Give a file with a statement in it.")
        size = path.stat().st_size
        if size > limit:
            raise SourceError(f"is too large ({size:,} bytes; the limit is {limit:,})", where, "Split it.")
        content = path.read_bytes()
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror or error})", where, "Look at its permissions.") from error
    return parse(decode(content, where), document=path.stem, where=where, markdown=path.suffix.lower() in MARKDOWN)


def paths(inputs: Iterable[Path]) -> Iterator[Path]:
    """The files named, and in place of each folder the statements under it, sorted.

    A README describes its folder and hidden files are not for reading: neither is a statement. Raises SourceError for
    a folder without statements; a missing file is passed on, and `read` tells of it.
    """
    for path in inputs:
        if not path.is_dir():
            yield path
            continue
        found = sorted(file for file in path.rglob("*") if _is_statement(file.relative_to(path)) and file.is_file())
        if not found:
            raise SourceError("holds no statement", str(path), f"Put files that end in {', '.join(SUFFIXES)} there.")
        yield from found


def _is_statement(file: Path) -> bool:
    return (
        file.suffix.lower() in SUFFIXES
        and file.stem.lower() != "readme"
        and not any(part.startswith(".") for part in file.parts)
    )
