"""`pledgegraph extract --explain`: sentence by sentence, what the model saw and why an act is whose."""

from collections.abc import Iterator

from typer import echo

from loaders.reading.labels import LABELS
from loaders.reading.read import Explained, Reader
from loaders.reading.tagger import Token
from ontology.records import Statement


def explain(statement: Statement, reader: Reader) -> None:
    """Prints every sentence: what was found in it, what was dropped and why, or how near the model came to an act."""
    echo(f"# {statement.document}\n")
    for sentence in reader.explain(statement):
        for line in _lines(sentence, statement.text or ""):
            echo(line)


def _lines(sentence: Explained, text: str) -> Iterator[str]:
    yield f"{sentence.start}: {' '.join(sentence.sentence.split())}"
    for act in sentence.acts:
        said = act.utterance
        actors = ", ".join(actor.name for actor in said.actors)
        yield f"    {said.kind} by {actors} ({said.rule}: {act.why}): {said.action}"
        yield f"        {_tags(sentence.tokens, said.start, said.end, text)}"
    for drop in sentence.dropped:
        yield f"    dropped, {drop.reason}: {text[drop.start : drop.end]}"
    if not sentence.acts and not sentence.dropped:
        yield f"    nothing: {_nearest(sentence.tokens, text)}"
    yield ""


def _nearest(tokens: tuple[Token, ...], text: str) -> str:
    """The word at which an act was most likely to begin."""
    likely = [(max(token.probabilities[1::2]), token) for token in tokens]
    if not likely:
        return "the model says no more"
    most, token = max(likely, key=lambda pair: pair[0])
    kind = LABELS[token.probabilities.index(max(token.probabilities[1::2]))]
    return f"the likeliest beginning is {text[token.start : token.end]!r} with {kind}={most:.2f}"


def _tags(tokens: tuple[Token, ...], start: int, end: int, text: str) -> str:
    """Each word of an act with its label and how sure the model was of it."""
    return " ".join(
        f"{text[token.start : token.end]}/{token.label}={token.probabilities[LABELS.index(token.label)]:.2f}"
        for token in tokens
        if start <= token.start < end
    )
