"""Every party that is known by name: states, bodies, groups, well-known organisations, and where a text names them.

States come from `territories.csv` (ISO code, Wikidata identifier, full name; printed by `.ci/territories` from the
`rigour` package); `states.yaml` and `bodies.yaml` add what diplomatic language calls them. Text is matched word by word
against a table of first words, so that the time grows with the text and not with the number of names.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from typing import Any, Literal, Self

import yaml

from ontology.identifiers import actor_iri
from ontology.records import Actor
from ontology.terms import ActorType

Form = Literal["name", "adjective", "capital"]

_WORD = re.compile(r"\w+")
_ACRONYM = re.compile(r"[A-Z0-9][A-Za-z]?[A-Z0-9.+&-]*(\+\d)?s?")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-", "\u00a0": " ", "\u202f": " "})


class KnowledgeError(Exception):
    """A file of knowledge that ships with the package does not have the expected shape."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A party named in a text, at code points `start` to `end` (exclusive), and the form in which it is named."""

    start: int
    end: int
    actor: Actor
    form: Form


@dataclass(frozen=True, slots=True)
class _Territory:
    """A row of `territories.csv`. `code` is ISO 3166-1 alpha-2, or 3166-3 for a state of the past."""

    code: str
    name: str
    full_name: str
    wikidata: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """One name as it is looked up: its words, what stands between and after them, and whose name it is."""

    words: tuple[str, ...]
    gaps: tuple[str, ...]
    tail: str
    exact: bool
    actor: Actor | None
    form: Form


