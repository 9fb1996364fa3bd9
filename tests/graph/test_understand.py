"""Questions in plain words: what each wording asks for, and which words are named as not understood."""

import itertools
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.grammar import Cue
from graph.lexicon import Lexicon
from graph.pieces import cut
from graph.question import Amount, Group, Question, QuestionError, Understood
from graph.understand import understand
from graph.words import words
from ontology import taxonomy
from ontology.identifiers import actor_iri, event_iri, initiative_iri, person_iri
from ontology.records import Actor, Event, Initiative, Person
from ontology.terms import COMMITMENT_KINDS, ActorType, Force, Kind

TODAY = date(2026, 11, 26)
PLEDGES = frozenset({Kind.PLEDGE, Kind.WILLINGNESS})
POSITIONS = frozenset({Kind.SUPPORT, Kind.OPPOSITION})
CALLS = frozenset({Kind.CALL})
SUPPORT = frozenset({Kind.SUPPORT})
OPPOSITION = frozenset({Kind.OPPOSITION})
WILLING = frozenset({Kind.WILLINGNESS})
ALL = COMMITMENT_KINDS


def _state(code: str, name: str, *names: str) -> Actor:
    return Actor(iri=actor_iri(name, code), name=name, type=ActorType.STATE, code=code, names=names)


def _body(name: str, *names: str) -> Actor:
    return Actor(iri=actor_iri(name), name=name, type=ActorType.BODY, names=names)


ACTORS = (
    _state("PK", "Pakistan", "Pakistani", "Pakistanis", "Islamabad", "Islamic Republic of Pakistan"),
    _state("CN", "China", "Chinese", "Beijing", "PRC", "People's Republic of China"),
    _state("IN", "India", "Indian", "New Delhi"),
    _state("US", "United States", "US", "U.S.", "USA", "American", "Washington", "White House"),
    _state("GB", "United Kingdom", "UK", "U.K.", "Britain", "British", "London"),
    _state("JP", "Japan", "Japanese", "Tokyo"),
    _state("VN", "Vietnam", "Viet Nam", "Vietnamese"),
    _state("PH", "Philippines", "Philippine", "Filipino"),
    _state("KE", "Kenya", "Kenyan"),
    _state("UA", "Ukraine", "Ukrainian"),
    _state("MD", "Moldova", "Moldovan"),
    _state("TR", "Türkiye", "Turkey", "Turkish"),
    _state("CI", "Côte d'Ivoire", "Ivory Coast", "Ivorian"),
    _state("TW", "Taiwan", "Taiwanese"),
    _state("AU", "Australia", "Australian"),
    _body("EU", "European Union", "E.U."),
    _body("G7", "G-7", "Group of Seven"),
    _body("WHO", "World Health Organization", "World Health Organisation"),
    _body("Australian Labor Party", "Labor"),
)
CORRIDOR = Initiative(
    iri=initiative_iri("China-Pakistan Economic Corridor"), name="China-Pakistan Economic Corridor", names=("CPEC",)
)
BELT_AND_ROAD = Initiative(
    iri=initiative_iri("Belt and Road Initiative"), name="Belt and Road Initiative", names=("BRI", "Belt and Road")
)
QIN = Person(iri=person_iri("Qin Gang"), name="Qin Gang")
XI = Person(iri=person_iri("Xi Jinping"), name="Xi Jinping")
BILAWAL = Person(iri=person_iri("Bilawal Bhutto Zardari"), name="Bilawal Bhutto Zardari")
DIALOGUE = Event(
    iri=event_iri("Fourth China-Pakistan Strategic Dialogue", "2023"), name="Fourth China-Pakistan Strategic Dialogue"
)
SUMMIT = Event(iri=event_iri("G7 Hiroshima Summit", "2023"), name="G7 Hiroshima Summit")
ISSUERS = (
    "China",
    "China and Pakistan",
    "European Union and Moldova",
    "India and the United States",
    "Ministry of Foreign Affairs of China",
)
LEXICON = Lexicon.of(
    ACTORS, taxonomy.fields(), (CORRIDOR, BELT_AND_ROAD), (QIN, BILAWAL, XI), (DIALOGUE, SUMMIT), ISSUERS
)
NAMED = {actor.name: actor for actor in ACTORS}


def asked(kinds: frozenset[Kind], by: str = "", to: str = "", /, **filters: Any) -> Question:
    """The expected question; parties by name, separated by bars."""
    actors = tuple(NAMED[name] for name in by.split("|") if name)
    counterparts = tuple(NAMED[name] for name in to.split("|") if name)
    return Question(kinds=kinds, actors=actors, counterparts=counterparts, **filters)


def read(text: str) -> Understood:
    return understand(text, LEXICON, TODAY)


