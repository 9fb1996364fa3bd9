"""For whom people speak: members of parliaments, guests of interviews, those who hold press conferences."""

import pytest

from loaders.reading.clauses import Sentences
from loaders.reading.parties import parties
from loaders.reading.people import persons
from loaders.reading.references import References
from loaders.reading.registry import Registry
from loaders.reading.speakers import Speakers
from loaders.reading.stances import weights
from loaders.reading.turns import turns
from ontology.records import Statement

REGISTRY = Registry.load()


def who(text: str, words: str) -> tuple[list[str], str | None]:
    """For whom the words of a text are said, and by whom."""
    references = References(text, REGISTRY)
    found = parties(Statement(iri="s", document="a", sha256="0", text=text), REGISTRY, references)
    voice = Speakers(references, found, REGISTRY, Sentences(references.text)).at(text.index(words))
    return [actor.name for actor in voice.actors], voice.person


@pytest.mark.parametrize(
    ("label", "party"),
    [
        ("Hon. Ada Oto (Lakeside, ODM)", "ODM"),
        ("Hon. Ada Oto (Lakeside)", "Kenya"),
        ("Hon. Ada Oto (LAKESIDE)", "Kenya"),
        ("Hon. Ada Oto (Minister for Ports, ODM)", "Kenya"),
        ("Hon. Ada Oto (Harvest Party) to the Minister for Ports", "Harvest Party"),
        ("Hon. Ada Oto (Victoria)", "Kenya"),
        ("Hon. Ada Oto (New Lake)", "New Lake"),
    ],
)
def test_members_speak_for_the_party_in_brackets_and_ministers_for_the_state(label: str, party: str) -> None:
    text = f"PARLIAMENT OF KENYA\n\nThe Speaker: Order.\n\n{label}: Mr Speaker, we will build it."
    text += "\n\nThe Speaker: New Lake opposes it."
    assert who(text, "build it")[0] == [party]


def test_a_member_keeps_the_party_under_a_shorter_label() -> None:
    text = "PARLIAMENT OF KENYA\n\nMs Oto (Lakeside, ODM): Sir, why?\n\nMr Lund: Order.\n\nMs Oto: We will build it."
    assert who(text, "build it")[0] == ["ODM"]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Ada Oto (Lakeside) (Lab)\nMr Speaker, we will.", "Ada Oto (Lakeside) (Lab)"),
        ("Mr Lund\nMr Speaker, we will.", "Mr Lund"),
        ("The Minister for Ports (Hon. (Prof.) Ada Oto): We will.", "The Minister for Ports (Hon. (Prof.) Ada Oto)"),
        ("Senator OTO (Lakeside—Leader) (14:02): We will.", "Senator OTO (Lakeside—Leader) (14:02)"),
        ("Q12 Ada Oto: We will.", "Ada Oto"),
        ("HON. A. OTO.- We will.", "HON. A. OTO"),
        ("Minister for Ports (Ms Oto)(MP): We will.", "Minister for Ports (Ms Oto)(MP)"),
        ("Ambassador OTO. We will.", "Ambassador OTO"),
        ("Bo Lştad, on behalf of the Lake Group. - We will.", "Bo Lştad, on behalf of the Lake Group"),
    ],
)
def test_labels_of_parliaments(line: str, label: str) -> None:
    assert [name for _, name in turns(line)] == [label]


def test_a_name_alone_on_its_line_is_no_turn_outside_parliament() -> None:
    assert turns("We thank you.\n\nMr Lund\nMs Oto (Lakeside)\nMr OTO went. The NATO. It") == []


TALK = "Will it last?\n\nWe will build it.\n\nAnd then?\n\nWe will rest."


@pytest.mark.parametrize(
    ("head", "party", "person"),
    [
        ("A conversation with Rafael Grossi", "IAEA", "Rafael Grossi"),
        ("Q&A with the Governor of the Bank of Zambia, Ada Oto", "Bank of Zambia", "Ada Oto"),
        ("Interview with Ada Oto, mayor of Lakeside", "Lakeside", "Ada Oto"),
        ("Interview with Ada Oto, leader of the HfD", "HfD", "Ada Oto"),
        ("Interview with Ada Oto, leader of the Lake Party of Kenya\n\nBy our Berlin desk", "Kenya", "Ada Oto"),
        ("Interview with Lakeline boss Ada Oto", "Lakeline", "Ada Oto"),
        ("Interview: Lakeline's Ada Oto", "Lakeline", "Ada Oto"),
        ('Mette Frederiksen: "Not for sale"\n\nThe leader talked to us.', "Denmark", "Mette Frederiksen"),
        ("Ready\n\nMette Frederiksen spoke to this paper.", "Denmark", "Mette Frederiksen"),
    ],
)
def test_a_guest_answers_for_state_or_institution(head: str, party: str, person: str) -> None:
    assert who(f"{head}\n\n{TALK}", "build it") == ([party], person)


def test_an_answer_is_the_guest_s() -> None:
    text = "Interview: Lakeline's Ada Oto\n\nQ: Will it last?\nA: We will build it.\n\nQ: And then?\nA: We rest."
    assert who(text, "build it") == (["Lakeline"], "Ada Oto")


