"""Annotated documents as numbers: windows of token ids with a label each, gathered into batches of similar length."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from loaders.reading.labels import OUTSIDE, begin, inside
from loaders.reading.leads import under_leads
from loaders.reading.windows import LEAD, ends, framed, windows
from loaders.training.gold import Annotated, GoldAct

IGNORED = -100
POOL = 40
# Kernels are compiled per shape; with every length of its own, half of the time went into that.
STEP = 16


@dataclass(frozen=True, slots=True)
class Window:
    """Token ids as the encoder sees them, a label per token (IGNORED for special tokens and the lead-in), and the token
    range and field numbers of each act."""

    ids: tuple[int, ...]
    labels: tuple[int, ...]
    acts: tuple[tuple[int, int, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded windows: ids, mask and labels are batch × length; `rows` and `pools` say where each act lies, `fields`
    is acts × fields with a 1 for each field that it has."""

    ids: Tensor
    mask: Tensor
    labels: Tensor
    rows: Tensor
    pools: Tensor
    fields: Tensor


def windows_of(documents: Sequence[Annotated], tokenizer: Tokenizer, fields: Sequence[str]) -> list[Window]:
    """Every window of every paragraph. An act that a paragraph does not hold whole is left out."""
    found: list[Window] = []
    numbers = {field: number for number, field in enumerate(fields)}
    for document in documents:
        for (start, end), lead in under_leads(document.text):
            acts = [act for act in document.acts if start <= act.start and act.end <= end]
            found += _paragraph(document.text[start:end], lead, start, acts, tokenizer, numbers)
    return found


def _paragraph(
    text: str, lead: str, offset: int, acts: Sequence[GoldAct], tokenizer: Tokenizer, numbers: dict[str, int]
) -> Iterator[Window]:
    encoded = tokenizer.encode(text, add_special_tokens=False)
    labels, ranges = [OUTSIDE] * len(encoded.ids), []
    for act in acts:
        inner = [i for i, (s, e) in enumerate(encoded.offsets) if s + offset < act.end and e + offset > act.start]
        if inner:
            labels[inner[0]] = begin(act.kind)
            labels[inner[0] + 1 : inner[-1] + 1] = [inside(act.kind)] * (inner[-1] - inner[0])
            ranges.append((inner[0], inner[-1] + 1, tuple(numbers[field] for field in act.fields)))
    frame = ends(tokenizer)
    before = tokenizer.encode(lead, add_special_tokens=False).ids[-LEAD:] if lead else []
    for low, high in windows(len(encoded.ids)):
        held = tuple((s - low + 1, e - low + 1, f) for s, e, f in ranges if low <= s and e <= high)
        ids = framed(frame, encoded.ids[low:high], before)
        seen = (IGNORED, *labels[low:high])
        yield Window(ids, (*seen, *[IGNORED] * (len(ids) - len(seen))), held)


def padding(tokenizer: Tokenizer) -> int:
    """The token that fills up a batch; 0 where the tokenizer has none, since it is masked anyhow."""
    return tokenizer.token_to_id("<pad>") or tokenizer.token_to_id("[PAD]") or 0


def batches(found: Sequence[Window], size: int, filler: int, fields: int, dice: random.Random) -> Iterator[Batch]:
    """One epoch in random order, neighbours in a pool of batches sorted by length so that little is padding."""
    order = dice.sample(found, len(found))
    chunks = []
    for pool in range(0, len(order), size * POOL):
        by_length = sorted(order[pool : pool + size * POOL], key=lambda window: len(window.ids))
        chunks += [by_length[i : i + size] for i in range(0, len(by_length), size)]
    dice.shuffle(chunks)
    for chunk in chunks:
        yield batch(chunk, filler, fields)


def batch(chunk: Sequence[Window], filler: int, fields: int) -> Batch:
    length = -(-max(len(window.ids) for window in chunk) // STEP) * STEP
    acts = [(row, act) for row, window in enumerate(chunk) for act in window.acts]
    pools, wanted = torch.zeros(len(acts), length), torch.zeros(len(acts), fields)
    for i, (_, (start, end, has)) in enumerate(acts):
        pools[i, start:end] = 1 / (end - start)
        wanted[i, list(has)] = 1
    return Batch(
        torch.tensor([(*w.ids, *[filler] * (length - len(w.ids))) for w in chunk]),
        torch.tensor([[i < len(w.ids) for i in range(length)] for w in chunk]),
        torch.tensor([(*w.labels, *[IGNORED] * (length - len(w.ids))) for w in chunk]),
        torch.tensor([row for row, _ in acts], dtype=torch.long),
        pools,
        wanted,
    )
