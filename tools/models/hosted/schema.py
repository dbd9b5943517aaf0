"""JSON schemas as strict structured output wants them.

OpenAI's strict mode: every object closed, every key required, no `default`, and only some of the
bounds, which compatible providers support less. Bounds go into the description; pydantic checks
them once the answer is here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from domain.ports import Tool

# The wire's own shape; what comes back is validated by pydantic.
Schema = dict[str, Any]

_BOUNDS = {
    "minimum": "at least",
    "maximum": "at most",
    "exclusiveMinimum": "more than",
    "exclusiveMaximum": "less than",
    "minLength": "length at least",
    "maxLength": "length at most",
    "minItems": "items at least",
    "maxItems": "items at most",
    "pattern": "pattern",
    "format": "format",
}
_DROPPED = frozenset({"title", "default", "examples", "additionalProperties"}) | frozenset(_BOUNDS)


def strict_schema(schema: Mapping[str, Any]) -> Schema:
    """A copy that strict mode takes. Optional keys become required and nullable."""
    node: Schema = {
        key: _inside(key, value) for key, value in schema.items() if key not in _DROPPED
    }
    bounds = ", ".join(f"{word} {schema[key]}" for key, word in _BOUNDS.items() if key in schema)
    if bounds:
        node["description"] = " ".join(filter(None, (node.get("description"), f"({bounds})")))
    if schema.get("type") == "object" or "properties" in schema:
        required = frozenset(schema.get("required", ()))
        node["properties"] = {
            name: strict_schema(part) if name in required else _nullable(strict_schema(part))
            for name, part in schema.get("properties", {}).items()
        }
        node["required"] = list(node["properties"])
        node["additionalProperties"] = False
    return node


def _inside(key: str, value: Any) -> Any:
    if key in {"$defs", "definitions"}:
        return {name: strict_schema(part) for name, part in value.items()}
    if key in {"anyOf", "oneOf", "allOf"}:
        return [strict_schema(part) for part in value]
    if key == "items":
        return strict_schema(value)
    return value


def _nullable(node: Schema) -> Schema:
    choices = node.get("anyOf", [node])
    if node.get("type") == "null" or any(choice.get("type") == "null" for choice in choices):
        return node
    if "anyOf" in node:
        return {**node, "anyOf": [*choices, {"type": "null"}]}
    description = {"description": node.pop("description")} if "description" in node else {}
    return {"anyOf": [node, {"type": "null"}], **description}


def answer_format(answer: type[BaseModel]) -> Schema:
    """The `response_format` that makes a model answer with this class and nothing else."""
    return {
        "type": "json_schema",
        "json_schema": {
            "name": answer.__name__,
            "strict": True,
            "schema": strict_schema(answer.model_json_schema()),
        },
    }


def tool_formats(tools: Sequence[Tool]) -> list[Schema]:
    """The tools as strict functions. An open map as an argument cannot be given in strict mode."""
    return [
        {
            "type": "function",
            "function": {
                "name": tool.name,
                "description": tool.description,
                "strict": True,
                "parameters": strict_schema(_arguments(tool)),
            },
        }
        for tool in tools
    ]


def given_arguments(tools: Sequence[Tool], name: str, arguments: Mapping[str, object]) -> Schema:
    """The arguments without the nulls that strict mode forced for optional ones."""
    for tool in tools:
        if tool.name == name:
            required = frozenset(_arguments(tool).get("required", ()))
            return {k: v for k, v in arguments.items() if v is not None or k in required}
    return dict(arguments)


def _arguments(tool: Tool) -> Schema:
    schema = tool.tool_call_schema
    if isinstance(schema, dict):
        return schema
    if isinstance(schema, type) and issubclass(schema, BaseModel):
        return schema.model_json_schema()
    raise TypeError(f"tool {tool.name}: its arguments must be a pydantic model or a JSON schema")
