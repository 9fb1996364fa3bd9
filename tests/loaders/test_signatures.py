"""Who concludes or signs a text that names its own parties, and what the words of such texts stand for."""

import pytest

from loaders.reading.attribution import Attribution
from loaders.reading.parties import parties
from loaders.reading.registry import Registry
from ontology.identifiers import sha256, statement_iri
from ontology.records import Statement
from ontology.terms import Kind

REGISTRY = Registry.load()
TREATY = "TREATY OF FRIENDSHIP BETWEEN THE KINGDOM OF NORWAY AND THE REPUBLIC OF PERU\n\n"
ARRANGEMENT = """MEMORANDUM OF UNDERSTANDING
BETWEEN
THE HARVEST AGENCY OF PERU
AND
THE MINISTRY OF FORESTS OF NORWAY
CONCERNING SEED

"""
PEACE = """AGREEMENT BETWEEN THE GOVERNMENT OF THE REPUBLIC OF CHAD AND THE NORTHERN HARVEST FRONT

The Government of the Republic of Chad and the Northern Harvest Front (hereinafter "the NHF") agree as follows:

"""
LETTER = """Open letter to the European Commission on seeds

We, the undersigned organisations, are worried.

Signed:
Seed Savers
Green Fields (Lima)
Ada Morn, Director, Bee Watch
"""


def stated(text: str) -> Statement:
    return Statement(iri=statement_iri(text), document="a", sha256=sha256(text), text=text)


def issuers(text: str) -> list[str]:
    return [actor.name for actor in parties(stated(text), REGISTRY).issuers]


def actors(text: str, action: str, kind: Kind = Kind.PLEDGE) -> list[str]:
    start = text.index(action)
    found = Attribution(stated(text), None, REGISTRY, [(start, start + len(action), kind)])
    return [actor.name for actor in found.of(start, start + len(action), kind).actors]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ARRANGEMENT, ["Harvest Agency of Peru", "Ministry of Forests of Norway"]),
        (PEACE, ["Chad", "Northern Harvest Front"]),
        (LETTER, ["Seed Savers", "Green Fields", "Bee Watch"]),
        (TREATY, ["Norway", "Peru"]),
        (
            "MEMORANDUM BETWEEN THE GOVERNMENT OF PERU AND THE GOVERNMENT OF CHAD FOR A HARVEST PROGRAM\n\nThey met.",
            ["Peru", "Chad"],
        ),
    ],
)
def test_parties_that_a_title_or_signatures_name(text: str, expected: list[str]) -> None:
    assert issuers(text) == expected


def test_a_list_below_a_text_that_says_no_we_signs_nothing() -> None:
    assert issuers("Peru on seeds\n\nPeru supports the plan.\n\nSupporters\nSeed Savers\nBee Watch\n") == ["Peru"]


@pytest.mark.parametrize("subject", ["Each High Contracting Party", "Neither Party", "The High Contracting Parties"])
def test_each_party_is_all_of_them(subject: str) -> None:
    assert actors(f"{TREATY}{subject} shall levy tolls.", "levy tolls") == ["Norway", "Peru"]


def test_a_party_with_another_name_is_not_all_of_them() -> None:
    assert actors(f"{TREATY}The Harvest Party will levy tolls.", "levy tolls") == ["Harvest Party"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ARRANGEMENT + "The Harvest Agency shall send seed.", ["Harvest Agency of Peru"]),
        (ARRANGEMENT + "The Ministry shall send seed.", ["Ministry of Forests of Norway"]),
        (ARRANGEMENT + "The Lake Agency shall send seed.", ["Lake Agency"]),
        (PEACE + "The NHF shall send seed.", ["Northern Harvest Front"]),
        (PEACE + "The Government shall send seed.", ["Chad"]),
        (PEACE + "The Parties shall send seed.", ["Chad", "Northern Harvest Front"]),
        ("Southern Cattle Railway (SCR) leaders met. The SCR will send seed.", ["Southern Cattle Railway"]),
    ],
)
def test_short_names_of_parties(text: str, expected: list[str]) -> None:
    assert actors(text, "send seed") == expected


def test_initials_that_do_not_fit_name_nothing() -> None:
    assert actors("Peru met the Southern Cattle Railway (XYZ). The XYZ will send seed.", "send seed") == ["Peru"]


def test_it_can_be_my_government() -> None:
    letter = (
        "Letter from the Permanent Representative of Chad to the United Nations\n\nMy Government rejects the claim. "
    )
    assert actors(letter + "It calls on Peru to send seed.", "send seed", Kind.CALL) == ["Chad"]


@pytest.mark.parametrize(
    ("lead", "expected"),
    [("(a) Peru asked for time. Chad agreed to wait.", ["Peru", "Chad"]), ("Chad will:", ["Chad"])],
)
def test_a_whole_sentence_leads_in_nothing(lead: str, expected: list[str]) -> None:
    text = f"AGREEMENT BETWEEN PERU AND CHAD\n\n{lead}\n(b) in May, send seed."
    assert actors(text, "send seed") == expected


