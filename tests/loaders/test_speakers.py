"""Who speaks where: turns, quotations, reports, pronouns."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.reading.clauses import Sentences
from loaders.reading.parties import parties
from loaders.reading.references import References
from loaders.reading.registry import Registry
from loaders.reading.speakers import Speakers
from loaders.reading.turns import is_transcript, turns
from loaders.reading.voices import Voice, quotations
from ontology.records import Statement

REGISTRY = Registry.load()


def heard(text: str, words: str) -> Voice:
    """Whose words the first occurrence of some words is."""
    references = References(text, REGISTRY)
    found = parties(Statement(iri="s", document="a", sha256="0", text=text), REGISTRY, references)
    return Speakers(references, found, REGISTRY, Sentences(references.text)).at(text.index(words))


def who(voice: Voice) -> tuple[list[str], str | None]:
    return [actor.name for actor in voice.actors], voice.person


NEWS = "NAIROBI, March 4 (KNA) -- "


@pytest.mark.parametrize(
    ("text", "party", "person"),
    [
        (NEWS + 'Japanese Foreign Minister Ada Mori said: "We will build the plant this year."', "Japan", "Ada Mori"),
        (NEWS + '"We will build the plant this year," Japanese Foreign Minister Ada Mori said.', "Japan", "Ada Mori"),
        (NEWS + '"We will build the plant this year," said Japanese Foreign Minister Ada Mori.', "Japan", "Ada Mori"),
        (NEWS + "Ugandan envoy Ben Oto said talks are on. He said “we will build the plant.”", "Uganda", "Ben Oto"),
    ],
)
def test_quotations(text: str, party: str, person: str) -> None:
    actors, name = who(heard(text, "build the plant"))
    assert actors == [party]
    assert name is not None
    assert person in name


def test_a_quotation_without_a_speaker_is_the_issuers() -> None:
    text = NEWS + "Nothing is settled.\n\n“We will build the plant this very year.”"
    assert who(heard(text, "build the plant")) == (["Kenya"], None)


def test_a_quotation_carries_over_to_the_next_paragraph() -> None:
    text = NEWS + '"The sea is ours," Japanese Prime Minister Ken Ito said.\n\n"And so we will build the plant.'
    assert who(heard(text, "build the plant")) == (["Japan"], "Ken Ito")


def test_a_report_carries_over_within_its_paragraph_and_no_further() -> None:
    text = (
        "Kenya and Japan held talks in Nairobi.\n\nJapanese Foreign Minister Ada Mori said that Japan is glad. "
        "We look forward to a plant.\n\nThe harbour is old."
    )
    assert who(heard(text, "a plant")) == (["Japan"], "Ada Mori")
    assert heard(text, "harbour").person is None


def test_both_sides_end_a_report() -> None:
    text = (
        "Kenya and Japan held talks.\n\nJapanese Minister Ada Mori said that Japan is glad. "
        "The two sides agreed to build a plant."
    )
    assert heard(text, "a plant").person is None


def test_what_both_sides_should_do_is_still_reported() -> None:
    text = (
        "Kenya and Japan held talks.\n\nJapanese Minister Ada Mori said that Japan is glad. "
        "The two sides should build a plant."
    )
    assert heard(text, "a plant").person == "Ada Mori"


TRANSCRIPT = """SECRETARY BLINKEN: Good afternoon. We will work together.

QUESTION: What will you build?

