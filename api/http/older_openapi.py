"""OpenAPI 3.1 in the words of 3.0, which is all that the bundled Swagger UI reads."""

from typing import Any, Final

_NULL: Final = {"type": "null"}


def as_openapi_30(document: dict[str, Any]) -> dict[str, Any]:
    """An OpenAPI 3.1 document as 3.0.3, so far as this service uses what differs."""
    older: dict[str, Any] = _older(document)
    license_ = {"name": older["info"]["license"]["name"]}
    info = {name: value for name, value in older["info"].items() if name != "summary"}
    return {**older, "openapi": "3.0.3", "info": {**info, "license": license_}}


def _older(value: Any) -> Any:
    if isinstance(value, list):
        return [_older(item) for item in value]
    if not isinstance(value, dict):
        return value
    older = {name: _older(item) for name, item in value.items()}
    if "const" in older:
        older["enum"] = [older.pop("const")]
    if isinstance(older.get("prefixItems"), list):
        older["items"] = older.pop("prefixItems")[0]
    if isinstance(older.get("examples"), list):
        older["example"] = older.pop("examples")[0]
    return _nullable(older)


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """3.0 has no type null: what may be null says so by a mark."""
    alternatives = schema.get("anyOf")
    if not isinstance(alternatives, list) or _NULL not in alternatives:
        return schema
    rest = [other for other in alternatives if other != _NULL]
    others = {name: value for name, value in schema.items() if name != "anyOf"}
    if len(rest) > 1:
        return {**others, "nullable": True, "anyOf": rest}
    return {**others, "nullable": True, **({"allOf": rest} if "$ref" in rest[0] else rest[0])}
