"""Who has the floor in a transcript: the parties behind the labels of its turns."""

import re
from collections import Counter

from loaders.reading.people import implied, known, office_pattern
from loaders.reading.references import References
from loaders.reading.registry import Registry, knowledge
from loaders.reading.stances import stances, weights
from loaders.reading.turns import interview, turns
from loaders.reading.voices import Voice
from ontology.records import Actor
from ontology.terms import ActorType

_PARLIAMENT = re.compile(
    r"\bHansard\b|\bHouse of (?:Representatives|Commons|Assembly|Lords|Keys)\b|\bHon\.? [A-Z]{2,}"
    r"|\bM(?:r|rs|adam|dm)\.? (?:Deputy )?Speaker\b|\b(?:Lok|Rajya) Sabha\b|\bBundestag\b|\bParliament of\b"
    r"|\bParliamentary Debates\b|\bSenate\b|\bOral Answers\b|\bOfficial Report\b|\bD[áa]il\b|\bStorting\b"
    r"|\bNational Assembly\b|\bCommittee of Supply\b|\bSeanad\b"
    r"|\bKnesset\b|\bSejm\b|\bFolketing\w*|\bRiksdag\w*|\bEduskunta\b|\bRiigikogu\b|\bSaeima\b|\bSeimas\b"
    r"|\bOral evidence\b"
    r"|\bMember of the Commission\. -|\bParliament Reports\b",
    re.I,
)
_HOST = re.compile(r"(?i)(?:mr|mrs|ms|ambassador)\b")
_ASKS = re.compile(r"(?i)\b(?:question|journalist|reporter|press|q|moderator|media|interviewer|host)\b")
_ANSWERS = re.compile(r"A|Answer|ANSWER")
_LEADER = re.compile(r"(?i)\bleader of the opposition\b|\bopposition leader\b")
_PROMISED = re.compile(
    r"\b(?:[Aa]n?|[Nn]ext|[Tt]his\s+side's|[Uu]nder\s+a)\s+(?:\w+\s+)?(?P<name>[A-Z][A-Z&]{1,6}|(?:[A-Z]\w+\s){1,3}Party)\s+"
    r"(?:government|administration|Government|Administration)\b"
)
_BEHALF = re.compile(r"\bon behalf of (?:the )?(?P<name>[^,()]{2,60})")
_BRACKETS = re.compile(r"\(([^()]{2,80})\)")
_POSITION = r"(?:will|would|supports?|opposes?|rejects?|backs?|calls?|wants?|urges?)\b"
_TO = re.compile(r"\sto the \w*\s?(?:Minister|Secretary)\b.*")
_GOVERNS = re.compile(
    r"(?i)\b(?:minister|secretary|taoiseach|t\S?naiste|chancellor|treasurer|attorney|solicitor|speaker|president"
    r"|leader of the|government|majority|commission|council|presidency)\b"
)
_INITIALS = re.compile(
    r"(?!(?:NI|CB|XB|MP|TD)\b)(?![A-Z]{7})(?=(?:[^A-Z]*[A-Z]){2})[A-ZÀ-Þ][A-Za-zÀ-ž]*(?:[/&][A-ZÀ-Þ]\w*)?|.*\b(?:Party|Group|GR\S?NEN)"
)
_RANK = re.compile(r"^(?:PRES|SEN|SEC|GOV|AMB|GEN|REP|CHR?M|DIR|USEC|ASEC)\.\s+", re.I)
_FIRM = 3


def floor(references: References, issuers: tuple[Actor, ...], registry: Registry) -> list[tuple[int, Voice]]:
    """Where each turn begins, with its voice; who only asks speaks for nobody in particular."""
    asked, lines = interview(references.text), turns(references.text)
    unlabelled = asked if len(lines) < 2 else None
    first = unlabelled if unlabelled is not None else next((start for start, _ in lines), 0)
    near = [named for named in references.named if named.start < first]
    guest = next((named for named in near if named.actor), next(iter(near), None))
    answers = Voice((guest.actor,) if guest and guest.actor else issuers, guest.name if guest else None, "turn")
    if unlabelled is not None:
        return [(unlabelled, answers)]
    parties = _parties(references, issuers, registry)
    found = []
    for start, label in lines:
        if label not in parties:
            found.append((start, Voice(issuers, None, "question")))
            continue
        if _ANSWERS.fullmatch(label) or (guest and label == _letters(guest.name)):
            found.append((start, answers))
            continue
        party = parties[label]
        found.append((start, Voice((party,) if party else issuers, _RANK.sub("", label), "turn")))
    return found


def _letters(name: str) -> str:
    return "".join(part[0] for part in name.split())


