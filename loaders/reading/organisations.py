"""Organisations that no list knows, by the shape of their names and by the short names that a text defines."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from loaders.reading.people import office_pattern
from loaders.reading.phrases import Reference, owns
from loaders.reading.registry import Mention, Registry
from ontology.terms import ActorType

Within = Callable[[int, int], tuple[Mention, ...]]

_NOUN = (
    r"Ministry|Department|Agency|Bank|Committee|Council|Commission|Corporation|Authority|Association|Institute"
    r"|University|Foundation|Chamber|Company|Alliance|Congress|Union|Fund|Group|Office|Bureau|Service|Center|Centre"
)
_SHAPE = re.compile(
    r"(?<![\w-])(?:City|Cities|State|Port|University|Bank|Central\s+Bank)[ \u00a0]of[ \u00a0][A-Z][\w-]+"
    r"(?:[ \u00a0][A-Z][\w-]+)?|(?<![\w-])(?:U\.S\.-)?"
    r"(?:[A-ZÀ-Ý][\w’'&-]*[ \u00a0](?:(?:of|for|and|the|on|in|de)[ \u00a0])*){0,7}"
    rf"(?:{_NOUN}|Police|Party|Taskforce|Task\s+Force|Network|Board|Administration|Forum|Front|Movement|Federation"
    r"|Society|Coalition|Secretariat|Body|Presidency|Trust|Assembly)"
    r"(?:[ \u00a0](?:of|for|on|to)[ \u00a0](?:the[ \u00a0])?"
    r"[A-ZÀ-Ý][\w’&-]*(?:(?:,?[ \u00a0](?:and|of|for|the)){0,2}[ \u00a0][A-ZÀ-Ý][\w’&-]*)*)*"
)
_HEAD = re.compile(rf"\b(?:{_NOUN}|Industries|Directorate|CDC)\b")
_LEADING = re.compile(
    r"^(?:(?:Our|The|This|These|A|An|Each|Either|Neither|No|High|Any|Every|Their|Its|Both|New|In|And|That|the|His|Her|My|All|As|At|On|For|With|By|From|Under"
    r"|Through|June|July|May|March|April)\s+)+"
)
_COMMITS = re.compile(
    r"(?:^|[.\n][ \t]|^[A-Z][^\n]{2,60}?[ \t][-–—]{1,2}[ \t]+"
    r"|^[ \t]*(?:[-•*]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])[ \t]+)(?:The\s+)?"
    r"(?P<name>(?!\w+ing\b|\w+\s(?:Ministers|Allies|Leaders|Presidents|Countries|States|Members|Nations|Heads)\b)"
    r"(?!(?:The|This|These|Both|Our|My|Your|All|Today|In|We)\b)[A-Z][\w&'-]+(?:\s(?:of\s)?[A-Z][\w&'-]+){1,4}"
    r"|(?!THE\b|AND\b|FOR\b|ALL\b|BOTH\b)[A-Z]{3,8}"
    r"|[A-Z][\w&-]+(?=\s[^.\n]{3,160},\sits\s(?:chief\sexecutive|CEO|chair\w*|spokes\w+|director|head)\b)"
    r"|[A-Z][\w&-]+(?=\ssaid\s(?:that\s)?it\s(?:plans|intends|aims|is\sready)\b))"
    r"(?=:\s*\n|\s(?:will|agreed|pledged|committed|commits|intends|announced|undertook|promised|vowed|plans|aims"
    r"|said\s+(?:on\s+)?(?:\w+day\s+)?(?:that\s+)?it)\s)",
    re.M,
)
_BANKS = re.compile(r"(?:The\s+)?(?:Central|Reserve|National|State)\s+Bank\s+of\s|Bank\s+of\s(?!the\b)")
_TREATY = re.compile(r"\b(?:Accord|Agreement|Treaty|Memorandum)\s+Between\b")
_SITTING = re.compile(
    r"^(?:\w+\s+){0,3}(?:Session|Meeting|Round|Statement|Communiqué|Declaration)\s+of\s+(?:the\s+)?", re.I
)
_MEMBERS = re.compile(r"(?:Member\s+States|Members?|States\s+Parties|Parties|Signatories|Friends)\s+(?:of|to)\b")
_SHOUTED = re.compile(r"\b(?:[A-ZÀ-Ý]{4,}|OF|THE|AND|FOR|ON)\b")
_SHORT = re.compile(
    r"(?:\s*\([A-Z][\w&-]{1,9}\))?\s*(?:\((?:(?:hereinafter|hereafter|referred\s+to\s+as|called|collectively|or),?\s+)*"
    r"|,?\s+hereinafter\s+(?:(?:referred\s+to\s+as|called)\s+)?(?=[“\"]|the\s+[“\"]))(?:the\s+)?[“\"']?(?:the\s+)?"
    r"(?P<name>(?!(?:Parties|Sides|Participants|Signatories|Governments|Countries|Leaders|Partners|Members|Agencies|States)\b)"
    r"[A-Z][\w&-]{1,14}(?:\s[A-Z]\w+)?)[”\"']?\)?"
)
FIRMS = (
    r"Co\.?,? Ltd|Ltd|Limited|Inc|plc|PLC|LLC|LLP|GmbH|AG|SE|N\.?V|Sdn\.? Bhd|Pty Ltd|A/S|ASA"
    r"|Oyj|PJSC|JSC|S\.p\.A|S\.A|Tbk"
)
_COMPANY = re.compile(
    r"(?<![\w-])(?:The\s+)?(?P<name>(?!(?:The|In|And|But|With)\s)[A-ZÀ-Ý][\w'&.À-ÿ-]*"
    r"(?:[ \u00a0][A-ZÀ-Ý][\w'&À-ÿ-]*){0,4}?)"
    rf",?[ \u00a0](?:{FIRMS})(?![\w-])"
)
_INITIALS = re.compile(
    r"(?P<name>(?:[A-Z][\w’'-]*\s+(?:(?:of|for|and|the|OF|FOR|AND|THE)\s+)*){1,7}"
    r"(?i:forces?|army|front|movement|organi[sz]ation|railways?|airlines|airways|league|resistance|exchange|mission"
    r"|inspectorate|directorate|observatory|operator|brigades?|command|region|platform|workers|cooperative|confederation)"
    r"(?:\s+(?:of|for|OF|FOR)\s+(?:(?:the|THE)\s+)?(?:[A-Z][\w’'-]*\s?){1,3})?)"
    r"\s*\((?:hereinafter\s+)?(?:the\s+)?[“\"]?(?P<initials>[A-Z]{2,8})[”\"]?\)"
)
_CAPITALISED = re.compile(r"\b(?!(?:OF|FOR|AND|THE)\b)[A-ZÀ-Ý][\w’'-]*")
_JOINED = re.compile(r"(?:'s\s+|(?:'s?)?,?\s+(?:and|in|to|with|for)\s+(?:the\s+)?)")


def organisations(text: str, registry: Registry, within: Within) -> Iterator[Reference]:
    """Names like "Ministry of Trade"; a known party inside a name is not part of it but its owner or its body."""
    spelt = _SHOUTED.sub(lambda word: word.group().title() if len(word.group()) > 3 else word.group().lower(), text)
    for match in _SHAPE.finditer(spelt):
        start, end = match.span()
        if text[start:end].isupper() and not _SHORT.match(text, end):
            continue
        inside = [mention for mention in within(start, end) if mention.form != "adjective" or mention.end >= end]
        organ = _organ(text, start, end, inside)
        if organ is not None:
            yield organ
            continue
        start = _after_owners(text, start, end, inside)
        bank = _bank(spelt, start, end)
        if bank:
            yield _named(text, start, end, _LEADING.sub("", bank), registry)
            continue
        if any(mention.end >= end for mention in inside) or " " not in text[start:end].strip():
            continue
        for part in _parts(text, start, end):
            name = _SITTING.sub("", _LEADING.sub("", re.sub(r"\s+", " ", spelt[slice(*part)])))
            if " " in name and not (_MEMBERS.match(name) or _TREATY.search(name) or _is_side(name, registry)):
                yield _named(text, *part, name, registry)


def _bank(spelt: str, start: int, end: int) -> str | None:
    """The central bank that a name is, or whose organ it names: "Rates Committee of the Central Bank of Ruritania"."""
    for match in _BANKS.finditer(spelt, start, end):
        if spelt[start : match.start()].strip() in ("", "The") or spelt.endswith("of the ", 0, match.start()):
            return " ".join(spelt[match.start() : end].split())
    return None


def _is_side(name: str, registry: Registry) -> bool:
    """Whether a name is only a state and "Party", as treaties call their sides."""
    side = name.removesuffix(" Party")
    return side != name and any(mention.end == len(side) and not mention.start for mention in registry.mentions(side))


def _named(text: str, start: int, end: int, name: str, registry: Registry) -> Reference:
    return Reference(start, end, "organisation", (registry.named(name),), name, owned=owns(text, end))


def _organ(text: str, start: int, end: int, inside: Sequence[Mention]) -> Reference | None:
    """A body by one of its organs: "the Board of Directors of the Bank" acts for the bank."""
    for mention in inside:
        body = mention.actor.type in (ActorType.BODY, ActorType.GROUP) and mention.form == "name"
        if body and re.search(r"\bof\s+(?:the\s+)?$", text[start : mention.start]):
            end, name = max(end, mention.end), mention.actor.name
            start, owned = _after_owners(text, start, mention.start, inside), owns(text, end)
            return Reference(start, end, "party", (mention.actor,), name, owned=owned, core=mention.start)
    return None


def _after_owners(text: str, start: int, end: int, inside: Iterable[Mention]) -> int:
    """Where the name proper begins in "Ruritania and the Lake Agency" or "Ruritania's Lake Agency"."""
    for mention in inside:
        joined = _JOINED.match(text, mention.end, end)
        start = joined.end() if joined else start
    owner = text.rfind("'s ", start, end)
    return owner + 3 if owner >= 0 else start


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The two names in "the Antarctic Directorate and the Polar Institute"."""
    for joint in re.finditer(r"\s+and\s+(?:the\s+)?", text[start:end]):
        left, right = text[start : start + joint.start()], text[start + joint.end() : end]
        if _HEAD.search(left) and _HEAD.search(right) and " " in left.strip() and " " in right:
            return [(start, start + joint.start()), (start + joint.end(), end)]
    return [(start, end)]


