"""Numbers about everything, from the counts that are kept: the same rows that counting the acts would give."""

from collections import Counter
from dataclasses import replace
from typing import Any, Final

from graph.counts import FILED, MONTH
from graph.question import Group, Question
from graph.store import Store
from ontology import taxonomy

_NARROWER: Final = "MATCH (n:Field)-[:BROADER*0..]->(f:Field) WHERE f.slug IN $fields RETURN DISTINCT n.slug AS slug"


async def kept_rows(store: Store, question: Question) -> list[dict[str, Any]] | None:
    """The rows of a question by field, year or kind; None where it asks for more than is kept. Raises `StoreError`."""
    if not _is_kept(question):
        return None
    # What is broader than a field was looked up in the taxonomy when its acts were counted.
    fields = await store.read("MATCH (f:Field) RETURN count(f) AS many", {})
    if fields[0]["many"] != len(taxonomy.fields()):
        return None
    groups: Counter[tuple[str, ...]] = Counter()
    by = question.by or ()
    # Where kinds are no groups the server adds them up: what is sent costs more than what is counted.
    for kinds in [[kind] for kind in question.kinds] if Group.KIND in by else [question.kinds]:
        for slug, year, acts in await _counts(store, question, " + ".join(f"n.{kind}" for kind in sorted(kinds))):
            keys = {Group.FIELD: slug, Group.YEAR: year, Group.KIND: min(kinds).value}
            groups[tuple(keys[group] for group in by)] += acts
    if not by:
        return [{"acts": groups[()]}]
    rows = [_row(by, keys, acts) for keys, acts in groups.items() if acts]
    return sorted(rows, key=lambda row: _order(by, row))


def _is_kept(question: Question) -> bool:
    by = question.by
    if by is None or not {*by} <= {Group.FIELD, Group.YEAR, Group.KIND}:
        return False
    if replace(question, fields=(), by=None, limit=100) != Question(kinds=question.kinds):
        return False
    # An act in two of the fields asked for counts once, which only the acts themselves can tell.
    return Group.FIELD in by or len(question.fields) <= 1


async def _counts(store: Store, question: Question, acts: str) -> list[tuple[str, str, int]]:
    """Field, year and number. They come in one list, since thousands of rows would take the driver longest of all."""
    if Group.FIELD not in (question.by or ()) and not question.fields:
        months = f"MATCH (n:{MONTH}) RETURN collect(['', substring(n.iri, 0, 4), {acts}]) AS counts"
        return list((await store.read(months, {}))[0]["counts"])
    among = ""
    slugs = list(question.fields)
    if slugs:
        among = " WHERE n.slug IN $slugs"
        if Group.FIELD in (question.by or ()):
            slugs = [row["slug"] for row in await store.read(_NARROWER, {"fields": slugs})]
    cypher = f"MATCH (n:{FILED}){among} RETURN collect([n.slug, n.year, {acts}]) AS counts"
    return list((await store.read(cypher, {"slugs": slugs} if slugs else {}))[0]["counts"])


def _row(by: tuple[Group, ...], keys: tuple[str, ...], acts: int) -> dict[str, Any]:
    row: dict[str, Any] = {"acts": acts}
    for place, (group, key) in enumerate(zip(by, keys, strict=True)):
        row[f"key{place}"] = key
        row[f"label{place}"] = taxonomy.by_slug()[key].label if group is Group.FIELD else key
    return row


def _order(by: tuple[Group, ...], row: dict[str, Any]) -> tuple[Any, ...]:
    """Years in their order, all else by how many acts there are, as the query that counts has it."""
    names = [row[f"{what}{place}"] for place in range(len(by)) for what in ("label", "key")]
    if by[0] is Group.YEAR:
        return (row["key0"] or "9999", -row["acts"], *names[2:])
    return (-row["acts"], *names)
