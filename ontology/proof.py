"""What proves a statement, an utterance and an act, wherever they are kept: each function says what is wrong.

Each takes the values as a mapping, so that rows of a store and facts of a file are proved alike; nothing is returned
for what is proved.
"""

from collections.abc import Mapping
from typing import Any

from ontology.identifiers import sha256, statement_iri, utterance_iri
from ontology.terms import Kind


def statement_faults(row: Mapping[str, Any]) -> tuple[str, ...]:
    """A statement of `iri`, `sha256` and `text`: whether it is the text that its identifier names."""
    if not row["text"]:
        return ("its text is missing",)
    faults = []
    if sha256(row["text"]) != row["sha256"]:
        faults.append("its text is not the one whose SHA-256 is stored")
    if statement_iri(row["text"]) != row["iri"]:
        faults.append("its identifier is not that of its text")
    return tuple(faults)


def utterance_faults(row: Mapping[str, Any], statement: Mapping[str, Any]) -> tuple[str, ...]:
    """An utterance of `iri`, `kind`, `action`, `start`, `end`, `quote` and `quote_start`, against its statement.

    The statement has its `iri`, `document` and `text`.
    """
    text, action, quote = (statement["text"] or "", row["action"] or "", row["quote"] or "")
    start, end, quote_start = row["start"], row["end"], row["quote_start"]
    if row["kind"] not in set(Kind) or None in (start, end, quote_start):
        return ("its kind or its place is missing",)
    where = f"of {statement['document']}"
    faults = []
    if not action or text[start:end] != action:
        faults.append(f"its action {action!r} is not what stands at {start} to {end} {where}: {text[start:end]!r}")
    if not quote or text[quote_start : quote_start + len(quote)] != quote:
        faults.append(f"its quote {quote!r} does not stand at {quote_start} {where}")
    if not quote_start <= start < end <= quote_start + len(quote):
        faults.append("its quote does not reach around its action")
    if utterance_iri(statement["iri"], start, end, Kind(row["kind"])) != row["iri"]:
        faults.append("its identifier is not that of its statement, place and kind")
    return tuple(faults)


def act_faults(row: Mapping[str, Any]) -> tuple[str, ...]:
    """An act of `action`, the `actors` whose it is said to be, and what its utterances say.

    `spoken` are their actions, `speakers` those on whose behalf they were made.
    """
    if not row["spoken"]:
        return ("no utterance expresses it",)
    faults = [
        f"no utterance was made on behalf of {actor}, whose act it is said to be"
        for actor in sorted(set(row["actors"]) - set(row["speakers"]))
    ]
    if not row["actors"]:
        faults.append("it is nobody's act")
    if row["action"] not in row["spoken"]:
        faults.append(f"its action {row['action']!r} is in none of its utterances")
    return tuple(faults)
