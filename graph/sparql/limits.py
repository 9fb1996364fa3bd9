"""What one SPARQL query may use, and the error that names the limit that it hit."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of one query. `seconds` are wall clock, from its arrival to its last byte.

    `memory` and `size` (of the answer) are bytes, `length` (of the query) characters, `nesting` open brackets,
    `rows` solutions or triples.
    """

    seconds: float = 10.0
    memory: int = 512 * 2**20
    rows: int = 100_000
    size: int = 64 * 2**20
    length: int = 100_000
    nesting: int = 100


class LimitError(Exception):
    """A query that needs more than it may use, and was not answered at all.

    `limit` names the limit: time, memory, rows, size, length or nesting.
    """

    def __init__(self, limit: str, told: str) -> None:
        super().__init__(told)
        self.limit = limit

    @classmethod
    def of(cls, limit: str, limits: Limits) -> Self:
        """The error of a limit, with what to do about it."""
        advice = {
            "time": f"The query took longer than {limits.seconds:g} s and was stopped. Ask for less: name the parties, "
            "the fields or the years, and avoid patterns that share no variable.",
            "memory": f"The query needed more than {limits.memory / 2**20:,.0f} MiB of memory and was stopped. Sort, "
            "group or join fewer things.",
            "rows": f"The answer has more than {limits.rows:,} rows or triples. Ask page by page with ORDER BY, LIMIT "
            "and OFFSET.",
            "size": f"The answer is larger than {limits.size / 2**20:,.0f} MiB. Ask page by page with ORDER BY, LIMIT "
            "and OFFSET, or for fewer variables.",
            "length": f"The query is longer than {limits.length:,} characters. Split it.",
            "nesting": f"The query nests deeper than {limits.nesting} brackets, or is too long a chain of operators. "
            "Write it flatter.",
        }
        return cls(limit, f"{limit} limit: {advice[limit]}")