WORDINGS: list[tuple[str, Question]] = [
    # parties, in all their names and places in a sentence
    ("all security pledges by Pakistan", asked(PLEDGES, "Pakistan", fields=("security",))),
    ("All pledges by Pakistan on security", asked(PLEDGES, "Pakistan", fields=("security",))),
    ("on security, pledges by Pakistan?", asked(PLEDGES, "Pakistan", fields=("security",))),
    ("ALL SECURITY PLEDGES BY PAKISTAN", asked(PLEDGES, "Pakistan", fields=("security",))),
    ("Pakistani security pledges", asked(PLEDGES, "Pakistan", fields=("security",))),
    ("Pakistan’s security promises", asked(PLEDGES, "Pakistan", fields=("security",))),
    ("Pakistan's pledges in the field of security", asked(PLEDGES, "Pakistan", fields=("security",))),
    ("what security pledges did the Pakistani side make?", asked(PLEDGES, "Pakistan", fields=("security",))),
    ("which pledges has the Government of Pakistan made", asked(PLEDGES, "Pakistan")),
    ("pledges made by the Islamic Republic of Pakistan", asked(PLEDGES, "Pakistan")),
    ("pledges by Turkey", asked(PLEDGES, "Türkiye")),
    ("pledges by Turkiye and Cote d’Ivoire", asked(PLEDGES, "Türkiye|Côte d'Ivoire")),
    ("commitments by viet nam", asked(ALL, "Vietnam")),
    ("pledges by the us", asked(PLEDGES, "United States")),
    ("U.S. pledges", asked(PLEDGES, "United States")),
    ("pledges of the G-7", asked(PLEDGES, "G7")),
    ("WHO pledges on health", asked(PLEDGES, "WHO", fields=("health",))),
    ("who pledged something on health", asked(PLEDGES, fields=("health",))),
    ("labour pledges by Australia", asked(PLEDGES, "Australia", fields=("labour",))),
    ("labor pledges by Australia", asked(PLEDGES, "Australia", fields=("labour",))),
    ("pledges by Labor", asked(PLEDGES, "Australian Labor Party")),
    ("pledges by Pakistan, India and Kenya", asked(PLEDGES, "Pakistan|India|Kenya")),
    ("Sino-Pakistani pledges", asked(PLEDGES, "China|Pakistan")),
    ("joint pledges of China and Pakistan", asked(PLEDGES, "China|Pakistan", together=True)),
    ("Kenya and the UK: what did they promise together?", asked(PLEDGES, "Kenya|United Kingdom", together=True)),
    ("pledges by us", asked(PLEDGES, "United States")),
    ("tell us the pledges by the uk", asked(PLEDGES, "United Kingdom")),
    # to whom
    ("what has China pledged to Pakistan?", asked(PLEDGES, "China", "Pakistan")),
    ("What has Beijing promised Islamabad?", asked(PLEDGES, "China", "Pakistan")),
    ("to Pakistan, what did China promise", asked(PLEDGES, "China", "Pakistan")),
    ("promises to Pakistan by China", asked(PLEDGES, "China", "Pakistan")),
    ("pledges by the government of China to the government of Pakistan", asked(PLEDGES, "China", "Pakistan")),
    ("what was Pakistan promised by China?", asked(PLEDGES, "China", "Pakistan")),
    ("What has Pakistan been promised?", asked(PLEDGES, "", "Pakistan")),
    ("which promises were made to Pakistan", asked(PLEDGES, "", "Pakistan")),
    ("pledges between China and Pakistan", asked(PLEDGES, "China|Pakistan", "China|Pakistan")),
    ("pledges that Pakistan gave China", asked(PLEDGES, "Pakistan", "China")),
    ("what did China get from Pakistan", asked(ALL, "Pakistan", "China")),
    ("who pledged to help Ukraine", asked(PLEDGES, "", "Ukraine")),
    ("pledges with India", asked(PLEDGES, "", "India")),
    ("pledges towards India", asked(PLEDGES, "", "India")),
    ("to Pakistan: China's pledges", asked(PLEDGES, "China", "Pakistan")),
    ("India and China's pledges", asked(PLEDGES, "India|China")),
    # kinds
    ("of Pakistan, what does China expect?", asked(CALLS, "China", "Pakistan")),
    ("of Pakistan, all pledges", asked(PLEDGES, "Pakistan")),
    ("expectations that China has of Pakistan", asked(CALLS, "China", "Pakistan")),
    ("what does China expect of Pakistan?", asked(CALLS, "China", "Pakistan")),
    ("What does China want from Pakistan?", asked(CALLS, "China", "Pakistan")),
    ("China's expectations of Pakistan", asked(CALLS, "China", "Pakistan")),
    ("calls by China on Pakistan", asked(CALLS, "China", "Pakistan")),
    ("calls on Pakistan", asked(CALLS, "", "Pakistan")),
    ("demands addressed to Pakistan", asked(CALLS, "", "Pakistan")),
    ("what is asked of Pakistan", asked(CALLS, "", "Pakistan")),
    ("what is Pakistan expected to do?", asked(CALLS, "", "Pakistan")),
    ("what does China ask Pakistan to do", asked(CALLS, "China", "Pakistan")),
    ("positions of Pakistan on sovereignty", asked(POSITIONS, "Pakistan", fields=("sovereignty",))),
    ("what does Pakistan oppose?", asked(OPPOSITION, "Pakistan")),
    ("who is against sanctions", asked(OPPOSITION, fields=("sanctions",))),
    ("what is Pakistan opposed to", asked(OPPOSITION, "Pakistan")),
    ("who supports Pakistan?", asked(SUPPORT, "", "Pakistan")),
    ("does China support Pakistan", asked(SUPPORT, "China", "Pakistan")),
    ("China's support for Pakistan", asked(SUPPORT, "China", "Pakistan")),
    ("pledges by China to support Pakistan", asked(SUPPORT, "China", "Pakistan")),
    ("support and opposition by Pakistan", asked(POSITIONS, "Pakistan")),
    ("what is China willing to do for Kenya?", asked(WILLING, "China", "Kenya")),
    ("what has the EU committed to on migration", asked(ALL, "EU", fields=("migration",))),
    ("pledges and calls by China", asked(PLEDGES | CALLS, "China")),
    ("Pakistan security", asked(ALL, "Pakistan", fields=("security",))),
    # force and condition
    ("firm pledges by Britain on energy", asked(PLEDGES, "United Kingdom", fields=("energy",), min_force=Force.FIRM)),
    ("legally binding commitments of the EU", asked(ALL, "EU", min_force=Force.BINDING)),
    (
        "conditional pledges by the EU to Moldova and their conditions",
        asked(PLEDGES, "EU", "Moldova", conditional=True),
    ),
    ("unconditional support for Ukraine", asked(SUPPORT, "", "Ukraine", conditional=False)),
    # fields
    ("counterterrorism pledges", asked(PLEDGES, fields=("counter-terrorism",))),
    ("counter terrorism pledges", asked(PLEDGES, fields=("counter-terrorism",))),
    ("pledges to fight terrorism", asked(PLEDGES, fields=("counter-terrorism",))),
    ("defense and trade cooperation pledges", asked(PLEDGES, fields=("defence", "trade"))),
    ("train pledges", asked(PLEDGES, fields=("rail",))),
    ("Aid pledges to Ukraine", asked(PLEDGES, "", "Ukraine", fields=("development",))),
    ("pledges on AIDS", asked(PLEDGES, fields=("infectious-diseases",))),
    ("climate pledges", asked(PLEDGES, fields=("climate-change",))),
    ("what will China do about climate change?", asked(ALL, "China", fields=("climate-change",))),
    ("commitments on AI", asked(ALL, fields=("artificial-intelligence",))),
    ("who opposes the one-China policy", asked(OPPOSITION, fields=("one-china",))),
    ("e-commerce and ecommerce pledges on women's rights", asked(PLEDGES, fields=("e-commerce", "gender-equality"))),
    # dates
    ("pledges by Pakistan since 2022", asked(PLEDGES, "Pakistan", since="2022")),
    ("pledges by Pakistan after 2022", asked(PLEDGES, "Pakistan", since="2023")),
    ("pledges by Pakistan before May 2023", asked(PLEDGES, "Pakistan", until="2023-04")),
    ("pledges by Pakistan until 2023", asked(PLEDGES, "Pakistan", until="2023")),
    ("pledges by Pakistan in may 2023", asked(PLEDGES, "Pakistan", since="2023-05", until="2023-05")),
    ("pledges on 6 May 2023", asked(PLEDGES, since="2023-05-06", until="2023-05-06")),
    ("pledges on May 6, 2023", asked(PLEDGES, since="2023-05-06", until="2023-05-06")),
    ("pledges of 2023-05-06", asked(PLEDGES, since="2023-05-06", until="2023-05-06")),
    ("pledges between 2020 and 2024 by Japan", asked(PLEDGES, "Japan", since="2020", until="2024")),
    ("pledges from 2020 to 2024", asked(PLEDGES, since="2020", until="2024")),
    ("pledges since 2020 and before 2024", asked(PLEDGES, since="2020", until="2023")),
    ("last year's pledges", asked(PLEDGES, since="2025", until="2025")),
    ("new commitments since last Monday", asked(ALL, since="2026-11-23")),
    ("pledges in the last three years", asked(PLEDGES, since="2023-11-26", until="2026-11-26")),
    ("pledges of the 1990s", asked(PLEDGES, since="1990", until="1999")),
    ("pledges made by 2020", asked(PLEDGES, until="2020")),
    ("pledges in the first half of 2023", asked(PLEDGES, since="2023-01", until="2023-06")),
    ("pledges in Q4 2023", asked(PLEDGES, since="2023-10", until="2023-12")),
    ("pledges before the end of 2024", asked(PLEDGES, until="2024")),
    # deadlines
    ("pledges by the G7 with a deadline before 2030", asked(PLEDGES, "G7", due_before="2030")),
    ("pledges of the G7 due by 2030", asked(PLEDGES, "G7", due_before="2031")),
    ("what will Japan do by 2030", asked(ALL, "Japan", due_before="2031")),
    ("commitments with a 2027 deadline", asked(ALL, due_since="2027", due_before="2028")),
    ("commitments with a deadline in 2027", asked(ALL, due_since="2027", due_before="2028")),
    # issuer, speaker, occasion
    (
        "counter-terrorism pledges in joint statements of India and the United States",
        asked(PLEDGES, fields=("counter-terrorism",), issuers=("India and the United States",)),
    ),
    ("pledges in the India-US joint statement", asked(PLEDGES, issuers=("India and the United States",))),
    (
        "commitments in Chinese statements",
        asked(ALL, issuers=("China", "China and Pakistan", "Ministry of Foreign Affairs of China")),
    ),
    (
        "pledges in statements issued by the Ministry of Foreign Affairs of China since 2022",
        asked(PLEDGES, issuers=("Ministry of Foreign Affairs of China",), since="2022"),
    ),
    ("pledges in statements of Kenya", asked(PLEDGES, issuers=("Kenya",))),
    ("pledges by Qin Gang", asked(PLEDGES, speakers=(QIN,))),
    ("Bilawal's pledges on security", asked(PLEDGES, speakers=(BILAWAL,), fields=("security",))),
    ("pledges made at the Fourth Strategic Dialogue", asked(PLEDGES, events=(DIALOGUE,))),
    ("pledges made at the Strategic Dialogue by Pakistan", asked(PLEDGES, "Pakistan", events=(DIALOGUE,))),
    (
        "pledges by China at the 2023 Strategic Dialogue",
        asked(PLEDGES, "China", events=(DIALOGUE,), since="2023", until="2023"),
    ),
    ("statements by Qin Gang on trade", asked(ALL, speakers=(QIN,), fields=("trade",))),
    # programmes and words
    ("pledges that mention the China-Pakistan Economic Corridor", asked(PLEDGES, initiatives=(CORRIDOR,))),
    ("CPEC pledges by China", asked(PLEDGES, "China", initiatives=(CORRIDOR,))),
    ("pledges under the Belt and Road", asked(PLEDGES, initiatives=(BELT_AND_ROAD,))),
    ("pledges that mention clean water by Kenya", asked(PLEDGES, "Kenya", words=("clean water",))),
    ('pledges by Kenya with the words "clean water"', asked(PLEDGES, "Kenya", words=("clean water",))),
    ("positions on Taiwan", asked(POSITIONS, words=("Taiwan",))),
    (
        "commitments of Viet Nam and the Philippines on the South China Sea in 2026",
        asked(ALL, "Vietnam|Philippines", words=("South China Sea",), since="2026", until="2026"),
    ),
    (
        "2026 commitments by Vietnam and the Philippines about the South China Sea",
        asked(ALL, "Vietnam|Philippines", words=("South China Sea",), since="2026", until="2026"),
    ),
    ("what is Pakistan against?", asked(OPPOSITION, "Pakistan")),
    ("pledges against terrorism", asked(PLEDGES, fields=("counter-terrorism",))),
    ("how do China and India stand on trade", asked(POSITIONS, "China|India", fields=("trade",))),
    ("pledges by both China and India", asked(PLEDGES, "China|India")),
    # occasions by a part of their name, and titles of persons
    ("pledges from the Fourth Strategic Dialogue", asked(PLEDGES, events=(DIALOGUE,))),
    ("Fourth Strategic Dialogue pledges by China", asked(PLEDGES, "China", events=(DIALOGUE,))),
    ("Japan's Hiroshima summit pledges", asked(PLEDGES, "Japan", events=(SUMMIT,))),
    ("pledges by Foreign Minister Qin Gang", asked(PLEDGES, speakers=(QIN,))),
    ("Chinese Foreign Minister Qin Gang's pledges", asked(PLEDGES, "China", speakers=(QIN,))),
    # deadlines and conditions in other words
    ("which G7 pledges must be met before 2030?", asked(PLEDGES, "G7", due_before="2030")),
    ("what has the G7 promised to do before 2030", asked(PLEDGES, "G7", due_before="2030")),
    ("what did the G7 promise before 2030", asked(PLEDGES, "G7", until="2029")),
    ("under which conditions did the EU pledge to Moldova?", asked(PLEDGES, "EU", "Moldova", conditional=True)),
    ("what has Britain firmly pledged", asked(PLEDGES, "United Kingdom", min_force=Force.FIRM)),
    ("what has the EU conditionally pledged", asked(PLEDGES, "EU", conditional=True)),
    ("EU pledges that depend on conditions", asked(PLEDGES, "EU", conditional=True)),
    ("where does China stand on sovereignty?", asked(POSITIONS, "China", fields=("sovereignty",))),
    ("which pledges came out of the Strategic Dialogue?", asked(PLEDGES, events=(DIALOGUE,))),
    ("President Xi's pledges to Kenya", asked(PLEDGES, "", "Kenya", speakers=(XI,))),
    # dates between other words
    ("pledges up to the end of 2021", asked(PLEDGES, until="2021")),
    ("pledges in the years 2021 to 2023", asked(PLEDGES, since="2021", until="2023")),
    (
        "British pledges of 2023 on energy",
        asked(PLEDGES, "United Kingdom", fields=("energy",), since="2023", until="2023"),
    ),
    ("pledges by Kenya from 2023 on", asked(PLEDGES, "Kenya", since="2023")),
    ("2023 on, pledges by Kenya", asked(PLEDGES, "Kenya", since="2023")),
    # amounts
    ("who promised money for climate, and how much?", asked(PLEDGES, fields=("climate-change",), amount=Amount.MONEY)),
    ("how much did Japan promise Kenya?", asked(PLEDGES, "Japan", "Kenya", amount=Amount.MONEY)),
    ("Japanese money pledges to Kenya", asked(PLEDGES, "Japan", "Kenya", amount=Amount.MONEY)),
    ("pledges on money laundering", asked(PLEDGES, fields=("anti-money-laundering",))),
    ("quantified pledges by Kenya", asked(PLEDGES, "Kenya", amount=Amount.ANY)),
    ("pledges by Kenya with amounts", asked(PLEDGES, "Kenya", amount=Amount.ANY)),
    ("pledges by Kenya and their amounts", asked(PLEDGES, "Kenya")),
    ("pledges in dollars by Japan", asked(PLEDGES, "Japan", amount=Amount.MONEY, currencies=("USD",))),
    ("pledges of euros or yen", asked(PLEDGES, amount=Amount.MONEY, currencies=("EUR", "JPY"))),
    # who says, and who receives
    ("everything China has said about Taiwan", asked(ALL, "China", words=("Taiwan",))),
    ("what China said about Taiwan", asked(ALL, "China", words=("Taiwan",))),
    ("pledges received by Kenya", asked(PLEDGES, "", "Kenya")),
    ("pledges Kenya got from China", asked(PLEDGES, "China", "Kenya")),
    ("what did Qin Gang promise Pakistan", asked(PLEDGES, "", "Pakistan", speakers=(QIN,))),
    ("promises China made", asked(PLEDGES, "China")),
    ("pledges of China together with Pakistan", asked(PLEDGES, "China|Pakistan", together=True)),
    # who stands before "to", who is bound by a participle or a verb, and agents
    ("EU to Moldova: conditional pledges", asked(PLEDGES, "EU", "Moldova", conditional=True)),
    ("What is Pakistan pledged to do on security?", asked(PLEDGES, "Pakistan", fields=("security",))),
    ("what was Pakistan promised on security?", asked(PLEDGES, "", "Pakistan", fields=("security",))),
    ("how much did others promise Pakistan?", asked(PLEDGES, "", "Pakistan", amount=Amount.MONEY)),
    ("states that promise Pakistan aid", asked(PLEDGES, "", "Pakistan", fields=("development",))),
    ("the promises Pakistan made", asked(PLEDGES, "Pakistan")),
    ("supporters of Ukraine", asked(SUPPORT, "", "Ukraine")),
    ("Ukraine's backers", asked(SUPPORT, "", "Ukraine")),
    ("support of Ukraine", asked(SUPPORT, "Ukraine")),
    # parties that say which occasion or statement is meant
    ("pledges at the Fourth Strategic Dialogue between China and Pakistan", asked(PLEDGES, events=(DIALOGUE,))),
    ("pledges of the Strategic Dialogue between Beijing and Islamabad", asked(PLEDGES, events=(DIALOGUE,))),
    ("at the Strategic Dialogue China made which pledges?", asked(PLEDGES, "China", events=(DIALOGUE,))),
    ("pledges of the Hiroshima summit of the Group of Seven", asked(PLEDGES, events=(SUMMIT,))),
    ("pledges in China's joint statement with Pakistan", asked(PLEDGES, issuers=("China and Pakistan",))),
    (
        "pledges in the joint statement between the US and India",
        asked(PLEDGES, issuers=("India and the United States",)),
    ),
    (
        "India and the United States: pledges in their joint statements",
        asked(PLEDGES, "India|United States", issuers=("India and the United States",)),
    ),
    (
        "pledges by China in its joint statement with Pakistan",
        asked(PLEDGES, "China", issuers=("China and Pakistan",)),
    ),
    # how people put it
    (
        "What conditions did the EU attach to its pledges to Moldova?",
        asked(PLEDGES, "EU", "Moldova", conditional=True),
    ),
    ("is Japan doing anything on renewables", asked(ALL, "Japan", fields=("renewables",))),
    ("what did the two sides agree at the Strategic Dialogue", asked(PLEDGES, events=(DIALOGUE,))),
    ("promises that concern artificial intelligence", asked(PLEDGES, fields=("artificial-intelligence",))),
    ("I'd like to know what Islamabad expects Beijing to do", asked(CALLS, "Pakistan", "China")),
    ("What's China offering Kenya?", asked(PLEDGES, "China", "Kenya")),
    ("Who's promised what on trade?", asked(PLEDGES, fields=("trade",))),
    ("What's Pakistan expected to do?", asked(CALLS, "", "Pakistan")),
    ("what's Pakistan promised China?", asked(PLEDGES, "Pakistan", "China")),
    ("China's what?", asked(ALL, "China")),
    ("Japanese health aid to Kenya", asked(ALL, "Japan", "Kenya", fields=("health", "development"))),
    ("states that pledged support to Ukraine", asked(SUPPORT, "", "Ukraine")),
    ("who pledged and supported what", asked(PLEDGES | SUPPORT)),
    ("Has Turkey condemned terrorism?", asked(OPPOSITION, "Türkiye", fields=("counter-terrorism",))),
    ("Pakistan promises China what exactly?", asked(PLEDGES, "Pakistan", "China")),
    ("which pledges by Japan concern trade", asked(PLEDGES, "Japan", fields=("trade",))),
    ("Kenya's promised what by the British?", asked(PLEDGES, "United Kingdom", "Kenya")),
    ("Kenya's promised pledges since 2020", asked(PLEDGES, "Kenya", since="2020")),
    ("what has Kenya been offered by China", asked(PLEDGES, "China", "Kenya")),
    ("what has China offered Kenya", asked(PLEDGES, "China", "Kenya")),
    ("was Kenya given assurances by China", asked(PLEDGES, "China", "Kenya")),
    ("has Kenya given assurances to China", asked(PLEDGES, "Kenya", "China")),
    ("Is India for or against sanctions?", asked(POSITIONS, "India", fields=("sanctions",))),
    ("who is against sanctions or for trade", asked(OPPOSITION, fields=("sanctions", "trade"))),
    # to each other
    ("what did China and Pakistan promise each other?", asked(PLEDGES, "China|Pakistan", "China|Pakistan")),
]


