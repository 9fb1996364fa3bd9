"""The world that the bank's questions are asked of: statements and acts of our own writing, from `world.yaml`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from loaders.reading.registry import Registry
from loaders.reading.slots import initiatives
from ontology.identifiers import event_iri, person_iri, sha256, statement_iri, utterance_iri
from ontology.minting import minted
from ontology.records import Act, Actor, Event, Person, Statement, Utterance
from ontology.terms import Force, Kind, Role

FORCES = {Kind.WILLINGNESS: Force.WILLINGNESS}


@dataclass(frozen=True)
class World:
    """The acts under the keys of `world.yaml`, and the statements with their texts."""

    acts: Mapping[str, Act]
    statements: tuple[Statement, ...]


@cache
def world() -> World:
    """The world, the same every time."""
    acts: dict[str, Act] = {}
    statements = []
    for told in yaml.safe_load(Path(__file__).with_name("world.yaml").read_text(encoding="utf-8")):
        statement = _statement(told)
        statements.append(statement)
        end = 0
        for key, act in told["acts"].items():
            utterance = _utterance(statement, told, act, end, acts)
            end = utterance.quote_start + len(utterance.quote)
            earlier = act.get("again")
            if earlier:
                acts[earlier] = replace(acts[earlier], utterances=(*acts[earlier].utterances, utterance))
            else:
                assert key not in acts, key
                acts[key] = minted(utterance)
    return World(acts, tuple(statements))


def _statement(told: Mapping[str, Any]) -> Statement:
    text = " ".join(re.sub(r"[\[\]]", "", act["says"]) for act in told["acts"].values())
    return Statement(
        iri=statement_iri(text),
        document=told["document"],
        sha256=sha256(text),
        title=told["title"],
        issuer=told["issuer"],
        date=str(told["date"]) if "date" in told else None,
        text=text,
    )


def _utterance(
    statement: Statement, told: Mapping[str, Any], act: Mapping[str, Any], after: int, acts: Mapping[str, Act]
) -> Utterance:
    """The utterance of one sentence, which is looked for in the text from `after` on."""
    text = statement.text or ""
    before, action, _ = re.split(r"[\[\]]", act["says"])
    quote = re.sub(r"[\[\]]", "", act["says"])
    quote_start = text.index(quote, after)
    start = quote_start + len(before)
    assert all(act.get(slot, "") in quote for slot in ("deadline", "quantity", "condition")), quote
    known = acts[act["again"]].utterances[0] if "again" in act else None
    kind = known.kind if known else Kind(act.get("kind", "pledge"))
    return Utterance(
        iri=utterance_iri(statement.iri, start, start + len(action), kind),
        statement=statement,
        kind=kind,
        actors=known.actors if known else _actors(act["by"]),
        counterparts=known.counterparts if known else _actors(act.get("to", ())),
        action=action,
        start=start,
        end=start + len(action),
        quote=quote,
        quote_start=quote_start,
        fields=known.fields if known else tuple(act["fields"].split()),
        force=Force(act.get("force", FORCES.get(kind, Force.FIRM))),
        deadline=act.get("deadline"),
        due=act.get("due"),
        quantity=act.get("quantity"),
        amount=float(act["amount"]) if "amount" in act else None,
        unit=act.get("unit"),
        condition=act.get("condition"),
        negated=act.get("negated", False),
        reaffirmed=known is not None,
        speaker=Person(iri=person_iri(act["speaker"]), name=act["speaker"]) if "speaker" in act else None,
        initiatives=(initiatives.table()[act["under"]],) if "under" in act else (),
        event=_event(told),
        role=Role.REAFFIRMS if known else Role.STATES,
        rule="by hand",
        extractor="by hand",
        confidence=1.0,
    )


@cache
def _registry() -> Registry:
    return Registry.load()


def _actors(names: str | list[str] | tuple[()]) -> tuple[Actor, ...]:
    found = [_registry().find(name) for name in ([names] if isinstance(names, str) else names)]
    assert None not in found, names
    return tuple(actor for actor in found if actor)


def _event(told: Mapping[str, Any]) -> Event | None:
    if "event" not in told:
        return None
    return Event(iri=event_iri(told["event"], str(told["date"])[:4]), name=told["event"])
