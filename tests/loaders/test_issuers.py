"""Who issues a text, one rule at a time: an opening that fires the rule, and one that must not."""

import pytest

from loaders.reading.floor import floor as turns
from loaders.reading.parties import Parties, parties
from loaders.reading.references import References
from loaders.reading.registry import Registry
from ontology.identifiers import sha256, statement_iri
from ontology.records import Statement

REGISTRY = Registry.load()


def read(text: str) -> Parties:
    statement = Statement(iri=statement_iri(text), document="a", sha256=sha256(text), text=text)
    return parties(statement, REGISTRY)


def issuers(text: str) -> list[str]:
    return [actor.name for actor in read(text).issuers]


@pytest.mark.parametrize(
    "own",
    [
        "As a small island, Malta knows the sea.",
        "Malta, a landlocked place in dreams only, knows the sea.",
        "Malta pledges two boats.",
        "Malta was the 80th Member.",
    ],
)
def test_a_speech_is_of_the_state_that_it_describes_from_within(own: str) -> None:
    assert issuers(f"I thank you. I saw Chad and Peru. Chad has lakes. I say: {own}") == ["Malta"]


@pytest.mark.parametrize(
    "told", ["As a small ship sank, Malta slept.", "Malta, a friend, slept.", "Malta lost a boat."]
)
def test_a_speech_is_not_of_a_state_that_it_merely_mentions(told: str) -> None:
    assert issuers(f"I thank you. I saw Chad and Peru. Chad has lakes. I say: {told}") == ["Chad"]


@pytest.mark.parametrize(("old", "new"), [("Kazakstan", "Kazakhstan"), ("Dahomey", "Benin"), ("Viet-Nam", "Vietnam")])
def test_old_spellings_name_the_same_state(old: str, new: str) -> None:
    assert issuers(f"I thank you. I saw Peru. I say: {old} supports the treaty.") == [new]


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("The text of the following statement was released by the Governments of Peru and Chad.", ["Peru", "Chad"]),
        (
            "President Abel of Peru and the President of the European Commission issued the following statement.",
            ["Peru", "EU"],
        ),
    ],
)
def test_who_released_a_text_issues_it(opening: str, expected: list[str]) -> None:
    assert issuers(f"{opening}\n\nRain is falling. We will plant trees.") == expected


def test_one_who_released_a_text_does_not_make_it_joint() -> None:
    opening = "The text of the following statement was released by the Government of Peru after its talks with Chad."
    assert issuers(f"{opening}\n\nRain is falling. We will plant trees.") == ["Peru"]


def test_mayors_speak_for_their_cities() -> None:
    text = "We, the mayors of Athens, Lowbridge and Port Lune, met in spring.\n\nWe will plant trees."
    assert issuers(text) == ["Athens", "Lowbridge", "Port Lune"]


def test_leaders_speak_for_their_states() -> None:
    text = "We, the leaders of Greece, Peru and Chad, met in spring.\n\nWe will plant trees."
    assert issuers(text) == ["Greece", "Peru", "Chad"]


UNIONS = """COMMUNIQUE OF THE MEETING OF THE
LAKESIDE LABOUR CONGRESS (LLC) AND THE PORT WORKERS UNION (PWU)

The meeting looked at the state of the ports of Peru. A strike will begin in May.
"""


def test_organisations_head_a_communique() -> None:
    assert issuers(UNIONS) == ["Lakeside Labour Congress", "Port Workers Union"]
    assert issuers(UNIONS.replace("COMMUNIQUE OF", "NOTES ON")) == ["Peru"]


LED = """Rain is the work of nature. We know this. We see it. We love it.

The leaders of Peru, Chad and Japan remain committed to rain. We will plant trees. Iran should plant trees.
"""


def test_a_plural_text_is_of_those_whose_leaders_are_its_subject() -> None:
    assert issuers(LED) == ["Peru", "Chad", "Japan"]
    assert len(issuers(LED.replace("The leaders of", "Boats from"))) < 2


def floor(text: str) -> dict[str, list[str]]:
    """The parties of every label of a transcript."""
    references = References(text, REGISTRY)
    found = read(text)
    voices = [voice for _, voice in turns(references, found.issuers, REGISTRY)]
    return {voice.person: [actor.name for actor in voice.actors] for voice in voices if voice.person}


