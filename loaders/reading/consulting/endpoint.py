"""An OpenAI-compatible service, asked one question at a time."""

import time
from dataclasses import dataclass
from typing import Any, Final, Self
from urllib.parse import urlsplit

import httpx2

from loaders.reading.model_folder import ModelError

_ATTEMPTS: Final = 4
_PAUSE: Final = 0.5
_LONGEST_PAUSE: Final = 30.0
_AGAIN: Final = frozenset({408, 409, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A model of a service: the address that `/chat/completions` is added to, the model's name, and the key."""

    url: str
    model: str
    key: str | None = None
    seconds: float = 120.0

    @classmethod
    def of(cls, address: str, key: str | None = None) -> Self:
        """From `https://HOST/v1#MODEL`; raises ModelError for another shape."""
        parts = urlsplit(address)
        if not parts.hostname or not parts.fragment:
            raise ModelError("names no host and model", address, "Write it like http://localhost:11434/v1#MODEL.")
        return cls(address.partition("#")[0].rstrip("/"), parts.fragment, key)

    def complete(self, instructions: str, material: str, schema: dict[str, Any]) -> str:
        """The model's answer, which the service was asked to shape by a JSON schema. Tries again where that helps.

        Raises ModelError.
        """
        body = {
            "model": self.model,
            "temperature": 0,
            "messages": [{"role": "system", "content": instructions}, {"role": "user", "content": material}],
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "acts", "strict": True, "schema": schema},
            },
        }
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        said = ""
        for attempt in range(_ATTEMPTS):
            pause = _PAUSE * 2**attempt
            try:
                answer = httpx2.post(f"{self.url}/chat/completions", json=body, headers=headers, timeout=self.seconds)
            except httpx2.HTTPError as error:
                said = str(error) or type(error).__name__
            else:
                if answer.is_success:
                    return self._content(answer)
                said = f"{answer.status_code} {answer.reason_phrase}"
                if answer.status_code not in _AGAIN:
                    break
                pause = max(pause, _asked(answer))
            if attempt < _ATTEMPTS - 1:
                time.sleep(min(pause, _LONGEST_PAUSE))
        raise ModelError(f"did not answer ({said})", self.url, "Look at the address, the model's name and the key.")

    def _content(self, answer: httpx2.Response) -> str:
        try:
            content = answer.json()["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError) as error:
            raise ModelError(
                "answers in another form than chat completions", self.url, "Look at the address."
            ) from error
        return content if isinstance(content, str) else ""


def _asked(answer: httpx2.Response) -> float:
    """The pause in seconds that the service asks for."""
    said = answer.headers.get("retry-after", "")
    return float(said) if said.isdecimal() else 0.0