def unknown(text: str, registry: Registry, within: Within) -> Iterator[Reference]:
    """Names that nothing explains but that open a sentence and commit themselves: "Ruritanian Lines will …"."""
    for match in _COMMITS.finditer(text):
        start, end = match.span("name")
        known = [mention for mention in within(start, end) if mention.form != "name" or mention.end >= end]
        defined = re.search(rf"\(\W*(?:the\s+)?{re.escape(match['name'])}\W*\)", text)
        if not (known or defined or match["name"].endswith("Government")) and not office_pattern().search(
            match["name"]
        ):
            yield _named(text, start, end, " ".join(match["name"].split()), registry)
    yield from _companies(text, registry)


def _companies(text: str, registry: Registry) -> Iterator[Reference]:
    """Companies by what stands after their names, then by the names alone: "Lake Lines Ltd", "Lake Lines"."""
    called = {" ".join(match["name"].split()) for match in _COMPANY.finditer(text)}
    found = sorted((name for name in called if registry.find(name) is None), key=len, reverse=True)
    if found:
        names = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in found)
        for match in re.finditer(rf"(?<![\w-])(?P<name>{names})(?:,?\s+(?:{FIRMS})(?![\w-])\.?)?(?![\w-])", text):
            yield _named(text, *match.span(), " ".join(match["name"].split()), registry)


