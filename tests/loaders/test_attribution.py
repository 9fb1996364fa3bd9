"""Whose act it is, to whom, who says it: each rule with a sentence that fires it and one that must not."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.reading.attribution import Attributed, Attribution
from loaders.reading.references import References
from loaders.reading.registry import Registry
from ontology.records import Statement
from ontology.terms import Kind

REGISTRY = Registry.load()
TALKS = "JOINT STATEMENT\n\nKenya and Japan held their third energy talks in Nairobi. The two sides met twice.\n\n"
READOUT = "President Macron of France spoke today with Prime Minister Ishiba of Japan.\n\n"
SPEECH = "My country, Grenada, is small. I thank you. I speak for its people.\n\n"


def of(text: str, action: str, kind: Kind = Kind.PLEDGE, spans: tuple[str, ...] = ()) -> Attributed:
    """The attribution of an action by its words; `spans` are the actions that the tagger found beside it."""
    statement = Statement(iri="s", document="a", sha256="0", text=text)
    known = tuple((text.index(span), text.index(span) + len(span), kind) for span in (*spans, action))
    start = text.index(action)
    return Attribution(statement, None, REGISTRY, known).of(start, start + len(action), kind)


def actors(found: Attributed) -> list[str]:
    return [actor.name for actor in found.actors]


@pytest.mark.parametrize(
    ("text", "action", "rule", "expected"),
    [
        (TALKS + "Kenya will train 200 officers.", "train 200 officers", "subject-party", ["Kenya"]),
        (TALKS + "The Kenyan side will train 200 officers.", "train 200 officers", "subject-party", ["Kenya"]),
        (TALKS + "Nairobi will train 200 officers.", "train 200 officers", "subject-party", ["Kenya"]),
        (TALKS + "Japan and Uganda will share data.", "share data", "subject-party", ["Japan", "Uganda"]),
        (TALKS + "The Government of the Republic of Kenya will share data.", "share data", "subject-party", ["Kenya"]),
        (TALKS + "The two sides agreed to share data.", "share data", "subject-plural", ["Kenya", "Japan"]),
        (TALKS + "We agreed to share data.", "share data", "subject-we", ["Kenya", "Japan"]),
        (TALKS + "They agreed to share data.", "share data", "subject-they", ["Kenya", "Japan"]),
        (TALKS + "Kenya is glad. It will share data.", "share data", "subject-it", ["Kenya"]),
        (TALKS + "The Rift Valley Power Company will share data.", "share data", "subject-organisation", None),
        (SPEECH + "We will plant trees.", "plant trees", "subject-we", ["Grenada"]),
        (SPEECH + "I will plant trees.", "plant trees", "subject-i", ["Grenada"]),
        (SPEECH + "My Government will plant trees.", "plant trees", "subject-we", ["Grenada"]),
        (READOUT + "President Macron will visit Tokyo.", "visit Tokyo", "subject-person", ["France"]),
        (READOUT + "The President will visit Tokyo.", "visit Tokyo", "subject-office", ["France"]),
        (READOUT + "President Macron was glad. He will visit Tokyo.", "visit Tokyo", "subject-he", ["France"]),
        (READOUT + "Mr. Macron said his country will help.", "help", "subject-own", ["France"]),
        (TALKS + "Japan welcomed Kenya's commitment to share data.", "share data", "owner-party", ["Kenya"]),
        (TALKS + "Japan welcomed the commitment of Kenya to share data.", "share data", "owner-party", ["Kenya"]),
        (TALKS + "Japan expressed its readiness to share data.", "share data", "owner-it", ["Japan"]),
        (
            TALKS + "Kenya and Uganda repeated their plan to share data.",
            "share data",
            "owner-they",
            ["Kenya", "Uganda"],
        ),
        (TALKS + "200 officers will be trained by Uganda.", "be trained by Uganda", "agent-party", ["Uganda"]),
        (TALKS + "- Uganda: ten million dollars", "ten million dollars", "label-party", ["Uganda"]),
        (TALKS + "Uganda will:\n\n- share data;\n- train officers.", "train officers", "lead-in-party", ["Uganda"]),
        (TALKS + "Joint patrols will be held.", "be held", "voice", ["Kenya", "Japan"]),
    ],
)
def test_whose_act_it_is(text: str, action: str, rule: str, expected: list[str] | None) -> None:
    found = of(text, action)
    assert (found.rule, actors(found)) == (rule, expected or ["Rift Valley Power Company"])
    assert found.why


@pytest.mark.parametrize(
    ("text", "action", "not_rule", "expected"),
    [
        (TALKS + "Cooperation with Uganda will grow fast.", "grow fast", "subject-party", ["Kenya", "Japan"]),
        (TALKS + "Ugandan companies will share data.", "share data", "subject-party", ["Kenya", "Japan"]),
        (TALKS + "It is vital to share data.", "share data", "subject-it", ["Kenya", "Japan"]),
        (
            TALKS + "The borders Uganda drew will be kept, and Kenya will help.",
            "help",
            "subject-organisation",
            ["Kenya"],
        ),
        (TALKS + "Japan welcomed Kenya's growth and will share data.", "share data", "owner-party", ["Japan"]),
        (TALKS + "Data will be shared by 2030.", "be shared by 2030", "agent-party", ["Kenya", "Japan"]),
        (TALKS + "To Uganda we say: peace will come.", "come", "label-party", ["Kenya", "Japan"]),
        (TALKS + "Uganda met Kenya.\n\nJapan will train officers.", "train officers", "lead-in-party", ["Japan"]),
        (TALKS + "Kenya and the G77 and Japan is looking forward to trade.", "trade", "subject-plural", ["Japan"]),
    ],
)
def test_what_does_not_govern(text: str, action: str, not_rule: str, expected: list[str]) -> None:
    found = of(text, action)
    assert found.rule != not_rule
    assert actors(found) == expected


def test_an_act_shares_the_governor_of_the_one_before_it() -> None:
    text = TALKS + "Uganda will train the officers whom Japan sends, and share data."
    assert actors(of(text, "share data", spans=("train the officers whom Japan sends",))) == ["Uganda"]
    far = TALKS + "Uganda will train officers. The plan is old, and Japan will share data."
    assert actors(of(far, "share data", spans=("train officers",))) == ["Japan"]


def test_support_of_oneself_is_somebody_elses() -> None:
    text = TALKS + "Uganda believes that Japan will prosper and will always stand with Japan."
    assert actors(of(text, "stand with Japan", Kind.SUPPORT)) == ["Uganda"]
    assert actors(of(text.replace("stand with Japan", "stand with Kenya"), "stand with Kenya", Kind.SUPPORT)) == [
        "Japan"
    ]


@pytest.mark.parametrize(
    ("text", "action", "asker", "addressee"),
    [
        ("Japan urged Uganda to share data.", "share data", ["Japan"], ["Uganda"]),
        ("Japan expects Uganda to share data.", "share data", ["Japan"], ["Uganda"]),
        ("Japan called on Uganda and Rwanda to share data.", "share data", ["Japan"], ["Uganda", "Rwanda"]),
        ("Japan said that Uganda should share data.", "share data", ["Japan"], ["Uganda"]),
        ("Uganda must share data.", "share data", ["Kenya", "Japan"], ["Uganda"]),
        ("Japan called on all countries to share data.", "share data", ["Japan"], ["all countries"]),
        ("Japan hopes that Uganda will share data.", "share data", ["Japan"], ["Uganda"]),
        ("Japan proposed to meet in May.", "meet in May", ["Japan"], []),
    ],
)
def test_calls_are_the_askers(text: str, action: str, asker: list[str], addressee: list[str]) -> None:
    found = of(TALKS + text, action, Kind.CALL)
    assert actors(found) == asker
    assert [actor.name for actor in found.counterparts] == addressee


def test_what_both_sides_should_do_is_asked_of_the_other_one() -> None:
    text = TALKS + "Japanese Minister Ada Mori said that all is well. The two sides should share data."
    found = of(text, "share data", Kind.CALL)
    assert actors(found) == ["Japan"]
    assert [actor.name for actor in found.counterparts] == ["Kenya"]


@pytest.mark.parametrize(
    ("text", "action", "kind", "counterparts"),
    [
        ("Japan will work with Uganda to end hunger.", "work with Uganda to end hunger", Kind.PLEDGE, ["Uganda"]),
        ("Japan will give ten buses to Uganda.", "give ten buses to Uganda", Kind.PLEDGE, ["Uganda"]),
        ("Japan supports Uganda.", "supports Uganda", Kind.SUPPORT, ["Uganda"]),
        ("Japan supports Uganda's efforts.", "supports Uganda's efforts", Kind.SUPPORT, ["Uganda"]),
        ("Japan will assist each other's firms.", "assist each other's firms", Kind.PLEDGE, ["Kenya"]),
        ("Japan will plant trees.", "plant trees", Kind.PLEDGE, []),
        ("Japan will vote against Uganda.", "vote against Uganda", Kind.PLEDGE, []),
        ("The two sides will work with each other.", "work with each other", Kind.PLEDGE, []),
    ],
)
def test_counterparts(text: str, action: str, kind: Kind, counterparts: list[str]) -> None:
    assert [actor.name for actor in of(TALKS + text, action, kind).counterparts] == counterparts


def test_who_says_it_and_who_will_only_do_it() -> None:
    says = of(READOUT + "President Macron reaffirmed his commitment to share data.", "share data")
    does = of(READOUT + "President Macron will visit Tokyo.", "visit Tokyo")
    assert says.speaker is not None
    assert says.speaker.name == "Macron"
    assert does.speaker is None


def test_a_joint_text_has_no_speaker() -> None:
    assert of(TALKS + "We agreed to share data.", "share data").speaker is None


def test_a_quoted_we_binds_the_state_of_who_is_quoted() -> None:
    text = TALKS + "Japanese Foreign Minister Ada Mori said: “We will share data with all.”"
    found = of(text, "share data with all")
    assert actors(found) == ["Japan"]
    assert found.speaker is not None


def test_together_we_binds_both() -> None:
    text = READOUT + "“Together, we will share data with all,” said Prime Minister Ishiba."
    assert set(actors(of(text, "share data with all"))) == {"France", "Japan"}


def test_a_short_name_that_the_text_defines() -> None:
    text = TALKS + "The East Lake Fishing Agency (ELFA) met. The ELFA will share data."
    assert actors(of(text, "share data")) == ["East Lake Fishing Agency"]


@pytest.mark.parametrize(
    "words", ["its country will ", "France, ", "and it ", "U.S. ", "“we ", "A-", "Bank of the ", "\n"]
)
def test_long_repetitions_end_soon(words: str) -> None:
    text = words * (20_000 // len(words))
    statement = Statement(iri="s", document="a", sha256="0", text=text)
    spans = tuple((offset, offset + 1, Kind.PLEDGE) for offset in range(0, 8000, 2))
    begin = time.process_time()
    attribution = Attribution(statement, None, REGISTRY, spans)
    assert attribution.of(7998, 7999, Kind.PLEDGE).rule
    assert attribution.of(19_000, 19_004, Kind.CALL).rule
    assert time.process_time() - begin < 5


@settings(deadline=None)
@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200), st.sampled_from(Kind))
def test_any_text_can_be_asked(text: str, one: int, other: int, kind: Kind) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    statement = Statement(iri="s", document="a", sha256="0", text=text)
    found = Attribution(statement, None, REGISTRY, ((start, end, kind),)).of(start, end, kind)
    assert isinstance(found, Attributed)


WORDS = "Kenya|and|the|will|U.S.|President|of|,|'s|\n\n|\"|said|They|(|)|:|-|calls on"


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS.split("|"))))
def test_any_words_can_be_asked(words: list[str]) -> None:
    text = " ".join(words)
    attribution = Attribution(Statement(iri="s", document="a", sha256="0", text=text), None, REGISTRY)
    for offset in range(0, len(text), 5):
        assert attribution.of(offset, offset + 4, Kind.CALL).rule


def test_what_was_agreed_impersonally_binds_all_who_met() -> None:
    told = "Foreign Minister Orr of Peru met with Foreign Minister Abel of Chad in Lima. Peru spoke of rain. "
    text = told + "It was agreed that the next round would be held in May."
    assert actors(of(text, "be held in May")) == ["Peru", "Chad"]
    assert actors(of(text.replace("It was agreed", "It was thought"), "be held in May")) == ["Peru"]


def test_a_short_label_with_a_ministry_opens_a_paragraph() -> None:
    text = (
        "Side event, room 11\n\nPeru met Chad.\n\nEU (Directorate). Recalled the plan. Trees will be planted.\n\nEnd."
    )
    assert actors(of(text, "be planted")) == ["EU"]
    assert actors(of(text.replace(" (Directorate)", ""), "be planted")) != ["EU"]


def test_a_bare_verb_after_one_state_shows_its_object() -> None:
    found = of(TALKS + "Kenya opposes every try to hold Japan back and will stand by it.", "stand by it")
    assert actors(found) == ["Kenya"]


def test_a_bare_verb_after_a_list_of_states_is_theirs() -> None:
    found = of(TALKS + "Kenya spoke. Uganda and Japan back the plan and will stand by it.", "stand by it")
    assert actors(found) == ["Uganda", "Japan"]


PRESS = """PRIME MINISTER ORR: Welcome. Austria is glad. Austria supports trains.

