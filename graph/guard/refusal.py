"""What is said of a statement that is not let through."""

from enum import StrEnum
from typing import NamedTuple


class Rule(StrEnum):
    """The rules of the guard, by the names under which a refusal cites them."""

    SYNTAX = "syntax"
    CHARACTER = "character"
    LENGTH = "length"
    NESTING = "nesting"
    STATEMENTS = "statements"
    CLAUSE = "clause"
    FUNCTION = "function"
    PROCEDURE = "procedure"
    NAME = "name"
    NUMBER = "number"
    PARAMETER = "parameter"
    PATH = "path"
    RANGE = "range"
    PRODUCT = "product"
    PATTERN = "pattern"
    BUILDING = "building"
    GROWTH = "growth"


class Place(NamedTuple):
    """Where in a statement something stands; both count from 1."""

    line: int
    column: int


class CypherRefusedError(Exception):
    """A statement that is not run: which rule it breaks, where, and what to do about it."""

    def __init__(self, rule: Rule, message: str, place: Place | None = None) -> None:
        where = f"line {place.line}, column {place.column}: " if place else ""
        super().__init__(where + message)
        self.rule = rule
        self.message = message
        self.place = place
