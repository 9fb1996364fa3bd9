"""The turns of a transcript: lines that open with the name or office of who speaks."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from loaders.reading.passages import paragraphs

_WORD = r"(?:[A-ZÀ-ÞĀ-Ž][A-Za-zÀ-žȘ-ț.&'’/-]*|\((?:[^()\n]|\([^()\n]{1,30}\)){1,140}\))"
_LINK = r"(?:(?:of|for|and|the|on|to|in|at|de|del|da|dos|van|von|der|bin|al|el|ul)[ \t]+)"
_NAME = rf"{_WORD}(?:(?:,?[ \t]+{_LINK}{{0,3}}|(?=\()){_WORD}){{0,11}}"
_RANK = (
    r"(?:Deputy |Chief |Foreign |Vice[ -])*(?:Spokesperson|Spokesman|Spokeswoman|Minister|Secretary|Commissioner"
    r"|Ambassador)(?: [\w-]+){1,5}|[A-Z]{3,} \([A-Z][\w ]+\)[^:\n]{0,40}"
)
_COURTESY = (
    r"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Hon|Lord|Lady|Baroness|Prof|Professor|MR|MRS|MS|DR|SIR|Shri|SHRI|Smt|SMT"
    r"|Senator|Sen)\b"
)
_TURN = re.compile(
    r"[ \t_*#>]{0,8}(?:\d{1,4}\.\s+|Q\d{1,3}\s+)?(?:Original [A-Z][a-z]+:\s|\([A-Z][^()\n]{1,40}\)\s+)?"
    r"(?!(?:In|At|On|By|As|And|But|If|With|From|This|That|Our|My|When|Next|Key|Other|New|More)\b)"
    rf"(?:(?P<name>{_NAME}|{_RANK})[_* ]{{0,4}}:(?=[_*\s]|$)"
    rf"|(?P<dashed>{_NAME}(?:,[^.:;\n–—]{{3,90}})?)(?:\.[ \t]?|(?<=\)),?[ \t]?)(?:—|(?<=[\s.])-(?=\s))"
    rf"|(?P<alone>(?:The[ \t]|{_COURTESY}\.?[ \t])?{_NAME}(?<=\))|{_COURTESY}\.?[ \t][A-Z][\w'’-]+)[ \t]*$"
    rf"|(?P<stopped>(?:{_COURTESY}\.?|Ambassador|Secretary|Chair\w*|General|Admiral|The)[ \t]"
    r"[A-Z]{3,}(?:[ \t][A-Z]{3,})?)\.[ \t](?=[A-Z])"
    rf"|\((?P<bracketed>Question|Answer|{_COURTESY}\.?[ \t][A-Z][\w'-]+"
    rf"|(?:[A-Z][a-z]+[ \t]){{0,2}}Minister[ \t][A-Z][\w'-]+)\))[_* ]*"
)
_LABEL = re.compile(
    r"[A-ZÀ-Ý][A-ZÀ-Ý.', -]{1,70}[A-ZÀ-Ý.]|(?:Mr|Mrs|Ms|Dr)\.? .*|Question|Journalist|Reporter|Q|A|Answer|Media"
    r"|[A-Z]{2,}|[A-Z]{3,} \(.*"
    r"|.*\b(?:President|Minister|Secretary|Spokesperson|Spokesman|PM|SP|Ambassador|Chancellor|Representative|Commissioner"
    r"|Governor|Chair\w*|Leader|Member|Speaker|Senator|Hon|HON|Rt|Sir|Dame|MP|Director|Envoy|Deputy|Shri|SHRI|Smt|SMT)\b.*"
)
_OFFICE = re.compile(
    r"(?i)\b(?:president|minister|secretary|chancellor|spokes\w+|question|journalist|reporter|ambassador|representative"
    r"|host|guest|mr|mrs|ms|dr|pm|moderator|governor|chair\w*|leader|hon|rt|member|speaker|senator|q|commissioner"
    r"|sir|dame|lord|baroness|shri|smt|deputy|delegate)\b"
)
_ASKS = re.compile(r"(?i)(?:question|q|journalist|reporter|media|press|interviewer|moderator|host)\b")
_NONE = re.compile(
    r"(?i)(?:begin|end|note|subject|annex|re|ref|cc|source|date|title|contact|embargo|appendix|article|from|to|tel|fax"
    r"|.*\b(?:briefing|conference|interview|transcript|statement|declaration|communiqu\S+|release|theme|agenda|topics?)\b.*)"
)
_FULL_NAME = re.compile(
    r"(?:[A-ZÀ-Ý][\w'’.-]+|(?:bin|al|el|de|da|van|von)(?=\s))(?:\s(?:[A-ZÀ-Ý][\w'’.-]*|bin|al|el|de|da|van|von)){1,4}"
)
_ASIDE = re.compile(
    r"\s*\((?:interpretation|interpreted|spoke|speaking|translated|translation|original|in [A-Z])[^)]*\)"
)
_I = re.compile(r"\b(?:I|I['’](?:m|ve|ll|d)|[Mm]y|[Tt]hank you|[Mm]r\.? (?:Speaker|President)|[Mm]adam)\b")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_INTERVIEW = re.compile(
    r"(?i)\binterview|\bQ\s?&\s?A\b|\bconversation\s+with\b|\bin\s+conversation\b|\bquestions?\s+(?:to|for)\b|\b(?:speaks?|spoke|talks?|talked)\s+to\b"
    r"|\bsat\s+down\s+with\b|\breceived\s+us\b"
)
_ANNOUNCED = re.compile(
    r"(?i)\btranscript\b|\bdoor-?stop\b|\binterview\b|\b(?:press|media|news)\s+(?:conference|briefing)\b"
)
_SITTING = re.compile(r"\b(?:Mr\.?|Madam|Mrs|Mdm\.?)\s(?:Deputy\s)?Speaker\b|\bMy Lords\b")
_REACH = 150
_ALONE = 40
_HEAD = 500
_QUESTION = 500


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that may open a turn: where it and its words begin, the label, how it is marked, whether it says "I"."""

    at: int
    start: int
    label: str
    marked: str
    personal: bool

    @property
    def named(self) -> bool:
        """Whether the label by itself shows that somebody speaks."""
        if self.marked == "dashed":
            return "," in self.label or _OFFICE.search(self.label) is not None
        return self.marked in ("bracketed", "alone") or _LABEL.fullmatch(self.label) is not None

    @property
    def whole(self) -> bool:
        """Whether the label is somebody's full name, perhaps with a party or a place in brackets."""
        return _FULL_NAME.fullmatch(_BRACKETS.sub("", self.label)) is not None


