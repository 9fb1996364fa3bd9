"""Which sentence leads into a paragraph that is an item of a list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.reading.leads import under_leads
from loaders.reading.passages import paragraphs


def leads(*blocks: str) -> list[str]:
    return [lead for _, lead in under_leads("\n\n".join(blocks))]


def test_items_stand_under_the_last_sentence_before_the_list() -> None:
    lead = "The two sides agreed to:"
    assert leads(f"They met in Oslo. {lead}", "- open a port", "- train officers", "The talks ended.") == [
        "",
        lead,
        lead,
        "",
    ]


@pytest.mark.parametrize(
    "item",
    ["• open a port", "1. Opening a port", "2.1) Open a port", "(a) open a port", "iv. open a port", "to open it"],
)
def test_marks_and_small_letters_open_an_item(item: str) -> None:
    assert leads("The Ministers decided", item) == ["", "The Ministers decided"]


@pytest.mark.parametrize(
    "before",
    [
        "They met in Oslo.",
        "Joint Statement on Ports and Trade",
        "Annex",
    ],
)
def test_a_full_sentence_or_a_title_leads_into_nothing(before: str) -> None:
    assert leads(before, "- open a port") == ["", ""]


def test_a_paragraph_without_a_mark_is_no_item() -> None:
    assert leads("The Ministers decided:", "Norway will open a port.") == ["", ""]


def test_lists_nest_by_their_marks() -> None:
    outer, inner = "The Council decides:", "2. To ask the Secretary to:"
    assert leads(outer, "1. To meet yearly;", inner, "(i) report;", "(ii) count;", "3. To remain seized.") == [
        "",
        outer,
        outer,
        inner,
        inner,
        outer,
    ]


@given(st.text(alphabet="aA1.:;-()•# \n", max_size=200))
def test_every_paragraph_comes_once_whatever_the_marks(text: str) -> None:
    assert [block for block, _ in under_leads(text)] == list(paragraphs(text))
