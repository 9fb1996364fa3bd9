"""What browsers are told, and that text from outside never becomes markup."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import api.explorer

CSS = Path(api.explorer.__file__).with_name("static") / "explorer.css"
TEXT_ON = [(text, ground) for text in ("ink", "soft", "link") for ground in ("paper", "card", "chip")]
TEXT_ON += [(kind, "card") for kind in ("pledge", "willingness", "support", "opposition", "call")]
TEXT_ON += [("on-accent", "accent"), ("ink", "mark")]


@pytest.mark.parametrize(
    "path", ["/", "/?q=pledges+by+Ruritania", "/ask?q=pledges", "/nothing", "/static/explorer.css"]
)
def test_nothing_runs_and_nothing_comes_from_elsewhere(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("page", ["/", "/?q=security+pledges+by+Ruritania"])
def test_pages_use_only_what_is_ours(client: TestClient, page: str) -> None:
    html = client.get(page).text
    assert not re.findall(r"""(?:src|href|action)=["']?(?:https?:)?//""", html)
    assert not re.search(r"<script|\son\w+=|style=", html)
    assert "http" not in CSS.read_text(encoding="utf-8")


def test_hostile_text_is_escaped(client: TestClient, held) -> None:
    browser = {"Accept": "text/html"}
    html = client.get(f"/statements/{held.hostile.iri.rpartition('/')[2]}", headers=browser).text
    assert "<script>" not in html
    assert "&lt;script&gt;alert(&#34;one&#34;)&lt;/script&gt; &amp; Graustark" in html
    assert "Bridges &lt;i&gt;and&lt;/i&gt; roads" in html
    for hostile in (
        '"><script>alert(1)</script>',
        "<img src=x onerror=alert(1)>",
        "pledges by Graustark<svg/onload=1>",
    ):
        for path in ("/", "/ask", "/commitments", f"/{hostile}"):
            html = client.get(path, params={"q": hostile}, headers=browser).text
            assert not re.search(r"<script|<img src=x|<svg", html), path


def test_a_head_is_answered_like_a_get(client: TestClient) -> None:
    response = client.head("/healthz")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"


def test_a_browser_gets_problems_as_pages(client: TestClient) -> None:
    response = client.get("/statements/none", headers={"Accept": "text/html,*/*;q=0.8"})
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read_on_its_ground(theme: str) -> None:
    light, dark = re.findall(r":root \{(.*?)\}", CSS.read_text(encoding="utf-8"), re.S)
    colours = dict(re.findall(r"--([\w-]+): (#\w+)", light))
    if theme == "dark":
        colours |= dict(re.findall(r"--([\w-]+): (#\w+)", dark))
    poor = {(text, on): round(contrast(colours[text], colours[on]), 2) for text, on in TEXT_ON}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < 4.5} == {}


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2: text needs at least 4.5."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
