"""Checks every body against the stand-in's own JSON schema (field names and limits)."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from sandbox.zoho.errors import FieldError, invalid_data

Body = Mapping[str, Any]


@cache
def _validator(name: str) -> Draft202012Validator:
    schema = json.loads((files("sandbox.zoho") / "schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": schema["$defs"]})


def schema_errors(name: str, body: Body) -> list[FieldError]:
    """Every field at fault in this body, by the named definition of schema.json."""
    return sorted({e for error in _validator(name).iter_errors(body) for e in _fields(error)})


def require_valid(name: str, body: Body) -> None:
    """Raise 422 INVALID_DATA unless the body obeys the named definition."""
    if errors := schema_errors(name, body):
        raise invalid_data(errors)


def _fields(error: ValidationError) -> Iterator[FieldError]:
    path = "".join(f"/{_escape(str(step))}" for step in error.absolute_path)
    schema: Any = error.schema
    instance: Any = error.instance
    if error.validator == "required":
        for name in schema["required"]:
            if name not in instance:
                yield FieldError(f"{path}/{_escape(name)}", "missing")
    elif error.validator == "additionalProperties":
        for name in instance:
            if name not in schema["properties"]:
                yield FieldError(f"{path}/{_escape(name)}", "invalid")
    else:
        yield FieldError(path, "invalid")


def _escape(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")
