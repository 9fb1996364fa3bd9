"""All slots of one act at once."""

from dataclasses import dataclass

from ontology.terms import Force, Kind


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


def fill(text: str, sentence: tuple[int, int], start: int, end: int, kind: Kind, date: str | None) -> Slots:
    """The slots of the act at `start` to `end`; `sentence` holds it, `date` is the statement's."""
    return Slots(force=Force.FIRM)