MAYORS = "We, the Mayors of Oslo, Lima and Pau, gathered in Lima,\n\n- will plant trees.\n"
NOTES = """EXCHANGE OF NOTES BETWEEN THE GOVERNMENT OF PERU AND THE GOVERNMENT OF CHAD ON SEED

The Peruvian Ambassador at N'Djamena to the Minister of Foreign Affairs of Chad

N'Djamena, 4 July 1961
Your Excellency, I will send seed.

The Minister of Foreign Affairs of Chad to the Peruvian Ambassador

N'Djamena, 6 July 1961
Your Excellency, we will plant trees.
"""
AGENCY = "FOREST INSPECTION AGENCY OF CHAD\nPRESS RELEASE\n\nThe Agency saw fires. We will send seed.\n"
FIRM = "Nordsaat Sets Goals\n\nOslo, Norway, 4 May 2022 - Nordsaat met. We will send seed, said the CEO.\n"
LINES = "Pledges made today\n\nChad: new trees\nPeru will send seed.\nThe Philippines: more rain\n"


@pytest.mark.parametrize(
    ("text", "action", "expected"),
    [
        (MAYORS, "plant trees", ["Oslo", "Lima", "Pau"]),
        (NOTES, "send seed", ["Peru"]),
        (NOTES, "plant trees", ["Chad"]),
        (AGENCY, "send seed", ["Forest Inspection Agency of Chad"]),
        (AGENCY.replace("AGENCY OF", "DAY IN").replace("The Agency", "Chad"), "send seed", ["Chad"]),
        (FIRM, "send seed", ["Nordsaat"]),
        (FIRM.replace("the CEO", "a man"), "send seed", ["Norway"]),
        (LINES, "send seed", ["Peru"]),
        ("Peru met.\n\nLake Lines Ltd met Chad. Lake Lines said it would send seed.", "send seed", ["Lake Lines"]),
        ("Peru met.\n\nChad met lake lines. Peru said it would send seed.", "send seed", ["Peru"]),
        ("Peru met.\n\nChad Railways will send seed.", "send seed", ["Chad Railways"]),
        ("Peru met.\n\nSAATEX said it would send seed.", "send seed", ["SAATEX"]),
        ("Peru met.\n\nThe Seed Plan (SAATEX) grew.\n\nSAATEX said it would send seed.", "send seed", ["Peru"]),
        ("MOSCOW, June 14. /TASS/. Russia and Chad met. We will send seed.", "send seed", ["Russia"]),
    ],
)
def test_whose_text_or_line_it_is(text: str, action: str, expected: list[str]) -> None:
    assert actors(text, action) == expected


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        (
            "The Prime Minister spoke with President Mnangagwa of Zimbabwe today. The United Kingdom grows.",
            "United Kingdom",
        ),
        ("President Mnangagwa of Zimbabwe spoke with the Prime Minister today. The United Kingdom grows.", "Zimbabwe"),
    ],
)
def test_who_needs_no_state_is_of_one_s_own(opening: str, expected: str) -> None:
    assert issuers(opening) == [expected]


DEAL = "MEMORANDUM OF UNDERSTANDING between the Ministry of Seeds of Peru and Lake Lines (Pty) Ltd\n\nThey met.\n"
PLEDGED = "Seed Pledge\n\nThe Participants, Chad, Peru, Oman and Fiji:\n\nCommit to send seed.\n"
FRIENDS = "Joint Statement\n\nI speak on behalf of Chad, Oman, Fiji and my own country, Peru. We will send seed."
UNION = "Statement by the National Federation of Beekeepers on seeds\n\nWe will send seed.\n"
SHORE = "Shore Declaration\n\nWith the Fijian Government, representatives of Chad, Peru and Oman met. We send seed.\n"
RELATIONS = "DECLARATION ON RELATIONS BETWEEN PERU AND CHAD\n\nThe Peruvian Party will send seed.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (DEAL, ["Ministry of Seeds of Peru", "Lake Lines"]),
        (PLEDGED, ["Chad", "Peru", "Oman", "Fiji"]),
        (PLEDGED.replace("The Participants", "The friends"), ["Chad"]),
        (FRIENDS, ["Chad", "Oman", "Fiji", "Peru"]),
        (UNION, ["National Federation of Beekeepers"]),
        (UNION.replace("Statement by", "Peru visits"), ["Peru"]),
        (RELATIONS, ["Peru", "Chad"]),
        (RELATIONS.replace("RELATIONS BETWEEN PERU AND", "WAR BY"), ["Peru"]),
        (SHORE, ["Chad", "Peru", "Oman"]),
        (SHORE.replace("Declaration", "Visit"), ["Oman"]),
        ("Joint Statement of the Government of Chad and the Lake Front\n\nThey met.", ["Chad", "Lake Front"]),
        ("Comments on the Statement of Chad and the Lake Front\n\nChad met Peru.", ["Chad"]),
        ("ACTION PLAN BETWEEN CHAD AND PERU\n\nTrees will be planted.", ["Chad", "Peru"]),
    ],
)
def test_who_opens_a_text_as_its_parties(text: str, expected: list[str]) -> None:
    assert issuers(text) == expected


def test_a_state_s_party_is_its_side() -> None:
    assert actors(RELATIONS, "send seed") == ["Peru"]
    assert actors(RELATIONS.replace("Peruvian", "Peruvian Harvest"), "send seed") == ["Peruvian Harvest Party"]
