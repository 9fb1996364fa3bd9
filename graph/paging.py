"""One page of acts, newest first, as fast from a million acts as from ten thousand.

Where there are few acts to look through one query does it: it looks at all of them and sorts. Where there are many, the
answer is put together from stretches of time, the newest first, each as long as needed by the counts that are kept.
"""

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from graph.counts import FILED, MONTH
from graph.cursor import place
from graph.cypher import PARTIES, Stretch, anchor_of, query
from graph.question import Question
from graph.schema import counted
from graph.store import Store
from ontology.mapping import BY_RECORD
from ontology.records import Call, Commitment
from ontology.terms import COMMITMENT_KINDS, Kind

FEW: Final = 1000
"""As many acts are looked through at once."""
_MONTHS: Final = 60
_NARROWER: Final = (
    "MATCH (n:Field)-[:BROADER*0..]->(asked:Field) WHERE asked.slug IN $fields "
    "RETURN DISTINCT n.slug AS slug ORDER BY slug"
)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Search:
    """Where to start, and how many acts there are to look through."""

    anchor: str | None
    acts: int


async def page(store: Store, question: Question) -> list[Row]:
    """The acts of a page and one more, if there is one, as rows for `from_row`.

    Raises `QuestionError` and `StoreError`.
    """
    plain = query(question)
    search = await _search(store, question)
    if search is None or search.acts <= FEW:
        asked = query(question, search.anchor) if search else plain
        return [row["act"] for row in await store.read(asked.text, asked.parameters)]
    rows = [row for part in _by_class(question) for row in await _stretched(store, part, search)]
    rows.sort(key=lambda row: row["iri"])
    rows.sort(key=lambda row: row["date"] or "", reverse=True)
    return rows[: question.limit + 1]


def _by_class(question: Question) -> Iterator[Question]:
    """Commitments and calls apart, since they stand in different indexes."""
    for kinds in (question.kinds & COMMITMENT_KINDS, question.kinds & {Kind.CALL}):
        if kinds:
            yield replace(question, kinds=frozenset(kinds))


async def _search(store: Store, question: Question) -> _Search | None:
    """None where the filters are of another kind, and the plain query does."""
    anchor = anchor_of(question)
    if anchor in PARTIES:
        sizes = [(await _acts_of(store, question, name), name) for name in PARTIES if getattr(question, name)]
        acts, anchor = min(sizes)
        return _Search(anchor, acts)
    if anchor == "fields":
        counted_acts = f"MATCH (n:{FILED}) WHERE n.slug IN $fields RETURN sum({_sum(question.kinds)}) AS many"
        return _Search(anchor, await _number(store, counted_acts, {"fields": list(question.fields)}))
    return None if anchor else _Search(anchor, await _in_all(store, question.kinds))


async def _in_all(store: Store, kinds: Iterable[Kind]) -> int:
    return await _number(store, f"MATCH (n:{MONTH}) RETURN sum({_sum(kinds)}) AS many", {})


async def _number(store: Store, cypher: str, parameters: Row) -> int:
    return int((await store.read(cypher, parameters))[0]["many"] or 0)


async def _acts_of(store: Store, question: Question, name: str) -> int:
    """How many acts the parties of one filter have, by what they keep themselves."""
    links = {link for record in (Commitment, Call) for link in BY_RECORD[record].links if link.name == name}
    many = " + ".join(f"coalesce(a.{key}, 0)" for key in sorted(map(counted, links)))
    iris = [party.iri for party in getattr(question, name)]
    return await _number(store, f"MATCH (a:Actor) WHERE a.iri IN $iris RETURN sum({many}) AS many", {"iris": iris})


def _sum(kinds: Iterable[Kind]) -> str:
    return " + ".join(f"n.{kind}" for kind in sorted(kinds))


async def _stretched(store: Store, question: Question, search: _Search) -> list[Row]:
    """The rows of a page of one class, from one stretch after the other until there are enough."""
    fields: tuple[str, ...] = ()
    if question.fields:
        narrower = await store.read(_NARROWER, {"fields": list(question.fields)})
        fields = tuple(row["slug"] for row in narrower)
    wanted, rows, before = question.limit + 1, list[Row](), None
    share = search.acts / max(await _in_all(store, Kind), 1) if search.anchor in PARTIES else 1.0
    async for months in _Stretches(store, question, share, rows):
        left = replace(question, limit=max(wanted - len(rows) - 1, 1))
        asked = query(left, search.anchor, Stretch(months, before, fields))
        rows += [row["act"] for row in await store.read(asked.text, asked.parameters)]
        before = months[-1]
        if len(rows) >= wanted:
            break
    return rows


class _Stretches:
    """Runs of months, the newest first, in each of which about as many acts are looked through as will be needed."""

    def __init__(self, store: Store, question: Question, share: float, rows: list[Row]) -> None:
        self._store, self._question, self._share, self._rows = store, question, share, rows
        self._seen = 0.0
        self._need = 4.0 * (question.limit + 1)

    async def __aiter__(self) -> AsyncIterator[tuple[str, ...]]:
        stretch: list[str] = []
        acts = 0.0
        async for month, many in self._months():
            if stretch and (acts >= self._need or not month):
                yield tuple(stretch)
                self._learn(acts)
                stretch, acts = [], 0.0
            stretch.append(month)
            acts += many * self._share
        if stretch:
            yield tuple(stretch)

    def _learn(self, acts: float) -> None:
        """The next stretch is longer, by how many of the acts looked through so far were wanted."""
        self._seen += acts
        rate = (len(self._rows) + 1) / (self._seen + 1)
        left = self._question.limit + 1 - len(self._rows)
        self._need = min(max(2 * self._need, 1.3 * left / rate), 16 * self._need)

    async def _months(self) -> AsyncIterator[tuple[str, int]]:
        """The months in which there are acts of these kinds, the newest first, and how many."""
        many = _sum(self._question.kinds)
        last, bound = (place(self._question.cursor).key[:7] if self._question.cursor else "~"), "<="
        rows: list[Row] = []
        while not rows or len(rows) == _MONTHS:
            rows = await self._store.read(
                f"MATCH (n:{MONTH}) WHERE n.iri {bound} $last AND {many} > 0 "
                f"RETURN n.iri AS month, {many} AS acts ORDER BY n.iri DESC LIMIT {_MONTHS}",
                {"last": last},
            )
            for row in rows:
                yield row["month"], row["acts"]
            if not rows:
                return
            last, bound = rows[-1]["month"], "<"