FIELD, ACTOR, TO, YEAR = (Group.FIELD,), (Group.ACTOR,), (Group.TO,), (Group.YEAR,)
MONEY = (Group.CURRENCY,)
NUMBERS: list[tuple[str, Question]] = [
    # how many, and in what
    ("how many pledges did Kenya make", asked(PLEDGES, "Kenya", by=())),
    ("count the firm pledges of Kenya", asked(PLEDGES, "Kenya", min_force=Force.FIRM, by=())),
    ("number of pledges by Kenya", asked(PLEDGES, "Kenya", by=())),
    ("how many pledges did Kenya make in total", asked(PLEDGES, "Kenya", by=())),
    ("which fields did Japan make pledges in, with counts", asked(PLEDGES, "Japan", by=FIELD)),
    ("in what areas has Japan made pledges, and how many?", asked(PLEDGES, "Japan", by=FIELD)),
    ("how many pledges did Japan make in each field?", asked(PLEDGES, "Japan", by=FIELD)),
    ("Japan: number of pledges per field", asked(PLEDGES, "Japan", by=FIELD)),
    ("fields in which Japan made pledges", asked(PLEDGES, "Japan", by=FIELD)),
    ("fields of Japan's pledges", asked(PLEDGES, "Japan", by=FIELD)),
    ("pledges in the field of trade", asked(PLEDGES, fields=("trade",))),
    ("how many security pledges per year since 2020", asked(PLEDGES, fields=("security",), since="2020", by=YEAR)),
    ("last year's pledges by Kenya", asked(PLEDGES, "Kenya", since="2025", until="2025")),
    ("pledges by Kenya per year and by field", asked(PLEDGES, "Kenya", by=YEAR + FIELD)),
    ("commitments of Kenya by kind", asked(ALL, "Kenya", by=(Group.KIND,))),
    ("under which initiatives did China make pledges", asked(PLEDGES, "China", by=(Group.INITIATIVE,))),
    # who, and to whom
    ("who pledged most on energy", asked(PLEDGES, fields=("energy",), by=ACTOR)),
    ("who pledged on energy", asked(PLEDGES, fields=("energy",))),
    ("which countries support Ukraine?", asked(SUPPORT, "", "Ukraine", by=ACTOR)),
    ("which countries does China support?", asked(SUPPORT, "China", by=TO)),
    ("to which countries has China pledged the most", asked(PLEDGES, "China", by=TO)),
    ("whom did China promise the most?", asked(PLEDGES, "China", by=TO)),
    ("which countries were promised something by China", asked(PLEDGES, "China", by=TO)),
    ("China's pledges per recipient", asked(PLEDGES, "China", by=TO)),
    ("which of China and India pledged more on trade", asked(PLEDGES, "China|India", fields=("trade",), by=ACTOR)),
    ("how many pledges did China and India make", asked(PLEDGES, "China|India", by=())),
    (
        "Who has pledged more to Kenya, China or the United Kingdom?",
        asked(PLEDGES, "China|United Kingdom", "Kenya", by=ACTOR),
    ),
    (
        "To whom has China pledged more, to Kenya or Pakistan?",
        asked(PLEDGES, "China", "Kenya|Pakistan", by=TO),
    ),
    ("who pledged more to Kenya, China and India", asked(PLEDGES, "", "Kenya|China|India", by=ACTOR)),
    ("Who got more from China, Kenya or Pakistan?", asked(ALL, "China", "Kenya|Pakistan", by=TO)),
    ("Which recipient got most pledges from China?", asked(PLEDGES, "China", by=TO)),
    ("Chinese pledges by year and field", asked(PLEDGES, "China", by=YEAR + FIELD)),
    ("Which initiatives do Chinese pledges mention most?", asked(PLEDGES, "China", by=(Group.INITIATIVE,))),
    ("Rank countries by number of climate pledges", asked(PLEDGES, fields=("climate-change",), by=ACTOR)),
    ("Which donors pledged to Moldova?", asked(PLEDGES, "", "Moldova", by=ACTOR)),
    ("the most recent pledges by China", asked(PLEDGES, "China")),
    ("who made how many pledges on health", asked(PLEDGES, fields=("health",), by=ACTOR)),
    ("how many pledges a year did China make?", asked(PLEDGES, "China", by=YEAR)),
    ("pledges made a year ago", asked(PLEDGES, since="2025", until="2025")),
    ("yearly pledges by Kenya", asked(PLEDGES, "Kenya", by=YEAR)),
    # sums
    (
        "what is the total of the money that the UK pledged?",
        asked(PLEDGES, "United Kingdom", amount=Amount.MONEY, by=MONEY),
    ),
    ("what sum of money has the EU pledged?", asked(PLEDGES, "EU", amount=Amount.MONEY, by=MONEY)),
    ("total amount of money pledged by the EU", asked(PLEDGES, "EU", amount=Amount.MONEY, by=MONEY)),
    (
        "how much money did the EU promise Moldova in total?",
        asked(PLEDGES, "EU", "Moldova", amount=Amount.MONEY, by=MONEY),
    ),
    ("who promised the most money?", asked(PLEDGES, amount=Amount.MONEY, by=ACTOR + MONEY)),
    ("money pledged per country", asked(PLEDGES, amount=Amount.MONEY, by=ACTOR + MONEY)),
    ("how many pledges of money per country", asked(PLEDGES, amount=Amount.MONEY, by=ACTOR)),
    # side by side
    (
        "compare the health pledges of the United States and China",
        asked(PLEDGES, "United States|China", fields=("health",), by=FIELD + ACTOR),
    ),
    ("compare China with India on trade", asked(ALL, "China|India", fields=("trade",), by=FIELD + ACTOR)),
    ("US vs China: pledges on trade", asked(PLEDGES, "United States|China", fields=("trade",), by=FIELD + ACTOR)),
    ("how do the pledges of China and India differ?", asked(PLEDGES, "China|India", by=FIELD + ACTOR)),
    ("compare China's pledges per year with those of India", asked(PLEDGES, "China|India", by=YEAR + ACTOR)),
    ("compare China's pledges to India and to Pakistan", asked(PLEDGES, "China", "India|Pakistan", by=FIELD + TO)),
    (
        "compare the money that China and India promised",
        asked(PLEDGES, "China|India", amount=Amount.MONEY, by=MONEY + ACTOR),
    ),
    ("pledges of China with India", asked(PLEDGES, "China", "India")),
    # the same
    (
        "who promised the same thing to India and to Pakistan?",
        asked(PLEDGES, "", "India|Pakistan", by=ACTOR + FIELD + TO, shared=True),
    ),
    (
        "which countries made the same pledges to both Pakistan and India",
        asked(PLEDGES, "", "Pakistan|India", by=ACTOR + FIELD + TO, shared=True),
    ),
    (
        "what do China and India have in common on trade",
        asked(ALL, "China|India", fields=("trade",), by=FIELD + ACTOR, shared=True),
    ),
    (
        "does anyone promise the same to India as to Pakistan",
        asked(PLEDGES, "", "India|Pakistan", by=ACTOR + FIELD + TO, shared=True),
    ),
    ("pledges as to trade", asked(PLEDGES, fields=("trade",))),
    ("top countries by number of pledges", asked(PLEDGES, by=ACTOR)),
    ("who promised something to India and to Pakistan?", asked(PLEDGES, "", "India|Pakistan")),
]


