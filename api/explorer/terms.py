"""What the pages of the vocabulary show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A class, or a property (link or value): of what it is said, what it leads to, and whether stores keep it."""

    name: str
    kind: str
    comment: str
    of: tuple[str, ...]
    leads_to: tuple[str, ...]
    kept: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its name, and what it demands."""

    name: str
    message: str