PRIME MINISTER ABEL: Peru is glad. {whose} Treasurer will go to Graz.
"""


def test_my_minister_is_of_the_speaker() -> None:
    assert actors(of(PRESS.format(whose="My"), "go to Graz")) == ["Peru"]
    assert actors(of(PRESS.format(whose="The Austrian"), "go to Graz")) == ["Austria"]


def test_since_stands_between_a_subject_and_its_verb() -> None:
    text = "Peru met Chad in May. The Chadian side {}agreed to build a pier."
    assert actors(of(text.format("has since "), "build a pier")) == ["Chad"]
    assert actors(of(text.format("has seen that Peru "), "build a pier")) == ["Peru"]


@pytest.mark.parametrize(
    ("charge", "names"), [("Energy", []), ("Energy Orr", ["Orr"]), ("Energy Ada Orr", ["Ada Orr"])]
)
def test_what_a_minister_is_in_charge_of_is_not_his_name(charge: str, names: list[str]) -> None:
    text = f"The Peruvian Minister for {charge} met us."
    assert [person.name for person in References(text, REGISTRY).named] == names


def test_the_alliance_of_a_joint_text_is_those_who_issue_it() -> None:
    text = "Joint Statement\n\nPeru and Chad met in May to mark their alliance. We are glad. {} will build a pier."
    assert actors(of(text.format("The Alliance"), "build a pier")) == ["Peru", "Chad"]
    assert actors(of(text.format("The Chadian Government"), "build a pier")) == ["Chad"]


def test_a_resolve_that_nobody_is_said_to_express_is_that_of_all_who_met() -> None:
    text = (
        "Foreign Minister Orr of Peru met with Foreign Minister Abel of Chad. Expressing {} to build a pier, they left."
    )
    assert actors(of(text.format("resolve"), "build a pier")) == ["Peru", "Chad"]
    assert actors(of(text.format("a wish"), "build a pier")) == ["Peru"]


def test_an_office_that_only_one_party_to_the_text_has_is_of_that_party() -> None:
    text = (
        "Minister Orr of Peru spoke by phone with the European Union.\n\nPeru is glad. "
        "The High Representative said that he would send boats."
    )
    assert actors(of(text, "send boats")) == ["EU"]
    assert actors(of(text.replace("the European Union", "Chad"), "send boats")) == ["Peru"]


def test_whoever_interrupts_a_clause_does_not_govern_it() -> None:
    assert actors(of("Chad, Kenya said, has agreed to build a port.", "build a port")) == ["Chad"]
    assert actors(of("Kenya said, as ever, it will build a port.", "build a port")) == ["Kenya"]


def test_what_a_state_needs_to_do_is_no_commitment_of_its_own() -> None:
    assert actors(of("Kenya spoke. We feel Peru needs to support the law.", "support the law", Kind.CALL)) != ["Peru"]
    assert actors(of("Kenya spoke. Peru's firm support for the law grew.", "support for the law")) == ["Peru"]
