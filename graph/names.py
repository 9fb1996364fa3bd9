"""An index of names: which of them stands next in a text, and which are near to a misspelt one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from graph.words import Word, fold, joined, key, name_key, words
from ontology.records import Actor, Event, Field, Initiative, Person

Named = Actor | Field | Initiative | Person | Event

# Words of every question that are somebody's acronym too: those count only as they are written, "US" but not "us".
_ORDINARY: Final = frozenset(
    {"us", "who", "it", "aid", "is", "am", "as", "at", "can", "so", "no", "in", "on", "or", "all"}
)
# After these, or first of all, "us" is a party; after "tell" or "give" it is not.
_BEFORE_US: Final = frozenset({"", "by", "of", "and", "or", "with", "between", "to", "toward"})
_LONGEST: Final = 12
_LONGEST_ACRONYM: Final = 6
_NEAR: Final = 80
_SHORTEST: Final = 4


@dataclass(frozen=True, slots=True)
class Found:
    """What the next `size` words name: everything that bears this name, the likelier ones first."""

    named: tuple[Named, ...]
    size: int


class Names:
    """Everything that can be named, under each of its names."""

    def __init__(self) -> None:
        self._names: dict[str, list[Named]] = {}
        self._joined: dict[str, list[Named]] = {}
        self._exact: dict[str, list[Named]] = {}
        self._written: dict[str, str] = {}
        self._longest = 1

    def enter(self, named: Named, names: Iterable[str], *, weak: bool = False) -> None:
        """Add what bears these names; where a name is taken already, a weak one adds nothing."""
        for name in names:
            looked_up = name_key(name)
            exact = fold(name) in _ORDINARY
            table, form = (self._exact, name.replace(".", "")) if exact else (self._names, looked_up)
            known = table.get(form, [])
            if not looked_up or (weak and known):
                continue
            if all(other.iri != named.iri for other in known):
                table.setdefault(form, []).append(named)
            if not exact:
                self._joined.setdefault(joined(form), table[form])
            self._written.setdefault(name, looked_up)
            self._longest = min(_LONGEST, max(self._longest, len(words(name))))

    def longest(self, some: Sequence[Word], at: int) -> Found | None:
        """The longest name that begins at word `at`."""
        for size in range(min(self._longest, len(some) - at), 0, -1):
            span = some[at : at + size]
            ordinary = size == 1 and span[0].folded in _ORDINARY
            named = self._spelled(some, at) if ordinary else self._names.get(key(span), [])
            if not named and not ordinary and all(word.glued for word in span[1:]):
                named = self._joined.get(joined(key(span)), [])
            if not named and size == 1 and span[0].folded.endswith("is"):
                # The plural of "Emirati" ends like "crisis", whose last letter must stay.
                named = self._names.get(span[0].folded[:-1], [])
            if named:
                return Found(tuple(named), size)
        return None

    def _spelled(self, some: Sequence[Word], at: int) -> list[Named]:
        written = some[at].text.replace(".", "")
        before = some[at - 1].folded if at else ""
        named = before == "the" or "." in some[at].text or (written.lower() == "us" and before in _BEFORE_US)
        # In a question all in capitals "WHO" asks who; acronyms alone do not make one.
        shouted = all(word.text.isupper() for word in some if word.text.isalpha()) and any(
            len(word.text) > _LONGEST_ACRONYM for word in some
        )
        form = written.upper() if named else "" if shouted else written
        # A word such as "aid", which is a name in small letters, may begin a sentence.
        return self._exact.get(form) or self._exact.get(form.lower(), [])

    def called(self, name: str) -> list[Named]:
        """All that bears exactly this name, in any spelling."""
        looked_up = name_key(name)
        acronyms = self._exact.get(name.replace(".", "").upper(), [])
        return [*acronyms, *self._names.get(looked_up, self._joined.get(joined(looked_up), []))]

    def near(self, word: str, also: Iterable[str] = (), limit: int = 3) -> tuple[str, ...]:
        """Known names close to a word, and those of `also` that are, the closest first; one for each thing named."""
        if len(word) < _SHORTEST:
            return ()
        known = self._written | {other: name_key(other) for other in also}
        found = process.extract(fold(word), known, scorer=fuzz.ratio, limit=5 * limit, score_cutoff=_NEAR)
        chosen: dict[str, str] = {}
        for form, _, name in found:
            named = self._names.get(form)
            chosen.setdefault(named[0].iri if named else form, name)
        return tuple(chosen.values())[:limit]
