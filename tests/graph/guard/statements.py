"""The statements of `hostile.yaml` and `harmless.yaml`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Statement:
    """A statement with its parameters; `rules` are those of which one refuses it, none if it may be run."""

    kind: str
    text: str
    parameters: dict[str, Any] = field(default_factory=dict)
    rules: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.kind}: {self.text[:200]!r}"


@cache
def hostile(trap: str = "TRAP", planted: str = "PLANTED") -> tuple[Statement, ...]:
    """Those that mean harm, with the addresses of a trap and a file in them."""
    kinds = yaml.safe_load((_HERE / "hostile.yaml").read_text(encoding="utf-8"))
    return tuple(
        statement
        for kind, listed in kinds.items()
        for statement in _read(kind, listed["statements"], tuple(listed["rules"]), {"TRAP": trap, "PLANTED": planted})
    )


@cache
def harmless() -> tuple[Statement, ...]:
    """Those that people ask."""
    kinds = yaml.safe_load((_HERE / "harmless.yaml").read_text(encoding="utf-8"))
    return tuple(statement for kind, listed in kinds.items() for statement in _read(kind, listed, (), {}))


def _read(kind: str, listed: list[Any], rules: tuple[str, ...], said: dict[str, str]) -> Iterator[Statement]:
    for entry in listed:
        given = {"query": entry} if isinstance(entry, str) else entry
        text = given.get("query") or "".join(piece * times for piece, times in given["pieces"])
        for word, address in said.items():
            text = text.replace(word, address)
        yield Statement(kind, text, given.get("parameters", {}), rules)
