"""Parties by name: every state, its other names, and where a text names them."""

import re
import subprocess
import sys
import time
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.reading.registry import Registry, is_acronym
from ontology.records import Actor
from ontology.terms import ActorType

CODES = """
AF AL DZ AD AO AG AR AM AU AT AZ BS BH BD BB BY BE BZ BJ BT BO BA BW BR BN BG BF BI CV KH CM CA CF TD CL CN CO KM CG CR
CI HR CU CY CZ KP CD DK DJ DM DO EC EG SV GQ ER EE SZ ET FJ FI FR GA GM GE DE GH GR GD GT GN GW GY HT HN HU IS IN ID IR
IQ IE IL IT JM JP JO KZ KE KI KW KG LA LV LB LS LR LY LI LT LU MG MW MY MV ML MT MH MR MU MX FM MC MN ME MA MZ MM NA NR
NP NL NZ NI NE NG MK NO OM PK PW PA PG PY PE PH PL PT QA KR MD RO RU RW KN LC VC WS SM ST SA SN RS SC SL SG SK SI SB SO
ZA SS ES LK SD SR SE CH SY TJ TH TL TG TO TT TN TR TM TV UG UA AE GB TZ US UY UZ VU VE VN YE ZM ZW
"""
MEMBERS = CODES.split()
OBSERVERS = ["VA", "PS"]
REGISTRY = Registry.load()


@pytest.fixture(scope="module")
def registry() -> Registry:
    return REGISTRY


@pytest.fixture(scope="module")
def states(registry: Registry) -> dict[str, Actor]:
    return {actor.code: actor for actor in registry.actors() if actor.code}


def named(registry: Registry, text: str) -> list[str]:
    return [mention.actor.name for mention in registry.mentions(text)]


def test_there_are_193_members() -> None:
    assert len(set(MEMBERS)) == 193


@pytest.mark.parametrize("code", MEMBERS + OBSERVERS)
def test_every_member_and_observer_has_its_code_and_wikidata_item(states: dict[str, Actor], code: str) -> None:
    assert states[code].type is ActorType.STATE
    assert re.fullmatch(r"Q\d+", states[code].wikidata or "")
    assert states[code].iri.endswith(f"/actor/{code}")


def test_the_table_of_territories_is_what_the_package_gives() -> None:
    if find_spec("rigour") is None or version("rigour") != "2.6.1":
        pytest.skip("rigour 2.6.1 is not installed; .ci/territories says how to run it")
    root = Path(__file__).parents[2]
    fresh = subprocess.run([sys.executable, root / ".ci" / "territories"], capture_output=True, text=True, check=True)
    assert (root / "loaders" / "reading" / "territories.csv").read_text(encoding="utf-8") == fresh.stdout


def test_every_name_leads_back_to_its_party(registry: Registry) -> None:
    lost = [
        (actor.name, name)
        for actor in registry.actors()
        for name in (actor.name, *actor.names)
        if registry.find(name) is None
    ]
    assert lost == []


def test_every_canonical_name_is_the_partys_own(registry: Registry) -> None:
    assert [actor.name for actor in registry.actors() if registry.find(actor.name) != actor] == []


def test_no_two_parties_share_an_identifier(registry: Registry) -> None:
    actors = registry.actors()
    assert len({actor.iri for actor in actors}) == len(actors)
    items = [actor.wikidata for actor in actors if actor.wikidata]
    assert len(items) == len(set(items))


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("Turkey", "Türkiye"),
        ("Türkiye", "Türkiye"),
        ("Republic of Korea", "South Korea"),
        ("ROK", "South Korea"),
        ("DPRK", "North Korea"),
        ("Viet Nam", "Vietnam"),
        ("Burma", "Myanmar"),
        ("Jordan", "Jordan"),
        ("Georgia", "Georgia"),
        ("Chad", "Chad"),
        ("Niger", "Niger"),
        ("Nigeria", "Nigeria"),
        ("Guinea", "Guinea"),
        ("Equatorial Guinea", "Equatorial Guinea"),
        ("Congo", "Republic of the Congo"),
        ("DRC", "Democratic Republic of the Congo"),
        ("Islamabad", "Pakistan"),
        ("Pakistani", "Pakistan"),
        ("the Russian Federation", "Russia"),
        ("holy see", "Holy See"),
        ("European Union", "EU"),
        ("african union", "African Union"),
        ("Cote d’Ivoire", "Côte d'Ivoire"),
    ],
)
def test_other_names(registry: Registry, name: str, party: str) -> None:
    found = registry.find(name)
    assert found is not None
    assert found.name == party


def test_acronyms_count_only_in_capitals(registry: Registry) -> None:
    assert registry.find("us") is None
    assert registry.find("who") is None
    assert registry.find("US") == registry.find("United States")
    assert registry.find("WHO") is not None
    assert named(registry, "They told us that the US will help; who knows what the WHO says.") == [
        "United States",
        "WHO",
    ]
    assert is_acronym("U.S.")
    assert not is_acronym("Chad")


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Guinea-Bissau, Equatorial Guinea, Papua New Guinea and Guinea met.", 4),
        ("The South China Sea, the Gulf of Mexico and New Mexico.", 0),
        ("The Indian Ocean is no party; India is.", 1),
        ("A jordan, a turkey and some china.", 0),
        ("It costs US$ 5.", 0),
        ("The United\n   States and Viet\nNam agreed.", 2),
        ("The United Nations Charter binds the United Nations.", 1),
        ("GERMANY AND FRANCE", 2),
    ],
)
def test_the_longest_name_counts(registry: Registry, text: str, parties: int) -> None:
    assert len(registry.mentions(text)) == parties


def test_forms(registry: Registry) -> None:
    text = "Kenya, the Kenyan side and Nairobi"
    assert [mention.form for mention in registry.mentions(text)] == ["name", "adjective", "capital"]


def test_the_philippines_are_a_name_and_no_plural_adjective(registry: Registry) -> None:
    assert [mention.form for mention in registry.mentions("The Philippines")] == ["name"]


def test_unknown_organisations_are_minted(registry: Registry) -> None:
    port = registry.named("Port Authority of  Ruritania")
    assert (port.name, port.type) == ("Port Authority of Ruritania", ActorType.ORGANISATION)
    assert registry.named("NATO").type is ActorType.BODY


def test_loading_is_quick() -> None:
    begin = time.process_time()
    Registry.load()
    assert time.process_time() - begin < 1.5


@settings(deadline=None)
@given(st.text())
def test_any_text_can_be_searched(text: str) -> None:
    last = 0
    for mention in REGISTRY.mentions(text):
        assert last <= mention.start < mention.end <= len(text)
        last = mention.end
