"""From whose position a text speaks: the parties of which it talks as one talks of oneself."""

import re
from collections import Counter
from functools import lru_cache

from loaders.reading.clauses import governs, headed
from loaders.reading.references import Reference, References
from loaders.reading.registry import Registry, knowledge, plain
from ontology.records import Actor
from ontology.terms import ActorType

NEVER = frozenset(
    [
        "UN member states",
        "international community",
        "Africa",
        "civil society",
        "private sector",
        "developing countries",
        "developed countries",
        "UN",
        "UN General Assembly",
        "UN Security Council",
        "UN Secretary-General",
        "Contact Group",
    ]
)
_FIRM = re.compile(
    r",?\s+(?:like\s+many[^,.]{0,30},?\s+)?"
    r"(?:also\s+|fully\s+|(?:strong|firm|warm|sincere|deep)ly\s+|therefore\s+|unequivocally\s+|once\s+again\s+|accordingly\s+)*"
    r"(?:reaffirms|supports|rejects|opposes|deplores|welcomes|believes|calls|attaches|considers|urges|wishes|reiterates|associates|aligns|hopes"
    r"|stands|remains|condemns|commends|encourages|proposes|shares|joins|looks|expresses|recogni[sz]es|notes|regrets"
    r"|appreciates|intends|supported|proposed|made\s+a|had\s+the\s+honou?r|would\s+like|was\s+one\s+of\s+the\s+first|stresses"
    r"|pledges|affirms|recalls|endorses|pays\s+tribute|subscribes|maintains|advocates|favou?rs|cherishes|adheres|wants"
    r"|thanks|congratulates|values|was\s+the\s+\S+\s+[Mm]ember|is\s+the\s+(?:largest|biggest|second|only|first)|hosted"
    r"|has\s+(?:always|contributed|made|already|consistently|also|joined|signed|ratified|long|been)|was\s+among"
    r"|will\s+(?:continue|support|also|spare|work|do|always|never|host)|is\s+(?:\w+ly\s+)?(?:committed|ready|proud|pleased"
    r"|honou?red|convinced|deeply|of\s+the|appealing|determined|against|fully|doing|making|party|aware|working|willing|among))\b"
)
_MINE = re.compile(
    r"(?i)\b(?:my\s+(?:own\s+)?(?:country|nation|government|delegation|homeland)(?:,|\s+of)?|we\s+in|we,|behalf\s+of"
    r"|here\s+in|our\s+(?:country|nation|homeland),?|greetings\s+(?:of|from))\s+"
    r"(?:the\s+)?(?:\w+\s+and\s+\w+\s+of\s+)?(?:the\s+)?$"
)
_HELD = re.compile(r"['s]*\s+(?:commitment|position|delegation|full\s+support|strong|firm|own|foreign\s+policy)")
_AS_ONE = re.compile(
    r"\b(?:As|as|Being)\s+(?:an?|one\s+of\s+the|the)\s+(?:\w+[ -]){0,5}(?:country|countries|state|states|nation"
    r"|member|neighbou?r|democracy|island|party|contributor|coast\w*)\b[^.\n]{0,60},\s+(?:the\s+)?(?:\w+\s+of\s+)?$",
    re.I,
)
_IS_ONE = re.compile(
    r",\s+(?:as\s+|being\s+|like\s+(?:many|most)\s+)?(?:an?\s+|one\s+of\s+the\s+|other\s+)?(?:\w+\s+)?"
    r"(?:small|developing|least\s+developed|landlocked|land-locked|island|founding|young|low-lying|coastal)\b"
)
_LIKE = re.compile(r"\b(?:like|such\s+as|initiative\s+of)\s+(?:the\s+)?$")
_OTHERS = re.compile(
    r"\b(?:thanks?|congratulates?|urges?|call(?:\s+up)?on|upon|commend|invite|situations?\s+in|conflicts?\s+(?:in|between)|question\s+of"
    r"|former|brotherly|sister(?:ly)?|fraternal|friendly|neighbour(?:ing)?,?|invasion\s+of|embargo\s+against|cooperation\s+with"
    r"|welcome|with)\s+(?:the\s+)?(?:people\s+of\s+)?$"
)
_ASKED = re.compile(r"\s+(?:must|should)\b")
_OURS = re.compile(r"(?:\bwhy|(?:^|[.\n]\s)For|\bcountries\s+like|(?:with|of)\s+which)\s+(?:the\s+)?$")
_SPOKEN = re.compile(r"\b(?:interpretation\s+from|spoke\s+in|translated\s+from|original:?)\s+$", re.I)
_IN = re.compile(r"\b[Ii]n\s+(?:the\s+)?$")
_WE = re.compile(r",?\s+(?:we|our)\b")


