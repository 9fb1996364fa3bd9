"""Several who issue a text together, as its opening says: "released by A and B", "We, the mayors of A, B and C"."""

import re
from itertools import pairwise

from loaders.reading.clauses import governs
from loaders.reading.issuers import HEAD, SELF
from loaders.reading.lists import runs, within
from loaders.reading.references import References
from loaders.reading.registry import Registry
from loaders.reading.stances import NEVER
from ontology.identifiers import actor_iri
from ontology.records import Actor
from ontology.terms import ActorType

_RELEASED = re.compile(
    r"\b(?:statement|text|communiqu\S|declaration|announcement)\s+(?:was|is|has\s+been)\s+(?:jointly\s+)?"
    r"(?:released|issued|made|signed|published|agreed|adopted)\s+(?:jointly\s+)?by\s+"
    r"(?P<who>[^\n]+?)(?=\s+(?:on\s+the\s+occasion|regarding|following|after|to\s+\w+|at\s+the\s+(?:end|close))\b|[.:]\s|\n|$)"
)
_RELEASE = re.compile(
    r"(?:^|\n)[*_# ]*(?:Today,?\s+)?(?P<who>[^\n]{10,500}?),?\s+(?:\w+ly\s+|today\s+)?"
    r"(?:released|issued|made)\s+the\s+following"
)
_UNION = re.compile(r"High\s+Representative|President\s+of\s+the\s+European\s+Commission")
_LED = re.compile(
    r"\b(?:leaders|ministers|governments|presidents|heads\s+of\s+\w+(?:\s+and\s+(?:of\s+)?government)?|representatives"
    r"|foreign\s+ministers|ministers\s+(?:of|for)\s+[\w ]{3,30})\s+of\s+(?:the\s+)?(?:\w+\s+of\s+)?$",
    re.I,
)
_LOCAL = re.compile(
    r"\bWe,\s+(?:the\s+)?(?:undersigned\s+)?(?:\w+\s+){0,2}?(?P<noun>[Mm]ayors|[Gg]overnors|[Cc]ities|[Rr]egions|[Uu]nions"
    r"|[Oo]rgani[sz]ations|[Uu]niversities|[Cc]ompanies|[Cc]hambers|[Pp]arties|[Bb]anks|[Mm]unicipalities)"
    r"(?:\s+and\s+[a-z]+)?(?:\s+(?:of|from)\s+|[:,]\s+)(?P<who>[A-ZÀ-Ý][^.;:\n]{5,400}?)"
    r"(?=,\s+(?:[a-z]+ing|[a-z]+ed|met|assembled|meeting|representing|who|which|having|hereby)\b|\s+(?:met|declare|call|commit|have|are|will)\b|[.;:\n])"
)
_UNDERSIGNED = re.compile(r"(?i)\bundersigned\b|\bsignatory\s+organi[sz]ations\b")
_COLLECTIVE = re.compile(
    r"^[*_# ]*(?P<name>[A-Z][a-z]+(?:[ -][a-z]+){0,4}\s(?:organi[sz]ations|groups|unions|churches|associations"
    r"|companies|scientists|mayors|networks|institutions))\s+(?:on|call|urge|demand|welcome|condemn|reject|oppose|respond)\b",
    re.M,
)
_WITH = re.compile(
    r"(?is)[^.,;]{0,70}?\b(?:session|meeting|summit|conference|dialogue|consultations)\s+with\s+(?:the\s+)?(?:\w+\s+of\s+(?:the\s+)?)?"
)
_JOINED = re.compile(r"\s?[–-]\s?(?:the\s+)?")
_REGION = re.compile(r"\s?[–-]\s?Central\s+Asia\b")
_TALKS = re.compile(r"(?i)\b(?:meeting|summit|council|dialogue|session|committee|consultations|conference)\b")
_ENDORSED = re.compile(
    r"(?i)\b(?:(?:statement|speak\w*|speech|declaration|remarks)\b[^.\n]{0,40}\bon\s+behalf\s+of"
    r"|(?:statement|declaration|communiqu\S|pledge|it)\s+(?:is|was|has\s+been)\s+(?:so\s+far\s+)?(?:endorsed|supported|signed|joined)\s+by"
    r"|^\W*(?:endorsed|supported|signed|co-?sponsored)\s+by|^\W*(?:signatories|endorsers|endorsing\s+(?:states|countries))"
    r"|^\W*(?:we,\s+)?the\s+(?:participants|signatories|endorsers|undersigned)(?:\s+\w+)?,)"
    r"(?:\s+(?:the\s+)?(?:following\s+)?(?:\w+\s+)?(?:countries|states|governments|delegations|members))?\s*:?\s*(?:the\s+)?$",
    re.M,
)
_COMPOSED = re.compile(
    r"\b(?:Group|Troika|Quartet|Quint|Coalition|Friends|[Mm]embers)\b[^.\n]{0,90}?"
    r"(?:\s[–-]\s|\s?—\s?|\s\(|,?\s+(?:compris|consist|compos|made\s+up)\w*(?:\s+of)?\s+)(?:the\s+)?$"
)
_MET_WITH = re.compile(r"\bwith\s[^.\n]{0,110}$")
_ATTENDED = re.compile(
    r"\s+(?:\w+\s+)?(?:took\s+part|participated|attended|were\s+(?:represented|present)|gathered|assembled)\b"
)
_PRESENT = re.compile(
    r"(?i)\b(?:attended\s+by|participants(?:\s+were)?:|took\s+part:)\s+(?:[\w ]{3,40}\s+(?:of|from)\s+)?(?:the\s+)?$"
)
_RATES = re.compile(r"(?i)\bmonetary\s+policy\b|\b(?:interest|policy|cash|bank|repo)\s+rate")
_THE_BANK = re.compile(r"\b(?:[Tt]he\s+Bank|[Tt]he\s+(?:MPC|(?:Monetary\s+Policy\s+)?Committee))\b")
_CHAIRED = re.compile(r"\bchaired\s+(?:by|on\s+behalf\s+of)\s+(?:the\s+)?")
_CHAIR = re.compile(
    r"\b(?:[Ss]tatement|[Ss]ummary|[Rr]oadmap|[Cc]onclusions)\s[^.\n]{0,90}\bas\s+(?:the\s+)?[Cc]hair\s+of\s+(?:an?|the)\s+"
    r"(?P<name>[A-Z][\w-]+(?:\s(?!Meeting\b)[A-Z][\w-]+){0,6})(?=\s+Meeting\b|[.,;]|\s[a-z])"
)
_NAME = re.compile(r"[A-ZÀ-Ý][\w'’.-]*(?:\s+(?:(?:of|de|la|del|and)\s+)?[A-ZÀ-Ý][\w'’.-]*){0,5}")
_ISSUED = re.compile(r"(?i)\b(?:communiqu\S|statement|resolutions?|declaration|ultimatum|manifesto|press\s+release)\b")
_OF = re.compile(r"(?i)\b(?:of|by|from|and|between)\s+(?:the\s+)?$")
_BOTH = re.compile(r"\b(?:[Tt]he\s+(?:two\s+)?(?:sides|[Mm]inisters|[Pp]arties|[Ll]eaders|[Pp]residents)|they)\b", re.I)
_WE = re.compile(r"\b[Ww]e\b")


