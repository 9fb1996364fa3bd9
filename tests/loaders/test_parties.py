"""Whose statement it is, read off its opening alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.reading.parties import Genre, Parties, parties
from loaders.reading.registry import Registry
from ontology.identifiers import sha256, statement_iri
from ontology.records import Statement

REGISTRY = Registry.load()


def stated(text: str, title: str | None = None, issuer: str | None = None) -> Statement:
    return Statement(iri=statement_iri(text), document="a", sha256=sha256(text), text=text, title=title, issuer=issuer)


def read(text: str, title: str | None = None, issuer: str | None = None) -> Parties:
    return parties(stated(text, title, issuer), REGISTRY)


def names(found: Parties) -> tuple[Genre, list[str], list[str]]:
    return found.genre, [actor.name for actor in found.issuers], [actor.name for actor in found.members]


JOINT = """JOINT STATEMENT

Kenya and Japan held the third round of their energy talks in Nairobi. The two sides agreed to build a plant.
"""
LEADERS = """We, the leaders of Japan, the Republic of Korea (ROK), and the United States, met by the lake.

We will keep our countries safe.
"""
BODY = """We, the Leaders of the Group of Seven (G7), met today. We will help Ukraine.
"""
RESOLUTION = """The General Assembly,

Recalling its earlier decisions,

1. Calls upon States to plant trees;
"""
ORGAN = """FINAL COMMUNIQUE
of the session of the Supreme Council of the Gulf Cooperation Council

The Supreme Council held its session in Muscat. The Supreme Council welcomed the plan.
"""
SPEECH = """Mr. President,

My country, Grenada, is small. I thank the Secretary-General. I will speak of the sea. Grenada supports the treaty.
"""
TRANSCRIPT = """SECRETARY BLINKEN: Good afternoon. We will work together.

QUESTION: What about trade?

MINISTER JAISHANKAR: India will buy more.
"""
NEWS = """NAIROBI, March 4 (KNA) -- Kenya will build two plants, an official said on Monday.
"""
READOUT = """President Macron of France spoke today with Prime Minister Ishiba of Japan. The leaders will stay in touch.
"""
RELEASE = """Office of the Spokesperson

The United States is providing ten million dollars for clinics.
"""


@pytest.mark.parametrize(
    ("text", "genre", "issuers", "members"),
    [
        (JOINT, Genre.JOINT, ["Kenya", "Japan"], ["Kenya", "Japan"]),
        (LEADERS, Genre.JOINT, ["Japan", "South Korea", "United States"], ["Japan", "South Korea", "United States"]),
        (BODY, Genre.BODY, ["G7"], ["G7"]),
        (RESOLUTION, Genre.BODY, ["UN General Assembly"], ["UN General Assembly"]),
        (ORGAN, Genre.BODY, ["GCC Supreme Council"], ["GCC Supreme Council"]),
        (SPEECH, Genre.SPEECH, ["Grenada"], ["Grenada"]),
        (TRANSCRIPT, Genre.TRANSCRIPT, ["United States"], ["United States"]),
        (NEWS, Genre.NEWS, ["Kenya"], ["Kenya"]),
        (READOUT, Genre.READOUT, ["France"], ["France", "Japan"]),
        (RELEASE, Genre.RELEASE, ["United States"], ["United States"]),
    ],
)
def test_genres(text: str, genre: Genre, issuers: list[str], members: list[str]) -> None:
    assert names(read(text)) == (genre, issuers, members)


def test_a_group_of_which_all_members_speak_is_the_group() -> None:
    text = (
        "We, the leaders of Australia, India, Japan, and the United States, convened as the Quad. We will help.\n"
        "\nOur partnership will grow.\n"
    )
    assert names(read(text))[2] == ["Quad"]


def test_three_of_four_members_are_no_group() -> None:
    text = "We, the leaders of Australia, India, and Japan, talked about the Quad. We will help our countries.\n"
    assert names(read(text))[2] == ["Australia", "India", "Japan"]


def test_the_issuer_of_the_front_matter_counts_first() -> None:
    assert names(read("We will plant a million trees, and France may follow.\n", issuer="Kenya"))[1] == ["Kenya"]


def test_an_unknown_issuer_leaves_the_choice_to_the_text() -> None:
    assert names(read("Kenya will plant trees. Kenya reaffirms its plan.\n", issuer="Nobody at all"))[1] == ["Kenya"]


def test_the_title_tells_a_joint_text() -> None:
    text = "Kenya and Japan met in Nairobi. The visit went well.\n"
    assert read(text, title="Joint statement").genre is Genre.JOINT
    assert read(text).genre is not Genre.JOINT


def test_an_issuer_field_with_two_parties_makes_a_joint_text() -> None:
    assert names(read("We will plant a million trees.\n", issuer="Kenya; Japan"))[2] == ["Kenya", "Japan"]


def test_the_title_of_a_joint_text_names_its_parties() -> None:
    text = "We will plant a million trees.\n"
    assert names(read(text, title="Joint statement by Kenya and Japan"))[2] == ["Kenya", "Japan"]
    assert names(read(text, title="A talk on Kenya and Japan"))[2] == []


def test_a_headline_makes_an_unknown_company_the_issuer() -> None:
    text = "Ruritanian Lines sets new goals\n\nRuritanian Lines, a shipping company, will buy ten ships.\n"
    assert names(read(text))[1] == ["Ruritanian Lines"]
    assert names(read(text.replace("Ruritanian Lines,", "It,").replace("sets", "has")))[1] == []


def test_who_is_only_addressed_does_not_issue() -> None:
    text = "Address to the African Union summit\n\nMy country, Ghana, will help. I say so. I mean it.\n"
    assert names(read(text))[1] == ["Ghana"]


def test_the_dateline_tells_from_where_the_news_is_told() -> None:
    assert read(NEWS).home == REGISTRY.find("Kenya")


def test_a_colon_does_not_make_a_transcript() -> None:
    assert read("Note: Kenya will help.\n\nSubject: trees\n").genre is not Genre.TRANSCRIPT


@pytest.mark.parametrize("text", ["", " ", "\n\n", "We", ":", "“"])
def test_next_to_nothing_has_no_parties(text: str) -> None:
    assert read(text).members == ()


@settings(deadline=None)
@given(st.text())
def test_any_text_has_a_genre(text: str) -> None:
    found = parties(Statement(iri="s", document="a", sha256="0", text=text), REGISTRY)
    assert isinstance(found.genre, Genre)
