"""What finds acts in a paragraph: the tagger that is shipped, or a language model that is asked."""

from pathlib import Path
from typing import Protocol

from loaders.reading.tagger import DEFAULT, Span, Tagger, Token


class Finder(Protocol):
    """Finds the acts of paragraphs; whose they are is for the rules to say."""

    @property
    def name(self) -> str:
        """How records name it."""

    def spans(self, text: str, start: int = 0, lead: str = "") -> tuple[Span, ...]:
        """The acts of one paragraph, in order, none overlapping; `start` is where it begins in its document, `lead`
        the sentence under which it stands as an item of a list."""

    def doubts(self, text: str, start: int = 0, lead: str = "") -> tuple[Span, ...]:
        """What might be acts of a paragraph and is not probable enough to be given out."""

    def tags(self, text: str, start: int = 0, lead: str = "") -> tuple[Token, ...]:
        """Every word with what is known of it, for explanations; empty where nothing is."""

    def remarks(self) -> tuple[str, ...]:
        """What the user should know once everything is read."""


def is_service(model: str | Path | None) -> bool:
    """Whether a model is asked over the network rather than loaded."""
    return isinstance(model, str) and model.startswith(("http://", "https://"))


def finder(model: str | Path | None = None, key: str | None = None, cache: Path | None = None) -> Finder:
    """The tagger of a model folder, by default the one that is shipped, or the model of `https://HOST/v1#NAME`.

    `key` opens that service, `cache` keeps its answers. Raises ModelError.
    """
    if is_service(model):
        from loaders.reading.consulting.consultant import Consultant  # the tagger shall not wait for an HTTP client

        return Consultant.at(str(model), key, cache)
    return Tagger.load(Path(model) if model else DEFAULT)
