"""The pages in a real browser, without JavaScript, on a desk and on a phone."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, expect, sync_playwright

from api.app import create_app
from api.settings import Settings

CHROMIUM = Path("/usr/bin/chromium")
DESK, PHONE = {"width": 1200, "height": 900}, {"width": 390, "height": 800}

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM} (apt-get install chromium)")


@pytest.fixture(scope="module")
def address(settings: Settings, client: TestClient) -> Iterator[str]:
    """The service on a port of its own, beside the one that the other tests use, on the same store."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(settings), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.05)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listening.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(params=["desk", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """A page without JavaScript that may load nothing from elsewhere and must report nothing on its console."""
    context = browser.new_context(
        base_url=address, viewport=DESK if request.param == "desk" else PHONE, java_script_enabled=False
    )
    page, elsewhere, complaints = context.new_page(), [], []
    page.on("request", lambda asked: None if asked.url.startswith(address) else elsewhere.append(asked.url))
    page.on("console", lambda message: complaints.append(message.text))
    yield page
    context.close()
    refused = "Failed to load resource: the server responded with a status of 4"
    assert (elsewhere, [told for told in complaints if not told.startswith(refused)]) == ([], [])


def ask(page: Page, question: str) -> None:
    page.goto("/")
    page.get_by_role("searchbox").fill(question)
    page.get_by_role("button", name="Ask").click()


def test_from_a_question_to_its_place_in_the_statement(page: Page, held) -> None:
    ask(page, "security pledges by Ruritania")
    expect(page.get_by_role("article")).to_have_count(2)
    card = page.get_by_role("article").filter(has_text="2030")
    expect(card.get_by_role("heading")).to_have_text(held.acts[0].action)
    expect(card.locator("mark")).to_have_text(held.acts[0].action)
    expect(card).to_contain_text("Deadline: by 2030 (until 2030)")
    expect(card).to_contain_text("Quantity: 200 officers")
    expect(card).to_contain_text("Condition: if the truce holds")
    expect(card).to_contain_text("Spoken by: Rupert of Hentzau")
    expect(page.get_by_role("article").filter(has_text="station troops")).to_contain_text("not to do it")
    card.get_by_role("link", name=held.joint.title).click()
    anchor = page.url.partition("#")[2]
    assert anchor.startswith("u-")
    expect(page.locator(f"#{anchor} + mark")).to_have_text(held.acts[0].action)
    expect(page.locator(f"#{anchor} + mark")).to_be_in_viewport()
    expect(page.locator("article.text mark")).to_have_count(5)
    page.locator("article.text mark a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(held.acts[0].action)


def test_a_word_that_was_not_understood_can_be_put_right(page: Page, held) -> None:
    ask(page, "securty pledges by Ruritania")
    expect(page.locator(".unknown")).to_contain_text("“securty” was not understood")
    page.locator(".unknown").get_by_role("link", name="Security", exact=False).first.click()
    expect(page.locator(".unknown")).to_have_count(0)
    expect(page.get_by_role("article")).to_have_count(2)


def test_examples_and_pages_are_links(page: Page) -> None:
    page.goto("/")
    page.locator(".examples a").first.click()
    expect(page.get_by_role("searchbox")).not_to_be_empty()
    ask(page, "commitments by Elbonia")
    expect(page.get_by_role("article")).to_have_count(25)
    page.get_by_role("link", name="Next page").click()
    expect(page.get_by_role("article")).to_have_count(5)
    expect(page.get_by_role("link", name="Next page")).to_have_count(0)


def test_each_number_leads_to_the_acts_that_it_counts(page: Page) -> None:
    ask(page, "compare the pledges of Ruritania and Graustark")
    expect(page.get_by_role("columnheader")).to_have_text(["field", "Ruritania", "Graustark"])
    row = page.get_by_role("row").filter(has_text="Trade")
    expect(row.get_by_role("cell")).to_have_text(["0", "1"])
    page.get_by_role("row", name="Security").get_by_role("link").first.click()
    expect(page.locator(".readings")).to_contain_text("security")
    expect(page.get_by_role("article")).to_have_count(2)
    page.goto("/counts?by=year&format=html")
    expect(page.get_by_role("row").filter(has_text="2022")).to_contain_text("30")
    page.get_by_role("row").filter(has_text="2022").get_by_role("link").click()
    page.goto(f"{page.url}&limit=25")
    page.get_by_role("link", name="Next page").click()
    expect(page.get_by_role("article")).to_have_count(5)


def test_a_single_number_stands_alone(page: Page) -> None:
    ask(page, "how many pledges by Ruritania")
    expect(page.locator(".single")).to_have_text("2 acts")
    ask(page, "how many pledges by Bhutan per year")
    expect(page.get_by_role("heading", name="Nothing in the graph answers this")).to_be_visible()


def test_what_is_not_followed_is_refused_with_what_was_understood(page: Page) -> None:
    ask(page, "overdue pledges by Ruritania")
    expect(page.get_by_role("alert")).to_contain_text("“overdue” cannot be answered")
    expect(page.get_by_role("alert")).to_contain_text("by: Ruritania")


def test_a_question_that_cannot_be_answered_says_so(page: Page) -> None:
    ask(page, "qwertz uiop")
    expect(page.get_by_role("alert")).to_contain_text("cannot be answered")
    expect(page.get_by_role("searchbox")).to_have_value("qwertz uiop")
    page.goto("/nothing-here")
    expect(page.get_by_role("heading", level=1)).to_have_text("Not Found")


def test_the_query_can_be_seen(page: Page) -> None:
    ask(page, "pledges by Ruritania")
    expect(page.locator("pre").first).not_to_be_visible()
    page.get_by_text("The query that ran").click()
    expect(page.locator("pre").first).to_contain_text("MATCH")


def test_hostile_text_stays_text(page: Page, held) -> None:
    for path in (
        f"/statements/{held.hostile.iri.rpartition('/')[2]}",
        f"/commitments/{held.acts[5].iri.rpartition('/')[2]}",
        "/?q=pledges+by+Graustark+on+infrastructure",
        '/?q=<script>alert("q")</script>"><b>pledges</b> by Graustark',
    ):
        page.goto(path)
        assert page.locator("script, b, i, main img").count() == 0
    page.goto(f"/statements/{held.hostile.iri.rpartition('/')[2]}")
    expect(page.locator("article.text")).to_contain_text('<script>alert("one")</script> & Graustark will build 3')


def test_nothing_is_wider_than_the_window(browser: Browser, address: str, held) -> None:
    for scheme in ("light", "dark"):
        context = browser.new_context(base_url=address, viewport={"width": 320, "height": 640}, color_scheme=scheme)
        page = context.new_page()
        paths = (
            "/",
            "/?q=security+pledges+by+Ruritania",
            "/?q=compare+the+pledges+of+Ruritania+and+Graustark",
            "/commitments?actor=Ruritania&format=html",
            "/counts?by=actor&by=field&by=kind&format=html",
            f"/statements/{held.joint.iri.rpartition('/')[2]}",
        )
        for path in paths:
            page.goto(path)
            for summary in page.locator("summary").all():
                summary.click()
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        context.close()


def test_swagger_ui_works_offline(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address)
    page, elsewhere, complaints = context.new_page(), [], []
    page.on("request", lambda asked: None if asked.url.startswith((address, "data:")) else elsewhere.append(asked.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    described = page.request.get("/openapi.json").json()["paths"]
    page.goto("/docs")
    expect(page.locator(".opblock")).to_have_count(sum(map(len, described.values())))
    page.locator("#operations-questions-answer_ask_get .opblock-summary-control").click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_placeholder("q", exact=False).first.fill("pledges by Ruritania")
    page.get_by_role("button", name="Execute").click()
    expect(page.locator(".live-responses-table .response .response-col_status")).to_contain_text("200")
    page.goto("/docs")
    page.locator(".opblock-summary-control", has_text="/commitments").first.click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    # The answer is shown with its request, and a page of a hundred acts takes its time on a busy machine.
    expect(page.locator(".request-url pre")).to_have_text(f"{address}/commitments?limit=100", timeout=30_000)
    context.close()
    assert (elsewhere, complaints) == ([], [])
