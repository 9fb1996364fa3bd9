"""Counts that are kept, since counting a million acts takes longer than anybody waits: by month, by field and year.

They are raised in the transaction that writes the acts, by the difference that it makes, so they hold in every order of
loading, and a second load changes nothing. The vocabulary does not know these nodes; exports leave them out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final, NamedTuple

from ontology import taxonomy
from ontology.property_graph import Edge
from ontology.records import Call, Commitment
from ontology.terms import FIELD, Kind

ACTS: Final = frozenset({Commitment.__name__, Call.__name__})
"""The labels of what is counted."""
MONTH: Final = "Month"
"""`(:Month {iri: '2022-05', pledge, willingness, support, opposition, call})`: so many have a date that begins so."""
FILED: Final = "Filed"
"""`(:Filed {iri: 'security 2022', slug, year, pledge, …})`: so many are filed there or under a narrower field."""
LABELS: Final = (MONTH, FILED)
_KINDS: Final = tuple(kind.value for kind in Kind)
_RAISE: Final = ", ".join(f"n.{kind} = coalesce(n.{kind}, 0) + row.{kind}" for kind in _KINDS)


class Standing(NamedTuple):
    """What counts of an act."""

    kind: str
    date: str
    fields: frozenset[str]

    @classmethod
    def of(cls, label: str, properties: Mapping[str, Any], fields: Iterable[str]) -> "Standing":
        kind = Kind.CALL.value if label == Call.__name__ else str(properties.get("kind", ""))
        return cls(kind, str(properties.get("date", "")), frozenset(fields))


class Counts:
    """The difference that one write makes to the counts."""

    def __init__(self, edges: Iterable[Edge]) -> None:
        self._months: Counter[tuple[str, str]] = Counter()
        self._filed: Counter[tuple[str, str, str]] = Counter()
        self._new: dict[str, set[str]] = defaultdict(set)
        for edge in edges:
            if edge.source_label in ACTS and edge.target.startswith(FIELD):
                self._new[edge.source].add(edge.target.removeprefix(FIELD))

    def note(
        self, label: str, before: Mapping[str, Any] | None, after: Mapping[str, Any], fields: Iterable[str] = ()
    ) -> None:
        """An act that comes (`before` is None) or is more or otherwise than it was, and the fields that it had."""
        new = Standing.of(label, after, {*fields, *self._new.get(str(after["iri"]), ())})
        old = None if before is None else Standing.of(label, before, fields)
        if new != old:
            self._count(new, 1)
            if old:
                self._count(old, -1)

    def _count(self, act: Standing, by: int) -> None:
        if act.kind not in _KINDS:
            return
        self._months[act.date[:7], act.kind] += by
        # A field that the taxonomy does not have stands for itself alone.
        for field in frozenset[str]().union(*(_broader().get(slug, {slug}) for slug in act.fields)):
            self._filed[field, act.date[:4], act.kind] += by

    def statements(self) -> Iterable[tuple[str, dict[str, Any]]]:
        """What to run so that the counts that are kept agree; nothing where nothing has changed."""
        months: dict[str, dict[str, Any]] = {}
        for (month, kind), by in self._months.items():
            _row(months, month, {})[kind] += by
        filed: dict[str, dict[str, Any]] = {}
        for (slug, year, kind), by in self._filed.items():
            _row(filed, f"{slug} {year}", {"slug": slug, "year": year})[kind] += by
        for label, rows in ((MONTH, months), (FILED, filed)):
            changed = [rows[key] for key in sorted(rows) if any(rows[key][kind] for kind in _KINDS)]
            if changed:
                yield (
                    f"UNWIND $given.rows AS row MERGE (n:{label} {{iri: row.iri}}) SET n += row.key, {_RAISE}",
                    {"rows": changed},
                )


def _row(rows: dict[str, dict[str, Any]], iri: str, key: dict[str, str]) -> dict[str, Any]:
    return rows.setdefault(iri, {"iri": iri, "key": key, **dict.fromkeys(_KINDS, 0)})


@cache
def _broader() -> Mapping[str, frozenset[str]]:
    return {slug: taxonomy.broader(slug) for slug in taxonomy.by_slug()}
