"""Paragraphs and sentences keep their offsets, and a full stop is not always an end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.reading.passages import Passage, is_headline, paragraphs, sentences


def _paragraphs(text: str) -> list[str]:
    return [text[start:end] for start, end in paragraphs(text)]


def _sentences(text: str) -> list[str]:
    return [text[start:end] for passage in paragraphs(text) for start, end in sentences(text, passage)]


def test_paragraphs_stand_between_blank_lines() -> None:
    text = "\n  First line\nsecond line. \n \t\n\n- a bullet\n- another\r\n\r\nLast"
    assert _paragraphs(text) == ["First line\nsecond line.", "- a bullet\n- another", "Last"]


def test_front_matter_is_no_paragraph() -> None:
    assert _paragraphs('---\ntitle: "Port"\nkeywords:\n - "x"\n---\n\nThey met.\n') == ["They met."]
    assert _paragraphs("---\n\nThey met.\n") == ["---", "They met."]


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. Government met Mr. Smith and Dr. A. B. Jones.",
        "It will start on Jan. 5 under Art. 4, No. 12 and pp. 3-9.",
        "The rate will rise to 4.5 per cent, i.e. by half.",
        "12. The sides will meet again.",
        "(a) The sides will meet again.",
        "They will fund the U.N. Secretariat, St. Petersburg and H.E. the President.",
        "The sides agreed to open a port\nand to build a road to it.",
    ],
)
def test_these_are_one_sentence(text: str) -> None:
    assert _sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("They met. Ruritania will help.", "They met."),
        ('"We will help." He left.', '"We will help."'),
        ("Will you help? We will.", "Will you help?"),
        ("He visited the U.S. The two sides met.", "He visited the U.S."),
        ("It closes at 5 p.m. They left.", "It closes at 5 p.m."),
        ("They agreed to:\n- open a port;\n- build a road.", "They agreed to:"),
        ("They agreed to:\n(i) open a port;\n(ii) build a road.", "They agreed to:"),
        ("It was noted.[4] They left.", "It was noted."),
        ("They will help... Others will not.", "They will help..."),
    ],
)
def test_these_are_two_or_more(text: str, first: str) -> None:
    found = _sentences(text)
    assert len(found) >= 2
    assert found[0] == first


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("Ruritania Will Continue to Build Ports and Roads", True),
        ("RURITANIA TO BUILD PORTS", True),
        ("Ruritania Will Build Ports.", False),
        ("Ruritania will build ports and roads", False),
        ("- Ten Million Crowns for Ports", False),
        ("Ruritania", False),
        ("Ministers Will Meet in Strelsau " * 12, False),
    ],
)
def test_headlines_are_told_from_sentences(text: str, headline: bool) -> None:
    assert is_headline(text, Passage(0, len(text))) is headline


@given(st.text(alphabet=st.sampled_from(" \t\r\n.!?-•*()\"'’aAbUSMr1:;,") | st.characters(), max_size=200))
def test_every_visible_character_lies_in_one_sentence(text: str) -> None:
    last = 0
    blocks = list(paragraphs(text))
    for block in blocks:
        assert last <= block.start < block.end
        at = block.start
        for sentence in sentences(text, block):
            assert isinstance(sentence, Passage)
            assert at <= sentence.start < sentence.end <= block.end
            assert not text[at : sentence.start].strip()
            at = sentence.end
        assert at == block.end
        last = block.end


def test_a_long_text_is_cut_in_linear_time() -> None:
    text = "Mr. A will come on Jan. 5. " * 40_000
    assert sum(1 for passage in paragraphs(text) for _ in sentences(text, passage)) == 40_000
    assert len(list(paragraphs("\n \n" * 300_000 + "x"))) == 1