@pytest.mark.parametrize(("text", "expected"), WORDINGS + NUMBERS, ids=[text for text, _ in WORDINGS + NUMBERS])
def test_a_wording_is_read_completely(text: str, expected: Question) -> None:
    understood = read(text)
    assert understood.question == expected
    assert understood.unknown == ()


REPORTED: list[tuple[str, list[str], Question]] = [
    ("pledges to go to the People's Republic of China", ["go"], asked(PLEDGES, "", "China")),
    ("late pledges by Kenya", ["late"], asked(PLEDGES, "Kenya")),
    ("compare the pledges of India", ["compare"], asked(PLEDGES, "India")),
    ("who promised the same thing to India", ["same thing"], asked(PLEDGES, "", "India")),
    ("what did Pakistan promise each other", ["each other"], asked(PLEDGES, "Pakistan")),
    ("most pledges by Kenya", ["most"], asked(PLEDGES, "Kenya")),
    ("pledges in joint statements", ["joint statements"], asked(PLEDGES)),
    ("press conference pledges by China", ["press conference"], asked(PLEDGES, "China")),
    ("which pledges by Kenya mention", ["mention"], asked(PLEDGES, "Kenya")),
    ("pledges in rupees", ["rupees"], asked(PLEDGES)),
    ("where does China pledge", ["where"], asked(PLEDGES, "China")),
    ("pledges made in 2023 that are due", ["that are due"], asked(PLEDGES, since="2023", until="2023")),
    ("pledges to train officers", ["train", "officers"], asked(PLEDGES)),
    ("more pledges by Kenya", ["more"], asked(PLEDGES, "Kenya")),
    ("what has India pledged that China has not?", ["China has not"], asked(PLEDGES, "India")),
    ("average pledges by Kenya", ["average"], asked(PLEDGES, "Kenya")),
    ("pledges by the Chinese foreign minister", ["foreign minister"], asked(PLEDGES, "China")),
    ("summit pledges by Kenya", ["summit"], asked(PLEDGES, "Kenya")),
    (
        "pledges by Kenya per year, per field, per country and per currency",
        ["per currency"],
        asked(PLEDGES, "Kenya", by=YEAR + FIELD + ACTOR),
    ),
    ("pledges reaffirmed twice", ["reaffirmed", "twice"], asked(PLEDGES)),
    ("pledges not by China", ["not by China"], asked(PLEDGES)),
    ("pledges by China except on trade", ["except on trade"], asked(PLEDGES, "China")),
    ("what does Pakistan not support", ["not support"], asked(ALL, "Pakistan")),
    ("pledges by Pakistan in 2023 and 2024", ["2024"], asked(PLEDGES, "Pakistan", since="2023", until="2023")),
    ("pledges by Pakistan since 31 February 2023", ["since", "31 February 2023"], asked(PLEDGES, "Pakistan")),
    ("pledges by Pakistan in 2023-13", ["2023-13"], asked(PLEDGES, "Pakistan")),
    ("pledges with a deadline by Kenya", ["with a deadline"], asked(PLEDGES, "Kenya")),
    ("pledges to Qin Gang", ["Qin Gang"], asked(PLEDGES)),
    ("pledges to Minister Qin Gang", ["Minister Qin Gang"], asked(PLEDGES)),
    ("pledges at the Ruritania Summit", ["Ruritania Summit"], asked(PLEDGES)),
    ("pledges in statements of the Foobar Council", ["Foobar Council"], asked(PLEDGES)),
    (
        "Pakistan's pledge to protect Chinese personnel",
        ["protect", "Chinese", "personnel"],
        asked(PLEDGES, "Pakistan"),
    ),
    ("cooperation pledges by Kenya", ["cooperation"], asked(PLEDGES, "Kenya")),
    ("joint pledges of the G7", ["joint"], asked(PLEDGES, "G7")),
    (
        "pledges at the Strategic Dialogue between China and India",
        ["China", "India"],
        asked(PLEDGES, events=(DIALOGUE,)),
    ),
    ("what the G7 agreed in Hiroshima", ["Hiroshima"], asked(PLEDGES, "G7")),
    ("pledges by Pakistan in recent years", ["years"], asked(PLEDGES, "Pakistan")),
    ("what concern does Kenya have", ["concern"], asked(ALL, "Kenya")),
    ("Pakistan's concerns about trade", ["concerns"], asked(ALL, "Pakistan", fields=("trade",))),
    ("willing to support Kenya", ["support"], asked(WILLING, "", "Kenya")),
]


