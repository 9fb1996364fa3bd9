"""A language model in the place of the tagger. It finds acts; the rules say whose they are, as for any other."""

import hashlib
import json
import os
from collections import Counter
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final, Self

from loaders.reading.consulting.answers import SCHEMA, Refusal, borne_out
from loaders.reading.consulting.endpoint import Endpoint
from loaders.reading.tagger import Span, Token

_SURROGATES: Final = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


@lru_cache(maxsize=1)
def _instructions() -> str:
    return files(__package__).joinpath("instructions.md").read_text(encoding="utf-8")


class Consultant:
    """A model that is asked paragraph by paragraph. Answers are kept by a hash of all that they depend on."""

    def __init__(self, endpoint: Endpoint, cache: Path | None = None) -> None:
        self.name = f"{endpoint.model}@consulted"
        self._endpoint, self._cache = endpoint, cache
        self._refused = Counter[Refusal]()

    @classmethod
    def at(cls, address: str, key: str | None = None, cache: Path | None = None) -> Self:
        """The model of `https://HOST/v1#MODEL`; raises ModelError."""
        return cls(Endpoint.of(address, key), cache)

    def spans(self, text: str, start: int = 0, lead: str = "") -> tuple[Span, ...]:
        """The acts that the model finds in a paragraph and whose words stand in it. Raises ModelError."""
        if not any(letter.isalpha() for letter in text):
            return ()
        found, refused = borne_out(self._answer(text.translate(_SURROGATES), lead.translate(_SURROGATES)), text, start)
        self._refused += refused
        return found

    def doubts(self, text: str, start: int = 0, lead: str = "") -> tuple[Span, ...]:
        """Nothing: what a service is not sure of it does not answer."""
        return ()

    def tags(self, text: str, start: int = 0, lead: str = "") -> tuple[Token, ...]:
        """Nothing: a service does not say how probable each word was."""
        return ()

    def remarks(self) -> tuple[str, ...]:
        """How many of the model's acts were left out, and why."""
        return tuple(f"{self.name}: {many} left out: {refusal}" for refusal, many in sorted(self._refused.items()))

    def _answer(self, text: str, lead: str) -> str:
        material = json.dumps({"lead": lead, "paragraph": text} if lead else {"paragraph": text}, ensure_ascii=False)
        depends = "\0".join((self._endpoint.url, self._endpoint.model, _instructions(), json.dumps(SCHEMA), material))
        kept = self._cache / f"{hashlib.sha256(depends.encode()).hexdigest()}.json" if self._cache else None
        if kept is not None and kept.is_file():
            return kept.read_text(encoding="utf-8")
        answer = self._endpoint.complete(_instructions(), material, SCHEMA)
        if kept is not None:
            _keep(kept, answer)
        return answer


def _keep(file: Path, answer: str) -> None:
    """Whole or not at all, whoever else writes at the same time."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(f".{os.getpid()}.part")
    draft.write_text(answer, encoding="utf-8")
    draft.replace(file)
