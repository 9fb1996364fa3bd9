"""All slots of one act at once."""

from dataclasses import dataclass
from typing import Final

from loaders.reading.slots.amount import amount
from loaders.reading.slots.condition import condition
from loaders.reading.slots.deadline import deadline
from loaders.reading.slots.due import due
from loaders.reading.slots.force import cue
from loaders.reading.slots.polarity import negated, reaffirmed
from loaders.reading.slots.quantity import quantity
from ontology.terms import Force, Kind

_REACH: Final = 2_000


@dataclass(frozen=True, slots=True)
class Slots:
    """The slots of one act, as `ontology.records.Utterance` describes them."""

    force: Force
    cue: str | None = None
    deadline: str | None = None
    due: str | None = None
    quantity: str | None = None
    amount: float | None = None
    unit: str | None = None
    condition: str | None = None
    negated: bool = False
    reaffirmed: bool = False


def fill(text: str, sentence: int, start: int, end: int, kind: Kind, date: str | None = None) -> Slots:
    """The slots of the act at `start` to `end`; `sentence` is where its sentence begins, `date` the statement's."""
    sentence = max(sentence, start - _REACH)
    when = _cut(text, deadline(text, sentence, start, end, kind))
    much = _cut(text, quantity(text, start, end, kind))
    counted = amount(much) if much else None
    committing = cue(text, sentence, start, end, kind)
    return Slots(
        force=committing.force,
        cue=committing.words,
        deadline=when,
        due=due(when, date) if when else None,
        quantity=much,
        amount=counted.number if counted else None,
        unit=counted.unit if counted else None,
        condition=_cut(text, condition(text, sentence, start, end)),
        negated=negated(text, sentence, start, end),
        reaffirmed=reaffirmed(text, sentence, start, end),
    )


def _cut(text: str, span: tuple[int, int] | None) -> str | None:
    return text[slice(*span)] if span else None
