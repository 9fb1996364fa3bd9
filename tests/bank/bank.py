"""The questions of the bank, and the rows by which their answers in all languages are compared.

A row of an answer of acts is the act's key and what the question shows of it; a row of counts is the group's keys and
the numbers. Identifiers are written without the part that they share.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ontology.terms import DATA
from tests.bank.world import world

Row = tuple[str | float, ...]
SHOWN = {"amount": ("amount", "unit"), "condition": ("condition",)}


@dataclass(frozen=True)
class Entry:
    """One question: `shows` names what is shown of each act, `expects` are the rows of every right answer."""

    id: str
    words: tuple[str, ...]
    http: str
    cypher: str
    sparql: str
    expects: frozenset[Row]
    shows: str | None = None

    @property
    def counts(self) -> bool:
        """Whether the answer is counts."""
        return self.http.startswith("/counts")


@cache
def bank() -> tuple[Entry, ...]:
    """All questions."""
    told = yaml.safe_load(Path(__file__).with_name("questions.yaml").read_text(encoding="utf-8"))
    return tuple(_entry(entry, told["prefixes"]) for entry in told["questions"])


def beyond() -> tuple[tuple[str, str], ...]:
    """What words cannot ask yet, each question with the words of it that must be named."""
    told = yaml.safe_load(Path(__file__).with_name("questions.yaml").read_text(encoding="utf-8"))
    return tuple(told["beyond"].items())


def _entry(told: Mapping[str, Any], prefixes: str) -> Entry:
    expects = frozenset(tuple(row) if isinstance(row, list) else (row,) for row in told["expects"])
    assert len(expects) == len(told["expects"]) > 0, told["id"]
    return Entry(
        id=str(told["id"]),
        words=tuple(told["words"]),
        http=told["http"],
        cypher=told["cypher"],
        sparql=prefixes + told["sparql"],
        expects=expects,
        shows=told.get("shows"),
    )


@cache
def _keys() -> Mapping[str, str]:
    return {act.iri: key for key, act in world().acts.items()}


def cell(value: Any) -> str | float:
    """A value as it is compared: an act by its key, another identifier by its end, a number as a number."""
    if isinstance(value, str):
        return _keys().get(value, value.removeprefix(DATA))
    return value


def rows(found: Iterable[Iterable[Any]]) -> frozenset[Row]:
    """Rows as they are compared; no row may come twice."""
    listed = [tuple(cell(value) for value in row) for row in found]
    assert len(set(listed)) == len(listed), "a row comes twice"
    return frozenset(listed)


def rows_of(answer: Mapping[str, Any], entry: Entry) -> frozenset[Row]:
    """The rows of an answer in JSON, as `/ask`, `/commitments`, `/calls` and `/counts` give it."""
    if entry.counts:
        return rows(_tallied(tally) for tally in answer["tallies"])
    return rows(row for act in answer["acts"] for row in _shown(act, entry.shows))


def _tallied(tally: Mapping[str, Any]) -> Row:
    amount = () if tally["amount"] is None else (tally["amount"],)
    return (*tally["keys"], tally["acts"], *amount)


def _shown(act: Mapping[str, Any], shows: str | None) -> Iterable[Row]:
    """An act in one row, or in one for each utterance that has what is shown."""
    if shows is None:
        return [(act["iri"],)]
    names = SHOWN[shows]
    return [
        (act["iri"], *(said[name] for name in names))
        for said in act["utterances"]
        if all(said[name] is not None for name in names)
    ]
