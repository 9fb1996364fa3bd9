"""The turns of a transcript: lines that open with the name or office of who speaks."""

import re

_TURN = re.compile(
    r"^[ \t_*#>]*(?P<name>(?:(?:[A-ZÀ-Ý][A-Za-zÀ-ÿ.'-]*|\([^)\n]{1,40}\))[ \t]?){1,7}?|(?:Deputy |Chief |Foreign |Vice[ -])*(?:Spokesperson|Spokesman|Spokeswoman|Minister|Secretary|Commissioner|Ambassador)(?: [\w-]+){1,5}|[A-Z]{3,} \([A-Z][\w ]+\)[^:\n]{0,40})[_* ]*:(?=[_*\s])[_* ]*",
    re.M,
)
_LABEL = re.compile(
    r"(?:[A-ZÀ-Ý][A-ZÀ-Ý.' -]{1,40}[A-ZÀ-Ý.]|Mr\.? .*|Mrs\.? .*|Ms\.? .*|Dr\.? .*|.*\b(?:President|Minister|Secretary|Spokesperson|Spokesman|PM|SP|Ambassador|Chancellor|Representative|Commissioner|Governor|Chair\w*|Leader|Member|Speaker|Senator|Hon|HON|Rt|Sir|Dame|MP|Director|Envoy)\b.*|[A-Z]{3,} \(.*|Question|Journalist|Reporter|Q|[A-Z]{2,})"
)
_OFFICE = re.compile(
    r"(?i)\b(?:president|minister|secretary|chancellor|spokes\w+|question|journalist|reporter|ambassador|representative|host|guest|mr|mrs|ms|dr|pm|moderator|governor|chair\w*|leader|hon|rt|member|speaker|senator|q|commissioner)\b"
)
_NONE = re.compile(
    r"(?i)(?:begin|end|note|subject|annex|re|ref|cc|source|date|title|contact|embargo|appendix|article)\b"
)


def turns(text: str) -> list[tuple[int, str]]:
    """Where each turn's words begin, and its label."""
    found = []
    for match in _TURN.finditer(text):
        label = " ".join(match["name"].split())
        if _LABEL.fullmatch(label) and not _NONE.match(label):
            found.append((match.end(), label))
    return found


def is_transcript(text: str) -> bool:
    """Whether people take turns: some label comes back, or two of them name offices."""
    labels = [label for _, label in turns(text)]
    offices = {label for label in labels if _OFFICE.search(label)}
    if any(label.isupper() and " " in label for label in offices):
        return True
    return len(labels) >= 2 and (len(offices) >= 2 or any(labels.count(label) > 1 for label in offices or set(labels)))