@pytest.mark.parametrize(("text", "words", "expected"), REPORTED, ids=[text for text, *_ in REPORTED])
def test_what_words_cannot_ask_is_named(text: str, words: list[str], expected: Question) -> None:
    understood = read(text)
    assert [suggestion.word for suggestion in understood.unknown] == words
    assert understood.question == expected


@pytest.mark.parametrize(
    ("text", "word", "understood"),
    [
        ("overdue pledges by Kenya", "overdue", "by: Kenya"),
        ("pledges by Kenya that are not fulfilled", "not fulfilled", "by: Kenya"),
        ("status of Pakistan's pledge to protect Chinese personnel", "status of", "by: Pakistan"),
        ("commitments that contradict each other", "contradict each other", "kinds: pledge"),
        (
            "pledges by China to Pakistan on finance that were reaffirmed at least twice since 2020 and have no "
            "fulfilment evidence",
            "no fulfilment evidence",
            "2020 or later",
        ),
        (
            "what was known on 1 June 2023 about Pakistan's security pledges?",
            "known on 1 June 2023",
            "field: Security",
        ),
        ("overdue?", "overdue", "all security pledges by Pakistan"),
    ],
)
def test_what_the_graph_does_not_know_is_an_error_that_says_what_was_understood(
    text: str, word: str, understood: str
) -> None:
    with pytest.raises(QuestionError) as caught:
        read(text)
    assert f"“{word}” cannot be answered" in str(caught.value)
    assert understood in str(caught.value)
    assert "ask, for example" in str(caught.value).lower()


