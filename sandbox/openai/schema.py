"""JSON Schemas as OpenAI's strict mode wants them, and the smallest instance of one."""

from typing import Any

Json = dict[str, Any]

_UNSUPPORTED = (
    "allOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "dependentRequired",
    "dependentSchemas",
    "patternProperties",
    "uniqueItems",
    "default",
)
_DEEPEST = 10
_MOST_PROPERTIES = 5000
_FORMATS = {
    "date": "2026-01-01",
    "date-time": "2026-01-01T00:00:00Z",
    "time": "00:00:00Z",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "email": "a@example.com",
    "uri": "https://example.com",
    "duration": "PT1M",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "hostname": "example.com",
}


class SchemaError(ValueError):
    """The schema breaks a rule of strict mode, or no instance of it can be made."""


def check_strict(schema: Json) -> None:
    """Raise SchemaError, in OpenAI's words, where strict mode would refuse the schema."""
    if schema.get("type") != "object":
        raise SchemaError(
            f"schema must be a JSON Schema of 'type: \"object\"', got {_kind(schema)}."
        )
    properties = _check(schema, (), 0)
    for name, definition in _definitions(schema).items():
        properties += _check(definition, ("$defs", name), 0)
    if properties > _MOST_PROPERTIES:
        raise SchemaError(
            f"schema has {properties} properties, at most {_MOST_PROPERTIES} allowed."
        )


def _kind(schema: Json) -> str:
    return f"'type: \"{schema.get('type', 'None')}\"'"


def _definitions(schema: Json) -> dict[str, Json]:
    found: dict[str, Json] = {**schema.get("definitions", {}), **schema.get("$defs", {})}
    return found


def _check(schema: Any, path: tuple[str, ...], depth: int) -> int:
    """Check one subschema and those inside it; returns how many properties they have."""
    context = f"In context={path}, "
    if not isinstance(schema, dict):
        raise SchemaError(f"{context}a schema must be an object.")
    if depth > _DEEPEST:
        raise SchemaError(f"{context}the schema is nested deeper than {_DEEPEST} levels.")
    for word in _UNSUPPORTED:
        if word in schema:
            raise SchemaError(f"{context}'{word}' is not permitted.")
    if "$ref" in schema:
        beside = sorted(set(schema) - {"$ref", "$defs", "definitions"})
        if beside:
            raise SchemaError(f"{context}$ref cannot have keywords {beside}.")
        return 0
    branches = schema.get("anyOf")
    if branches is None and not {"type", "enum", "const"} & set(schema):
        raise SchemaError(f"{context}schema must have a 'type' key.")
    count = sum(
        _check(branch, (*path, "anyOf", str(place)), depth)
        for place, branch in enumerate(branches or [])
    )
    kind = schema.get("type")
    kinds = kind if isinstance(kind, list) else [kind]
    if "object" in kinds:
        count += _check_object(schema, path, depth)
    if "array" in kinds:
        if "items" not in schema:
            raise SchemaError(f"{context}array schema missing items.")
        count += _check(schema["items"], (*path, "items"), depth + 1)
    return count


def _check_object(schema: Json, path: tuple[str, ...], depth: int) -> int:
    context = f"In context={path}, "
    if schema.get("additionalProperties") is not False:
        raise SchemaError(
            f"{context}'additionalProperties' is required to be supplied and to be false."
        )
    properties: dict[str, Json] = schema.get("properties", {})
    required = schema.get("required")
    if required is None and properties:
        required = []
    missing = [name for name in properties if name not in (required or [])]
    if missing:
        raise SchemaError(
            f"{context}'required' is required to be supplied and to be an array including every "
            f"key in properties. Missing '{missing[0]}'."
        )
    extra = [name for name in required or [] if name not in properties]
    if extra:
        raise SchemaError(f"{context}'required' names '{extra[0]}', which is no property.")
    return len(properties) + sum(
        _check(inner, (*path, "properties", name), depth + 1) for name, inner in properties.items()
    )


def smallest_instance(schema: Json) -> Any:
    """Return a small valid instance: defaults, first enum values, null where allowed."""
    return _instance(schema, schema, 0)


def _resolve(reference: str, root: Json) -> Json:
    found: Any = root
    for step in reference.removeprefix("#").strip("/").split("/"):
        if step:
            found = found[step.replace("~1", "/").replace("~0", "~")]
    if not isinstance(found, dict):
        raise SchemaError(f"{reference} does not lead to a schema.")
    return found


def _instance(schema: Json, root: Json, depth: int) -> Any:
    if depth > 50:
        raise SchemaError("the schema has no finite instance that is easily found.")
    for word in ("const", "default"):
        if word in schema:
            return schema[word]
    if schema.get("enum"):
        return schema["enum"][0]
    if "$ref" in schema:
        return _instance(_resolve(schema["$ref"], root), root, depth + 1)
    branches = schema.get("anyOf") or schema.get("oneOf")
    if branches:
        nothing = any(branch.get("type") == "null" for branch in branches)
        return None if nothing else _instance(branches[0], root, depth + 1)
    if schema.get("allOf"):
        merged: Json = {key: value for key, value in schema.items() if key != "allOf"}
        for part in schema["allOf"]:
            merged |= _resolve(part["$ref"], root) if "$ref" in part else part
        return _instance(merged, root, depth + 1)
    kind = schema.get("type", "object" if "properties" in schema else "null")
    if isinstance(kind, list):
        kind = "null" if "null" in kind else kind[0]
    if kind == "object":
        properties: dict[str, Json] = schema.get("properties", {})
        wanted = schema.get("required", [])
        return {
            name: _instance(inner, root, depth + 1)
            for name, inner in properties.items()
            if name in wanted
        }
    if kind == "array":
        items = schema.get("items", {})
        return [_instance(items, root, depth + 1) for _ in range(schema.get("minItems", 0))]
    return _scalar(str(kind), schema)


def _scalar(kind: str, schema: Json) -> str | float | bool | None:
    if kind == "string":
        text = _FORMATS.get(schema.get("format", ""), "")
        return text.ljust(schema.get("minLength", 0), "x")
    if kind in {"integer", "number"}:
        return _number(schema, whole=kind == "integer")
    return False if kind == "boolean" else None


def _number(schema: Json, *, whole: bool) -> float:
    step = schema.get("multipleOf", 1 if whole else None)
    low, high = schema.get("minimum"), schema.get("maximum")
    above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
    gap = step or 0.001
    floor = max(
        [bound for bound in (low, None if above is None else above + gap) if bound is not None],
        default=None,
    )
    ceiling = min(
        [bound for bound in (high, None if below is None else below - gap) if bound is not None],
        default=None,
    )
    value: float = 0
    if floor is not None and floor > value:
        value = floor if step is None else -(-floor // step) * step
    if ceiling is not None and ceiling < value:
        value = ceiling if step is None else ceiling // step * step
    return int(value) if whole else value
