"""Reading a statement: the tagger finds the acts, rules say whose they are and fill their slots."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from loaders.reading.attribution import Attributed, Attribution
from loaders.reading.finder import Finder, finder
from loaders.reading.guideline import settled
from loaders.reading.leads import under_leads
from loaders.reading.parties import Genre, parties
from loaders.reading.passages import Passage, is_headline, sentences
from loaders.reading.references import References
from loaders.reading.registry import Registry
from loaders.reading.slots.events import event
from loaders.reading.slots.fill import fill
from loaders.reading.slots.initiatives import initiatives
from loaders.reading.tagger import FLOOR, Span, Token
from ontology.identifiers import utterance_iri
from ontology.records import Actor, Event, Statement, Utterance
from ontology.terms import Role


@dataclass(frozen=True, slots=True)
class Dropped:
    """A span that became no utterance, and why."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Read:
    """An utterance and, in words, why it was given to its party."""

    utterance: Utterance
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was found in a statement, by place; a statement without any act has no genre."""

    acts: tuple[Read, ...]
    dropped: tuple[Dropped, ...]
    genre: Genre | None = None

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        """The acts alone."""
        return tuple(act.utterance for act in self.acts)


@dataclass(frozen=True, slots=True)
class Explained:
    """One sentence: its words with the tagger's labels, the acts that begin in it, and what was dropped there."""

    sentence: str
    start: int
    tokens: tuple[Token, ...]
    acts: tuple[Read, ...]
    dropped: tuple[Dropped, ...]


class _Block:
    """A paragraph in which the tagger found something: its acts, its sentences, and whether it is a headline."""

    def __init__(self, spans: tuple[Span, ...], bounds: list[Passage], headline: bool) -> None:
        self.spans, self.headline = spans, headline
        self._bounds, self._starts = bounds, [bound.start for bound in bounds]

    def around(self, span: Span) -> Passage:
        """The sentence, or the run of sentences, that holds a span."""
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        last = max(bisect_right(self._starts, span.end - 1) - 1, first)
        return Passage(min(self._starts[first], span.start), max(self._bounds[last].end, span.end))


class Reader:
    """A finder of acts and the registry of parties, ready to read any number of statements."""

    def __init__(self, found_by: Finder, registry: Registry) -> None:
        self.finder, self.registry = found_by, registry

    @classmethod
    def load(cls, model: str | Path | None = None, key: str | None = None, cache: Path | None = None) -> Self:
        """The reader with a model, by default the one that is shipped (see `finder`); raises ModelError."""
        return cls(finder(model, key, cache), Registry.load())

    def read(self, statement: Statement) -> tuple[Utterance, ...]:
        """The acts of a statement, by place."""
        return self.reading(statement).utterances

    def reading(self, statement: Statement) -> Reading:
        """The acts of a statement with the reasons for their parties, and the spans that were dropped."""
        text = statement.text or ""
        blocks = [block for block in self._blocks(text) if block.spans]
        if not blocks:
            return Reading((), ())
        return _Scene(statement, blocks, self.registry, self.finder.name).reading()

    def _blocks(self, text: str) -> Iterator[_Block]:
        for block, lead in under_leads(text):
            tagged = self.finder.spans(text[block.start : block.end], block.start, lead)
            spans = tuple(one for span in tagged for one in settled(text, span))
            yield _Block(spans, list(sentences(text, block)) if spans else [], is_headline(text, block))

    def explain(self, statement: Statement) -> tuple[Explained, ...]:
        """Per sentence: the tags with their probabilities, the party that was chosen and why."""
        reading, text = self.reading(statement), statement.text or ""
        explained: list[Explained] = []
        for block, lead in under_leads(text):
            tokens = self.finder.tags(text[block.start : block.end], block.start, lead)
            doubts = self.finder.doubts(text[block.start : block.end], block.start, lead)
            dropped = (*reading.dropped, *(Dropped(d.start, d.end, _doubt(d)) for d in doubts))
            for start, end in sentences(text, block):
                explained.append(
                    Explained(
                        sentence=text[start:end],
                        start=start,
                        tokens=tuple(token for token in tokens if start <= token.start < end),
                        acts=tuple(act for act in reading.acts if start <= act.utterance.start < end),
                        dropped=tuple(drop for drop in dropped if start <= drop.start < end),
                    )
                )
        return tuple(explained)


def _doubt(span: Span) -> str:
    if span.confidence < FLOOR:
        return f"sure only to {span.confidence:.2f}"
    return "the first layers saw no act in this part of the text"


class _Scene:
    """What holds for the whole statement while its acts are read."""

    def __init__(self, statement: Statement, blocks: list[_Block], registry: Registry, extractor: str) -> None:
        self._statement, self._blocks, self._extractor = statement, blocks, extractor
        self._text = statement.text or ""
        references = References(self._text, registry, statement.date)
        self._parties = parties(statement, registry, references)
        spans = [(span.start, span.end, span.kind) for block in blocks if not block.headline for span in block.spans]
        self._attribution = Attribution(statement, self._parties, registry, spans, references)
        self._event: Event | None = event(statement)
        self._issuer = (registry.named(statement.issuer),) if statement.issuer else ()

    def reading(self) -> Reading:
        """The spans of each paragraph as utterances."""
        acts: list[Read] = []
        dropped: list[Dropped] = []
        for block in self._blocks:
            for span in block.spans:
                found = (
                    Dropped(span.start, span.end, "it stands in a headline")
                    if block.headline
                    else self._read(block, span)
                )
                if isinstance(found, Read):
                    acts.append(found)
                else:
                    dropped.append(found)
        return Reading(tuple(acts), tuple(dropped), self._parties.genre)

    def _read(self, block: _Block, span: Span) -> Read | Dropped:
        attributed = self._attribution.of(span.start, span.end, span.kind)
        actors = self._actors(attributed)
        if not actors:
            return Dropped(span.start, span.end, "no party could be found for it")
        return Read(self._utterance(span, attributed, actors, block.around(span)), attributed.why)

    def _actors(self, attributed: Attributed) -> tuple[Actor, ...]:
        """An act needs an actor: failing all else it is the issuer's, or that of all parties."""
        return attributed.actors or self._parties.issuers or self._parties.members or self._issuer

    def _utterance(self, span: Span, attributed: Attributed, actors: tuple[Actor, ...], sentence: Passage) -> Utterance:
        text, statement = self._text, self._statement
        slots = fill(text, sentence.start, span.start, span.end, span.kind, statement.date)
        return Utterance(
            iri=utterance_iri(statement.iri, span.start, span.end, span.kind),
            statement=statement,
            kind=span.kind,
            actors=actors,
            counterparts=attributed.counterparts,
            action=text[span.start : span.end],
            start=span.start,
            end=span.end,
            quote=text[sentence.start : sentence.end],
            quote_start=sentence.start,
            fields=span.fields,
            **asdict(slots),
            speaker=attributed.speaker,
            initiatives=initiatives(text, sentence.start, span.start, span.end),
            event=self._event,
            role=Role.REAFFIRMS if slots.reaffirmed else Role.STATES,
            rule=attributed.rule if attributed.actors else f"{attributed.rule}-issuer",
            extractor=self._extractor,
            confidence=span.confidence,
        )