def turns(text: str) -> list[tuple[int, str]]:
    """Where each turn's words begin, and its label."""
    return [(line.start, line.label) for line in _lines(text)]


def is_transcript(text: str) -> bool:
    """Whether people take turns: some label comes back, two of them name offices, or somebody is asked."""
    lines = _lines(text)
    labels = [line.label for line in lines if line.named]
    offices = {label for label in labels if _OFFICE.search(label)}
    if any(label.isupper() and " " in label for label in offices):
        return True
    if len(labels) >= 2 and (
        len(offices) >= 2
        or any(count > 1 for label, count in Counter(labels).items() if label in offices or not offices)
    ):
        return True
    announced = _ANNOUNCED.search(text, 0, _HEAD)
    if announced and any(line.at > announced.end() for line in lines if line.label in offices):
        return True
    if len({line.label for line in lines}) < 2:
        return False
    asked = {line.label for line in lines if _ASKS.match(line.label)} | set(_asking(text, lines))
    persons = [line for line in lines if line.label not in asked]
    if asked and len({line.label for line in persons}) < len(persons):
        return True
    return sum(line.personal for line in persons) * 2 >= len(persons) > (0 if asked else 1)


def interview(text: str) -> int | None:
    """Where the questions begin in an interview that sets questions and answers apart by paragraphs alone."""
    if not _INTERVIEW.search(text, 0, _HEAD):
        return None
    asked = [one.start for one in paragraphs(text) if text[one.end - 1] == "?" and one.end - one.start < _QUESTION]
    return asked[0] if len(asked) > 1 else None


def _asking(text: str, lines: list[_Line]) -> Iterator[str]:
    """The labels of those whose words end in a question mark."""
    for line, after in pairwise(lines):
        if text[line.start : after.at].rstrip().endswith("?"):
            yield line.label


def _lines(text: str) -> list[_Line]:
    """The lines that open a turn; a name that nothing marks as a speaker's is one if it is whole or comes back."""
    found, at, sitting = [], 0, _SITTING.search(text) is not None
    for line in text.splitlines(keepends=True):
        marked = any(mark in line[:_REACH] for mark in ":-–—).") or (sitting and len(line) < _ALONE)
        match = _TURN.match(line[:400]) if marked else None
        if match is not None and match.lastgroup is not None and (sitting or match.lastgroup != "alone"):
            label = _ASIDE.sub("", " ".join(match[match.lastgroup].split()))
            shouted = label.isupper() and line[match.end() :].isupper()
            if not shouted and label and not _NONE.fullmatch(label):
                end = at + match.end()
                found.append(_Line(at, end, label, match.lastgroup, _I.search(text, end, end + 600) is not None))
        at += len(line)
    often = Counter(line.label for line in found)
    return [line for line in found if line.named or often[line.label] > 1 or line.whole]
