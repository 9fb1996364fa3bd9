"""Groups of states: under their own names, and as their members where these issue the text."""

import pytest

from loaders.reading.attribution import Attribution
from loaders.reading.parties import parties
from loaders.reading.registry import Registry
from ontology.records import Statement
from ontology.terms import Kind

REGISTRY = Registry.load()
BALTIC = (
    "Joint statement by Estonia, Latvia, Lithuania and Poland\n\nThe four countries met in Riga. {} will plant trees."
)


def stated(text: str) -> Statement:
    return Statement(iri="s", document="a", sha256="0", text=text)


def issuers(text: str) -> list[str]:
    return [actor.name for actor in parties(stated(text), REGISTRY).issuers]


def actors(text: str, action: str) -> list[str]:
    start = text.index(action)
    found = Attribution(stated(text), None, REGISTRY).of(start, start + len(action), Kind.PLEDGE)
    return [actor.name for actor in found.actors]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("E3 statement on the lakes\n\nThe governments of France, Germany and the United Kingdom are glad.", 3),
        ("E3 statement on the lakes\n\nWe are glad that Malta is glad.", ["E3"]),
        ("AOSIS statement on the lakes\n\nThe Alliance is glad. We will plant trees.", ["AOSIS"]),
        ("Statement by the Bucharest Nine\n\nWe will plant trees.", ["Bucharest Nine"]),
        (
            "10th EU–Central Asia Ministerial Meeting\nJoint communiqué\n\nThe Foreign Ministers of Kazakhstan, the"
            " Kyrgyz Republic and Tajikistan took part. Turkmenistan sent an envoy. Ministers were glad.",
            ["EU", "Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan"],
        ),
        (
            "10th EU–Central Asia Ministerial Meeting\nJoint communiqué\n\nMinisters were glad.",
            ["EU", "Central Asian states"],
        ),
        (
            "Statement on the lakes\n\nWe, the leaders of Peru, Chad and Japan, members of the High Ambition Coalition,"
            " met. We will plant trees.",
            ["Peru", "Chad", "Japan"],
        ),
        (
            "DECLARATION ON LAKES\n\nWe, the participants, are glad.\n\nEndorsing countries and organisations\n\nPeru\n"
            "Chad\nWorld Bank\n",
            ["Peru", "Chad", "World Bank"],
        ),
        (
            "ACCORD\n\nThe Republic of Peru, of the one part, and the Royal Government of Chad agree:\n\n"
            "The Contracting Parties shall plant trees.",
            ["Peru", "Chad"],
        ),
        ("MINUTES OF A MEETING\nCentral Bank of Kenya, 9 May 2023\n\nThe Bank met.", ["Central Bank of Kenya"]),
        (
            "Statement by the Contact Group\n\nThe Contact Group – Peru, Chad and Japan – met. The Group agreed.",
            ["Peru", "Chad", "Japan"],
        ),
        (
            "Chair's statement on lakes\n\nThe Lake Committee met, chaired by Malta. Peru, Chad and Japan took part.",
            ["Peru", "Chad", "Japan", "Malta"],
        ),
        (
            "Statement on lakes\n\nThe 3 members of the Lake League (LL)—Peru, Chad and Japan—agreed.",
            ["Peru", "Chad", "Japan"],
        ),
        ("Statement on lakes\n\nMalta met with members of the Lake League—Peru, Chad and Japan—today.", ["Malta"]),
        ("Final communiqué\n\nThe Nordic Council agreed. Peru, Chad and Japan took part.", ["Nordic Council"]),
        ("Chair's statement on lakes\n\nMalta is glad. Peru, Chad and Japan have lakes.", ["Malta"]),
        ("On lakes\n\nWe plant trees.\n\nSignatories (as of May):\nPeru\nChad\nJapan", ["Peru", "Chad", "Japan"]),
        (
            "TRIPARTITE DECLARATION OF PERU, CHAD AND JAPAN\nLima\n\nThe three Presidents met.",
            ["Peru", "Chad", "Japan"],
        ),
        ("AGREED RECORD OF TALKS BETWEEN THE DELEGATIONS OF PERU AND CHAD\nLima\n\nThey met.", ["Peru", "Chad"]),
        ("RECORD TALKS FOR THE DELEGATIONS OF PERU\nLima\n\nThey met Chad.", ["Peru"]),
        ("Interest rate unchanged\n\nThe Central Bank of Malta met. The Bank is glad.", ["Central Bank of Malta"]),
        ("Trees unchanged\n\nThe Central Bank of Malta met. Malta is glad. The Bank is glad.", ["Malta"]),
        (
            "On lakes\n\nThe International Tree Confederation (ITC) calls for trees.",
            ["International Tree Confederation"],
        ),
        ("MINUTES OF A MEETING\nNairobi, Kenya, 9 May 2023\n\nThe bank of the lake was green.", ["Kenya"]),
    ],
)
def test_who_issues_the_text_of_a_group(text: str, expected: list[str] | int) -> None:
    found = issuers(text)
    assert (len(found) if isinstance(expected, int) else found) == expected


