"""Companies, unions and foundations whose names nothing in their own form gives away, by what a text says of them."""

import re
from collections.abc import Callable, Container, Iterator

from loaders.reading.people import office_pattern
from loaders.reading.phrases import Reference, owns
from loaders.reading.registry import Mention, Registry

Within = Callable[[int, int], tuple[Mention, ...]]

_WORD = (
    r"(?!(?:The|In|On|At|And|But|With|Under|Both|We|It|He|She|They|This|These|For|By|As|All|Our|Joint|Minister"
    r"|Presidents?|Ministers|Prime|Foreign|Vice)\b)[A-ZÀ-ÞŠŽØ][\w&-]*(?:'(?!s\b)\w+)?"
)
_NAME = rf"{_WORD}(?:[ \u00a0]{_WORD}){{0,4}}"
_LONG = rf"{_WORD}(?:[ \u00a0]{_WORD}){{1,4}}"
_ROLE = r"(?:chief\s+executive|CEO|managing\s+director|general\s+secretary|chief\s+operating|chairman\s+and)"
_DOES = (
    r"(?:(?:today|have|has|jointly)\s+)*(?:agreed|signed|announced|sign|launched|pledged|committed|reached|unveiled"
    r"|concluded|agree|reach)"
)
_CUES = (
    re.compile(rf"(?<![\w-])(?P<name>{_NAME})(?:'s)?\s+(?:\([^()\n]{{1,40}}\)\s+)?{_ROLE}\b"),
    re.compile(
        rf"(?<![\w-])(?P<name>(?![A-Z]{{2,}}\s){_NAME})\s+said\s+(?:on\s+\w+day\s+|today\s+)?(?:that\s+)?it\s+(?:would|will|had)\b"
    ),
    re.compile(
        rf"\b(?:executives|managers|representatives)\s+(?:of|from)\s+(?P<name>{_NAME})(?:\s+and\s+(?P<other>{_NAME}))?"
    ),
    re.compile(
        rf"\b[Tt]he\s+(?P<name>{_NAME})\s+(?:union|consortium|airline|conglomerate|refinery|mining\s+(?:company|group))\b"
    ),
    re.compile(
        rf"(?:^[ \t]*|[–—-]\s|[.:]\s)(?:The\s+)?(?P<name>{_LONG})\s+and\s+(?:the\s+)?(?P<other>{_NAME})"
        rf"(?:\s+(?:of|for|and|union|company)\b[^.,\n]{{0,60}})?\s+{_DOES}\b",
        re.M,
    ),
    re.compile(
        rf"^[ \t]*[-•*–][ \t]+(?P<name>{_NAME})(?=\s+(?:will|has\s+(?:agreed|pledged|committed)|agreed|pledged|pledges"
        r"|committed|commits|intends|announced|announces|undertook|promised|promises|plans|aims)\b)",
        re.M,
    ),
)
_KNOWN_AS = re.compile(
    rf"(?<![\w-])(?P<name>{_NAME}),\s+(?:the|an?|its)\s+[^,.;\n]{{0,50}}?\b(?:firm|company|utility|conglomerate|producer|maker"
    r"|developer|operator|lender|manufacturer|carmaker|giant|miner|retailer|startup|start-up),\s"
)
_LISTS = re.compile(r"^[ \t]*[-•*–][ \t]+(?P<name>[A-ZÀ-ÞŠŽØ][\w'&-]{3,})(?=:[ \t])", re.M)
_ALONE = r"(?=(?:'s)?[ \u00a0,.;:)\n]|$)(?![ \u00a0][A-ZÀ-Þ])"
_PLURAL = re.compile(
    r"(?:Minist|Lead|Partn|Memb|Govern|Sign)\w+s|Parties|Participants|Countries|States|Nations|Heads|Companies|Allies"
    r"|Delegations|Banks|Donors|Cities|Presidents|Unions|Firms|Investors|Officials|Negotiators"
)
_ACTS = r"(?=(?:'s)?\s+(?:will|would|also|has|is|said|agreed|pledged|plans|intends|\w+s\s+to)\b)"
_SHORTEST = 4


def firms(text: str, registry: Registry, within: Within, people: Container[str]) -> Iterator[Reference]:
    """Every mention of such names, whole or by their first word: "Lake Steel", then "Lake"."""
    called: dict[str, str] = {}
    for match in (match for cue in (*_CUES, _KNOWN_AS) for match in cue.finditer(text)):
        for group in ("name", "other"):
            if match.groupdict().get(group) and _is_firm(text, *match.span(group), within, people):
                name = " ".join(match[group].split())
                called[name] = name
    for name in list(called):
        longer = [other for other in called if other.startswith(f"{name} ")]
        called[name] = longer[0] if len(longer) == 1 else name
    for name in list(called):
        first = name.split()[0]
        short = rf"(?<![\w-]){re.escape(first)}{_ACTS}"
        if first != name and len(first) >= _SHORTEST and re.search(short, text) and not _common(first, text):
            called.setdefault(first, name)
    for match in _LISTS.finditer(text) if called else ():
        if not _common(match["name"], text) and _is_firm(text, *match.span("name"), within, people):
            called.setdefault(match["name"], match["name"])
    if called:
        names = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(called, key=len, reverse=True))
        for match in re.finditer(rf"(?<![\w-])(?:{names}){_ALONE}", text):
            start, end = match.span()
            name = called[" ".join(match.group().split())]
            yield Reference(start, end, "organisation", (registry.named(name),), name, owned=owns(text, end))


def _is_firm(text: str, start: int, end: int, within: Within, people: Container[str]) -> bool:
    """Whether a name is none of a state, a known body, an office or a person, and no common noun."""
    name = text[start:end]
    plural = " " not in name and (_PLURAL.fullmatch(name) or _common(name, text))
    return not (
        within(start, end) or name in people or name.split()[-1] in people or office_pattern().search(name) or plural
    )


def _common(word: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(word.lower())}\b", text) is not None
