"""Parts of a text under the name of one party."""

from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.reading.attribution import Attribution
from loaders.reading.parties import parties
from loaders.reading.references import References
from loaders.reading.registry import Registry
from loaders.reading.sections import sections
from ontology.identifiers import sha256, statement_iri
from ontology.records import Statement
from ontology.terms import Kind

REGISTRY = Registry.load()


def stated(text: str) -> Statement:
    return Statement(iri=statement_iri(text), document="a", sha256=sha256(text), text=text)


def actors(text: str, action: str) -> list[str]:
    start = text.index(action)
    spans = [(start, start + len(action), Kind.PLEDGE)]
    found = Attribution(stated(text), None, REGISTRY, spans).of(*spans[0])
    return [actor.name for actor in found.actors]


def heads(text: str) -> list[str]:
    references = References(text, REGISTRY)
    return [v.actors[0].name for _, _, v in sections(references, parties(stated(text), REGISTRY, references))]


LETTERS = """EXCHANGE OF LETTERS ON A FERRY

I

Lima, 2 May 1971

My Government will build a pier. We will pay for it.

II

N'Djamena, 9 May 1971

My Government will sail the boats. We will pay for them.
"""


def test_each_letter_of_an_exchange_is_its_sender_s() -> None:
    assert actors(LETTERS, "pay for it") == ["Peru"]
    assert actors(LETTERS, "pay for them") == ["Chad"]
    assert heads(LETTERS.replace("EXCHANGE OF LETTERS", "TRAVELS")) == []


PLEDGES = """Pledges for the lakes

Norway
- Ten boats for the lakes will be given

Peru
- Nine nets will be given

Pledges by Chad
- Eight carts will be given
"""


def test_each_pledge_of_a_list_is_of_the_party_that_heads_it() -> None:
    assert heads(PLEDGES) == ["Norway", "Peru", "Chad"]
    assert actors(PLEDGES, "be given\n\nPeru"[:8]) == ["Norway"]


def test_the_topics_of_those_who_speak_are_nobody_s_part() -> None:
    assert heads(PLEDGES.replace("- ", "- We know that ")) == []


def test_one_name_alone_heads_nothing() -> None:
    assert heads("Norway\n\nTen boats for the lakes.\n") == []


MEMORANDUM = """AGREEMENT BETWEEN PERU AND CHAD

The Parties agreed as follows:

1. The Government of Peru will
   a) build a pier;
   b) pay for it.

2. Boats will
   a) sail.
"""


def test_a_number_that_ends_in_will_leads_in_what_stands_below_it() -> None:
    assert actors(MEMORANDUM, "pay for it") == ["Peru"]
    assert actors(MEMORANDUM.replace("Peru will", "Peru is named:"), "pay for it") != ["Chad"]


@given(st.text())
@settings(deadline=None, max_examples=50)
def test_any_text_has_sections_or_none(text: str) -> None:
    heads(text)
