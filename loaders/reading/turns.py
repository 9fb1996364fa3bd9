"""The turns of a transcript: lines that open with the name or office of who speaks."""

import re

_TURN = re.compile(
    r"^[ \t_*#>]*(?P<name>(?:(?:[A-ZÀ-Ý][A-Za-zÀ-ÿ.'-]*|\([^)\n]{1,40}\))[ \t]?){1,7}?|(?:Deputy |Chief |Foreign |Vice[ -])*(?:Spokesperson|Spokesman|Spokeswoman|Minister|Secretary|Commissioner|Ambassador)(?: [\w-]+){1,5}|[A-Z]{3,} \([A-Z][\w ]+\)[^:\n]{0,40})[_* ]*:(?=[_*\s])[_* ]*", re.M
)
_LABEL = re.compile(
    r"(?:[A-ZÀ-Ý][A-ZÀ-Ý.' -]{1,40}[A-ZÀ-Ý.]|Mr\.? .*|Mrs\.? .*|Ms\.? .*|Dr\.? .*|.*\b(?:President|Minister|Secretary|Spokesperson|Spokesman|PM|SP|Ambassador|Chancellor|Representative|Commissioner|Governor|Chair\w*)\b.*|[A-Z]{3,} \(.*|Question|Journalist|Reporter|Q|[A-Z]{2,})"
)
_NONE = re.compile(r"(?i)(?:begin|end|note|subject|annex|re|ref|cc|source|date|title|contact|embargo|appendix|article)\b")


def turns(text: str) -> list[tuple[int, str]]:
    """Where each turn's words begin, and its label."""
    found = []
    for match in _TURN.finditer(text):
        label = " ".join(match["name"].split())
        if _LABEL.fullmatch(label) and not _NONE.match(label):
            found.append((match.end(), label))
    return found