MINISTER JAISHANKAR: We will buy more.
"""


def test_turns() -> None:
    assert who(heard(TRANSCRIPT, "work together")) == (["United States"], "SECRETARY BLINKEN")
    assert who(heard(TRANSCRIPT, "buy more")) == (["India"], "MINISTER JAISHANKAR")
    assert heard(TRANSCRIPT, "you build").person is None


def test_a_label_that_nothing_explains_takes_the_state_for_which_it_speaks() -> None:
    text = (
        "PRESIDENT BIDEN: Welcome. The United States is committed to you.\n\n"
        "PRESIDENT ORO: Thank you. Ruanda is far. Uganda supports the plan. Uganda believes in it. We will join.\n"
    )
    assert who(heard(text, "will join")) == (["Uganda"], "PRESIDENT ORO")


@pytest.mark.parametrize("line", ["Note: all is well.", "Subject: trees", "The plan is this: we plant.", "Begin text:"])
def test_other_colons_are_no_turns(line: str) -> None:
    assert turns(line) == []
    assert not is_transcript(f"{line}\n\n{line}")


@pytest.mark.parametrize(
    "line", ["MR OKELLO: Yes.", "Prime Minister: Yes.", "HOST (Kenya): Yes.", "__SP Pimentel__: Yes"]
)
def test_labels(line: str) -> None:
    assert len(turns(line)) == 1


def test_she_is_the_last_person_who_acts() -> None:
    text = (
        NEWS + "Japanese Foreign Minister Ada Mori met Ugandan Minister Ben Oto. "
        "She added: “We will build the plant with joy.”"
    )
    assert heard(text, "build the plant").person == "Ada Mori"


def test_a_stranger_speaks_for_the_state_that_is_left() -> None:
    text = (
        "The ministers of Kenya and Japan met in Nairobi. The two sides agreed.\n\n"
        "Secretary Wanja said that all is well. Kenya will never yield, she added. “We will plant the trees at once.”"
    )
    assert who(heard(text, "plant the trees"))[0] == ["Kenya"]


def test_a_paragraph_that_opens_with_a_party_is_its_own() -> None:
    text = "Side event, room 11\n\nJAPAN (Ministry of Trade). Recalled the plan. Trees will be planted.\n\nThe end."
    assert who(heard(text, "Trees will"))[0] == ["Japan"]
    assert who(heard(text, "The end"))[0] != ["Kenya"]


def test_short_quotations_are_no_speech() -> None:
    assert quotations('The so-called "two lands" and "a plan" are old.') == []
    assert len(quotations("“We will build it now,” and “then we will rest a while”.")) == 2


@settings(deadline=None)
@given(st.text(alphabet='“”" \nA:bHe said.', max_size=120))
def test_any_text_has_a_voice_everywhere(text: str) -> None:
    references = References(text, REGISTRY)
    found = parties(Statement(iri="s", document="a", sha256="0", text=text), REGISTRY, references)
    speakers = Speakers(references, found, REGISTRY, Sentences(references.text))
    assert all(isinstance(speakers.at(offset), Voice) for offset in range(0, len(text), 7))


DIALOGUE = (
    "KAMPALA, 4 March - Japan's Foreign Minister Ada Mori and Uganda's Foreign Minister Ben Oto met here today.\n\n"
    "Ada Mori spoke of old ties.\n\n"
)


def test_a_shortened_office_is_that_of_who_acted_last() -> None:
    text = DIALOGUE + "The minister said that both countries should build the plant."
    assert who(heard(text, "build the plant")) == (["Japan"], "Ada Mori")


def test_an_office_that_nobody_before_holds_is_not_shortened() -> None:
    text = DIALOGUE + "The chancellor said that both countries should build the plant."
    assert who(heard(text, "build the plant"))[1] != "Ada Mori"


@pytest.mark.parametrize(
    ("told", "words", "person"),
    [
        ("Japan will pay, Foreign Minister Ada Mori told a briefing.", "pay,", "Ada Mori"),
        ("Fish, Foreign Minister Ada Mori said, will be caught by Japan.", "be caught", "Ada Mori"),
        ("The president of the Rice Guild, Ken Ito, said it would pay.", "pay.", "Ken Ito"),
        ("Japan's Ada Mori was blunt. “We will pay for all of it,” she said.", "pay for", "Ada Mori"),
        ('Foreign Minister Ada Mori came. "We will pay for all of it," the diplomat stressed.', "pay for", "Ada Mori"),
        ("Foreign Minister Ada Mori said since the two leaders met trade grew. Japan will pay.", "pay.", "Ada Mori"),
    ],
)
def test_whoever_is_named_within_or_last_says_it(told: str, words: str, person: str) -> None:
    actors, name = who(heard(NEWS.replace("NAIROBI", "TOKYO") + told, words))
    assert actors == ["Japan"]
    assert name is not None
    assert person in name


@pytest.mark.parametrize(
    "told",
    [
        "Japan will pay, and Foreign Minister Ada Mori said that it hurts.",
        "Japan will pay. Foreign Minister Ada Mori said so.",
        "Japan asked for shells and we will pay.",
    ],
)
def test_whoever_says_something_else_does_not(told: str) -> None:
    assert who(heard(NEWS + told, "pay")) == (["Kenya"], None)


def test_a_ministry_of_the_speakers_own_is_his_state() -> None:
    text = "PARLIAMENT OF KENYA\n\nMr Oto: Mr Speaker, my Ministry will build it.\n\nMr Lund: Mr Speaker, I thank him."
    assert [
        reference.sort for reference in References(text, REGISTRY).all if reference.start == text.index("my M")
    ] == ["we"]


def test_who_is_interviewed_answers() -> None:
    text = "Interview with Kenyan Minister Ada Oto\n\nWill it last?\n\nWe will build it.\n\nAnd then?\n\nWe will rest."
    assert who(heard(text, "build it")) == (["Kenya"], "Ada Oto")


def test_an_abbreviated_office_is_no_part_of_a_name() -> None:
    text = "Q: And then, sir?\n\nPRES. OTO: I will build it."
    assert who(heard(text, "build it"))[1] == "OTO"


@pytest.mark.parametrize(
    ("label", "party"),
    [
        ("Ada Roth, Member of the Commission. - ", "European Commission"),
        ("Bo Lund, on behalf of the Lake Group. - ", "Lake Group"),
        ("Bo Lund (Minister of Labour, Peru): ", "Peru"),
    ],
)
def test_a_label_tells_for_whom_somebody_speaks(label: str, party: str) -> None:
    text = f"President. - The debate is open.\n\n{label}Mr President, we will act.\n\nPresident. - I thank you."
    assert who(heard(text, "act."))[0] == [party]