@pytest.mark.parametrize(
    "text", ["pledges by well-known parties of Kenya", "late pledges", "pledges about a broken dam"]
)
def test_words_that_only_resemble_these_do_not_refuse_the_question(text: str) -> None:
    assert read(text).unknown


@pytest.mark.parametrize(
    ("text", "word", "near"),
    [
        ("pledges by Pakistn", "Pakistn", "Pakistan"),
        ("pledges on securty", "securty", "Security"),
        ("pledgess by Pakistan", "pledgess", "pledge"),
    ],
)
def test_a_misspelt_name_comes_with_what_it_may_mean(text: str, word: str, near: str) -> None:
    suggestions = {suggestion.word: suggestion.near for suggestion in read(text).unknown}
    assert near in {name for names in suggestions.values() for name in names}, suggestions


def test_readings_tell_which_words_gave_which_filter() -> None:
    assert read("firm security pledges by Pakistan to China since 2022").readings == (
        ("firm", "force: firm or binding"),
        ("security", "field: Security and what is narrower"),
        ("pledges", "kinds: pledge, willingness"),
        ("by Pakistan", "by: Pakistan"),
        ("to China", "to: China"),
        ("since 2022", "date of the statement: 2022 or later"),
    )


def test_without_a_word_for_a_kind_all_commitments_are_meant_and_that_is_said() -> None:
    assert read("Pakistan security").readings[-1] == (
        "(no word for a kind)",
        "kinds: pledge, willingness, support, opposition",
    )