def _parties(references: References, issuers: tuple[Actor, ...], registry: Registry) -> dict[str, Actor | None]:
    """The party of each label; one that nothing explains takes the state for which its own words stand."""
    found = turns(references.text)
    following = [start for start, _ in found[1:]]
    ends = [max(references.text.rfind("\n", 0, start), 0) for start in following] + [len(references.text)]
    sitting = _PARLIAMENT.search(references.text[:800]) is not None
    turned = zip(found, ends, strict=True)
    answers = {label for (start, label), end in turned if not references.text[start:end].rstrip().endswith("?")}
    heard = (label for _, label in found if not _ASKS.search(label) and (sitting or label in answers))
    speak = list(dict.fromkeys(heard))
    if issuers and issuers[0].type == ActorType.ORGANISATION:
        return dict.fromkeys(speak, issuers[0])
    named = {label: _seatless(label) if sitting else label for label in speak}
    parties = {label: _named(named[label], references, registry, sitting) for label in speak}
    _share(parties)
    if sitting:
        benches = {label: registry.named(party) for label in speak if (party := _bench(label, references.text))}
        parties |= benches | _opposed(speak, references.text, registry)
        _share(parties)
        state = next((one for one in parties.values() if one and one.type == ActorType.STATE), None)
        return parties if issuers else {label: party or state for label, party in parties.items()}
    spoken_of = {*(mention.actor for mention in references.mentions), *issuers}
    unheard = {label: party for label, party in parties.items() if party and party not in spoken_of}
    for label in [label for label, party in parties.items() if party is None]:
        if issuers and (len(label.split()) == 1 or _HOST.match(label)):
            parties[label] = issuers[0]
    taken = {party.name for party in parties.values() if party is not None}
    own = {
        label: [(start, end) for (start, name), end in zip(found, ends, strict=True) if name == label]
        for label, party in parties.items()
        if party is None or label in unheard
    }
    firm = {label: _stands_for(references, parts, taken) for label, parts in own.items()}
    taken |= {party.name for party in firm.values() if party is not None}
    left = _left(references, taken)
    parties |= {label: party or unheard.get(label, left) for label, party in firm.items()}
    _share(parties)
    return parties


def _share(parties: dict[str, Actor | None]) -> None:
    """Give a label the party of another one that ends in the same name: "MINISTER OF X, JANE ROE", "MINISTER ROE"."""
    known_by_name = {_surname(label): party for label, party in parties.items() if party is not None}
    for label, party in parties.items():
        parties[label] = party or known_by_name.get(_surname(label))


def _seatless(label: str) -> str:
    """A member's label without what stands in brackets: the constituency is no party."""
    return _BRACKETS.sub("", label) if not _GOVERNS.search(label) else label


def _bench(label: str, text: str) -> str | None:
    """The political party that stands in brackets after a member who holds no office: "(Lakeside, HP)", "(HP)".

    A name without capitals inside is a party if it takes a position somewhere.
    """
    label = _TO.sub("", label)
    if _GOVERNS.search(label):
        return None
    known_by: dict[str, list[str]] = knowledge("offices.yaml")["benches"]
    parts = [part.strip() for inside in _BRACKETS.findall(label) for part in re.split(r"[,—–-]", inside)]
    for part in reversed(parts):
        party = next((name for name, short in known_by.items() if part in short), None)
        stands = re.search(rf"\b{re.escape(part)}\s+{_POSITION}", text) if part.istitle() else None
        if party or stands or _INITIALS.fullmatch(part):
            return party or part
    return None


def _surname(label: str) -> str:
    return (_TO.sub("", _BRACKETS.sub("", label)).split() or label.split())[-1].casefold()


def _opposed(labels: list[str], text: str, registry: Registry) -> dict[str, Actor | None]:
    """The party of the leader of the opposition in a parliament: the one whose government he promises."""
    leaders = [label for label in labels if _LEADER.search(label)]
    promised = Counter(match["name"] for match in _PROMISED.finditer(text)) if leaders else Counter[str]()
    best = next((name for name, _ in promised.most_common(1)), None)
    return dict.fromkeys(leaders, registry.named(best)) if best else {}


def _named(label: str, references: References, registry: Registry, sitting: bool) -> Actor | None:
    """The party of a label by the person, the office or the state that it names, in a parliament by no other name."""
    name = label.title() if label.isupper() else label
    behalf = _BEHALF.search(label)
    if behalf:
        return registry.find(behalf["name"]) or registry.named(behalf["name"])
    member = implied(name.partition(", ")[2], registry)
    if member:
        return member
    state = next((mention.actor for mention in registry.mentions(name) if mention.actor.type == ActorType.STATE), None)
    if state:
        return state
    bare = re.sub(r"\(.*?\)", "", name).split()
    last = bare[-1] if bare else name
    person = references.people.get(last) or references.people.get(last.upper())
    party = known(office_pattern().sub(" ", name), registry, references.year) or (person.actor if person else None)
    party = party or (None if sitting else next((mention.actor for mention in registry.mentions(name)), None))
    party = party or implied(" ".join(name.split()[:-1]), registry)
    return party or _holder(name, references)


def _holder(name: str, references: References) -> Actor | None:
    """The party of the person introduced with the office of a label: "PRIME MINISTER:"."""
    folded = name.casefold()
    return next((p.actor for p in references.named if p.actor and p.office.casefold() == folded), None)


def _stands_for(references: References, parts: list[tuple[int, int]], taken: set[str]) -> Actor | None:
    """The state from whose position somebody's turns speak."""
    counted = Counter[Actor]()
    for start, end in parts:
        counted += stances(references, start, end)
    for actor, weight in counted.most_common():
        if actor.type == ActorType.STATE and actor.name not in taken and weight >= _FIRM:
            return actor
    return None


def _left(references: References, taken: set[str]) -> Actor | None:
    """The state of which a dialogue speaks and for which nobody else in it does."""
    spoken_of = [actor for actor, _ in weights(references).most_common(3)]
    free = [actor for actor in spoken_of if actor.name not in taken and actor.type == ActorType.STATE]
    return free[0] if taken and free else None
