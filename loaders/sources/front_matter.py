"""What a statement's file says about itself in a YAML block between two lines of three dashes.

Two sorts of block occur. In ours every key is one of `KEYS`; it is taken off, so that the statement's text begins
behind it. Archives write blocks with keys of their own; those stay in the text, since others cite offsets into the
file as it is, but title, date and source are still learnt from them.
"""

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass, fields

import yaml

from ontology.edtf import EdtfError, parse

_BLOCK = re.compile(
    r"---[ \t]*(?:\r\n?|\n)(?=[A-Za-z_][\w -]*:)"
    r"(?:(?!(?:---|\.\.\.)[ \t]*$).*(?:\r\n?|\n)){0,200}(?:---|\.\.\.)[ \t]*$",
    re.M,
)
_OPENED = re.compile(r"---[ \t]*(?:\r\n?|\n)(?:title|issuer|date|url|language)[ \t]*:")
_URL = re.compile(r"https?://\S+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


class FrontMatterError(ValueError):
    """A block that cannot be used: what is wrong, in which line of the file, and what to do."""

    def __init__(self, what: str, line: int, remedy: str) -> None:
        super().__init__(f"line {line}: {what}. {remedy}")
        self.what, self.line, self.remedy = what, line, remedy


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the block says; None where it is silent. `date` is EDTF, `language` a BCP 47 tag."""

    title: str | None = None
    issuer: str | None = None
    date: str | None = None
    url: str | None = None
    language: str | None = None


KEYS = tuple(field.name for field in fields(FrontMatter))
_ALIASES = {"source": "issuer", "source_url": "url"}


def _is_date(value: str) -> bool:
    try:
        parse(value)
    except EdtfError:
        return False
    return True


_FORMS: dict[str, tuple[Callable[[str], object], str]] = {
    "date": (_is_date, "Write it as 2023, 2023-05 or 2023-05-06."),
    "url": (_URL.fullmatch, "Write an address that begins with http:// or https://."),
    "language": (_LANGUAGE.fullmatch, "Write a language tag such as en or pt-BR."),
}


def block(text: str) -> int:
    """Where the text behind a leading block of front matter begins; 0 when there is none."""
    found = _BLOCK.match(text)
    if found is None:
        return 0
    end = found.end()
    return end + len(re.match(r"(?:\r\n?|\n)?", text[end : end + 2]).group())  # type: ignore[union-attr]


def split(text: str) -> tuple[FrontMatter, str]:
    """The front matter of a file's text, and the statement's text; raises FrontMatterError."""
    end = block(text)
    if not end:
        if _OPENED.match(text):
            raise FrontMatterError("the front matter has no end", 1, "Close it with a line of three dashes.")
        return FrontMatter(), text
    pairs = _pairs(text[:end])
    if all(key in KEYS for key, _, _ in pairs):
        return FrontMatter(**{key: _checked(key, value, line) for key, value, line in pairs}), text[end:]
    _refuse_misspelt(pairs)
    return _foreign(pairs), text


def _pairs(head: str) -> list[tuple[str, str | None, int]]:
    """Key, scalar value (None for lists, mappings and nothing) and line of the file, of each entry."""
    try:
        node = yaml.compose(head.strip().removesuffix("...").removesuffix("---"), Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise FrontMatterError(f"is not YAML ({error.problem})", line, "Write one `key: value` a line.") from error
    except yaml.YAMLError as error:
        raise FrontMatterError(f"is not YAML ({error})", 1, "Write one `key: value` a line.") from error
    if node is None:
        return []
    if not isinstance(node, yaml.MappingNode):
        raise FrontMatterError("the front matter holds no keys", 2, "Write one `key: value` a line.")
    return [
        (
            str(key.value),
            (value.value.strip() or None) if isinstance(value, yaml.ScalarNode) else None,
            key.start_mark.line + 1,
        )
        for key, value in node.value
    ]


def _checked(key: str, value: str | None, line: int) -> str | None:
    if value is None:
        return None
    fits, remedy = _FORMS.get(key, (bool, ""))
    if not fits(value):
        raise FrontMatterError(f"{key} {value!r} is not understood", line, remedy)
    return value


def _refuse_misspelt(pairs: list[tuple[str, str | None, int]]) -> None:
    present = {key for key, _, _ in pairs}
    for key, _, line in pairs:
        near = [name for name in difflib.get_close_matches(key.lower(), KEYS, n=1, cutoff=0.75) if name not in present]
        if near and key not in KEYS:
            raise FrontMatterError(f"the key {key!r} is unknown", line, f"Did you mean {near[0]}?")


def _foreign(pairs: list[tuple[str, str | None, int]]) -> FrontMatter:
    """What an archive's own block tells; what is not in our form is left out, since it was not written for us."""
    told: dict[str, str] = {}
    for key, value, _ in pairs:
        name = _ALIASES.get(key, key)
        fits = _FORMS.get(name, (bool, ""))[0]
        if value and name in KEYS and name not in told and fits(value):
            told[name] = value
    return FrontMatter(**told)
