"""Which representation a client gets, by the weights of its `Accept` header."""

import pytest

from api.http.negotiation import CSV, DATA_FORMS, HTML, JSON, JSON_LD, TURTLE, NotAcceptableError, preferred

FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("text/turtle", TURTLE),
        ("TEXT/Turtle", TURTLE),
        ("application/ld+json", JSON_LD),
        ("text/csv;charset=utf-8", CSV),
        ("text/*", TURTLE),
        ("application/*", JSON),
        ("text/turtle;q=0.4, text/csv;q=0.9", CSV),
        ("text/turtle;q=0.9, text/csv;q=0.4", TURTLE),
        ("text/csv;q=0.5, */*;q=0.1", CSV),
        ("application/json;q=0, */*", JSON_LD),
        ("text/*;q=0.2, text/csv;q=0.8, application/json;q=0.3", CSV),
        ("application/xml, */*;q=0.1", JSON),
        ("nonsense, text/csv", CSV),
        ("text/csv;q=lots, text/turtle;q=0.1", TURTLE),
        (FIREFOX, JSON),
    ],
)
def test_the_best_offer_wins(accept: str | None, chosen: str) -> None:
    assert preferred(accept, DATA_FORMS) == chosen


def test_a_browser_gets_a_page_where_there_is_one() -> None:
    assert preferred(FIREFOX, (*DATA_FORMS, HTML)) == HTML


@pytest.mark.parametrize("accept", ["image/png", "application/json;q=0", "*/*;q=0", "text/html", "text/turtle;q=2"])
def test_nothing_that_fits(accept: str) -> None:
    with pytest.raises(NotAcceptableError, match="text/turtle"):
        preferred(accept, DATA_FORMS)
