"""Questions that are answered by numbers: how many acts in each group, by one query."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from graph.cypher import LONGEST_PAGE, Query, matching
from graph.projection import relationship
from graph.question import Group, Question, QuestionError, Tallied, Tally
from graph.store import Store
from graph.sums import kept_rows
from ontology.records import Act

_MOST_GROUPS: Final = 3
_PARTIES: Final = {Group.ACTOR: "actors", Group.TO: "counterparts"}


@dataclass(frozen=True, slots=True)
class _Part:
    """How the acts in `c` get one of their groups: what is matched, and the expressions of its key and label."""

    match: str
    key: str
    label: str


async def tally(store: Store, question: Question) -> Tallied:
    """The numbers that answer a question with `by`. Raises `QuestionError` and `StoreError`."""
    asked = counting(question)
    rows = await kept_rows(store, question)
    if rows is None:
        rows = await store.read(asked.text, asked.parameters)
    size = len(question.by or ())
    found = tuple(_tally(row, size) for row in rows[: question.limit])
    return Tallied(question, found, len(rows) > question.limit, asked.text, asked.parameters)


def _tally(row: dict[str, Any], size: int) -> Tally:
    keys = tuple(str(row[f"key{n}"]) for n in range(size))
    labels = tuple(str(row[f"label{n}"]) for n in range(size))
    amount = row.get("amount")
    return Tally(keys, labels, int(row["acts"]), None if amount is None else float(amount))


def counting(question: Question) -> Query:
    """The query that counts. It returns one row more than are asked for, so that it is known whether there are more.

    Raises `QuestionError` for groups that cannot be counted so, and for a bad limit or date.
    """
    by = question.by or ()
    _refuse_uncountable(question, by)
    found = matching(question)
    parts = [_part(group, f"g{n}", question, found.records) for n, group in enumerate(by)]
    money = Group.CURRENCY in by
    lines = [*found.lines]
    if parts:
        lines += [part.match for part in parts if part.match]
        columns = [f"{part.key} AS key{n}, {part.label} AS label{n}" for n, part in enumerate(parts)]
        # One row for each act in each group; of an act that was said twice the largest amount counts.
        columns += ["max(paid.amount) AS promised"] * money
        lines.append(f"WITH {'' if money else 'DISTINCT '}c, {', '.join(columns)}")
    lines += _counted(question, len(parts), money)
    lines.append(f"ORDER BY {_order(by)} LIMIT $limit")
    return Query("\n".join(lines), found.parameters | {"limit": question.limit + 1})


def _refuse_uncountable(question: Question, by: tuple[Group, ...]) -> None:
    if not 1 <= question.limit <= LONGEST_PAGE:
        raise QuestionError(f"an answer has 1 to {LONGEST_PAGE} groups, not {question.limit}")
    if question.cursor is not None:
        raise QuestionError("numbers come on one page; leave the cursor out and raise the limit")
    if len(set(by)) < len(by) or len(by) > _MOST_GROUPS:
        raise QuestionError(f"acts are counted by 1 to {_MOST_GROUPS} different groups, not by {', '.join(by)}")
    if question.shared and (len(by) < 2 or len(_compared(question)) < 2):
        raise QuestionError(
            "what is shared is asked of two parties or more: name them, and count by the field, say, and last of all "
            "by them (by=field&by=actor, or by=actor&by=field&by=to)"
        )


def _compared(question: Question) -> tuple[str, ...]:
    """The parties of whom each must have acts in a group that is shared."""
    name = _PARTIES.get(question.by[-1]) if question.by else None
    return tuple({actor.iri: actor.iri for actor in getattr(question, name)}) if name else ()


def _part(group: Group, node: str, question: Question, records: tuple[type[Act], ...]) -> _Part:
    match group:
        case Group.YEAR:
            return _Part("", "substring(coalesce(c.date, ''), 0, 4)", "substring(coalesce(c.date, ''), 0, 4)")
        case Group.KIND:
            return _Part("", "coalesce(c.kind, 'call')", "coalesce(c.kind, 'call')")
        case Group.CURRENCY:
            money = ["paid.unit =~ '[A-Z]{3}'"] + ["paid.unit IN $currencies"] * bool(question.currencies)
            return _Part("MATCH (c)<-[:EXPRESSES]-(paid:Utterance)" + _where(money), "paid.unit", "paid.unit")
        case Group.FIELD:
            above = f"MATCH (c){relationship('fields', *records)}(:Field)-[:BROADER*0..]->({node}:Field)"
            conditions = [f"{node}.slug IN fields"] * bool(question.fields)
            conditions += [f"({node})-[:BROADER]->()"] * question.shared
            return _Part(above + _where(conditions), f"{node}.slug", f"{node}.name")
        case Group.INITIATIVE:
            return _named(node, "initiatives", "Initiative", question, records)
    return _named(node, _PARTIES[group], "Actor", question, records)


def _named(node: str, name: str, label: str, question: Question, records: tuple[type[Act], ...]) -> _Part:
    """A group of parties or initiatives: only those that are asked for, where some are."""
    among = [f"{node}.iri IN ${name}"] * bool(getattr(question, name))
    match = f"MATCH (c){relationship(name, *records)}({node}:{label})"
    return _Part(match + _where(among), f"{node}.iri", f"{node}.name")


def _where(conditions: list[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _counted(question: Question, groups: int, money: bool) -> Iterator[str]:
    names = [f"{what}{n}" for n in range(groups) for what in ("key", "label")]
    numbers = "count(DISTINCT c) AS acts" + money * ", sum(promised) AS amount"
    if not question.shared:
        yield f"RETURN {', '.join([*names, numbers])}"
        return
    *others, key, label = names
    each = f"key: {key}, label: {label}, acts: acts" + money * ", amount: amount"
    yield f"WITH {', '.join([*names, numbers])}"
    yield f"WITH {', '.join(others)}, collect({{{each}}}) AS sides"
    yield f"WHERE size(sides) = {len(_compared(question))}"
    yield "UNWIND sides AS side"
    yield (
        f"RETURN {', '.join(others)}, side.key AS {key}, side.label AS {label}, side.acts AS acts"
        + money * ", side.amount AS amount"
    )


def _order(by: tuple[Group, ...]) -> str:
    """Years in their order, currencies by their sums, all else by how many acts there are."""
    names = [f"{what}{n}" for n in range(len(by)) for what in ("label", "key")]
    if Group.CURRENCY in by:
        return ", ".join([f"key{by.index(Group.CURRENCY)}", "amount DESC", *names])
    if by and by[0] is Group.YEAR:
        return ", ".join(["CASE WHEN key0 = '' THEN '9999' ELSE key0 END", "acts DESC", *names[2:]])
    return ", ".join(["acts DESC", *names])
