"""The bundled examples: complete front matter, and wording that is the project's own."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "api" / "examples").glob("[0-9]*.md"))
EVALUATION = ROOT.parent / "shared" / "evaluation"
RUN = 6
NAMES = (
    "African Union",
    "Baloch Liberation Army",
    "China-Pakistan Economic Corridor",
    "East Turkestan Islamic Movement",
    "European Union",
    "Ferdinand R. Marcos Jr.",
    "free and open Indo-Pacific",
    "Global Security Initiative",
    "Narendra Modi",
    "Secretary-General",
    "Shanghai Cooperation Organization",
    "South China Sea",
    "United Nations",
    "United States",
    "Ursula von der Leyen",
)
"""Names that nobody can paraphrase: each counts as one word."""


def front_matter(path: Path) -> dict[str, str]:
    head = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")[0]
    return dict(line.split(": ", 1) for line in head.splitlines())


def body(path: Path) -> str:
    return path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")[2]


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Every run of six words of the text, in lower case, a name of `NAMES` being one word."""
    for name in NAMES:
        text = re.sub(re.escape(name), re.sub(r"\W", "", name), text, flags=re.IGNORECASE)
    words = re.findall(r"[a-z0-9]+", text.lower())
    return zip(*(words[i:] for i in range(RUN)), strict=False)


def test_there_are_enough_examples() -> None:
    assert len(EXAMPLES) >= 14
    assert len([path for path in EXAMPLES if "china-pakistan" in path.name]) >= 3


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_front_matter_is_complete(path: Path) -> None:
    matter = front_matter(path)
    assert {"title", "issuer", "date", "language"} <= matter.keys() <= {"title", "issuer", "date", "language", "url"}
    assert all(value.strip() for value in matter.values())
    assert matter["language"] == "en"
    assert matter.get("url", "https://").startswith("https://")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_file_name_begins_with_the_date(path: Path) -> None:
    held = date.fromisoformat(front_matter(path)["date"])
    assert 2015 <= held.year <= 2025
    assert re.fullmatch(rf"{held.isoformat()}(-[a-z0-9]+)+\.md", path.name)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_a_short_statement(path: Path) -> None:
    assert 150 <= len(body(path).split()) <= 460


def test_names_and_titles_are_unique() -> None:
    assert len({path.name.lower() for path in EXAMPLES}) == len(EXAMPLES)
    assert len({front_matter(path)["title"] for path in EXAMPLES}) == len(EXAMPLES)


def test_no_wording_is_copied() -> None:
    if not EVALUATION.is_dir():
        pytest.skip("the annotated statements of ../shared/evaluation are not here")
    others = [path for path in EVALUATION.glob("*/*.txt") if not path.name.startswith("readout-")]
    known = {run for path in others for run in runs(path.read_text(encoding="utf-8"))}
    copied = [
        f"{path.name}: {' '.join(run)}"
        for path in EXAMPLES
        for text in (front_matter(path)["title"], body(path))
        for run in runs(text)
        if run in known
    ]
    assert copied == []
