"""The OpenAI stand-in as a process of its own, driven by the client the product uses."""

import asyncio
import base64
import json
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Literal

import httpx
import openai
import pytest
from jsonschema import Draft202012Validator
from langchain_core.exceptions import OutputParserException
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage
from langchain_openai import ChatOpenAI
from langchain_openai.chat_models.base import OpenAIRefusalError
from pydantic import BaseModel, Field, SecretStr, ValidationError

from tests.service.stage import EACH_ITS_OWN, PATIENCE

KEY = "sk-inventada"


class Classification(BaseModel):
    """What a message is."""

    is_incident: bool
    category: Literal["technical", "operational"]
    confidence: float = Field(ge=0.25, le=1)
    store: str | None
    words: list[str] = Field(min_length=1)


class Server:
    """A running server and a client for its control routes."""

    def __init__(self, http: httpx.AsyncClient, log: Path) -> None:
        self.http = http
        self.log = log

    async def script(self, *rules: dict[str, Any]) -> None:
        """Replace the rules."""
        answer = await self.http.put("/sandbox/script", json=list(rules))
        assert answer.status_code == 200, answer.text

    async def complete(self, **body: Any) -> httpx.Response:
        """Send a raw completion request."""
        whole = {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "hola"}]} | body
        return await self.http.post("/v1/chat/completions", json=whole)

    def model(self, **more: Any) -> ChatOpenAI:
        """Return LangChain's client for it."""
        base_url = f"{self.http.base_url}/v1".replace("//v1", "/v1")
        settings: dict[str, Any] = {"max_retries": 0, "timeout": PATIENCE} | more
        return ChatOpenAI(
            model="gpt-4o-mini", base_url=base_url, api_key=SecretStr(KEY), **settings
        )


@pytest.fixture(scope="module")
async def process(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    """One server for the whole file."""
    folder = tmp_path_factory.mktemp("openai")
    script = folder / "script.json"
    script.write_text(json.dumps({"rules": [{"answer": {"content": "del archivo"}}]}))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox.openai", "--port", "0"),
        *("--script", str(script), "--log", str(folder / "log.jsonl")),
        stderr=PIPE,
    )
    assert process.stderr is not None
    line = (await asyncio.wait_for(process.stderr.readline(), PATIENCE)).decode()
    assert "listening on http://" in line
    headers = {"Authorization": f"Bearer {KEY}"}
    async with httpx.AsyncClient(
        base_url=line.split()[-1],
        headers=headers,
        trust_env=False,
        timeout=PATIENCE,
        limits=EACH_ITS_OWN,
    ) as http:
        yield Server(http, folder / "log.jsonl")
    process.terminate()
    assert await asyncio.wait_for(process.wait(), PATIENCE) == 0


@pytest.fixture
async def server(process: Server) -> Server:
    """The server without rules and without past."""
    await process.http.post("/sandbox/reset")
    await process.script()
    return process


async def test_starts_with_the_script_of_the_file(server: Server) -> None:
    await server.http.post("/sandbox/reset")
    assert (await server.model().ainvoke("hola")).content == "del archivo"


async def test_rules_match_in_order_and_are_used_up(server: Server) -> None:
    await server.script(
        {"match": {"contains": "IMPRESORA", "times": 1}, "answer": {"content": "primera"}},
        {"match": {"contains": ["impresora", "45"]}, "answer": {"content": {"tienda": "45"}}},
        {"match": {"system_contains": "formal"}, "answer": {"content": "estimado"}},
    )
    model = server.model()
    assert (await model.ainvoke("la impresora")).content == "primera"
    assert (await model.ainvoke("la impresora de la 45")).content == '{"tienda": "45"}'
    assert (await model.ainvoke([("system", "sé Formal"), ("user", "x")])).content == "estimado"
    assert (await model.ainvoke("nada")).content == "ok"
    seen = (await server.http.get("/sandbox/requests")).json()
    assert [body["messages"][-1]["content"] for body in seen] == [
        "la impresora",
        "la impresora de la 45",
        "x",
        "nada",
    ]
    logged = [json.loads(line) for line in server.log.read_text().splitlines()]
    assert [line["scripted"] for line in logged][-4:] == [True, True, True, False]
    assert (await server.http.put("/sandbox/script", json=[{"answer": {}}])).status_code == 422