def released(references: References, registry: Registry) -> tuple[Actor, ...]:
    """The parties by whom the opening says that the text was released, if there are several."""
    match = _RELEASED.search(references.text, 0, HEAD) or _RELEASE.search(references.text, 0, HEAD)
    if match is None:
        return ()
    named = [r for r in references.between(*match.span("who")) if r.sort in ("party", "person", "office") and r.actors]
    actors = tuple(dict.fromkeys(r.actors[0] for r in named if r.actors[0].name not in NEVER))
    if _UNION.search(match["who"]):
        actors = tuple(registry.named("EU") if a.name == "European Commission" else a for a in actors)
    grouped = any(actor.type == ActorType.GROUP for actor in actors)
    return actors if len(actors) > 1 and not grouped else ()


def localities(references: References) -> tuple[Actor, ...]:
    """Cities or organisations, known or not, as whose heads "we" speak: "We, the mayors of A, B and C"."""
    match = _LOCAL.search(references.text, 0, HEAD)
    if match is None:
        return ()
    parts = re.split(r",\s*(?:and\s+)?|\s+and\s+", re.sub(r"\([^)]*\)", "", match["who"]))
    found = [name for name in (re.sub(r"^(?:the|of)\s+", "", part.strip()) for part in parts) if _NAME.fullmatch(name)]
    if len(found) < 3 or len(found) != len([part for part in parts if part.strip()]):
        return ()
    return tuple(Actor(iri=actor_iri(name), name=name, type=ActorType.ORGANISATION) for name in dict.fromkeys(found))


def undersigned(references: References, registry: Registry) -> tuple[Actor, ...]:
    """The kind of organisations that heads a text of "the undersigned": "Rescue organisations on the draft law"."""
    if not _UNDERSIGNED.search(references.text, 0, HEAD):
        return ()
    match = _COLLECTIVE.search(references.text, 0, 400)
    return (registry.named(f"{match['name'][0].lower()}{match['name'][1:]}"),) if match else ()