TALKS = """Press conference by the two leaders

CHANCELLOR ORR: Welcome. Austria will continue to build bridges. We are in favour of trains.

PRESIDENT ABEL: Thank you. Peru has trains. We will build more of them.
"""


def test_a_dialogue_leaves_the_other_state_to_the_other_speaker() -> None:
    assert floor(TALKS) == {"CHANCELLOR ORR": ["Austria"], "PRESIDENT ABEL": ["Peru"]}
    assert floor(TALKS.replace("Peru", "My country"))["PRESIDENT ABEL"] == ["Austria"]


LABELS = """FOREIGN MINISTER OF PERU, JANE ORR: We will build trains.

FOREIGN MINISTER OF CHAD, JOHN ABEL: We will build boats.

FOREIGN MINISTER ORR: We will help.
"""


def test_a_label_with_a_state_tells_the_state_of_the_shorter_label() -> None:
    assert floor(LABELS)["FOREIGN MINISTER ORR"] == ["Peru"]
    assert floor(LABELS.replace("MINISTER ORR", "MINISTER OLM"))["FOREIGN MINISTER OLM"] != ["Chad"]


HANSARD = """HOUSE OF REPRESENTATIVES OF PERU
Hansard

LEADER OF THE OPPOSITION: Madam Speaker, a PLP government will build trains. We will not build boats.

MINISTER OF ENERGY: We will build boats.
"""


def test_the_leader_of_the_opposition_speaks_for_the_party_that_he_would_have_govern() -> None:
    assert floor(HANSARD)["LEADER OF THE OPPOSITION"] == ["PLP"]
    assert floor(HANSARD)["MINISTER OF ENERGY"] == ["Peru"]
    assert floor(HANSARD.replace("a PLP government", "we"))["LEADER OF THE OPPOSITION"] != ["PLP"]


BRIEFING = """POST-CABINET MEDIA BRIEFING: QUESTIONS AND ANSWERS
Media Centre, Lima, 2 May

MINISTER: We will build trains. Chad supports us, Chad believes in us.

JOURNALIST: And boats?
"""


def test_a_briefing_is_of_the_state_in_whose_capital_it_is_given() -> None:
    assert issuers(BRIEFING) == ["Peru"]
    assert issuers(
        BRIEFING.replace("POST-CABINET MEDIA BRIEFING", "WORDS").replace("QUESTIONS AND ANSWERS", "ALL")
    ) == ["Chad"]


def test_a_capital_with_a_date_and_a_dash_tells_the_issuer() -> None:
    rest = "The General Secretary held talks with the leader of Chad. Chad supports trains. The two sides will meet."
    assert issuers(f"Talks Held\n\nLima, August 3 - {rest}") == ["Peru"]
    guests = rest.replace("The General Secretary", "Some guests")
    assert issuers(f"Talks Held\n\nLima, great city - {guests}") == ["Chad"]


def test_a_headline_makes_a_bank_the_issuer() -> None:
    rest = "\n\nLima, 3 July 2024 - The loan will build wells in Chad."
    assert issuers(f"Chad: African Development Bank approves a loan for wells{rest}") == ["African Development Bank"]
    assert issuers(f"Chad: African Development Bank signs{rest}") == ["African Development Bank"]
    assert issuers(f"Chad: risks for wells that a bank flags{rest}") == ["Peru"]


CALL = """Ministers talk

Minister Orr of Peru spoke by phone with Minister Abel of Chad. Chad supports trains, Chad believes in trains.
Chad is committed to trains and Chad will continue to build them. Japan and Chad are far apart.
"""


def test_a_readout_is_told_by_the_side_that_it_makes_its_subject() -> None:
    found = read(CALL)
    assert [actor.name for actor in found.issuers] == ["Peru"]
    assert [actor.name for actor in found.members] == ["Peru", "Chad"]
    assert issuers(CALL.replace("spoke by phone with", "thinks of")) == ["Chad"]


FACILITATED = """FINAL COMMUNIQUE

At the invitation of the {who} African Union {role}, the Ministers of Trade of the Republic of Chad and of the Republic
of Peru met in May. The ministers agreed to meet. The ministers will build trains. The ministers agreed to rest.
"""