PARTS = ("by Pakistan", "to China", "on security", "since 2022", "that mention CPEC")


@pytest.mark.parametrize("order", list(itertools.permutations(PARTS)), ids=" ".join)
def test_the_order_of_the_parts_does_not_matter(order: tuple[str, ...]) -> None:
    understood = read(f"pledges {' '.join(order)}")
    expected = asked(PLEDGES, "Pakistan", "China", fields=("security",), since="2022", initiatives=(CORRIDOR,))
    assert understood.question == expected
    assert understood.unknown == ()


_CONTENT = [
    "pledges",
    "promised",
    "calls",
    "support",
    "opposes",
    "Pakistan",
    "Chinese",
    "WHO",
    "2023",
    "security",
    "trade",
    "CPEC",
    "Qin",
    "firm",
    "money",
    "most",
    "compare",
    "same",
    "total",
    "minister",
    "count",
    "yearly",
    "versus",
    "mutual",
    "quantified",
    "Ruritania",
    "x",
]
_VOCABULARY = [
    *_CONTENT,
    *[
        "by",
        "to",
        "of",
        "from",
        "on",
        "in",
        "at",
        "and",
        "or",
        "not",
        "the",
        "with",
        "until",
        "since",
        "before",
        "between",
        "due",
        "deadline",
        "new",
        "joint",
        "if",
        "expect",
    ],
    *[
        "willing",
        "committed",
        "was",
        "been",
        "has",
        "did",
        "that",
        "mention",
        "statements",
        "of",
        "dialogue",
        "summit",
        "how",
        "many",
        "which",
        "fields",
        "per",
        "each",
        "other",
        "with",
        "whom",
        "China-Pakistan",
        "US",
        "us",
        "who",
        "may",
    ],
    *[
        "May",
        "31",
        "02",
        "last",
        "year",
        "three",
        "years",
        "ago",
        "cooperation",
        "Gang",
        "'",
        '"',
        "(",
        ")",
        ",",
        ";",
        "?",
        "-",
        "'s",
        "🙂",
    ],
]


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(_VOCABULARY), max_size=14).map(" ".join)))
@settings(max_examples=400, deadline=None)
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        understood = read(text)
    except QuestionError:
        return
    assert understood.question.kinds
    assert understood.readings
    accounted = [words for words, _ in understood.readings] + [unknown.word for unknown in understood.unknown]
    assert all(words in text for words in accounted if words != "(no word for a kind)")
    for word in set(text.split()) & set(_CONTENT):
        assert any(word in words for words in accounted), word


