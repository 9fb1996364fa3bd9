"""How records read on a page: links, dates, kinds, and what stands beside an act."""

import calendar
import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urlencode

from ontology.edtf import EdtfError, parse
from ontology.records import Act, Actor, Call, Commitment, Statement, Utterance
from ontology.taxonomy import by_slug
from ontology.terms import Force, Kind

_MONTHS: Final = dict(enumerate(calendar.month_name))
_FORCES: Final = {
    Force.HOPE: "a hope",
    Force.WILLINGNESS: "readiness",
    Force.BEST_EFFORT: "best effort",
    Force.FIRM: "firm",
    Force.BINDING: "binding",
}


def key(iri: str) -> str:
    """The last part of an identifier, which is what paths and anchors use."""
    return iri.rpartition("/")[2]


def act_path(act: Act) -> str:
    """Where an act stands on this site."""
    return f"/{'calls' if isinstance(act, Call) else 'commitments'}/{key(act.iri)}"


def statement_path(statement: Statement, said: Utterance | None = None) -> str:
    """Where a statement stands on this site, or where in it an act was said."""
    return f"/statements/{key(statement.iri)}" + (f"#u-{key(said.iri)}" if said else "")


def question_path(text: str, **parameters: str) -> str:
    """Where a question is answered as a page."""
    return "/?" + urlencode({"q": text, **parameters})


def form_path(text: str, form: str, cursor: str | None) -> str:
    """Where the answer to a question stands in another form."""
    return "/ask?" + urlencode({"q": text, "format": form} | ({"cursor": cursor} if cursor else {}))


def force_of(act: Act) -> str | None:
    """How strongly a pledge binds; the other kinds say it by their names."""
    return _FORCES[act.force] if isinstance(act, Commitment) and act.kind is Kind.PLEDGE else None


def field_label(slug: str) -> str:
    """The label of a field; a slug that the taxonomy lacks stays as it is."""
    field = by_slug().get(slug)
    return field.label if field else slug


def day(date: str | None) -> str:
    """An EDTF date as people write it: 6 May 2023."""
    if not date:
        return "undated"
    try:
        edtf = parse(date)
    except EdtfError:
        return date
    period = edtf.start
    if period is None or period != edtf.end or period.part not in _MONTHS:
        return edtf.readable
    return " ".join(str(part) for part in (period.day, _MONTHS[period.part], period.year) if part)


def slots(said: Utterance) -> Iterator[tuple[str, str]]:
    """What an utterance says beside its action, as pairs of a name and a value."""
    if said.deadline:
        yield "Deadline", f"{said.deadline} ({day(said.due)})" if said.due else said.deadline
    if said.quantity:
        yield "Quantity", said.quantity
    if said.condition:
        yield "Condition", said.condition
    if said.speaker:
        yield "Spoken by", said.speaker.name
    if said.initiatives:
        yield "Under", ", ".join(initiative.name for initiative in said.initiatives)
    if said.event:
        yield "On the occasion of", said.event.name


def amount_of(amount: float | None) -> str:
    """A sum as people write it: 1,250,000."""
    return "" if amount is None else f"{amount:,.2f}".rstrip("0").rstrip(".")


def is_web(url: str | None) -> bool:
    """Whether an address may become a link: what is no web address could be a script."""
    return url is not None and url.startswith(("http://", "https://"))


def names(actors: Iterable[Actor]) -> str:
    """Parties by name."""
    return ", ".join(actor.name for actor in actors)


def corrected(text: str, word: str, near: str) -> str:
    """A question with one of its words replaced."""
    return re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", lambda _: near, text, count=1, flags=re.IGNORECASE)
