"""The words of a question, folded so that case, accents, plurals, spelling habits and hyphens do not matter."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_WORD: Final = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)+|&|[^\W_]+(?:'[^\W_]+)*")
_PLAIN: Final = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'}
)
# After these "'s" is short for "is" or "has".
_SHORTENED: Final = frozenset({"what", "who", "where", "how", "that", "there", "it", "he", "she", "let"})
# American and British spelling meet in one form; it need not be a word, since both sides are folded alike.
_SPELLINGS: Final = tuple(
    (re.compile(pattern), folded)
    for pattern, folded in (
        (r"^programme", "program"),
        (r"tre$", "ter"),
        (r"ence$", "ense"),
        (r"logue$", "log"),
        (r"(?<=[a-z]{3})our(?=s?$|ed$|ing$|able$|hood$|s?hip$)", "or"),
        (r"(?<=[a-z]{3})is(?=ation$|e$|ed$|ing$|er$)", "iz"),
    )
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word at code points `start` to `end` of the question.

    `text` is what is written without a possessive ending, `folded` the form that is compared, `glued` says that a
    hyphen ties it to the word before, `quote` numbers the quotation that it stands in, `pause` that a comma or
    another sign comes before it.
    """

    text: str
    folded: str
    start: int
    end: int
    possessive: bool = False
    glued: bool = False
    quote: int = 0
    pause: bool = False


def plain(text: str) -> str:
    """The text with typographic apostrophes and quotation marks made plain; its length stays the same."""
    return text.translate(_PLAIN)


def fold(word: str) -> str:
    """The form in which a word is compared."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    folded = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).replace(".", "")
    folded = _singular(folded.replace("'", ""))
    for pattern, spelling in _SPELLINGS:
        folded = pattern.sub(spelling, folded)
    return folded


def _singular(word: str) -> str:
    if len(word) < 4 or word.endswith(("ss", "us", "is", "news")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses")):
        return word[:-2]
    return word.removesuffix("s")


def words(text: str) -> tuple[Word, ...]:
    """The words of a text in order."""
    text = plain(text)
    found: list[Word] = []
    last = 0
    for match in _WORD.finditer(text):
        between = text[last : match.start()]
        written, possessive, end = _owner(match.group(), text, match.end())
        short = possessive and written.lower() in _SHORTENED
        found.append(
            Word(
                text=written,
                folded=fold(written),
                start=match.start(),
                end=end - 2 * short,
                possessive=possessive and not short,
                glued=bool(found) and between in ("-", "‐", "‑", "–", "/"),
                quote=_quotation(text, match.start()),
                pause=any(sign in between for sign in ",;:()"),
            )
        )
        if short:
            found.append(Word(text="s", folded="s", start=end - 1, end=end, quote=found[-1].quote))
        last = end
    return tuple(found)


def _owner(written: str, text: str, end: int) -> tuple[str, bool, int]:
    if written.lower().endswith("'s"):
        return written[:-2], True, end
    if text.startswith("'s", end) and not text[end + 2 : end + 3].isalnum():
        return written, True, end + 2
    if written.lower().endswith("s") and text.startswith("'", end):
        return written, True, end + 1
    return written, False, end


def _quotation(text: str, position: int) -> int:
    """The number of the quotation at a position, 0 outside; a mark that is never closed opens nothing."""
    marks = text.count('"', 0, position)
    return (marks + 1) // 2 if marks % 2 and '"' in text[position:] else 0


def key(some: Sequence[Word]) -> str:
    """What is looked up: the folded words. A hyphen is a space, so that "counter-terrorism" is two words."""
    return " ".join(word.folded for word in some)


def name_key(name: str) -> str:
    """The key of a name; a leading article does not count."""
    found = words(name)
    return key(found[1:] if len(found) > 1 and found[0].folded == "the" else found)


def joined(some_key: str) -> str:
    """The key of the same name written as one word, such as "counterterrorism"."""
    return some_key.replace(" ", "")