def test_the_guest_s_initials_label_his_answers() -> None:
    text = "Interview with Lakeline boss Ada Oto\n\nDAY: Will it last?\n\nAO: We will build it.\n\nDAY: Why?\n\nAO: So."
    assert who(text, "build it") == (["Lakeline"], "Ada Oto")
    assert who(text, "Will it")[1] is None


def test_a_firm_whose_chief_is_heard_is_known_by_one_word() -> None:
    text = "Lakeline will build it near Kyiv, its {} Ada Oto said in Nairobi."
    assert [r.name for r in References(text.format("chief executive"), REGISTRY).all if r.sort == "organisation"]
    assert not [r.name for r in References(text.format("rival"), REGISTRY).all if r.sort == "organisation"]


def test_a_question_is_no_guest() -> None:
    text = "Press talk\n\nQuestion: Ada Roth is here. Is it so?"
    assert not list(persons(text, REGISTRY, ()))


@pytest.mark.parametrize(
    ("head", "party"),
    [
        ("Transcript of the Press Conference, Reserve Bank of New Zealand, 22 May", "Reserve Bank of New Zealand"),
        ("Transcript of the IMF press briefing, 22 May", "IMF"),
        ("Secretary-General's press encounter, Addis Ababa", "UN"),
        ("POST-CABINET PRESS CONFERENCE: 13 MAY", "New Zealand"),
    ],
)
def test_a_press_conference_is_of_whom_its_heading_names(head: str, party: str) -> None:
    text = f"{head}\n\nMS OTO: We will build it.\n\nQUESTION: When?\n\nMS OTO: We will build it soon. China will see."
    assert who(text, "build it")[0] == [party]


def test_who_only_asks_stands_for_no_state() -> None:
    text = "Briefing, Nairobi\n\nSpokesperson: We will go.\n\nThe Day: And India?\n\nSpokesperson: We will build it."
    text += "\n\nThe Day: And Iran?"
    assert who(text, "And India")[1] is None


def test_a_state_that_is_answered_does_not_speak() -> None:
    text = "I exercise the right of reply to the statement made by the delegation of Uganda. Uganda must stop."
    text += " My country, Kenya, will wait."
    counted = weights(References(text, REGISTRY))
    assert [actor.name for actor, _ in counted.most_common(1)] == ["Kenya"]
    assert "Uganda" in [a.name for a in weights(References(text.replace("right of reply", "right"), REGISTRY))]


def test_towns_tell_a_little_where_a_text_is_at_home() -> None:
    assert [a.name for a in weights(References("From Huambo to Benguela we will plant.", REGISTRY))] == ["Angola"]
    assert not weights(References("From huambo to New Benguela we will plant.", REGISTRY))


@pytest.mark.parametrize(
    ("told", "party"),
    [
        ('The Lake Union is angry. Its president Ada Oto said: "We will build it again soon."', "Lake Union"),
        ('The Lake Union is angry. The president Ada Oto said: "We will build it again soon."', "Kenya"),
    ],
)
def test_its_president_speaks_for_what_was_named_before(told: str, party: str) -> None:
    assert who(f"NAIROBI, March 4 (KNA) -- {told}", "build it")[0] == [party]


def test_who_is_summoned_does_not_tell_the_story() -> None:
    told = "On 4 June the Ambassador of Denmark {} in Ankara. The talks are on. They will build it."
    assert who(told.format("was summoned"), "build it")[0] == ["Türkiye"]
    assert who(told.format("spoke"), "build it")[0] == ["Denmark"]


def test_a_speech_of_one_state_is_signed_by_nobody_else() -> None:
    text = "I thank you. My country, Kenya, is glad that Israel and the PLO signed the declaration. I will build it."
    assert who(text, "build it")[0] == ["Kenya"]


def test_whoever_is_greeted_does_not_issue() -> None:
    text = "Mr Philémon Yang, President of the Assembly,\n\nI bring the greetings of Burundi. I will build it."
    assert who(text, "build it")[0] == ["Burundi"]


@pytest.mark.parametrize(
    ("head", "party"),
    [
        ("STATEMENT ON BEHALF OF THE GROUP OF 77 BY MS. MARA OTO, UGANDA", "G77"),
        ("STATEMENT ON BEHALF OF UGANDA BY MS. ADA OTO", "Uganda"),
        ("Opening remarks by Managing Director Kristalina Georgieva at the forum", "IMF"),
        ("A word on remarks that Kristalina Georgieva made at the forum last year in Kampala", "Uganda"),
    ],
)
def test_the_heading_tells_on_whose_behalf_somebody_speaks(head: str, party: str) -> None:
    assert who(f"{head}\n\nWe thank Uganda for the forum. We will build it.", "build it")[0] == [party]


def test_thanks_to_the_chair_open_a_speech() -> None:
    text = "Thank you, Madam Chair. Uganda and Chad are on our minds. We will build it. In Nairobi we know."
    assert who(text, "build it")[0] == ["Kenya"]
    assert who(text.replace("Thank you, Madam Chair. ", ""), "build it")[0] != ["Kenya"]
