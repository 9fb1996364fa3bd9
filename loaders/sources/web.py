"""Statements fetched from an address."""

from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

import httpx2

from loaders.sources.text import LIMIT, MARKDOWN, SourceError, decode, parse
from ontology.records import Statement

TYPES = ("text/plain", "text/markdown", "text/x-markdown")
REDIRECTS = 5


def fetch(url: str, *, timeout: float = 20.0, limit: int = LIMIT) -> Statement:
    """The statement at a web address; `timeout` in seconds per network step, `limit` in bytes. Raises SourceError."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise SourceError("is no web address", url, "Give one that begins with http:// or https://.")
    try:
        with (
            httpx2.Client(follow_redirects=True, max_redirects=REDIRECTS, timeout=timeout) as client,
            client.stream("GET", url, headers={"Accept": ", ".join(TYPES)}) as response,
        ):
            return _statement(response, url, limit)
    except httpx2.TooManyRedirects as error:
        raise SourceError(f"redirects more than {REDIRECTS} times", url, "Give the final address.") from error
    except httpx2.TimeoutException as error:
        raise SourceError(f"did not answer within {timeout:g} seconds", url, "Try again later.") from error
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise SourceError(f"cannot be fetched ({error})", url, "Look at the address and the connection.") from error


def _statement(response: httpx2.Response, url: str, limit: int) -> Statement:
    if not response.is_success:
        raise SourceError(f"answered {response.status_code} {response.reason_phrase}", url, "Look at the address.")
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in TYPES:
        remedy = "Save its text in a file and load that: only plain text and Markdown are read."
        raise SourceError(f"is {kind or 'of no known type'}", url, remedy)
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > limit:
            raise SourceError(f"is too large (the limit is {limit:,} bytes)", url, "Split it.")
    path = PurePosixPath(unquote(response.url.path))
    markdown = "markdown" in kind or path.suffix.lower() in MARKDOWN
    document = path.stem or response.url.host
    return parse(decode(bytes(content), url), document=document, where=url, markdown=markdown, url=str(response.url))
