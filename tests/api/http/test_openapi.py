"""The OpenAPI document is true: what is really sent has the shape that it gives."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from ontology.records import Call

TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


@pytest.fixture(scope="module")
def document(client: TestClient) -> dict[str, Any]:
    return client.get("/openapi.json").json()


def faults(value: Any, schema: dict[str, Any], document: dict[str, Any], at: str = "$") -> list[str]:
    """What is wrong with a value, by the parts of JSON Schema that the document uses. Members not named are wrong."""
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        tried = [faults(value, option, document, at) for option in schema["anyOf"]]
        return min(tried, key=len)
    found = [f"{at}: {value!r} is not in {schema['enum']}"] if value not in schema.get("enum", [value]) else []
    if "const" in schema and value != schema["const"]:
        found.append(f"{at}: {value!r} is not {schema['const']}")
    wanted = schema.get("type")
    if wanted and (not isinstance(value, TYPES[wanted]) or (isinstance(value, bool) and wanted != "boolean")):
        return [f"{at}: {value!r} is no {wanted}"]
    if wanted == "array":
        items = schema.get("prefixItems") or [schema.get("items", {})] * len(value)
        return [fault for n, item in enumerate(value) for fault in faults(item, items[n], document, f"{at}[{n}]")]
    if wanted == "object" and "properties" in schema:
        properties = schema["properties"]
        found += [f"{at}.{name} is missing" for name in schema.get("required", []) if name not in value]
        found += [f"{at}.{name} is not in the document" for name in value if name not in properties]
        found += [
            fault
            for name, item in value.items()
            if name in properties
            for fault in faults(item, properties[name], document, f"{at}.{name}")
        ]
    return found


def check(
    client: TestClient, document: dict[str, Any], path: str, template: str, method: str = "get", **more: Any
) -> None:
    response = client.request(method, path, **more)
    told = document["paths"][template][method]["responses"]
    assert str(response.status_code) in told, (path, response.status_code, response.text)
    media = response.headers["content-type"].partition(";")[0]
    content = told[str(response.status_code)]["content"]
    assert media in content, (path, media)
    if media.endswith("json") and media != "application/ld+json":
        assert faults(response.json(), content[media]["schema"], document) == []


def test_the_check_finds_faults(document: dict[str, Any]) -> None:
    schema = {"$ref": "#/components/schemas/Problem"}
    good = {"type": "about:blank", "title": "A", "status": 404, "detail": "B", "instance": "/", "errors": []}
    assert faults(good, schema, document) == []
    assert faults({**good, "status": "404"}, schema, document)
    assert faults({**good, "more": 1}, schema, document)
    assert faults({name: value for name, value in good.items() if name != "title"}, schema, document)


@pytest.mark.parametrize("accept", ["application/json", "text/turtle", "text/csv", "application/ld+json", "image/png"])
def test_answers_are_as_told(client: TestClient, document: dict[str, Any], held: Any, accept: str) -> None:
    said = {"headers": {"Accept": accept}}
    check(client, document, "/ask?q=securty+pledges+by+Ruritania", "/ask", **said)
    check(client, document, "/ask?q=what+does+Graustark+expect+of+Ruritania", "/ask", **said)
    for template in ("/commitments", "/calls", "/actors", "/fields"):
        check(client, document, template, template, **said)
    check(client, document, f"/statements/{key(held.joint.iri)}", "/statements/{key}", **said)
    for template in ("/actors/ruritania", "/persons/rupert-of-hentzau", "/initiatives/strelsau-corridor"):
        check(client, document, template, f"/{template.split('/')[1]}/{{key}}", **said)
    check(client, document, "/events/2023-second-strelsau-talks", "/events/{key}", **said)
    check(client, document, "/fields/security", "/fields/{slug}", **said)
    for path in ("/ns", "/shapes"):
        check(client, document, path, path, **said)
    for act in held.acts:
        check(client, document, f"/utterances/{key(act.utterances[0].iri)}", "/utterances/{key}", **said)
        template = "/calls/{key}" if isinstance(act, Call) else "/commitments/{key}"
        check(client, document, template.format(key=key(act.iri)), template, **said)


def test_problems_are_as_told(client: TestClient, document: dict[str, Any]) -> None:
    for path in ("/ask", "/ask?q=qwertz", "/ask?q=pledges&cursor=x"):
        check(client, document, path, "/ask")
    check(client, document, "/commitments?limit=x", "/commitments")
    check(client, document, "/calls?actor=Nowhereland", "/calls")
    check(client, document, "/statements/none", "/statements/{key}")
    check(client, document, "/commitments/none", "/commitments/{key}")
    check(client, document, "/id/country/none", "/id/{of}/{key}")
    check(client, document, f"/id/actor/{'x' * 2001}", "/id/{of}/{key}")
    check(client, document, "/actors/none", "/actors/{key}")
    check(client, document, "/statements", "/statements", "post", json={"text": "A."})


def test_posting_is_as_told(client: TestClient, document: dict[str, Any], token: str) -> None:
    for body in ({"text": "Kenya will help Uganda."}, {"text": "Kenya will help Uganda."}, {"text": ""}):
        check(
            client,
            document,
            "/statements",
            "/statements",
            "post",
            json=body,
            headers={"Authorization": f"Bearer {token}"},
        )


def test_sparql_is_as_told(client: TestClient, document: dict[str, Any]) -> None:
    for query in (
        "ASK {}",
        "SELECT * { ?s ?p ?o } LIMIT 1",
        "DESCRIBE <a:a>",
        "SELECT",
        "DROP ALL",
        "ASK " + "{" * 200,
    ):
        for accept in ("application/json", "text/csv", "text/turtle", "*/*", "image/png"):
            said = {"Accept": accept}
            check(client, document, "/sparql", "/sparql", params={"query": query}, headers=said)
            check(client, document, "/sparql", "/sparql", "post", data={"query": query}, headers=said)
    for accept in ("text/turtle", "text/html", "application/rdf+xml"):
        check(client, document, "/sparql", "/sparql", headers={"Accept": accept})
    check(client, document, "/sparql", "/sparql", params={"query": "ASK {}", "atLeast": "x"})
    check(client, document, "/sparql", "/sparql", "post", json={"query": "ASK {}"})


def test_health_is_as_told(client: TestClient, document: dict[str, Any]) -> None:
    for path in ("/healthz", "/readyz"):
        check(client, document, path, path)


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    for name in references(document):
        assert name in document["components"]["schemas"], name


def test_every_operation_and_parameter_says_what_it_is(document: dict[str, Any]) -> None:
    for path in document["paths"].values():
        for operation in path.values():
            assert operation["summary"]
            assert operation["description"]
            for parameter in operation.get("parameters", []):
                assert parameter.get("description"), parameter


def references(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = {value["$ref"].rpartition("/")[2]} if isinstance(value.get("$ref"), str) else set()
        return own.union(*map(references, value.values()))
    return set().union(*map(references, value)) if isinstance(value, list) else set()


def key(iri: str) -> str:
    return iri.rpartition("/")[2]
