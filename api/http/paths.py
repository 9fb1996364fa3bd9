"""Where the acts behind an answer stand: a question as the parameters of `/commitments` and `/calls`."""

from collections.abc import Iterable
from urllib.parse import urlencode

from graph.question import Group, Question, Tally
from ontology.records import Actor, Event, Initiative, Person
from ontology.terms import COMMITMENT_KINDS, Kind

Parameters = dict[str, list[str]]
_NAMED = {Group.ACTOR: "actor", Group.TO: "to", Group.INITIATIVE: "initiative"}


def acts_path(question: Question, tally: Tally | None = None) -> str | None:
    """The acts that a question is about, or those that one of its numbers counts.

    None where parameters cannot say it: commitments and calls at once, acts without a date.
    """
    found = parameters(question)
    if tally and question.by and not _narrow(found, question, tally):
        return None
    kinds = found.pop("kind", [])
    if Kind.CALL.value in kinds:
        return f"/calls?{_query(found)}" if kinds == [Kind.CALL.value] else None
    return f"/commitments?{_query({'kind': kinds} | found)}"


def here(question: Question, cursor: str) -> str:
    """Where the acts go on that a question is about, as a page."""
    return f"{acts_path(question)}&{urlencode({'limit': question.limit, 'cursor': cursor})}"


def parameters(question: Question) -> Parameters:
    """The filters of a question under the names that HTTP gives them; what is not asked for is not there."""
    said: dict[str, Iterable[str]] = {
        "kind": [] if question.kinds == COMMITMENT_KINDS else sorted(kind.value for kind in question.kinds),
        "actor": _names(question.actors),
        "to": _names(question.counterparts),
        "field": question.fields,
        "since": _given(question.since),
        "until": _given(question.until),
        "issuer": question.issuers,
        "speaker": _names(question.speakers),
        "event": _names(question.events),
        "initiative": _names(question.initiatives),
        "words": [f'"{words}"' if " " in words else words for words in question.words],
        "force": _given(None if question.min_force is None else int(question.min_force)),
        "due_since": _given(question.due_since),
        "due_before": _given(question.due_before),
        "conditional": _given(None if question.conditional is None else str(question.conditional).lower()),
        "amount": _given(question.amount),
        "currency": question.currencies,
        "together": ["true"] if question.together else [],
    }
    return {name: list(dict.fromkeys(values)) for name, values in said.items() if values}


def _narrow(found: Parameters, question: Question, tally: Tally) -> bool:
    """Narrow parameters to what one number counts; False where they cannot say it."""
    for group, key, label in zip(question.by or (), tally.keys, tally.labels, strict=True):
        match group:
            case Group.FIELD | Group.KIND:
                found[group.value] = [key]
            case Group.YEAR if key:
                since, until = question.since, question.until
                found["since"] = [since if since and since > key else key]
                found["until"] = [until if until and until.startswith(key) else key]
            case Group.CURRENCY:
                found["currency"] = [key]
            case Group.ACTOR if question.together:
                continue
            case Group.ACTOR | Group.TO | Group.INITIATIVE:
                found[_NAMED[group]] = [label]
            case _:
                return False
    return True


def _query(found: Parameters) -> str:
    return urlencode({name: values for name, values in found.items() if values}, doseq=True)


def _names(named: Iterable[Actor | Person | Event | Initiative]) -> list[str]:
    return [each.name for each in named]


def _given(value: object) -> list[str]:
    return [] if value is None else [str(value)]