@pytest.mark.parametrize("method", ["json_schema", "function_calling"])
async def test_structured_output_scripted_and_not(server: Server, method: Any) -> None:
    model = server.model().with_structured_output(Classification, method=method)
    made = await model.ainvoke("cualquier cosa")
    assert isinstance(made, Classification)
    told = {
        "is_incident": True,
        "category": "technical",
        "confidence": 0.9,
        "store": "45",
        "words": ["error"],
    }
    answer: dict[str, Any] = {"content": told}
    if method == "function_calling":
        answer = {"tool_calls": [{"name": "Classification", "arguments": told}]}
    await server.script({"match": {"schema": "Classification"}, "answer": answer})
    assert await model.ainvoke("no imprime") == Classification.model_validate(told)


async def test_tools_there_and_back(server: Server) -> None:
    def search_similar_tickets(query: str) -> str:
        """Search like incidents."""
        return query

    await server.script(
        {
            "match": {"tool": "search_similar_tickets", "has_tool_result": False},
            "answer": {
                "tool_calls": [{"name": "search_similar_tickets", "arguments": {"query": "x"}}]
            },
        },
        {"match": {"has_tool_result": True}, "answer": {"content": "hay dos"}},
    )
    model = server.model().bind_tools([search_similar_tickets], strict=True)
    asked = await model.ainvoke("¿hay parecidos?")
    (call,) = asked.tool_calls
    assert (call["name"], call["args"]) == ("search_similar_tickets", {"query": "x"})
    talk: list[BaseMessage] = [HumanMessage("¿hay parecidos?"), AIMessage("", tool_calls=[call])]
    result = ToolMessage("2", tool_call_id=call["id"])
    assert (await model.ainvoke([*talk, result])).content == "hay dos"
    with pytest.raises(openai.BadRequestError, match="must be followed by tool messages"):
        await model.ainvoke([*talk, HumanMessage("¿y?")])
    stray = ToolMessage("2", tool_call_id="call_otra")
    with pytest.raises(openai.BadRequestError, match="must be a response"):
        await model.ainvoke([*talk, stray])


async def test_tokens_models_and_streaming(server: Server) -> None:
    await server.script({"answer": {"content": "y" * 40}})
    whole = await server.model().ainvoke("x" * 400)
    assert whole.usage_metadata is not None
    assert whole.usage_metadata["input_tokens"] == 100
    assert whole.usage_metadata["output_tokens"] == 10
    parts = [part async for part in server.model(stream_usage=True).astream("x" * 400)]
    assert "".join(str(part.content) for part in parts) == "y" * 40
    used = [part.usage_metadata for part in parts if part.usage_metadata]
    assert [one["total_tokens"] for one in used] == [110]
    listed = (await server.http.get("/v1/models")).json()
    assert "gpt-4o-mini" in [one["id"] for one in listed["data"]]
    for headers in ({"Authorization": ""}, {"Authorization": "Basic abc"}):
        assert (await server.http.get("/v1/models", headers=headers)).status_code == 401


async def test_images_are_taken_and_checked(server: Server) -> None:
    await server.script({"match": {"has_image": True}, "answer": {"content": "veo E-102"}})
    photo = base64.b64encode(b"\x89PNG").decode()
    block = {"type": "image", "base64": photo, "mime_type": "image/png"}
    message = HumanMessage(content=[{"type": "text", "text": "¿qué dice?"}, block])
    assert (await server.model().ainvoke([message])).content == "veo E-102"
    part = {"type": "image_url", "image_url": {"url": "data:image/bmp;base64,AAAA"}}
    refused = await server.complete(messages=[{"role": "user", "content": [part]}])
    assert refused.status_code == 400
    assert refused.json()["error"]["code"] == "invalid_image_format"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("429", openai.RateLimitError),
        ("quota", openai.RateLimitError),
        ("401", openai.AuthenticationError),
        ("500", openai.InternalServerError),
        ("503", openai.InternalServerError),
        ("garbage", (ValidationError, OutputParserException)),
        ("half_json", (ValidationError, OutputParserException)),
        ("empty", ValueError),
        ("huge", (ValidationError, OutputParserException)),
        ("length", openai.LengthFinishReasonError),
        ("refusal", OpenAIRefusalError),
        ("drop", openai.APIConnectionError),
        ("hang", openai.APITimeoutError),
    ],
)
async def test_each_fault_reaches_the_client(server: Server, fault: str, error: Any) -> None:
    await server.script({"answer": {"fault": fault}})
    model = server.model(timeout=0.5 if fault == "hang" else PATIENCE)
    with pytest.raises(error):
        await model.with_structured_output(Classification, method="json_schema").ainvoke("x")


