"""The words of questions that are no names: what they ask for, how names hang together. `grammar.yaml` lists them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from graph.question import Group
from graph.words import Word, key, name_key
from ontology.terms import Kind

_LONGEST: Final = 6


class Cue(StrEnum):
    """What a word or phrase does in a question. `BEYOND` words ask for what cannot be asked yet."""

    KIND = "kind"
    BY = "by"
    OF = "of"
    FROM = "from"
    TO = "to"
    BETWEEN = "between"
    ON = "on"
    IN = "in"
    AT = "at"
    UNDER = "under"
    AND = "and"
    HAVE = "have"
    BE = "be"
    MADE = "made"
    RECEIVE = "receive"
    STATEMENT = "statement"
    MENTION = "mention"
    DEADLINE = "deadline"
    FIRM = "firm"
    BINDING = "binding"
    CONDITIONAL = "conditional"
    UNCONDITIONAL = "unconditional"
    TOGETHER = "together"
    NEWEST = "newest"
    PLACE = "place"
    ABOUT_FIELD = "about field"
    COUNT = "count"
    GROUP = "group"
    MOST = "most"
    TOTAL = "total"
    MONEY = "money"
    WITH_AMOUNT = "with amount"
    COMPARE = "compare"
    SAME = "same"
    EACH_OTHER = "each other"
    WHO = "who"
    OFFICE = "office"
    FILLER = "filler"
    NOT = "not"
    AS_OF = "as of"
    BEYOND = "beyond"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A known word or phrase. Those of `Cue.KIND` name `kinds`, as a noun, a verb, a verb that makes a passive, or as
    the agents who do it: "supporters".

    Those of `Cue.GROUP` say by what to count, those of `Cue.MONEY` in which currency, if in one. A question with a
    `refused` one is about what cannot be answered at all.
    """

    cue: Cue
    kinds: frozenset[Kind] = frozenset()
    noun: bool = False
    agent: bool = False
    participle: bool = False
    note: str | None = None
    group: Group | None = None
    currency: str | None = None
    refused: bool = False


def phrase(words: Sequence[Word], at: int) -> tuple[Phrase, int] | None:
    """The longest known phrase that begins at word `at`, and its length in words."""
    table = _table()
    for size in range(min(_LONGEST, len(words) - at), 0, -1):
        span = words[at : at + size]
        found = None if any(word.possessive for word in span) else table.get(key(span))
        if found:
            return found, size
    return None


@cache
def kind_names() -> tuple[str, ...]:
    """The words that name kinds, for suggestions."""
    return tuple(name for kinds in _knowledge()["kinds"] for name in (*kinds.get("nouns", ()), *kinds["verbs"]))


@cache
def prefixes() -> dict[str, str]:
    """What stands for a state in front of a hyphen, with the state's ISO code."""
    return dict(_knowledge()["prefixes"])


@cache
def offices() -> frozenset[str]:
    """Words in the names of speakers who are no persons; such a word alone names nobody."""
    return frozenset(_knowledge()["offices"])


@cache
def _knowledge() -> dict[str, Any]:
    content: dict[str, Any] = yaml.load(
        files("graph").joinpath("grammar.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    return content


@cache
def _table() -> dict[str, Phrase]:
    return dict(_entries(_knowledge()))


def _entries(knowledge: dict[str, Any]) -> Iterator[tuple[str, Phrase]]:
    for beyond in knowledge["beyond"]:
        meaning = Phrase(Cue.BEYOND, note=beyond["note"], refused=beyond.get("refused", False))
        yield from _each(beyond["words"], meaning)
    for currency, phrases in knowledge["currencies"].items():
        yield from _each(phrases, Phrase(Cue.MONEY, currency=currency))
    for group, phrases in knowledge["groups"].items():
        yield from _each(phrases, Phrase(Cue.GROUP, group=Group(group)))
    for cue, phrases in knowledge["cues"].items():
        yield from _each(phrases, Phrase(Cue(cue)))
    for entry in knowledge["kinds"]:
        kinds = frozenset(map(Kind, entry["means"]))
        yield from _each(entry["verbs"], Phrase(Cue.KIND, kinds))
        yield from _each(entry.get("nouns", ()), Phrase(Cue.KIND, kinds, noun=True))
        yield from _each(entry.get("agents", ()), Phrase(Cue.KIND, kinds, noun=True, agent=True))
        yield from _each(entry.get("participles", ()), Phrase(Cue.KIND, kinds, participle=True))


def _each(phrases: Iterable[str], meaning: Phrase) -> Iterator[tuple[str, Phrase]]:
    return ((name_key(name), meaning) for name in phrases)
