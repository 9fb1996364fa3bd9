"""The turns of a transcript: lines that open with the name or office of who speaks."""

import re
from collections import Counter

_WORD = r"(?:[A-ZÀ-Ý][A-Za-zÀ-ÿ.'-]*|\([^)\n]{1,40}\))"
_TURN = re.compile(
    rf"[ \t_*#>]{{0,8}}(?P<name>{_WORD}(?:,?[ \t]+{_WORD}){{0,7}}"
    r"|(?:Deputy |Chief |Foreign |Vice[ -])*(?:Spokesperson|Spokesman|Spokeswoman|Minister|Secretary|Commissioner"
    r"|Ambassador)(?: [\w-]+){1,5}|[A-Z]{3,} \([A-Z][\w ]+\)[^:\n]{0,40})[_* ]{0,4}:(?=[_*\s]|$)[_* ]*"
)
_LABEL = re.compile(
    r"[A-ZÀ-Ý][A-ZÀ-Ý.', -]{1,70}[A-ZÀ-Ý.]|(?:Mr|Mrs|Ms|Dr)\.? .*|Question|Journalist|Reporter|Q|[A-Z]{2,}"
    r"|[A-Z]{3,} \(.*"
    r"|.*\b(?:President|Minister|Secretary|Spokesperson|Spokesman|PM|SP|Ambassador|Chancellor|Representative|Commissioner"
    r"|Governor|Chair\w*|Leader|Member|Speaker|Senator|Hon|HON|Rt|Sir|Dame|MP|Director|Envoy)\b.*"
)
_OFFICE = re.compile(
    r"(?i)\b(?:president|minister|secretary|chancellor|spokes\w+|question|journalist|reporter|ambassador|representative"
    r"|host|guest|mr|mrs|ms|dr|pm|moderator|governor|chair\w*|leader|hon|rt|member|speaker|senator|q|commissioner)\b"
)
_NONE = re.compile(
    r"(?i)(?:begin|end|note|subject|annex|re|ref|cc|source|date|title|contact|embargo|appendix|article"
    r"|.*\b(?:briefing|conference|interview|transcript))\b"
)
_REACH = 90


def turns(text: str) -> list[tuple[int, str]]:
    """Where each turn's words begin, and its label."""
    found, at = [], 0
    for line in text.splitlines(keepends=True):
        if ":" in line[:_REACH]:
            match = _TURN.match(line)
            label = " ".join(match["name"].split()) if match else ""
            shouted = label.isupper() and line[match.end() :].isupper() if match else False
            if match and not shouted and _LABEL.fullmatch(label) and not _NONE.match(label):
                found.append((at + match.end(), label))
        at += len(line)
    return found


def is_transcript(text: str) -> bool:
    """Whether people take turns: some label comes back, or two of them name offices."""
    labels = [label for _, label in turns(text)]
    offices = {label for label in labels if _OFFICE.search(label)}
    if any(label.isupper() and " " in label for label in offices):
        return True
    return len(labels) >= 2 and (
        len(offices) >= 2
        or any(count > 1 for label, count in Counter(labels).items() if label in offices or not offices)
    )
