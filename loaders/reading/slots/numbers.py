"""Numbers in digits and in words."""

import re
from typing import Final

_ONES: Final = {
    "a": 1, "an": 1, "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES: Final = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1_000,
    "k": 1_000,
    "lakh": 100_000,
    "million": 1_000_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "crore": 10_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
_FRACTIONS: Final = {"half": 0.5, "quarter": 0.25, "third": 1 / 3, "fifth": 0.2}
_DIGITS: Final = re.compile(r"\d[\d,\s\u00a0]{0,40}(?:\.\d{1,9})?")


def number(text: str) -> float | None:
    """The number that a phrase such as "1.3 billion", "twenty-five" or "one hundred and twenty" says, else None.

    "millions" alone is none.
    """
    words = text.strip().lower()
    digits = _DIGITS.match(words)
    total = float(re.sub(r"[,\s\u00a0]", "", digits.group())) if digits else None
    rest = words[digits.end() :] if digits else words
    for word in re.findall(r"[a-z]+", rest):
        if word == "and":
            continue
        total = _with(total, word)
        if total is None:
            return None
    return total


def _with(total: float | None, word: str) -> float | None:
    """The number so far with one more word, or None when the word is no number."""
    if word.endswith("s") and total is not None:
        word = word.removesuffix("s")
    if word in _ONES:
        return (total or 0) + _ONES[word]
    if word in _SCALES:
        return (1 if total is None else total) * _SCALES[word]
    if word in _FRACTIONS:
        return (1 if total is None else total) * _FRACTIONS[word]
    return None
