"""What the product is told from outside: one frozen object, made in `main` from flags and environment."""

from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final, Self

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

_FLAGS: Final = {
    "store": "--store",
    "host": "--host",
    "port": "--port",
    "model": "--model",
    "raw": "--allow-raw, --no-raw",
}


class SettingsError(ValueError):
    """A setting that cannot be used: which one, what is wrong with it, and how to give it."""


def default_store() -> str:
    """The embedded store in the user's data folder."""
    return f"embedded:{user_data_path('pledgegraph')}"


def answers_folder() -> Path:
    """Where the answers of a model that is asked over the network are kept."""
    return user_cache_path("pledgegraph") / "answers"


def default_cache() -> Path:
    """Where copies of a store are kept, which can be thrown away."""
    return user_cache_path("pledgegraph")


class Settings(BaseSettings):
    """Every setting; `PLEDGEGRAPH_STORE` and so on in the environment, a flag of the command wins.

    `store` is bolt://, neo4j:// (also +s, +ssc) or embedded:PATH. A server's `user` writes; where there is a `reader`,
    everything that only reads logs in as that one. Without a `token` nobody may post statements.
    `raw` opens or closes the routes that take Cypher and SPARQL; None leaves that to `takes_raw`. `raw_seconds` is
    how long a query in either may run. In the folder `cache` lies the copy of the graph that answers SPARQL.
    """

    model_config = SettingsConfigDict(env_prefix="PLEDGEGRAPH_", frozen=True, extra="forbid", env_ignore_empty=True)

    store: str = Field(default_factory=default_store, min_length=1)
    user: str | None = None
    password: SecretStr | None = None
    reader: str | None = None
    reader_password: SecretStr | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    token: SecretStr | None = None
    model: str | None = None
    model_key: SecretStr | None = None
    raw: bool | None = None
    raw_seconds: float = Field(default=10.0, gt=0, le=600)
    cache: Path = Field(default_factory=default_cache)

    @classmethod
    def of(cls, **flags: Any) -> Self:
        """Settings from the flags that were given (None: not given) and the environment; raises SettingsError."""
        try:
            return cls(**{name: value for name, value in flags.items() if value is not None})
        except ValidationError as error:
            raise SettingsError("; ".join(map(_told, error.errors()))) from error

    def login(self) -> dict[str, str | None]:
        """What opens the store besides its address."""
        return {
            "user": self.user,
            "password": _open(self.password),
            "reader": self.reader,
            "reader_password": _open(self.reader_password),
        }

    @property
    def takes_raw(self) -> bool:
        """Whether Cypher and SPARQL are taken: as `raw` says, or else when only this machine can reach the service."""
        return loopback(self.host) if self.raw is None else self.raw


def _open(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret else None


def loopback(host: str) -> bool:
    """Whether the address or name leads to this machine alone."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _told(detail: ErrorDetails) -> str:
    name = str(detail["loc"][0])
    flag = f"{_FLAGS[name]} or " if name in _FLAGS else ""
    return f"{name}: {detail['msg']}. Give {flag}PLEDGEGRAPH_{name.upper()} another value"