def test_a_group_stands_for_its_members_only_where_they_issue_the_text() -> None:
    assert actors(BALTIC.format("The Baltic states"), "plant trees") == ["Estonia", "Latvia", "Lithuania"]
    assert actors(BALTIC.format("The Nordic countries"), "plant trees") == ["Nordic countries"]
    assert actors("Malta is glad. The Baltic states will plant trees.", "plant trees") == ["Baltic states"]


def test_a_group_is_a_subject_where_a_state_would_be_an_object() -> None:
    assert actors("Malta is glad. The V20 stand ready to plant trees.", "plant trees") == ["V20"]
    assert actors("Malta will help Peru stand ready to plant trees.", "plant trees") == ["Malta"]


def test_the_group_of_a_joint_text_is_all_parties() -> None:
    text = (
        "Statement by the Contact Group\n\nThe Contact Group – Peru, Chad and Japan – met. The Group will plant trees."
    )
    assert actors(text, "plant trees") == ["Peru", "Chad", "Japan"]
    agency = "JOINT STATEMENT\n\nPeru and Chad met the Lake Research Group. The Group will plant trees."
    assert actors(agency, "plant trees") == ["Lake Research Group"]


def test_a_committee_on_rates_is_its_bank() -> None:
    text = "Interest rates\n\nThe Monetary Policy Committee of the Central Bank of Malta met. The {} will plant trees."
    assert actors(text.format("Committee"), "plant trees") == ["Central Bank of Malta"]
    assert actors("Malta is glad. The Lake Committee met. The Committee will plant trees.", "plant trees") != ["Malta"]


def test_the_bank_of_a_region_is_not_cut_short() -> None:
    text = "Malta is glad. The Development Bank of Latin America said it would plant trees."
    assert actors(text, "plant trees") != ["Bank of Latin America"]


def test_initials_are_those_of_the_longer_name() -> None:
    text = "Malta is glad. The Bank of Peru (BoP) met. The BoP will plant trees."
    assert actors(text, "plant trees") == ["Bank of Peru"]
    assert actors(text.replace("Bank of Peru (BoP)", "fish of Peru (PU)").replace("BoP", "PU"), "plant trees") == [
        "Peru"
    ]


def test_each_line_has_its_own_label() -> None:
    lines = "Pledges made in Kampala\n\nUganda: open borders\nJapan: ten million dollars{} more trees"
    assert actors(lines.format("\nMalta:"), "more trees") == ["Malta"]
    assert actors(lines.format(" and"), "ten million dollars") == ["Japan"]


def test_who_is_told_does_not_promise() -> None:
    assert actors("Malta is glad. Peru told the delegation that it would plant trees.", "plant trees") == ["Peru"]
    assert actors("Peru is glad. Malta said that it would plant trees.", "plant trees") == ["Malta"]


def test_who_is_asked_does_not_ask() -> None:
    text = "JOINT STATEMENT\n\nPeru and Chad met in Lima. Malta {} to plant trees."
    for words, expected in (("is encouraged", ["Peru", "Chad"]), ("encouraged us", ["Malta"])):
        said = text.format(words)
        start = said.index("plant")
        found = Attribution(stated(said), None, REGISTRY).of(start, len(said) - 1, Kind.CALL)
        assert [actor.name for actor in found.actors] == expected