def test_a_body_in_whose_capacity_somebody_invites_does_not_issue_the_text() -> None:
    text = FACILITATED.format(who="President of Angola in his capacity as the", role="Facilitator")
    assert issuers(text) == ["Chad", "Peru"]


def test_ministers_who_say_little_together_make_no_joint_text() -> None:
    text = FACILITATED.format(who="President of Angola in his capacity as the", role="Facilitator")
    assert len(issuers(text.replace("The ministers", "Trains"))) < 2


def test_states_that_say_we_before_they_name_their_group_speak_for_themselves() -> None:
    rest = "met for the first leaders' meeting of the G20.\n\nWe will plant trees."
    assert issuers(f"Joint Statement\n\nWe, the leaders of Peru, Chad and Japan, {rest}") == ["Peru", "Chad", "Japan"]
    assert issuers(f"Joint Statement\n\nWe, the leaders of the G20, in Peru and Chad {rest}") == ["G20"]


def test_the_place_of_a_speech_does_not_deliver_it() -> None:
    text = "Anförande av ministern vid mötet i Finland\n\nI thank you, my friends. Finland is near. Sweden supports it."
    assert issuers(text) == ["Sweden"]
    assert issuers(text.replace("vid mötet i", "från")) == ["Finland"]


def test_those_named_as_members_of_a_body_are_not_the_body() -> None:
    text = "Joint Statement\n\nPeru and Chad, Member States of the Lake Commission, met in May. We will help. We met."
    assert issuers(text) == ["Peru", "Chad"]
    assert issuers(text.replace(", Member States of the Lake Commission,", " and the Lake Commission")) == [
        "Peru",
        "Chad",
        "Lake Commission",
    ]


MANIFESTO = """BOATS AND TRAINS
[General Election, page 4]

We love trains. Peru has none. A Radical Government will build them, and a Radical Government would run them.
"""


def test_an_election_text_is_of_the_party_whose_government_it_promises() -> None:
    assert issuers(MANIFESTO) == ["Radical Party"]
    assert issuers(MANIFESTO.replace("General Election", "A book")) == ["Peru"]
    assert issuers(MANIFESTO.replace("Radical", "New")) == ["Peru"]


@pytest.mark.parametrize("single", ["My delegation loves rain.", "This Assembly loves rain."])
def test_who_speaks_for_a_delegation_speaks_alone(single: str) -> None:
    text = "Peru and Chad have met. Peru and Chad love our lakes. We love our rain. Malta supports rain. "
    assert issuers(text + single) == ["Malta"]
    assert issuers(text + f"They said: “{single}”") == ["Peru", "Chad"]


def test_a_shouted_heading_is_no_turn() -> None:
    assert read("VISIT OF THE MINISTER: A PRESS RELEASE\n\nPeru supports rain.").genre.value == "release"
    assert read("THE MINISTER OF RAIN: A press release.\n\nPeru supports rain.").genre.value == "transcript"


UNDERSIGNED = """JOINT STATEMENT

Rescue organisations on the draft law of Malta

The {who} organisations wish to say that we are in favour of boats. The European Union should send boats.
"""


def test_the_undersigned_are_what_the_heading_calls_them() -> None:
    assert issuers(UNDERSIGNED.format(who="twenty undersigned")) == ["rescue organisations"]
    assert issuers(UNDERSIGNED.format(who="twenty absent")) != ["rescue organisations"]


def test_a_heading_names_a_body_and_its_partner() -> None:
    text = "STATEMENT OF THE ASEAN 10+1 {} CANADA\nBangkok, 1 August 2019\n\n1. The Meeting welcomed trains."
    assert issuers(text.format("SESSION WITH")) == ["ASEAN", "Canada"]
    assert issuers(text.format("SESSION ON A VISIT TO")) != ["ASEAN", "Canada"]


@pytest.mark.parametrize(
    "opening",
    [
        "I have the honour to make this statement on behalf of Peru, Chad and Japan.",
        "Statement on the lakes\n\nThe statement has been endorsed by the following states: Peru, Chad, Japan.",
        "Statement on the lakes\n\nSignatories: Peru, Chad, Japan",
    ],
)
def test_those_on_whose_behalf_a_statement_is_read_issue_it(opening: str) -> None:
    assert issuers(f"{opening}\n\nWe will plant trees.") == ["Peru", "Chad", "Japan"]


