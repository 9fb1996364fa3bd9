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


# What follows keeps every rule of `shapes.ttl` and can be proved.
_words = texts.filter(lambda text: text.strip())
_days = st.sampled_from(["2023", "2023-05", "2023-05-06", "2027-41", "../2030"])
_codes = st.from_regex(r"[A-Z]{2}", fullmatch=True)
_some_slugs = st.lists(st.sampled_from(SLUGS), min_size=1, max_size=3).map(tuple)


@st.composite
def sound_worlds(draw: st.DrawFn) -> tuple[Record, ...]:
    """Acts with their statements: each is said in words that stand in a text, once or twice."""
    parties = draw(several(_parties()))
    people = draw(several(_words.map(lambda name: Person(iri=person_iri(name), name=name))))
    plans = draw(several(_words.map(lambda name: Initiative(iri=initiative_iri(name), name=name))))
    occasions = draw(several(st.builds(lambda name: Event(iri=event_iri(name, None), name=name), _words)))
    some_parties = st.lists(st.sampled_from(parties), min_size=1, max_size=3).map(tuple)
    some_plans = st.lists(st.sampled_from(plans), max_size=2).map(tuple)
    acts, sources = list[Act](), list[Statement]()
    for number in range(draw(st.integers(1, 2))):
        quotes = draw(st.lists(st.tuples(texts, _words, texts), min_size=1, max_size=3))
        source = draw(_source(f"{number}" + "".join(map("".join, quotes))))
        sources.append(source)
        place = 1
        for before, action, after in quotes:
            said = draw(_said(source, place, (before, action, after), some_parties, some_plans, people, occasions))
            place += len(said.quote)
            acts.append(draw(_act(said, some_plans)))
    return (*acts, *parties, *people, *plans, *occasions, *sources)


@st.composite
def _parties(draw: st.DrawFn) -> Actor:
    name, code = draw(_words), draw(maybe(_codes))
    return Actor(
        iri=actor_iri(name, code),
        name=name,
        type=draw(st.sampled_from(ActorType)),
        code=code,
        names=tuple(draw(st.lists(_words, max_size=2))),
    )


@st.composite
def _source(draw: st.DrawFn, text: str) -> Statement:
    return Statement(
        iri=statement_iri(text),
        document=draw(_words),
        sha256=sha256(text),
        title=draw(maybe(_words)),
        issuer=draw(maybe(_words)),
        date=draw(maybe(_days)),
        url=draw(maybe(st.just("https://example.org/a?b=c#d"))),
        language=draw(st.sampled_from(["en", "zh-Hant"])),
        text=text,
    )


@st.composite
def _said(
    draw: st.DrawFn,
    source: Statement,
    place: int,
    quote: tuple[str, str, str],
    some_parties: st.SearchStrategy[tuple[Actor, ...]],
    some_plans: st.SearchStrategy[tuple[Initiative, ...]],
    people: list[Person],
    occasions: list[Event],
) -> Utterance:
    before, action, _ = quote
    kind, start = draw(st.sampled_from(Kind)), place + len(before)
    deadline, quantity = draw(maybe(st.just(action))), draw(maybe(st.just(action)))
    return Utterance(
        iri=utterance_iri(source.iri, start, start + len(action), kind),
        statement=source,
        kind=kind,
        actors=draw(some_parties),
        counterparts=draw(some_parties),
        action=action,
        start=start,
        end=start + len(action),
        quote="".join(quote),
        quote_start=place,
        fields=draw(_some_slugs),
        force=draw(st.sampled_from(Force)),
        cue=draw(maybe(_words)),
        deadline=deadline,
        due=draw(maybe(_days)) if deadline else None,
        quantity=quantity,
        amount=draw(maybe(amounts)) if quantity else None,
        unit=draw(maybe(_words)),
        condition=draw(maybe(st.just(action))),
        negated=draw(st.booleans()),
        reaffirmed=draw(st.booleans()),
        speaker=draw(maybe(st.sampled_from(people))),
        initiatives=draw(some_plans),
        event=draw(maybe(st.sampled_from(occasions))),
        role=draw(st.sampled_from(Role)),
        rule=draw(_words),
        extractor=draw(_words),
        confidence=draw(st.floats(0, 1)),
    )


@st.composite
def _act(draw: st.DrawFn, said: Utterance, some_plans: st.SearchStrategy[tuple[Initiative, ...]]) -> Act:
    shared = {
        "action": said.action,
        "date": draw(maybe(_days)),
        "actors": said.actors[: draw(st.integers(1, len(said.actors)))],
        "counterparts": said.counterparts,
        "fields": draw(_some_slugs),
        "negated": draw(st.booleans()),
        "initiatives": draw(some_plans),
        "plover": draw(maybe(st.just("AGREE"))),
        "cameo": draw(maybe(st.just("030"))),
        "utterances": (said,),
    }
    if said.kind is Kind.CALL:
        return Call(iri=call_iri(said.iri), **shared)
    kind, force = draw(st.sampled_from(sorted(COMMITMENT_KINDS))), draw(st.sampled_from(Force))
    return Commitment(iri=commitment_iri(said.iri), kind=kind, force=force, **shared)
