"""Every name that parties and fields have can be used in a question, and means what bears it."""

import pytest

from graph.lexicon import Lexicon
from graph.question import Question
from graph.understand import understand
from loaders.reading.registry import Registry
from ontology import taxonomy
from ontology.records import Actor, Field
from ontology.terms import Kind

ACTORS = Registry.load().actors()
FIELDS = taxonomy.fields()
LEXICON = Lexicon.of(ACTORS, FIELDS)
PLEDGES = frozenset({Kind.PLEDGE, Kind.WILLINGNESS})
# A date stands at the beginning of this one.
UNUSABLE = {"March 23 Movement"}


@pytest.mark.parametrize("actor", ACTORS, ids=[actor.name for actor in ACTORS])
def test_a_party_is_known_by_all_its_names(actor: Actor) -> None:
    for name in {actor.name, *actor.names} - UNUSABLE:
        understood = understand(f"security pledges by {name} since 2022", LEXICON)
        assert understood.question == Question(kinds=PLEDGES, actors=(actor,), fields=("security",), since="2022"), name
        assert understood.unknown == ()
        assert LEXICON.actor(name) == actor


@pytest.mark.parametrize("field", FIELDS, ids=[field.slug for field in FIELDS])
def test_a_field_is_known_by_all_its_names(field: Field) -> None:
    for name in (field.slug, field.label, *field.names):
        for text in (f"pledges on {name}", f"{name} pledges"):
            understood = understand(text, LEXICON)
            assert understood.question == Question(kinds=PLEDGES, fields=(field.slug,)), text
            assert understood.unknown == ()
        assert LEXICON.field(name) == field