def test_those_whom_a_statement_thanks_do_not_issue_it() -> None:
    thanks = "I have the honour to thank Peru, Chad and Japan. I am glad. I say: Malta supports trains."
    assert issuers(f"{thanks}\n\nWe will plant trees.") == ["Malta"]


def test_a_chair_speaks_for_the_meeting() -> None:
    text = (
        "This statement was issued by Peru as {} of a Global Lake Ministerial Meeting in May.\n\nWe will plant trees."
    )
    assert issuers(text.format("Chair")) == ["Global Lake Ministerial"]
    assert issuers(text.format("guest")) == ["Peru"]


def test_a_house_at_the_top_tells_the_state_whose_parliament_it_is() -> None:
    rest = "\n\nTrains are good. Chad supports trains."
    assert issuers(f"NATIONAL ASSEMBLY OF THE PEOPLE OF PERU, SESSION OF MAY{rest}") == ["Peru"]
    assert issuers(f"A VISIT BY SCHOOLS TO THE PEOPLE OF PERU, NOTES OF MAY{rest}") == ["Chad"]


HOME = """Statement on the floods

We will rebuild the bridges. The Storting will hear the plan this week, and we will help Ruritania's neighbour Peru too.
"""


def test_what_only_a_state_s_own_people_speak_of_tells_where_a_text_speaks() -> None:
    assert issuers(HOME) == ["Norway"]
    assert issuers(HOME.replace("The Storting", "The council")) == ["Peru"]


DYAD = """Franco-German Declaration

Our two countries have drawn closer. We will build trains. Our governments will meet twice a year.
"""


def test_a_prefix_before_a_hyphen_is_the_other_party() -> None:
    assert issuers(DYAD) == ["France", "Germany"]
    assert "France" not in issuers(DYAD.replace("Franco-German", "Franco German"))
    assert [mention.actor.name for mention in REGISTRY.mentions("the Indo-Pacific, Indo-French ties")] == [
        "India",
        "France",
    ]


@pytest.mark.parametrize(
    "opening",
    ["NAIROBI - Ministers met.", "NAIROBI, Oct 3 (KNA).- Ministers met.", "NAIROBI, May 4. /KNA/. Ministers met."],
)
def test_a_city_that_opens_the_text_is_where_news_comes_from(opening: str) -> None:
    assert issuers(f"{opening} Chad and Peru spoke. Chad will pay.") == ["Kenya"]


@pytest.mark.parametrize("opening", ["LONGWOOD - Ministers met.", "Nairobi is large."])
def test_another_opening_is_no_dateline(opening: str) -> None:
    assert issuers(f"{opening} Chad and Peru spoke. Chad will pay.") != ["Kenya"]


def test_a_toast_is_a_speech_even_if_it_names_two_states() -> None:
    toast = (
        "We in Kenya know. Kenya and Chad will build it. Our two nations are one. Our peoples sing. I raise my glass."
    )
    assert issuers(f"Toast at the state dinner\n\n{toast}") == ["Kenya"]
    assert issuers(f"Joint statement after the dinner\n\n{toast}") == ["Kenya", "Chad"]


@pytest.mark.parametrize(
    ("head", "party"),
    [
        ("Briefing by the Spokesperson for the Secretary-General", "UN"),
        ("Office of the Spokesperson", "United States"),
    ],
)
def test_a_spokesperson_has_an_office(head: str, party: str) -> None:
    assert issuers(f"{head}\n\nThe talks go on. We will see.") == [party]


def test_a_byline_names_whose_speech_it_is() -> None:
    assert issuers("Opening remarks\n\nBy Kenyan Minister Ada Oto\n\nI saw Chad. Chad will pay. We will build.") == [
        "Kenya"
    ]


def test_a_line_within_a_paragraph_heads_nothing() -> None:
    speech = "on behalf of the Government of Kenya, I thank you. Kenya believes in peace. Kenya reaffirms it."
    assert issuers(f"At the outset I greet\nHis Majesty's Government and\n{speech}") == ["Kenya"]


def test_whom_a_speech_thanks_did_not_give_it() -> None:
    assert issuers("I thank Chad. I thank Chad again. I saw it. Kenya has lakes. We will swim.") == ["Kenya"]
    assert issuers("Chad has lakes. Chad has fish. I saw it. I thank Kenya. We will swim.") == ["Chad"]
