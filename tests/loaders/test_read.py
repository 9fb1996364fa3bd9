"""From a statement's text to utterances, with the model that is shipped."""

import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.reading.model_folder import ModelError
from loaders.reading.read import Reader
from loaders.sources.text import SourceError, parse, read, statement
from ontology.records import Statement, Utterance
from ontology.terms import Kind, Role

EXAMPLES = Path(__file__).parents[2] / "api" / "examples"
TALKS = """# Kenya and Japan hold the Second Kenya-Japan Energy Dialogue

Kenya and Japan held the Second Kenya-Japan Energy Dialogue in Nairobi on 4 March 2024.

Kenya will build two geothermal plants by 2030 if financing is secured. Japan reaffirmed its commitment to providing \
$50 million for the grid. Japan supports the Global Methane Pledge. Kenya opposes new tariffs on solar panels.

Japan urged Kenya to publish its energy plan next year.
"""


@cache
def _loaded() -> Reader:
    try:
        return Reader.load()
    except ModelError as error:
        pytest.skip(f"no model: {error}")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return _loaded()


@pytest.fixture(scope="module")
def talks(reader: Reader) -> tuple[Utterance, ...]:
    return reader.read(parse(TALKS, document="talks", markdown=True))


def _about(acts: tuple[Utterance, ...], words: str) -> Utterance:
    return next(act for act in acts if words in act.action)


def _proved(acts: tuple[Utterance, ...], told: Statement) -> None:
    text = told.text or ""
    assert list(acts) == sorted(acts, key=lambda act: act.start)
    for act in acts:
        assert text[act.start : act.end] == act.action
        assert text[act.quote_start : act.quote_start + len(act.quote)] == act.quote
        assert act.action in act.quote
        assert act.actors
        assert act.fields
        assert 0 <= act.confidence <= 1


def test_a_statement_is_read_into_acts(talks: tuple[Utterance, ...]) -> None:
    plants = _about(talks, "geothermal")
    assert plants.kind is Kind.PLEDGE
    assert [actor.name for actor in plants.actors] == ["Kenya"]
    assert (plants.deadline, plants.due, plants.condition) == ("by 2030", "../2030", "if financing is secured")
    assert (plants.quantity, plants.amount, plants.unit) == ("two geothermal plants", 2, "geothermal plants")
    assert plants.role is Role.STATES
    assert plants.cue == "will"
    assert plants.quote.startswith("Kenya will build")
    assert plants.event is not None
    assert plants.event.name == "Second Kenya-Japan Energy Dialogue"


def test_acts_differ_by_kind_party_and_polarity(talks: tuple[Utterance, ...]) -> None:
    grid = _about(talks, "$50 million")
    assert (grid.reaffirmed, grid.role, grid.amount, grid.unit) == (True, Role.REAFFIRMS, 50e6, "USD")
    assert [actor.name for actor in grid.actors] == ["Japan"]
    pledge = _about(talks, "Global Methane Pledge")
    assert pledge.kind is Kind.SUPPORT
    assert [one.name for one in pledge.initiatives] == ["Global Methane Pledge"]
    assert _about(talks, "tariffs").kind is Kind.OPPOSITION
    call = _about(talks, "publish")
    assert call.kind is Kind.CALL
    assert [actor.name for actor in call.actors] == ["Japan"]


def test_every_act_says_who_found_it_and_how(reader: Reader, talks: tuple[Utterance, ...]) -> None:
    assert {act.extractor for act in talks} == {reader.finder.name}
    assert all(act.rule for act in talks)
    assert len({act.iri for act in talks}) == len(talks)


def test_reading_twice_gives_the_same(reader: Reader, talks: tuple[Utterance, ...]) -> None:
    assert Reader.load().read(parse(TALKS, document="talks", markdown=True)) == talks


def test_acts_and_quotes_stand_where_they_say(reader: Reader) -> None:
    for path in sorted(EXAMPLES.glob("*.md"))[:8]:
        if path.stem != "README":
            found = read(path)
            _proved(reader.read(found), found)


def test_explaining_covers_every_sentence(reader: Reader) -> None:
    told = parse(TALKS, document="talks", markdown=True)
    rows = reader.explain(told)
    assert tuple(act.utterance for row in rows for act in row.acts) == reader.read(told)
    assert all((told.text or "")[row.start : row.start + len(row.sentence)] == row.sentence for row in rows)
    assert all(row.tokens for row in rows if row.sentence.strip("#*-. "))
    assert all(act.why for row in rows for act in row.acts)


def test_an_act_without_any_party_is_dropped_and_counted(reader: Reader) -> None:
    reading = reader.reading(statement("We will open a port by 2030.", document="x"))
    assert reading.utterances == ()
    assert [drop.reason for drop in reading.dropped] == ["no party could be found for it"]


def test_the_issuer_answers_for_we(reader: Reader) -> None:
    acts = reader.read(statement("We will open a port by 2030.", document="x", issuer="Kenya"))
    assert [actor.name for act in acts for actor in act.actors] == ["Kenya"]


def test_a_text_without_acts_has_none(reader: Reader) -> None:
    assert reader.read(statement("The weather was fine. They had tea.", document="x")) == ()
    assert reader.reading(statement("The weather was fine.", document="x")).dropped == ()


@settings(deadline=None, max_examples=60)
@given(
    st.text(max_size=300),
    st.sampled_from(["", "We will help. ", "Japan will pay $5 by 2030. ", "\n\n- build a port;\n"]),
)
def test_any_unicode_is_read(text: str, act: str) -> None:
    try:
        told = statement(act + text, document="x", issuer="Kenya", date="2023-05-06")
    except SourceError:
        return
    _proved(_loaded().read(told), told)


def test_shuffled_sentences_are_read(reader: Reader) -> None:
    pieces = TALKS.split(" ")
    random.Random(3).shuffle(pieces)
    told = statement(" ".join(pieces), document="x")
    _proved(reader.read(told), told)
