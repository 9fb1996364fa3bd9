"""Hypothesis strategies for records that fit together: one world of actors, statements and acts at a time."""

from hypothesis import strategies as st

from ontology.identifiers import (
    actor_iri,
    call_iri,
    commitment_iri,
    event_iri,
    initiative_iri,
    person_iri,
    sha256,
    statement_iri,
    utterance_iri,
)
from ontology.records import Act, Actor, Call, Commitment, Event, Initiative, Person, Record, Statement, Utterance
from ontology.taxonomy import fields
from ontology.terms import COMMITMENT_KINDS, ActorType, Force, Kind, Role

SLUGS = tuple(field.slug for field in fields())
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
names = st.text(st.characters(categories=["L", "N", "Zs"]), min_size=1, max_size=20)
dates = st.sampled_from(["2023", "2023-05", "2023-05-06", "2027-H2", "../2030", "2024~"])
amounts = st.floats(allow_nan=False, allow_infinity=False)
slugs = st.lists(st.sampled_from(SLUGS), max_size=3).map(tuple)


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:  # type: ignore[type-arg]
    return st.none() | strategy


@st.composite
def actors(draw: st.DrawFn) -> Actor:
    name = draw(names)
    code = draw(maybe(st.from_regex(r"[A-Z]{2}", fullmatch=True)))
    return Actor(
        iri=actor_iri(name, code),
        name=name,
        type=draw(st.sampled_from(ActorType)),
        code=code,
        wikidata=draw(maybe(st.from_regex(r"Q[1-9][0-9]{0,6}", fullmatch=True))),
        names=tuple(draw(st.lists(texts, max_size=3))),
    )


persons = names.map(lambda name: Person(iri=person_iri(name), name=name))
initiatives = st.builds(
    lambda name, others: Initiative(iri=initiative_iri(name), name=name, names=tuple(others)),
    names,
    st.lists(texts, max_size=2),
)
events = st.builds(lambda name, year: Event(iri=event_iri(name, year), name=name), names, maybe(st.just("2023")))


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    text = draw(texts)
    return Statement(
        iri=statement_iri(text),
        document=draw(texts),
        sha256=sha256(text),
        title=draw(maybe(texts)),
        issuer=draw(maybe(texts)),
        date=draw(maybe(dates)),
        url=draw(maybe(st.just("https://example.org/a?b=c#d"))),
        language=draw(st.sampled_from(["en", "fr", "zh-Hant"])),
        text=draw(maybe(st.just(text))),
    )


def several(strategy: st.SearchStrategy) -> st.SearchStrategy:  # type: ignore[type-arg]
    return st.lists(strategy, min_size=1, max_size=3, unique_by=lambda record: record.iri)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Record, ...]:
    """Acts and whatever else, in which one iri means one record."""
    parties = draw(several(actors()))
    people, plans = draw(several(persons)), draw(several(initiatives))
    occasions, sources = draw(several(events)), draw(several(statements()))
    some_parties = st.lists(st.sampled_from(parties), max_size=3).map(tuple)
    some_plans = st.lists(st.sampled_from(plans), max_size=2).map(tuple)

    def utterance(number: int) -> Utterance:
        source = draw(st.sampled_from(sources))
        kind = draw(st.sampled_from(Kind))
        return Utterance(
            iri=utterance_iri(source.iri, number, number + 1, kind),
            statement=source,
            kind=kind,
            actors=draw(some_parties),
            counterparts=draw(some_parties),
            action=draw(texts),
            start=number,
            end=number + 1,
            quote=draw(texts),
            quote_start=0,
            fields=draw(slugs),
            force=draw(st.sampled_from(Force)),
            cue=draw(maybe(texts)),
            deadline=draw(maybe(texts)),
            due=draw(maybe(dates)),
            quantity=draw(maybe(texts)),
            amount=draw(maybe(amounts)),
            unit=draw(maybe(texts)),
            condition=draw(maybe(texts)),
            negated=draw(st.booleans()),
            reaffirmed=draw(st.booleans()),
            speaker=draw(maybe(st.sampled_from(people))),
            initiatives=draw(some_plans),
            event=draw(maybe(st.sampled_from(occasions))),
            role=draw(st.sampled_from(Role)),
            rule=draw(texts),
            extractor=draw(texts),
            confidence=draw(st.floats(0, 1)),
        )

    def act(number: int) -> Act:
        utterances = tuple(utterance(2 * number + which) for which in range(draw(st.integers(1, 2))))
        shared = {
            "action": draw(texts),
            "date": draw(maybe(dates)),
            "actors": draw(some_parties),
            "counterparts": draw(some_parties),
            "fields": draw(slugs),
            "negated": draw(st.booleans()),
            "initiatives": draw(some_plans),
            "plover": draw(maybe(st.just("AGREE"))),
            "cameo": draw(maybe(st.just("030"))),
            "utterances": utterances,
        }
        if draw(st.booleans()):
            return Call(iri=call_iri(utterances[0].iri), **shared)
        kind, force = draw(st.sampled_from(sorted(COMMITMENT_KINDS))), draw(st.sampled_from(Force))
        return Commitment(iri=commitment_iri(utterances[0].iri), kind=kind, force=force, **shared)

    acts = tuple(act(number) for number in range(draw(st.integers(0, 3))))
    return (*acts, *parties, *people, *plans, *occasions, *sources)