_REPLY = re.compile(r"(?i)\bright\s+of\s+reply\b")
_HOME = 6
_TOWNS, _TOWN_WEIGHT = 4, 2
_OFTEN = 3
_OFTEN_ACTS = 8
_CLEAR = 1400
_MORE = 1.6


@lru_cache(maxsize=1)
def _homes() -> tuple[re.Pattern[str], dict[str, str]]:
    """What is spoken of at home, in one pattern, and of which party it is."""
    parties = {plain(word): party for party, words in knowledge("homes.yaml").items() for word in words}
    parties |= {word.upper(): party for word, party in parties.items() if " " in word}
    longest = sorted(parties, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])"), parties


@lru_cache(maxsize=1)
def _cities() -> tuple[re.Pattern[str], dict[str, str]]:
    cities = {city: party for party, named in knowledge("cities.yaml").items() for city in named.split(", ")}
    names = "|".join(map(re.escape, sorted(cities, key=len, reverse=True)))
    return re.compile(rf"(?<![\w-])(?<!New )(?:{names})(?![\w-])"), cities


def around(text: str, registry: Registry) -> Counter[Actor]:
    """A little weight for the state in whose towns and provinces a text is at home."""
    pattern, cities = _cities()
    said = Counter(cities[city] for city in set(pattern.findall(text)))
    found = ((registry.find(party), _TOWN_WEIGHT * min(number, _TOWNS)) for party, number in said.items())
    return Counter({actor: weight for actor, weight in found if actor is not None})


def at_home(text: str, registry: Registry) -> Counter[Actor]:
    """How much a text speaks of what mostly their own people speak of, by party."""
    pattern, parties = _homes()
    said = Counter(parties[match.group()] for match in pattern.finditer(text))
    found = ((registry.find(party), min(number, _OFTEN) * _HOME) for party, number in said.items())
    return Counter({actor: weight for actor, weight in found if actor is not None})


def weights(references: References) -> Counter[Actor]:
    """In hundredths, how much the text speaks from the position of each party; being spoken of counts for little."""
    counted, told = at_home(references.text, references.registry), Counter[Actor]()
    counted += around(references.text, references.registry)
    acting = Counter[Actor]()
    for reference in references.all:
        if reference.sort == "party" and reference.actors and reference.actors[0].name not in NEVER:
            if _SPOKEN.search(references.text, max(0, reference.start - 25), reference.start):
                continue
            counted[reference.actors[0]] += _stance(references.text, reference)
            told[reference.actors[0]] += 1
            acts = not reference.attributive and governs(references.text, reference)
            acting[reference.actors[0]] += acts and not headed(references.text, reference)
    if _REPLY.search(references.text, 0, 1500):
        return Counter({actor: weight * 100 for actor, weight in counted.items() if weight > 0})
    named = counted | told
    for actor, number in acting.items():
        counted[actor] += min(number, _OFTEN_ACTS)
    return Counter({actor: counted[actor] * 100 + min(told[actor], 6) * 100 + told[actor] for actor in named})


def clearly(references: References) -> Actor | None:
    """The state from whose position a text speaks much more than from any other's."""
    clear = foremost(weights(references))
    return clear if clear and clear.type == ActorType.STATE else None


def foremost(counted: Counter[Actor]) -> Actor | None:
    """The party that outweighs all others by far."""
    best = counted.most_common(2)
    if best and best[0][1] >= _CLEAR and (len(best) == 1 or best[0][1] >= _MORE * best[1][1]):
        return best[0][0]
    return None


def stances(references: References, start: int, end: int) -> Counter[Actor]:
    """How much a part of the text speaks from the position of each party."""
    counted = Counter[Actor]()
    for reference in references.between(start, end):
        if reference.sort == "party" and reference.actors and reference.actors[0].name not in NEVER:
            counted[reference.actors[0]] += _stance(references.text, reference)
    return counted


def _stance(text: str, reference: Reference) -> int:
    """What one mention tells about who speaks."""
    start, end = reference.start, reference.end
    weight = 12 if _MINE.search(text, max(0, start - 50), start) else 0
    if not reference.attributive and _FIRM.match(text, end):
        weight += 5
    if _HELD.match(text, end):
        weight += 3
    if text.endswith("delegation", start, end):
        weight += 3
    if _WE.match(text, end) and _IN.search(text, max(0, start - 9), start):
        weight += 9
    if _OTHERS.search(text, max(0, start - 40), start):
        weight -= 2
    if _ASKED.match(text, end):
        weight -= 1
    if _OURS.search(text, max(0, start - 20), start):
        weight += 3
    if _LIKE.search(text, max(0, start - 25), start):
        weight += 4
    if _IS_ONE.match(text, end) or (not reference.attributive and _AS_ONE.search(text, max(0, start - 140), start)):
        weight += 5
    return weight