async def test_a_page_of_html_is_no_completion(server: Server) -> None:
    await server.script({"answer": {"fault": "not_json"}})
    answer = await server.complete()
    assert answer.headers["content-type"].startswith("text/html")


async def test_a_fault_once_is_survived_by_a_retry(server: Server) -> None:
    await server.script(
        {"match": {"times": 1}, "answer": {"fault": "429"}}, {"answer": {"content": "al fin"}}
    )
    assert (await server.model(max_retries=1).ainvoke("x")).content == "al fin"
    assert len((await server.http.get("/sandbox/requests")).json()) == 2


OBJECT = {"type": "object", "additionalProperties": False}


def wanted(schema: dict[str, Any], *, strict: bool = True) -> dict[str, Any]:
    """A response_format."""
    told = {"name": "S", "schema": schema, "strict": strict}
    return {"type": "json_schema", "json_schema": told}


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ({"type": "object", "properties": {}, "required": []}, "additionalProperties"),
        (OBJECT | {"properties": {"a": {"type": "string"}}}, "Missing 'a'"),
        (
            OBJECT
            | {
                "properties": {"a": {"type": "array", "items": {"type": "object"}}},
                "required": ["a"],
            },
            "additionalProperties",
        ),
        (
            OBJECT
            | {
                "properties": {"a": {"$ref": "#/$defs/A"}},
                "required": ["a"],
                "$defs": {"A": {"type": "string", "default": "x"}},
            },
            "'default' is not permitted",
        ),
        ({"type": "array", "items": {"type": "string"}}, 'type: "object"'),
    ],
)
async def test_strict_schemas_are_checked(
    server: Server, schema: dict[str, Any], told: str
) -> None:
    refused = await server.complete(response_format=wanted(schema))
    assert refused.status_code == 400
    assert refused.json()["error"]["type"] == "invalid_request_error"
    assert told in refused.json()["error"]["message"]
    lax = await server.complete(response_format=wanted(schema, strict=False))
    assert lax.status_code == 200
    assert len((await server.http.get("/sandbox/requests")).json()) == 2


async def test_other_broken_requests_are_refused(server: Server) -> None:
    assert (await server.complete(messages=[])).status_code == 400
    assert (await server.complete(model="")).status_code == 400
    assert (await server.complete(tool_choice="auto")).status_code == 400
    assert (await server.complete(response_format={"type": "json_object"})).status_code == 400
    assert (await server.complete(messages=[{"role": "rey", "content": "x"}])).status_code == 400
    assert (await server.complete(messages=[{"role": "user", "content": None}])).status_code == 400


async def test_the_smallest_instance_is_valid(server: Server) -> None:
    node = OBJECT | {
        "properties": {
            "name": {"type": "string", "minLength": 3},
            "day": {"type": "string", "format": "date"},
            "size": {"type": "integer", "minimum": 5, "multipleOf": 4},
            "below": {"type": "number", "exclusiveMaximum": -1.5},
            "kind": {"enum": ["b", "a"]},
            "fixed": {"const": 7},
            "maybe": {"type": ["string", "null"]},
            "next": {"anyOf": [{"$ref": "#/$defs/Node"}, {"type": "null"}]},
            "many": {"type": "array", "items": {"type": "boolean"}, "minItems": 2},
        }
    }
    node["required"] = list(node["properties"])  # type: ignore[call-overload]
    schema = OBJECT | {
        "properties": {"root": {"$ref": "#/$defs/Node"}},
        "required": ["root"],
        "$defs": {"Node": node},
    }
    answer = await server.complete(response_format=wanted(schema))
    assert answer.status_code == 200, answer.text
    made = json.loads(answer.json()["choices"][0]["message"]["content"])
    Draft202012Validator(schema).validate(made)
    assert made["root"]["kind"] == "b"
