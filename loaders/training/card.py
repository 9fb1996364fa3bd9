"""The model card: what a tagger was made of, how, and what it is not for."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ontology.terms import Kind


@dataclass(frozen=True, slots=True)
class Card:
    """What `train` did. `acts` counts the annotated acts by kind, `loss` is the training loss of the last steps,
    `scores` the F1 of the acts of the documents held back, by epoch, `memory` the peak in MiB (None where the system
    does not tell), `bytes` the size of the graphs."""

    name: str
    base: str
    licence: str
    command: str
    documents: int
    words: int
    paragraphs: int
    acts: dict[Kind, int]
    fields: tuple[str, ...]
    recipe: str
    seconds: float
    loss: float
    scores: tuple[float, ...]
    memory: int | None
    bytes: int
    made: date = field(default_factory=date.today)

    def write(self, path: Path) -> None:
        path.write_text(self.markdown(), encoding="utf-8")

    def markdown(self) -> str:
        """The card as a page."""
        counts = ", ".join(f"{count} {kind}" for kind, count in self.acts.items())
        memory = "" if self.memory is None else f", {self.memory} MiB at most"
        return _PAGE.format(
            card=self,
            total=sum(self.acts.values()),
            counts=counts,
            fields=", ".join(self.fields),
            duration=f"{self.seconds / 60:.0f} minutes{memory}"
            if self.seconds >= 60
            else f"{self.seconds:.0f} s{memory}",
            size=f"{self.bytes / 1e6:.1f} MB",
            watched=self._watched(),
        )

    def _watched(self) -> str:
        if not self.scores:
            return ""
        said = ", ".join(f"{score:.3f}" for score in self.scores)
        best = self.scores.index(max(self.scores)) + 1
        return f"| Held back | F1 of the acts by epoch: {said}; the weights are those of epoch {best} |\n"


_PAGE = """# Model card: {card.name}

A tagger for English official statements. It labels each word as the beginning or the inside of an act (pledge,
willingness, support, opposition, call) or as neither, and gives every act the fields that it is about.

| | |
|---|---|
| Made | {card.made}, by `{card.command}` |
| Base | {card.base}, licence {card.licence} |
| Learnt from | {card.documents} documents, {card.words} words, {card.paragraphs} paragraphs |
| Acts in them | {total}: {counts} |
| Fields | {fields} |
| Recipe | {card.recipe} |
| Training | {duration}; loss at the end {card.loss:.3f} |
{watched}| Files | graphs ({size}, eight-bit), `tokenizer.json`, `tagger.json` (labels, fields, checksum) |

## Figures

Measure it on documents that it has not seen: `pledgegraph evaluate TEXTS GOLD.jsonl --model DIR`.

## Limits

- It reads one paragraph at a time, in English, without case, an item of a list together with the sentence that leads
  into it. What only the paragraph before or the heading tells, it does not know.
- It finds acts. Who is bound by them, and to whom, other parts of the program decide.
- It has the habits of those who annotated its texts: what they did not count as an act, it does not find.
- The confidence of a span is made of the probabilities of its labels; it is not the share of such spans that are
  right.
- A text may try to look like a commitment. The tagger says that words have the form of one, not that anybody meant it.

## Licences

The weights derive from the base (licence above) and are given under the licence of this project. The texts and
annotations that it learnt from are not part of it.
"""
