"""Deadline, quantity, condition and polarity: each rule once where it must fire and once where it must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.reading.slots.condition import condition
from loaders.reading.slots.deadline import deadline
from loaders.reading.slots.events import event
from loaders.reading.slots.fill import fill
from loaders.reading.slots.force import cue
from loaders.reading.slots.initiatives import initiatives
from loaders.reading.slots.polarity import negated, reaffirmed
from loaders.reading.slots.quantity import quantity
from loaders.sources.text import statement
from ontology.terms import Force, Kind


def _act(marked: str) -> tuple[str, int, int]:
    """A sentence whose action stands between square brackets, as text with offsets."""
    before, _, rest = marked.partition("[")
    action, _, after = rest.partition("]")
    return before + action + after, len(before), len(before) + len(action)


def _cut(text: str, span: tuple[int, int] | None) -> str | None:
    return text[slice(*span)] if span else None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ruritania will [train officers by 2030].", "by 2030"),
        ("Ruritania will [train officers by the end of 2026 at the latest].", "by the end of 2026 at the latest"),
        (
            "Ruritania will [train officers within three months of the signature].",
            "within three months of the signature",
        ),
        ("Ruritania will [train officers over the next two years].", "over the next two years"),
        ("Ruritania will [train officers in the first half of 2027].", "in the first half of 2027"),
        ("Ruritania will [train officers on 20 August 2024].", "on 20 August 2024"),
        ("Ruritania will [train officers between April and October 2022].", "between April and October 2022"),
        ("Ruritania will [train officers from 1 January 2027].", "from 1 January 2027"),
        ("Ruritania will [train officers next year].", "next year"),
        ("Ruritania will [train officers in the weeks ahead].", "in the weeks ahead"),
        ("Ruritania will [cut subsidies over the medium term].", "over the medium term"),
        ("Ruritania will [cut emissions by or around mid-century].", "by or around mid-century"),
        ("Ruritania will [train officers at the next summit].", "at the next summit"),
        ("Ruritania will [train officers before any new contract is signed].", "before any new contract is signed"),
        ("Ruritania will [be visited in October 2025].", "in October 2025"),
        ("Next year, Ruritania will [train officers].", "Next year"),
        ("In Strelsau, from 1 to 3 February, he will [train officers].", "from 1 to 3 February"),
        ("Ruritania will, by 2030, [train officers].", "by 2030"),
        ("Ruritania [supports the plan to train officers by 2030].", "by 2030"),
    ],
)
def test_a_deadline_is_found(sentence: str, expected: str) -> None:
    text, start, end = _act(sentence)
    kind = Kind.SUPPORT if "supports" in sentence else Kind.PLEDGE
    assert _cut(text, deadline(text, 0, start, end, kind)) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Ruritania will [continue to train officers].",
        "Ruritania will [carry out the accord signed in 1988].",
        "Ruritania will [honour the decisions announced on 14 June 2022].",
        "Ruritania will [train officers without delay].",
        "Ruritania will [train officers as soon as possible].",
        "Ruritania will [cut its rate by a quarter].",
        "Ruritania will [invest in the long term].",
        "Ruritania will [train officers if Graustark pays before 2028].",
        "Ruritania will [cut emissions from 2020 levels].",
        "Ruritania will [follow the commitments in the 2020 Declaration].",
        "Ruritania will [attend the June 2025 Summit].",
        "Ruritania will [develop the technologies of tomorrow].",
        "Ruritania will [build peace through dialogue].",
        "The spokesman said on Wednesday that Ruritania will [train officers].",
        "Today, Ruritania will [train officers].",
        "At the meeting Ruritania agreed to [train officers].",
    ],
)
def test_no_deadline_is_made_up(sentence: str) -> None:
    text, start, end = _act(sentence)
    assert _cut(text, deadline(text, 0, start, end, Kind.PLEDGE)) is None


def test_a_position_on_something_dated_has_no_deadline() -> None:
    text, start, end = _act("Ruritania [supports the candidacy of Graustark for 2027 in the elections in June 2026].")
    assert deadline(text, 0, start, end, Kind.SUPPORT) is None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It will [provide $50 million for clinics].", "$50 million"),
        ("It will [provide up to US$ 5.9 million a year].", "up to US$ 5.9 million a year"),
        ("It will [provide 100 million kroner (9.1 million dollars)].", "100 million kroner (9.1 million dollars)"),
        ("It will [cut emissions by at least 30 per cent].", "at least 30 per cent"),
        ("It will [protect 30% of the ocean].", "30% of the ocean"),
        ("It will [keep warming to 1.5 degrees Celsius].", "1.5 degrees Celsius"),
        ("It will [achieve net zero by 2050].", "net zero"),
        ("It will [train twenty-five officers].", "twenty-five officers"),
        ("It will [send 40 boats and 12 cold stores to the islands].", "40 boats and 12 cold stores"),
        ("It will [ship 12,000 tonnes of rice].", "12,000 tonnes of rice"),
        ("It will [send forty trucks a week].", "forty trucks a week"),
        ("It will [replace half of the fleet].", "half of the fleet"),
        ("It will [cut the delay from 22 to 12 months].", "from 22 to 12 months"),
        ("It will [train 30 officials responsible for customs].", "30 officials"),
    ],
)
def test_a_quantity_is_found(sentence: str, expected: str) -> None:
    text, start, end = _act(sentence)
    assert _cut(text, quantity(text, start, end, Kind.PLEDGE)) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "It will [deepen ties between the two countries].",
        "It will [honour Article 5 of the treaty].",
        "It will [implement the 2030 Agenda].",
        "It will [work for a two-state solution].",
        "It will [ensure a 360-degree approach].",
        "It will [act within sixty days].",
        "It will [foster the net-zero transition].",
        "It will [meet on 12 October].",
        "It will [keep the group formed six years ago].",
        "It will [work with Graustark as a third partner].",
        "It will [speed up work on Main Line 1 railway].",
    ],
)
def test_no_quantity_is_made_up(sentence: str) -> None:
    text, start, end = _act(sentence)
    assert _cut(text, quantity(text, start, end, Kind.PLEDGE)) is None


def test_counted_things_are_promised_by_pledges_alone() -> None:
    text, start, end = _act("It [supports three projects in the region].")
    assert quantity(text, start, end, Kind.SUPPORT) is None
    assert quantity(text, start, end, Kind.PLEDGE) is not None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It will [withdraw if the ceasefire holds].", "if the ceasefire holds"),
        ("It will [pay EUR 12 million, subject to parliamentary approval].", "subject to parliamentary approval"),
        ("If Parliament approves, it will [send officers].", "If Parliament approves"),
        ("Should the talks fail, it will [close the border].", "Should the talks fail"),
        ("It will [close the border, should the talks fail].", "should the talks fail"),
        ("Until a government has been formed, it will [wait].", "Until a government has been formed"),
        ("It will [stay until the border is safe].", "until the border is safe"),
        ("It will [sell copper, provided that the price is fair].", "provided that the price is fair"),
        ("It will [build once the study is approved].", "once the study is approved"),
        ("It will [act on the understanding that others do].", "on the understanding that others do"),
        ("It would, if attacked, [fight].", "if attacked"),
    ],
)
def test_a_condition_is_found(sentence: str, expected: str) -> None:
    text, start, end = _act(sentence)
    assert _cut(text, condition(text, 0, start, end)) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "It will [extend its help if necessary].",
        "It will [support Graustark for as long as it takes].",
        "It will [be firm when it comes to corruption].",
        "It will [stay until 30 May 2027].",
        "It will [act as soon as possible].",
        "It will [use the funds provided for in the budget].",
        "It will [settle the question at once].",
        "Ruritania, which asked if it could help, agreed to [open a port].",
        "The parties should [meet].",
    ],
)
def test_no_condition_is_made_up(sentence: str) -> None:
    text, start, end = _act(sentence)
    assert _cut(text, condition(text, 0, start, end)) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Ruritania will never [seek hegemony].",
        "Ruritania undertakes not to [station troops there].",
        "Ruritania will [refrain from force].",
        "Ruritania won't [sell there].",
        "Ruritania has no intention of [leaving].",
        "No village will [be moved].",
        "There will be no [going back].",
        "Ruritania shall [force nobody across the border].",
        "Ruritania will not attach conditions or [ask for privileges].",
    ],
)
def test_a_not_doing_is_negated(sentence: str) -> None:
    text, start, end = _act(sentence)
    assert negated(text, 0, start, end)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ruritania will [seek peace].",
        "Ruritania will not only [train officers] but pay them.",
        "Ruritania will not hesitate to [act].",
        "Ruritania did not come, but it will [help].",
        "Ruritania will spare no effort and [ensure that no one is left behind].",
        "Ruritania, which did not attend, will [help].",
    ],
)
def test_a_doing_is_not_negated(sentence: str) -> None:
    text, start, end = _act(sentence)
    assert not negated(text, 0, start, end)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ruritania will continue to [train officers].",
        "Ruritania will [continue its efforts].",
        "They reaffirmed their commitment to [training officers].",
        "They reiterated that Ruritania will [train officers].",
        "Ruritania remains [committed to peace].",
        "As always, Ruritania will [train officers].",
        "Ruritania will keep [training officers].",
        "They confirmed their support for [the plan].",
        "They spoke of the enduring [commitment of Ruritania to peace].",
        "[Training officers] remains a priority.",
        "Ruritania will continue to train officers, [equip clinics] and share data.",
    ],
)
def test_a_repetition_is_reaffirmed(sentence: str) -> None:
    text, start, end = _act(sentence)
    assert reaffirmed(text, 0, start, end)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ruritania will [train officers].",
        "They reaffirmed their friendship, and agreed to [train officers].",
        "They reiterated their concern and called for [restraint].",
        "Ruritania will continue to pay, but Graustark will [train officers].",
        "Ruritania continues to believe in peace and will [train officers].",
        "Ruritania voiced its unwavering [support for the plan].",
        "Ruritania will [maintain a register].",
    ],
)
def test_a_first_promise_is_not_reaffirmed(sentence: str) -> None:
    text, start, end = _act(sentence)
    assert not reaffirmed(text, 0, start, end)


@pytest.mark.parametrize(
    ("sentence", "kind", "words", "force"),
    [
        ("Each Party shall [open a port].", Kind.PLEDGE, "shall", Force.BINDING),
        ("It will [open a port].", Kind.PLEDGE, "will", Force.FIRM),
        ("It'll [open a port].", Kind.PLEDGE, "'ll", Force.FIRM),
        ("It agreed to [open a port].", Kind.PLEDGE, "agreed", Force.FIRM),
        ("It firmly undertakes to [open a port].", Kind.PLEDGE, "undertakes", Force.FIRM),
        ("It will do its utmost to [open a port].", Kind.PLEDGE, "do its utmost", Force.BEST_EFFORT),
        ("It will [strive to open a port].", Kind.PLEDGE, "strive", Force.BEST_EFFORT),
        ("It stands ready to [open a port].", Kind.WILLINGNESS, "stands ready", Force.WILLINGNESS),
        ("It intends to [open a port].", Kind.WILLINGNESS, "intends", Force.WILLINGNESS),
        ("It hopes to [open a port].", Kind.WILLINGNESS, "hopes", Force.HOPE),
        ("It looked forward to [opening a port].", Kind.WILLINGNESS, "looked forward", Force.HOPE),
        ("It firmly [supports the port].", Kind.SUPPORT, "supports", Force.FIRM),
        ("It will not [recognize the border].", Kind.OPPOSITION, "will not", Force.FIRM),
        ("Graustark must [open its port].", Kind.CALL, "must", Force.BINDING),
        ("It urged Graustark to [open its port].", Kind.CALL, "urged", Force.FIRM),
        ("Graustark should [open its port].", Kind.CALL, "should", Force.BEST_EFFORT),
        ("It encouraged Graustark to [open its port].", Kind.CALL, "encouraged", Force.WILLINGNESS),
        ("- [A port on the river]", Kind.PLEDGE, None, Force.FIRM),
    ],
)
def test_the_committing_words_and_their_force(sentence: str, kind: Kind, words: str | None, force: Force) -> None:
    text, start, end = _act(sentence)
    assert cue(text, 0, start, end, kind) == (words, force)


def test_programmes_are_named_where_the_act_is_part_of_them() -> None:
    text, start, end = _act("Under the Belt and Road, Ruritania will [open a port in line with CPEC].")
    assert [found.name for found in initiatives(text, 0, start, end)] == [
        "Belt and Road Initiative",
        "China-Pakistan Economic Corridor",
    ]
    text, start, end = _act("The Belt and Road was praised, and Ruritania will [open a port].")
    assert initiatives(text, 0, start, end) == ()
    text, start, end = _act("Ruritania will [open the global fund-raising].")
    assert initiatives(text, 0, start, end) == ()


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        ("Joint statement of the Third Ruritania-Graustark Strategic Dialogue", "They met.", None),
        (None, "The two sides held the 3rd Ruritania–Graustark Economic Forum in Strelsau. They met.", None),
        (None, "The ministers met here today for the fourth Ruritania-Graustark strategic dialogue.", None),
        ("Address to the NATO Summit", "We met.", "NATO Summit"),
        (None, "The ministers met. They look forward to the next Ruritania Summit in Strelsau.", ""),
        (None, "The fifth session will be long.", ""),
        ("Press conference of the President", "We met.", ""),
    ],
)
def test_the_occasion_is_named_by_title_or_opening(title: str | None, text: str, name: str | None) -> None:
    found = event(statement(text, document="x", title=title, date="2023-05-06"))
    names = {
        "Third Ruritania-Graustark Strategic Dialogue",
        "3rd Ruritania–Graustark Economic Forum",
        "Fourth Ruritania-Graustark Strategic Dialogue",
    }
    if name == "":
        assert found is None
    else:
        assert found is not None
        assert found.name == name if name else found.name in names
        assert "2023" in found.iri


@given(st.text(max_size=120), st.text(min_size=1, max_size=120), st.text(max_size=60), st.sampled_from(Kind))
def test_slots_are_cut_from_any_text(before: str, action: str, after: str, kind: Kind) -> None:
    text, start, end = before + action + after, len(before), len(before) + len(action)
    slots = fill(text, 0, start, end, kind, "2023-05-06")
    for value in (slots.deadline, slots.quantity, slots.condition):
        assert value is None or (value and value in text)
    assert slots.amount is None or slots.quantity is not None
    assert slots.due is None or slots.deadline is not None


@pytest.mark.parametrize(
    "piece", ["pay 000 ", "half of the ", "five tonnes a year ", "continue to ", "May ", "should x ", "$5 ("]
)
def test_repetitions_take_linear_time(piece: str) -> None:
    text = piece * 4_000
    fill(text, 0, 0, len(text), Kind.PLEDGE)
    fill(text + "help", 0, len(text), len(text) + 4, Kind.PLEDGE)