# Words that only lead, join or ask; all others must turn up in what is said of the reading.
SILENT = frozenset(
    {
        *(Cue.FILLER, Cue.WHO, Cue.BY, Cue.OF, Cue.FROM, Cue.TO, Cue.BETWEEN, Cue.ON, Cue.IN, Cue.AT, Cue.UNDER),
        *(Cue.AND, Cue.HAVE, Cue.BE, Cue.MADE, Cue.RECEIVE, Cue.MENTION, Cue.STATEMENT, Cue.ABOUT_FIELD),
    }
)


@given(st.lists(st.sampled_from(_VOCABULARY), min_size=1, max_size=14).map(" ".join))
@settings(max_examples=400, deadline=None)
def test_no_word_is_dropped_in_silence(text: str) -> None:
    some = words(text)
    try:
        understood = read(text)
    except QuestionError:
        return
    accounted = [said for said, _ in understood.readings] + [unknown.word for unknown in understood.unknown]
    for piece in cut(some, LEXICON, TODAY):
        written = text[some[piece.first].start : some[piece.last - 1].end]
        assert piece.cue in SILENT or any(written in said for said in accounted), (written, accounted)


def test_a_text_too_long_for_a_question_is_refused() -> None:
    with pytest.raises(QuestionError, match="at most 1000 characters"):
        read("pledges by Pakistan " * 60)


@pytest.mark.parametrize("text", ["", "   ", "?", "hello world", "what is the", "MATCH (n) DETACH DELETE n", "🙂"])
def test_nothing_understood_is_an_error_with_examples(text: str) -> None:
    with pytest.raises(QuestionError, match="all security pledges by Pakistan"):
        read(text)


@pytest.mark.parametrize(
    ("resolved", "expected"),
    [
        (LEXICON.actor("pakistani"), "Pakistan"),
        (LEXICON.actor("PK"), "Pakistan"),
        (LEXICON.actor("us"), "United States"),
        (LEXICON.field("counter-terrorism"), "Counter-terrorism"),
        (LEXICON.field("Counterterrorism"), "Counter-terrorism"),
        (LEXICON.initiative("cpec"), "China-Pakistan Economic Corridor"),
    ],
)
def test_names_given_as_parameters_are_resolved(resolved: Any, expected: str) -> None:
    assert getattr(resolved, "name", None) == expected or resolved.label == expected


def test_names_that_are_not_there_are_errors_with_what_is_near() -> None:
    with pytest.raises(QuestionError, match="did you mean Pakistan") as caught:
        LEXICON.actor("Pakistn")
    assert caught.value.near[0] == "Pakistan"
    for resolve in (LEXICON.field, LEXICON.initiative, LEXICON.speakers, LEXICON.events, LEXICON.issuers):
        with pytest.raises(QuestionError, match="Zanzibarzz"):
            resolve("Zanzibarzz")
