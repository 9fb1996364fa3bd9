"""Regular expressions whose matching cannot explode: no repetition in a repetition, and few that have no end."""

import re
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 200
MOST_ENDLESS: Final = 3
MOST_WAYS: Final = 5_000
_PART: Final = re.compile(
    r"""
    \\Q (?P<QUOTE> .*? ) (?: \\E | \Z )
  | \\ (?P<BACK> [1-9k] )
  | \\ (?: [pPxu] \{ [^}]* \} | x[0-9A-Fa-f]{2} | u[0-9A-Fa-f]{4} | . )
  | (?P<CLASS> \[ )
  | (?P<OPEN> \( (?: \? (?: <?[=!] | [a-zA-Z]*(?:-[a-zA-Z]+)? [:)] | > | <[a-zA-Z]\w*> ) )? )
  | (?P<CLOSE> \) )
  | (?P<BAR> \| )
  | (?P<TIMES> (?: [*+?] | \{ \d+ (?: , \d* )? \} ) [?+]? )
  | .
    """,
    re.X | re.S,
)


def danger(pattern: str) -> str | None:
    """What is wrong with a regular expression of Java; None where it can be matched in reasonable time."""
    if len(pattern) > LONGEST:
        return f"it has {len(pattern)} characters, at most {LONGEST} are allowed"
    return _Scan(pattern).danger()


@dataclass(slots=True)
class _Group:
    """An open group: whether something in it can match in several ways, and how many alternatives it has."""

    open: bool = False
    alternatives: int = 1


class _Scan:
    """Goes through a pattern once, counting the ways in which it can be tried: each choice multiplies them."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.groups = [_Group()]
        self.endless = 0
        self.ways = 1
        self.before_open = False
        """Whether the part before this one is a group that can match in several ways."""

    def danger(self) -> str | None:
        at = 0
        while at < len(self.pattern):
            part = _PART.match(self.pattern, at)
            assert part
            at = self._end_of_class(at) if part["CLASS"] else part.end()
            if fault := self._part(part):
                return fault
        self._close()
        return self._too_many_ways()

    def _part(self, part: re.Match[str]) -> str | None:
        before, self.before_open = self.before_open, False
        if part["BACK"]:
            return "it refers back to a group"
        if part["OPEN"]:
            if "x" in part["OPEN"].partition("?")[2].partition("<")[0]:
                return "it is in the mode with comments, (?x)"
            if not part["OPEN"].endswith(")"):
                self.groups.append(_Group())
        elif part["CLOSE"] and len(self.groups) > 1:
            self.before_open = self._close()
            self.groups[-1].open |= self.before_open
        elif part["BAR"]:
            self.groups[-1].alternatives += 1
        elif part["TIMES"]:
            return self._times(part["TIMES"], before)
        return None

    def _close(self) -> bool:
        group = self.groups.pop()
        self.ways *= group.alternatives
        return group.open or group.alternatives > 1

    def _times(self, times: str, of_open: bool) -> str | None:
        least, most = _bounds(times)
        if of_open and most != 1:
            return f"{times} repeats a group that can match in several ways"
        self.groups[-1].open |= least != most
        self.before_open = of_open
        if most is None:
            self.endless += 1
            return f"more than {MOST_ENDLESS} parts of it repeat without end" if self.endless > MOST_ENDLESS else None
        self.ways *= max(most - least + 1, 1)
        return self._too_many_ways()

    def _too_many_ways(self) -> str | None:
        return f"it can be tried in more than {MOST_WAYS:,} ways" if self.ways > MOST_WAYS else None

    def _end_of_class(self, at: int) -> int:
        """The index behind a character class, in which classes may nest."""
        depth = 0
        while at < len(self.pattern):
            match self.pattern[at]:
                case "\\":
                    at += 1
                case "[":
                    depth += 1
                    at += self.pattern[at + 1 : at + 2] == "^"
                    at += self.pattern[at + 1 : at + 2] == "]"
                case "]":
                    depth -= 1
                    if depth == 0:
                        return at + 1
            at += 1
        return at


def _bounds(times: str) -> tuple[int, int | None]:
    """How often something is repeated at least and at most; None is without end."""
    if times[0] != "{":
        return (1 if times[0] == "+" else 0), (1 if times[0] == "?" else None)
    bounds = times[1 : times.index("}")].split(",")
    return int(bounds[0]), int(bounds[-1]) if bounds[-1] else None
