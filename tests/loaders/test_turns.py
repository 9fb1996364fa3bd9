"""Transcripts: which lines open a turn, and which texts are transcripts at all."""

import pytest

from loaders.reading.turns import interview, is_transcript, turns


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Mao Tun: I will look into it.", "Mao Tun"),
        ("WILMA ROTH: Thank you, Ada.", "WILMA ROTH"),
        ("The Minister for Ports (Mrs Lim Ah Kee): Sir, we will.", "The Minister for Ports (Mrs Lim Ah Kee)"),
        ("12. Mr. ROTH (Peru) (interpretation from Spanish): I come late.", "Mr. ROTH (Peru)"),
        ("Original Arabic: Mr SAID (Minister of Labour, Oman) — I thank you.", "Mr SAID (Minister of Labour, Oman)"),
        ("Ada Roth, Member of the Commission. - We will act.", "Ada Roth, Member of the Commission"),
        ("President. - The debate is open.", "President"),
        ("Mr. LUND.—I shall see to it.", "Mr. LUND"),
        ("(Mr. ITO) The talks go on.", "Mr. ITO"),
        ("(Opening remarks) Mr. ITO, Press Secretary: Good day.", "Mr. ITO, Press Secretary"),
    ],
)
def test_a_line_opens_a_turn(line: str, label: str) -> None:
    assert [name for _, name in turns(line)] == [label]


@pytest.mark.parametrize(
    "line",
    [
        "Clean energy: the two sides will build a plant.",
        "At the U.S.-Africa talks the two sides agreed on a plant.",
        "GENEVA (AP) — Ministers met.",
        "In Conclusion: we will act.",
        "MEDIA RELEASE: NEW PORT OPENS",
        "(Berlin) The talks go on.",
    ],
)
def test_a_line_opens_none(line: str) -> None:
    assert turns(line) == []


ASKED = "Ann Roe: How long will it last?\n\nBo Lund: We will stay a year.\n\n"


@pytest.mark.parametrize(
    "text",
    [
        f"{ASKED}Ann Roe: And then?\n\nBo Lund: We will leave.",
        "NHK: What of the ferry?\n\nMao Tun: We will run it.\n\nAFP: And the port?\n\nMao Tun: We will dig it.",
        "WILMA ROTH: I thank you, Ada.\n\nADA OTO: Thank you, Wilma. We will build it.",
        "Transcript of a doorstop\n\nPM: I am here for the forum.",
    ],
)
def test_people_take_turns(text: str) -> None:
    assert is_transcript(text)


@pytest.mark.parametrize(
    "text",
    [
        "CLEAN ENERGY: The two sides will build a plant.\n\nHEALTH CARE: They will open a clinic.",
        "Finance Minister: no more cuts\n\nIn an interview the minister said that he would not cut.",
        "Clean Energy: A plant.\n\nClean Water: A well.",
    ],
)
def test_nobody_takes_turns(text: str) -> None:
    assert not is_transcript(text)


TALK = "How long will it last?\n\nA year. Then we will leave.\n\nAnd what then?\n\nWe will see."


def test_an_interview_may_have_no_labels() -> None:
    assert interview(f"Interview with Ada Roth\n\n{TALK}") == 25
    assert interview(f"A speech by Ada Roth\n\n{TALK}") is None
    assert interview("Interview with Ada Roth\n\nHow long?\n\nA year.") is None
