"""What strict structured output is sent."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, Field

from domain.reading import Answer, Classification, Extraction, FollowUp, ImageDescription
from tools.models.hosted.schema import answer_format, given_arguments, strict_schema, tool_formats

ALLOWED = {
    "type",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "enum",
    "anyOf",
    "description",
    "$defs",
    "$ref",
    "const",
}


def objects(node: object) -> list[dict[str, Any]]:
    """Every schema in a schema."""
    if isinstance(node, list):
        return [found for part in node for found in objects(part)]
    if not isinstance(node, dict):
        return []
    parts = [*node.get("properties", {}).values(), *node.get("$defs", {}).values()]
    parts += [node[key] for key in ("items", "anyOf") if key in node]
    return [node, *objects(parts)]


@pytest.mark.parametrize("answer", [Classification, Extraction, ImageDescription, FollowUp])
def test_every_answer_is_strict(answer: type[Answer]) -> None:
    wanted = answer_format(answer)["json_schema"]
    assert (wanted["name"], wanted["strict"]) == (answer.__name__, True)
    for node in objects(wanted["schema"]):
        assert set(node) <= ALLOWED
        if node.get("type") == "object":
            assert node["additionalProperties"] is False
            assert node["required"] == list(node["properties"])
    assert list(wanted["schema"]["properties"]) == list(answer.model_fields)


def test_bounds_become_words() -> None:
    confidence = answer_format(Classification)["json_schema"]["schema"]["properties"]["confidence"]
    assert confidence == {"type": "number", "description": "0 to 1 (at least 0, at most 1)"}


class Inner(BaseModel):
    code: str = Field(default="x", max_length=3)


class Args(BaseModel):
    """Looks for tickets."""

    text: str = Field(min_length=1)
    limit: int = Field(default=5, ge=1, le=10, description="How many")
    since: str | None = None
    inner: Inner
    title: list[Inner] = Field(default=[], max_length=4)


class Plain:
    """A tool without LangChain."""

    name = "search"
    description = "Looks for tickets"

    def __init__(self, schema: object) -> None:
        self._schema = schema

    @property
    def tool_call_schema(self) -> object:
        return self._schema

    async def ainvoke(self, input: object) -> object:
        return input


def test_optional_arguments_become_nullable() -> None:
    [tool] = tool_formats([Plain(Args)])
    function = tool["function"]
    assert (function["name"], function["strict"]) == ("search", True)
    parameters = function["parameters"]
    for node in objects(parameters):
        assert set(node) <= ALLOWED
    # `title` is an argument here, not the keyword.
    assert parameters["required"] == ["text", "limit", "since", "inner", "title"]
    limit = parameters["properties"]["limit"]
    assert limit["anyOf"][1] == {"type": "null"}
    assert limit["description"] == "How many (at least 1, at most 10)"
    assert parameters["properties"]["since"]["anyOf"] == [{"type": "string"}, {"type": "null"}]
    assert parameters["$defs"]["Inner"]["required"] == ["code"]


def test_forced_nulls_are_not_given_to_the_tool() -> None:
    tools = [Plain(Args)]
    asked = {"text": "x", "limit": None, "since": "2026", "inner": None}
    assert given_arguments(tools, "search", asked) == {"text": "x", "since": "2026", "inner": None}
    assert given_arguments(tools, "unknown", {"a": None}) == {"a": None}


def test_a_json_schema_is_taken_and_anything_else_is_not() -> None:
    [tool] = tool_formats([Plain({"type": "object", "properties": {}})])
    assert tool["function"]["parameters"]["additionalProperties"] is False
    with pytest.raises(TypeError, match="search"):
        tool_formats([Plain(None)])


def test_the_schema_given_is_not_changed() -> None:
    schema = Args.model_json_schema()
    before = repr(schema)
    strict_schema(schema)
    assert repr(schema) == before