def partnered(references: References) -> tuple[Actor, ...]:
    """The body and its partner whose meeting a heading names: "ASEAN Session with Canada", "EU–Lakeland Council"."""
    text = references.text
    end = text.find("\n\n")
    if not 0 < end < 400:
        return ()
    named = [r for r in references.between(0, end) if r.sort == "party" and r.actors]
    for body in named:
        region = _REGION.match(text, body.end)
        if region and body.actors[0].type == ActorType.BODY and _TALKS.search(text, 0, end):
            return (body.actors[0], *present(references, references.registry.named("Central Asian states")))
    for body, partner in pairwise(named):
        bodily = body.actors[0].type in (ActorType.BODY, ActorType.GROUP)
        gap = (body.end, partner.core or partner.start)
        met = _WITH.fullmatch(text, *gap) or (_JOINED.fullmatch(text, *gap) and _TALKS.search(text, 0, end))
        if bodily and body.actors != partner.actors and met:
            return (body.actors[0], *present(references, partner.actors[0]))
    return ()


def present(references: References, group: Actor) -> tuple[Actor, ...]:
    """The members of a group whom the opening names, if these are most of them; else the group."""
    named = (mention.actor for mention in references.within(0, HEAD))
    return within(group, tuple(dict.fromkeys(named)))


def chaired(references: References, registry: Registry) -> tuple[Actor, ...]:
    """The meeting as whose chair somebody issues the text: "issued by Ruritania as Chair of the Lake Ministerial"."""
    match = _CHAIR.search(references.text, 0, 600)
    return (registry.named(match["name"].strip()),) if match else ()


def endorsed(references: References) -> tuple[Actor, ...]:
    """Three or more parties on whose behalf a text is read, or who it says have endorsed it."""
    for run in runs(references):
        start = run.first.core or run.first.start
        text, before = references.text, max(0, start - 120)
        made_of = start < 700 and _COMPOSED.search(text, before, start)
        group = run.actors[0].type == ActorType.GROUP and text.startswith((" -", " ("), run.first.end)
        met = (made_of or group) and _MET_WITH.search(text, before, start)
        if len(run.actors) > 3 and start < 700 and group and not met:
            return run.actors[1:]
        if len(run.actors) > 2 and ((made_of and not met) or _ENDORSED.search(text, before, start)):
            return tuple(actor for actor in run.actors if actor.name not in NEVER)
    return ()


def attended(references: References) -> tuple[Actor, ...]:
    """Three or more states that the opening of a document says took part, and who chaired them."""
    text = references.text
    if not _ISSUED.search(text, 0, 200):
        return ()
    for run in runs(references):
        start = run.first.core or run.first.start
        states = len(run.actors) > 2 and start < HEAD and run.actors[0].type == ActorType.STATE
        if states and (_ATTENDED.match(text, run.last.end) or _PRESENT.search(text, max(0, start - 90), start)):
            chair = _CHAIRED.search(text, 0, HEAD)
            chairs = references.within(chair.end(), chair.end() + 60)[:1] if chair else ()
            found = [mention.actor for mention in chairs if mention.actor.name not in NEVER]
            if found and found[0].name == "EU High Representative":
                found = [references.registry.named("EU")]
            return tuple(dict.fromkeys((*run.actors, *found)))
    return ()


def acting(references: References) -> Actor | None:
    """The first organisation that acts in the opening."""
    first = (r for r in references.between(0, 700) if r.sort == "organisation" and governs(references.text, r))
    return next((reference.actors[0] for reference in first), None)


def rating(references: References) -> Actor | None:
    """The bank whose decision on interest rates the opening tells, where the text goes on about "the Bank"."""
    text = references.text
    if not _RATES.search(text, 0, 400) or not _THE_BANK.search(text):
        return None
    named = (r for r in references.between(0, 700) if r.actors and "Bank" in r.actors[0].name.split())
    return next((reference.actors[0] for reference in named), None)


def headed(references: References) -> tuple[Actor, ...]:
    """The organisations that the heading of a communiqué names as those who issue it."""
    text = references.text
    end = text.find("\n\n")
    if not 0 < end < 400 or not _ISSUED.search(text, 0, end):
        return ()
    named = [
        reference
        for reference in references.between(0, end)
        if reference.sort == "organisation" and _OF.search(text, max(0, reference.start - 20), reference.start)
    ]
    shouted = [r for r in named if text[r.start : r.end].isupper()]
    return tuple(dict.fromkeys(reference.actors[0] for reference in shouted)) if len(shouted) > 1 else ()


def led(references: References) -> tuple[Actor, ...]:
    """The states whose leaders a text in the plural makes its subject: "The leaders of A and B remain committed"."""
    text = references.text
    issued, said = _ISSUED.search(text, 0, 200), len(_WE.findall(text))
    plural = said >= 4 or (issued and len(_BOTH.findall(text)) >= 3)
    if SELF.search(text) or not (plural or (issued and said)):
        return ()
    for run in runs(references):
        if run.first.start > HEAD:
            break
        states = all(actor.type == ActorType.STATE for actor in run.actors)
        start = run.first.core or run.first.start
        if (
            len(run.actors) > (1 if plural else 2)
            and states
            and governs(text, run.last)
            and _LED.search(text, max(0, start - 80), start)
        ):
            return run.actors
    return ()