def knowledge(name: str) -> dict[str, Any]:
    """A YAML file that lies beside this module."""
    content = yaml.load(files(__package__).joinpath(name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    if not isinstance(content, dict):
        raise KnowledgeError(f"{name} holds no mapping; reinstall the package")
    return content


def is_acronym(name: str) -> bool:
    """Names such as "US", "E.U.", "C5+1" count only in this very spelling: "us" is a pronoun."""
    return len(name) <= 9 and _ACRONYM.fullmatch(name) is not None and sum(map(str.isupper, name)) > 1


def plain(text: str) -> str:
    """The text with typographic apostrophes, hyphens and spaces made plain; the length stays the same."""
    return text.translate(_PLAIN)


def _plurals(adjectives: list[str]) -> list[str]:
    return [f"{word}s" for word in adjectives if re.search(r"(an|[ae]li|aqi|ani|iti|ek|rk|er|ne|b|t|n)$", word)]


def _state(territory: _Territory, extra: dict[str, Any]) -> tuple[Actor, dict[str, Form]]:
    name = str(extra.get("name") or territory.name)
    adjectives = list(extra.get("adjectives", ()))
    full = re.sub(r"^[Tt]he ", "", territory.full_name)
    forms: dict[str, Form] = dict.fromkeys((name, territory.name, full, *extra.get("names", ())), "name")
    for other in extra.get("capitals", ()):
        forms.setdefault(other, "capital")
    for other in (*adjectives, *_plurals(adjectives)):
        forms.setdefault(other, "adjective")
    iso = territory.code if len(territory.code) == 2 else None
    names = tuple(other for other in forms if other != name)
    actor = Actor(
        iri=actor_iri(name, iso), name=name, type=ActorType.STATE, code=iso, wikidata=territory.wikidata, names=names
    )
    return actor, forms


def _states(known: dict[str, Any]) -> Iterator[tuple[Actor, dict[str, Form]]]:
    territories = files(__package__).joinpath("territories.csv").read_text(encoding="utf-8").splitlines()
    left = dict.fromkeys(known)
    for row in csv.DictReader(territories):
        left.pop(row["code"], None)
        yield _state(_Territory(**row), known.get(row["code"]) or {})
    if left:
        raise KnowledgeError(f"states.yaml has {', '.join(left)}, territories.csv has not; run .ci/territories")


def _others(table: dict[str, Any]) -> Iterator[tuple[Actor, dict[str, Form]]]:
    for kind in (ActorType.BODY, ActorType.GROUP, ActorType.ORGANISATION):
        for name, extra in table[kind.value].items():
            others = tuple(extra.get("names", ()))
            forms: dict[str, Form] = dict.fromkeys((name, *others), "name")
            for other in extra.get("adjectives", ()):
                forms.setdefault(other, "adjective")
            yield Actor(iri=actor_iri(name), name=name, type=kind, wikidata=extra.get("wikidata"), names=others), forms


def _entry(name: str, actor: Actor | None, form: Form) -> _Entry:
    name = plain(name)
    spans = [match.span() for match in _WORD.finditer(name)]
    exact = is_acronym(name)
    words = tuple(name[start:end] if exact else name[start:end].casefold() for start, end in spans)
    gaps = tuple(name[end:start] for (_, end), (start, _) in pairwise(spans))
    return _Entry(words, gaps, name[spans[-1][1] :], exact, actor, form)


def _first_words(entry: _Entry, name: str) -> set[str]:
    first = _WORD.findall(plain(name))[0]
    return {first} if entry.exact else {first, first[:1].upper() + first[1:], first.upper()}


class Registry:
    """The known parties, by all their names."""

    def __init__(
        self, parties: list[tuple[Actor, dict[str, Form]]], nobody: list[str], prefixes: Mapping[str, str]
    ) -> None:
        self._actors = tuple(actor for actor, _ in parties)
        codes = {actor.code: actor for actor in self._actors if actor.code}
        self._prefixes = {prefix: codes[code] for code, prefix in prefixes.items()}
        self._acronyms: dict[str, Actor] = {}
        self._names: dict[str, Actor] = {}
        self._entries: dict[str, list[_Entry]] = {}
        for name in nobody:
            self._enter(name, None, "name")
        for actor, forms in parties:
            for name, form in forms.items():
                self._enter(name, actor, form)
        for entries in self._entries.values():
            entries.sort(key=lambda entry: -len(entry.words))

    @classmethod
    def load(cls) -> Self:
        """Read the knowledge; a tenth of a second, so keep what it returns."""
        states, table = knowledge("states.yaml"), knowledge("bodies.yaml")
        prefixes = {code: state["prefix"] for code, state in states.items() if "prefix" in (state or {})}
        return cls([*_states(states), *_others(table)], list(table["not"]), prefixes)

    def _enter(self, name: str, actor: Actor | None, form: Form) -> None:
        entry = _entry(name, actor, form)
        if actor is not None:
            if entry.exact:
                self._acronyms.setdefault(plain(name), actor)
            else:
                self._names.setdefault(plain(name).casefold(), actor)
        for first in _first_words(entry, name):
            self._entries.setdefault(first, []).append(entry)

    def actors(self) -> tuple[Actor, ...]:
        """Every known party; `Actor.names` holds what else it is called."""
        return self._actors

    def find(self, name: str) -> Actor | None:
        """The party with exactly this name in any of its forms, with or without "the"."""
        name = " ".join(plain(name).split())
        bare = re.sub(r"^[Tt]he\s+", "", name)
        found = (self._acronyms.get(bare), self._names.get(name.casefold()), self._names.get(bare.casefold()))
        return next((actor for actor in found if actor is not None), None)

    def named(self, name: str) -> Actor:
        """The known party of this name, or a new organisation."""
        name = " ".join(name.split())
        return self.find(name) or Actor(iri=actor_iri(name), name=name, type=ActorType.ORGANISATION)

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Where parties are named, in order, never overlapping; of two names that begin alike the longer one counts."""
        text = plain(text)
        words = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
        found, position, entries = [], 0, self._entries
        while position < len(words):
            hit = self._longest(text, words, position) if words[position][0] in entries else None
            if self._joins(text, words, position):
                word, start, end = words[position]
                found.append(Mention(start, end, self._prefixes[word], "adjective"))
                hit = None
            if hit is None:
                position += 1
                continue
            entry, end = hit
            if entry.actor is not None:
                found.append(Mention(words[position][1], end, entry.actor, entry.form))
            position += len(entry.words)
        return tuple(found)

    def _joins(self, text: str, words: list[tuple[str, int, int]], at: int) -> bool:
        """Whether a word stands for a state before a hyphen and another party: "Sino-Pakistani"."""
        word, _, end = words[at]
        if word not in self._prefixes or not text.startswith("-", end) or at + 1 == len(words):
            return False
        hit = self._longest(text, words, at + 1) if words[at + 1][0] in self._entries else None
        return hit is not None and hit[0].actor is not None and hit[0].actor.type == ActorType.STATE

    def _longest(self, text: str, words: list[tuple[str, int, int]], at: int) -> tuple[_Entry, int] | None:
        for entry in self._entries[words[at][0]]:
            end = _matches(entry, text, words, at)
            if end is not None:
                return entry, end
        return None


def _matches(entry: _Entry, text: str, words: list[tuple[str, int, int]], at: int) -> int | None:
    if at + len(entry.words) > len(words):
        return None
    for offset, word in enumerate(entry.words):
        found = words[at + offset][0]
        if word != (found if entry.exact else found.casefold()):
            return None
        if offset and not _same_gap(entry.gaps[offset - 1], text[words[at + offset - 1][2] : words[at + offset][1]]):
            return None
    end = words[at + len(entry.words) - 1][2]
    if entry.tail and text.startswith(entry.tail, end):
        end += len(entry.tail)
    return None if text.startswith("$", end) else end


def _same_gap(expected: str, found: str) -> bool:
    return found == expected or (" " in expected and " ".join(found.split()) == expected.strip() and len(found) < 40)
