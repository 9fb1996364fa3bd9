"""Whatever an IRI of ours names, the service has data about it: in every form, by content negotiation."""

import csv
import io
import re
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from rdflib import RDF, SKOS, Graph, URIRef

from api.app import PROBLEMS
from api.http.graphs import written
from api.http.negotiation import RDF_XML, NotAcceptableError
from ontology.context import to_graph
from ontology.identifiers import actor_iri, event_iri, initiative_iri, person_iri
from ontology.mapping import SHAPES
from ontology.records import Actor, Call, Person
from ontology.terms import ActorType
from ontology.triples import records, triples

OURS = "https://w3id.org/pledgegraph"
GRAPHS = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
}
# rdflib's JSON-LD parser uses what rdflib deprecates.
pytestmark = [
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning"),
]


def path_of(iri: str) -> str:
    """Where w3id.org sends an IRI: the same path on the service, without the fragment, which no client sends."""
    return quote(iri.removeprefix(OURS).partition("#")[0])


def exported(client: TestClient) -> Graph:
    """Everything in the store, as every export of RDF has it."""

    async def read() -> list[tuple[object, ...]]:
        return [triple async for triple in client.app.state.service.store.triples()]

    graph = Graph()
    for triple in client.portal.call(read):
        graph.add(triple)
    return graph


def parsed(client: TestClient, path: str, media: str = "text/turtle") -> Graph:
    response = client.get(path, headers={"Accept": media})
    assert response.status_code == 200, (path, response.text)
    assert response.headers["content-type"].partition(";")[0] == media
    return Graph().parse(data=response.text, format=GRAPHS[media])


def test_every_iri_of_an_export_leads_to_data_about_it(client: TestClient) -> None:
    graph = exported(client)
    named = {term for triple in graph for term in triple if isinstance(term, URIRef) and term.startswith(OURS)}
    assert {shape.rdf_class for shape in SHAPES} <= named
    documents: dict[str, Graph] = {}
    for iri in sorted(named):
        path = path_of(iri)
        document = documents.setdefault(path, parsed(client, path))
        about = set(document.predicate_objects(URIRef(iri)))
        assert about, f"{path} says nothing of {iri}"
        if not iri.startswith(f"{OURS}/ns#"):
            # Whose acts are more than a page leads to them by links; what is said of itself is there whole.
            own = {fact for fact in graph.predicate_objects(URIRef(iri)) if not isinstance(fact[1], URIRef)}
            assert {str(thing) for _, thing in own} <= {str(thing) for _, thing in about}, iri


@pytest.mark.parametrize("media", GRAPHS)
def test_every_kind_of_thing_is_there_in_every_syntax(client: TestClient, held: object, media: str) -> None:
    said = held.acts[0].utterances[0]
    for thing in (said, said.actors[0], said.speaker, said.event, held.acts[2].initiatives[0], held.acts[3]):
        graph = parsed(client, path_of(thing.iri), media)
        assert thing in set(records(graph))


def test_one_path_leads_from_what_is_named_to_the_document(client: TestClient) -> None:
    iri = actor_iri("Ruritania")
    response = client.get(path_of(iri) + "?format=json", follow_redirects=False)
    assert response.status_code == 303
    assert response.headers["location"] == "/actors/ruritania?format=json"
    assert client.head(path_of(iri)).status_code == 200
    assert client.get("/id/country/ruritania").status_code == 404
    assert client.get("/id/actor/nobody").status_code == 404
    for concept in ("kinds/pledge", "forces", "sources/guideline"):
        assert client.get(f"/{concept}", headers={"Accept": "text/turtle"}).status_code == 200


def test_names_in_any_script_are_found(client: TestClient) -> None:
    things = [
        Actor(iri=actor_iri("中国"), name="中国", type=ActorType.STATE),
        Person(iri=person_iri("Ōta O'Brien & Söhne"), name="Ōta O'Brien & Söhne"),
        Person(iri=person_iri("x" * 500), name="x" * 500),
    ]
    client.portal.call(client.app.state.service.store.add, list(triples(things)))
    for thing in things:
        response = client.get(path_of(thing.iri))
        assert response.status_code == 200, thing.iri
        assert next(iter(response.json().values()))["name"] == thing.name
        assert response.headers["link"].startswith(f'<{quote(thing.iri, safe=":/#")}>; rel="canonical"')