def initialled(text: str, registry: Registry, within: Within) -> Iterator[Reference]:
    """Names of any kind of force or firm whose initials follow them: "National Harvest Front (NHF)"."""
    for match in _INITIALS.finditer(text):
        words = list(_CAPITALISED.finditer(text, match.start("name"), match.end("name")))
        letters = sorted(match["initials"])
        for first in reversed(words[:-1]):
            start, end = first.start(), match.end("name")
            if sorted(word.group()[0] for word in words if word.start() >= start) == letters:
                if not within(start, end):
                    name = " ".join(text[start:end].split())
                    yield _named(text, start, end, name.title() if name.isupper() else name, registry)
                break


def short_names(text: str, registry: Registry, found: Iterable[Reference]) -> Iterator[Reference]:
    """Parties by the short names that the text itself defines: "the Advisory Group (AG)", then "the AG"."""
    defined: dict[str, Reference] = {}
    for reference in found:
        if reference.sort in ("party", "organisation") and reference.actors and not reference.attributive:
            match = _SHORT.match(text, reference.end)
            if match and registry.find(match["name"]) is None:
                defined.setdefault(match["name"], reference)
    if defined:
        names = "|".join(map(re.escape, sorted(defined, key=len, reverse=True)))
        for match in re.finditer(rf"(?<![\w-])(?:{names})(?![\w-])", text):
            start, end = match.span()
            yield replace(defined[match.group()], start=start, end=end, core=start, owned=owns(text, end))