def test_a_document_names_its_thing_and_its_other_forms(client: TestClient, held: object) -> None:
    for iri in (held.acts[0].iri, held.joint.iri, event_iri("Second Strelsau Talks", "2023")):
        link = client.get(path_of(iri)).headers["link"]
        assert f'<{iri}>; rel="canonical"' in link
        alternates = re.findall(r'<([^>]+)>; rel="alternate"; type="([^"]+)"', link)
        assert len(alternates) == 7
        for path, media in alternates:
            assert client.get(path).headers["content-type"].partition(";")[0] == media


def test_an_entity_has_its_newest_acts(client: TestClient) -> None:
    elbonia = client.get("/actors/elbonia").json()
    assert elbonia["actor"]["name"] == "Elbonia"
    assert len(elbonia["acts"]) == 20
    assert elbonia["more"] is True
    corridor = client.get(path_of(initiative_iri("Strelsau Corridor"))).json()
    assert [act["action"] for act in corridor["acts"]] == ["station troops along the Strelsau Corridor"]
    assert corridor["more"] is False
    rows = list(csv.DictReader(io.StringIO(client.get("/persons/rupert-of-hentzau?format=csv").text)))
    assert [row["speaker"] for row in rows] == ["Rupert of Hentzau"]


def test_an_utterance_has_its_act(client: TestClient, held: object) -> None:
    for act in held.acts:
        said = client.get(path_of(act.utterances[0].iri)).json()
        assert said["utterance"]["action"] == act.action
        assert said["act"]["iri"] == act.iri
        assert ("force" in said["act"]) is not isinstance(act, Call)


def test_a_field_has_what_is_above_and_below_it(client: TestClient) -> None:
    iri = URIRef(f"{OURS}/fields/security")
    field = client.get("/fields/security").json()
    assert field["field"]["label"] == "Security"
    assert "counter-terrorism" in field["narrower"]
    graph = parsed(client, "/fields/security")
    assert (iri, SKOS.narrower, URIRef(f"{OURS}/fields/counter-terrorism")) in graph
    assert graph.value(URIRef(f"{OURS}/fields/counter-terrorism"), SKOS.prefLabel)
    assert graph.value(iri, SKOS.definition)
    for media in GRAPHS:
        assert set(parsed(client, "/fields/security", media)) == set(graph)
    assert client.get("/fields/none").status_code == 404
    assert client.get("/fields/security?format=csv").text.count("\n") == 2


@pytest.mark.parametrize(("path", "iri"), [("/ns", f"{OURS}/ns#Commitment"), ("/shapes", f"{OURS}/shapes#actor-name")])
@pytest.mark.parametrize("media", GRAPHS)
def test_the_vocabulary_and_its_rules_are_there(client: TestClient, path: str, iri: str, media: str) -> None:
    assert (URIRef(iri), RDF.type, None) in parsed(client, path, media)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/ns", 'id="Commitment"'),
        ("/shapes", 'id="commitment-on-behalf"'),
        ("/fields/security", "Counter-terrorism"),
        ("/actors/ruritania", "train 200 Graustarkian officers"),
        ("/persons/rupert-of-hentzau", "Rupert of Hentzau"),
        ("/initiatives/strelsau-corridor", "Strelsau Corridor"),
        ("/events/2023-second-strelsau-talks", "Second Strelsau Talks"),
    ],
)
def test_people_get_pages(client: TestClient, path: str, words: str) -> None:
    response = client.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert words in response.text


def test_a_page_shows_hostile_words_as_words(client: TestClient, held: object) -> None:
    response = client.get(path_of(held.acts[5].utterances[0].iri), headers={"Accept": "text/html"})
    assert "<script>alert" not in response.text
    assert "&lt;script&gt;alert" in response.text


def test_a_form_that_is_not_offered_is_a_problem(client: TestClient) -> None:
    for path in ("/actors/ruritania", "/fields/security", "/ns", "/shapes"):
        response = client.get(path, headers={"Accept": "image/png"})
        assert response.status_code == 406
        assert response.json()["type"].endswith(PROBLEMS[NotAcceptableError].slug)


def test_what_xml_cannot_hold_is_no_rdf_xml() -> None:
    graph = to_graph([Person(iri=person_iri("A"), name="A\x0c")])
    with pytest.raises(NotAcceptableError):
        written(graph, RDF_XML)
    graph = to_graph([Person(iri=person_iri("A"), name="A\r\nB\tC")])
    assert set(Graph().parse(data=written(graph, RDF_XML), format="xml")) == set(graph)
