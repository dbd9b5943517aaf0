"""Hosted models against the OpenAI stand-in, over real HTTP."""

from __future__ import annotations

import asyncio
import base64
import json
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from domain.errors import ModelFailed, ModelUnavailable
from domain.reading import Line, ModelCall
from tests.fakes.models import StrictToolbox
from tests.service.stage import EACH_ITS_OWN, PATIENCE, free_port
from tools.models.hosted.models import HostedModels, HostedSettings
from tools.models.hosted.openai import OpenAIConfig, open_openai
from tools.models.hosted.usage import ModelUse

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
KEY = "sk-test-secret"
CALL = ModelCall(
    incident_id="7b1d",
    node="extract",
    instructions="Read the conversation.",
    conversation=(
        Line("m1", "2026-03-02T09:14:05-06:00", "staff", "Lupita", "La impresora no funciona"),
        Line("m2", "2026-03-02T09:15:00-06:00", "staff", "Lupita", "dice ERROR E-102"),
    ),
    new=1,
    known={"system": "impresora"},
    pending="store",
)
CLASSIFICATION = {
    "is_incident": True,
    "confidence": 0.93,
    "category": "technical",
    "priority": "normal",
    "trigger_words": ["no funciona"],
    "sentiment": "negative",
    "summary": "La impresora no funciona",
    "requires_human_escalation": False,
    "suggested_articles": [],
    "estimated_resolution_minutes": None,
}
EXTRACTION = {
    "problem": "no funciona",
    "system": "impresora",
    "store": None,
    "error": "E-102",
    "affected": None,
    "refused": False,
}
FOLLOW_UP = {"act": "status_question", "reply": "Su ticket sigue en atención."}
IMAGE = {"readable": True, "text": "ERROR E-102", "error": "E-102", "system": "impresora"}


class Server:
    """The stand-in: what it shall say, and what it was asked."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._http = httpx.Client(base_url=url, timeout=PATIENCE, limits=EACH_ITS_OWN)

    def says(self, *rules: Mapping[str, object]) -> None:
        """Answer by these rules alone, and forget what was asked."""
        self._http.post("/sandbox/reset").raise_for_status()
        answer = self._http.put("/sandbox/script", json=list(rules))
        assert answer.is_success, answer.text

    def asked(self) -> list[dict[str, Any]]:
        """Every request body since then."""
        asked: list[dict[str, Any]] = self._http.get("/sandbox/requests").json()
        return asked

    def close(self) -> None:
        self._http.close()


def rule(content: object = None, times: int | None = None, **answer: object) -> dict[str, object]:
    match = {} if times is None else {"times": times}
    told = answer if content is None else {"content": content, **answer}
    return {"match": match, "answer": told}


def wish(name: str, arguments: object, times: int | None = 1) -> dict[str, object]:
    return rule(times=times, tool_calls=[{"name": name, "arguments": arguments}])


@pytest.fixture(scope="session")
def openai(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    port = free_port()
    log = tmp_path_factory.mktemp("openai") / "log"
    command = [sys.executable, "-m", "sandbox.openai", "--port", str(port), "--api-key", KEY]
    with (
        log.open("wb") as out,
        subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out) as process,
    ):
        server = Server(f"http://127.0.0.1:{port}")
        try:
            until = time.monotonic() + PATIENCE
            while not _answers(server):
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < until, log.read_text()
                time.sleep(0.05)
            yield server
        finally:
            server.close()
            process.terminate()


def _answers(server: Server) -> bool:
    try:
        server.asked()
    except httpx.TransportError:
        return False
    return True


@pytest.fixture
def uses() -> list[ModelUse]:
    return []


@pytest.fixture
async def models(openai: Server, uses: list[ModelUse]) -> AsyncIterator[HostedModels]:
    config = OpenAIConfig(api_key=KEY, base_url=f"{openai.url}/v1", timeout=PATIENCE)
    made = open_openai(config, observe=uses.append)
    yield made
    await made.aclose()


# -- answers --------------------------------------------------------------------------------------


async def test_each_call_gets_its_structured_answer(
    openai: Server, models: HostedModels, uses: list[ModelUse]
) -> None:
    for schema, answer in (
        ("Classification", CLASSIFICATION),
        ("Extraction", EXTRACTION),
        ("FollowUp", FOLLOW_UP),
        ("ImageDescription", IMAGE),
    ):
        openai.says({"match": {"schema": schema}, "answer": {"content": answer}})
        if schema == "Classification":
            assert (await models.classify(CALL)).model_dump() == answer
        elif schema == "Extraction":
            assert (await models.extract(CALL)).model_dump() == answer
        elif schema == "FollowUp":
            assert (await models.follow_up(CALL)).model_dump() == answer
        else:
            found = await models.describe_image(CALL, b"png", "image/png")
            assert found.model_dump() == answer
    assert [use.outcome for use in uses] == ["answered"] * 4


async def test_the_request_is_as_openai_wants_it(openai: Server, models: HostedModels) -> None:
    openai.says(rule(CLASSIFICATION))
    await models.classify(CALL)
    [asked] = openai.asked()
    assert asked["model"] == "gpt-4o-mini"
    assert asked["temperature"] == 0
    assert asked["response_format"]["json_schema"]["strict"] is True
    schema = asked["response_format"]["json_schema"]["schema"]
    assert schema["required"] == list(CLASSIFICATION)
    assert schema["additionalProperties"] is False
    assert "maximum" not in json.dumps(schema)
    system, user = asked["messages"]
    assert system == {"role": "system", "content": "Read the conversation."}
    assert "[2026-03-02T09:14:05-06:00] Lupita (staff): La impresora" in user["content"]
    assert "Lupita (staff, new): dice ERROR E-102" in user["content"]
    assert '"system": "impresora"' in user["content"]


async def test_the_unscripted_answer_fits_the_schema_that_we_send(
    openai: Server, models: HostedModels
) -> None:
    openai.says()
    assert (await models.classify(CALL)).confidence == 0
    assert (await models.follow_up(CALL)).act == "detail"


async def test_use_is_counted_with_its_price(
    openai: Server, models: HostedModels, uses: list[ModelUse]
) -> None:
    openai.says(rule(CLASSIFICATION))
    await models.classify(replace(CALL, model="openai:gpt-4o"))
    await models.classify(replace(CALL, model="openai:brand-new"))
    await models.classify(replace(CALL, model="gemini:gemini-2.5-flash"))
    assert [one["model"] for one in openai.asked()] == ["gpt-4o", "brand-new", "gpt-4o-mini"]
    use, unknown, default = uses
    assert (use.provider, use.model, use.node, use.incident_id) == (
        "openai",
        "gpt-4o",
        "extract",
        "7b1d",
    )
    assert use.input_tokens > 50
    assert use.output_tokens > 20
    expected = (use.input_tokens * 2.5 + use.output_tokens * 10) / 1e6
    assert use.cost_usd == pytest.approx(expected)
    assert unknown.cost_usd is None
    assert default.model == "gpt-4o-mini"
    assert 0 < use.seconds < PATIENCE


async def test_an_image_goes_along_as_a_data_url(openai: Server, models: HostedModels) -> None:
    openai.says(rule(IMAGE))
    await models.describe_image(CALL, b"\x89PNG bytes", "image/png")
    [asked] = openai.asked()
    parts = asked["messages"][1]["content"]
    url = "data:image/png;base64," + base64.b64encode(b"\x89PNG bytes").decode()
    assert [part["type"] for part in parts] == ["text", "image_url"]
    assert parts[1]["image_url"]["url"] == url


# -- tools ----------------------------------------------------------------------------------------


async def test_a_tool_is_used_and_its_result_is_in_the_next_request(
    openai: Server, models: HostedModels, uses: list[ModelUse]
) -> None:
    openai.says(wish("person_history", {"person": "Lupita", "limit": None}), rule(EXTRACTION))
    box = StrictToolbox()
    answer = await models.extract(CALL, box)
    assert answer.error == "E-102"
    # The null that strict mode forces for an optional argument is not given to the tool.
    assert [(use.name, use.arguments) for use in box.used] == [
        ("person_history", {"person": "Lupita"})
    ]
    first, second = openai.asked()
    assert [tool["function"]["name"] for tool in first["tools"]] == [
        "person_history",
        "create_ticket",
    ]
    assert all(tool["function"]["strict"] for tool in first["tools"])
    assert second["messages"][-1]["content"] == "#812 impresora, tienda 45"
    wished = second["messages"][-2]["tool_calls"][0]["id"]
    assert second["messages"][-1]["tool_call_id"] == wished
    assert len(uses) == 2


@pytest.mark.parametrize("subject", ["x", "raise"])
async def test_a_refused_tool_is_told_to_the_model(
    openai: Server, models: HostedModels, subject: str
) -> None:
    openai.says(wish("create_ticket", {"subject": subject}), rule(FOLLOW_UP))
    box = StrictToolbox()
    assert (await models.follow_up(CALL, box)).act == "status_question"
    assert box.used[0].refused
    told = openai.asked()[1]["messages"][-1]
    assert told["role"] == "tool"
    assert "allowed" in told["content"]


async def test_after_the_rounds_it_must_answer_without_tools(
    openai: Server, models: HostedModels
) -> None:
    openai.says(wish("person_history", {"person": "x", "limit": 1}, times=3), rule(EXTRACTION))
    box = StrictToolbox()
    await models.extract(CALL, box)
    asked = openai.asked()
    assert ["tools" in one for one in asked] == [True, True, True, False]
    assert len(box.used) == 3


async def test_arguments_that_are_no_json_reach_no_tool(
    openai: Server, models: HostedModels
) -> None:
    openai.says(wish("person_history", '{"person": "Lup'), rule(EXTRACTION))
    box = StrictToolbox()
    assert (await models.extract(CALL, box)).system == "impresora"
    assert box.used == []


async def test_a_greedy_model_is_held_back(openai: Server, models: HostedModels) -> None:
    calls = [{"name": "person_history", "arguments": {"person": "x", "limit": 1}}] * 9
    openai.says(rule(times=1, tool_calls=calls), rule(EXTRACTION))
    box = StrictToolbox()
    await models.extract(CALL, box)
    assert len(box.used) == 4
    told = [m["content"] for m in openai.asked()[1]["messages"] if m["role"] == "tool"]
    assert len(told) == 9
    assert told[-1].startswith("Not done")


# -- faults ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["429", "quota", "401", "500", "503", "drop"])
async def test_a_provider_that_cannot_is_unavailable(
    openai: Server, models: HostedModels, uses: list[ModelUse], fault: str
) -> None:
    openai.says(rule(fault=fault))
    with pytest.raises(ModelUnavailable, match="openai") as failed:
        await models.classify(CALL)
    assert KEY not in str(failed.value)
    assert len(openai.asked()) == 1
    assert [use.outcome for use in uses] == ["unavailable"]


@pytest.mark.parametrize(
    "fault", ["garbage", "not_json", "half_json", "length", "refusal", "empty", "huge"]
)
async def test_an_answer_that_cannot_be_used_fails_after_one_repair(
    openai: Server, models: HostedModels, fault: str
) -> None:
    openai.says(rule(fault=fault))
    with pytest.raises(ModelFailed, match="no usable answer"):
        await models.classify(CALL)
    asked = openai.asked()
    assert len(asked) == 2
    assert len(json.dumps(asked[1])) < 20_000


@pytest.mark.parametrize("fault", ["garbage", "not_json", "half_json", "length", "refusal"])
async def test_one_bad_answer_is_repaired(openai: Server, models: HostedModels, fault: str) -> None:
    openai.says(rule(fault=fault, times=1), rule(CLASSIFICATION))
    assert (await models.classify(CALL)).is_incident
    assert "cannot be used" in openai.asked()[1]["messages"][-1]["content"]


@pytest.mark.parametrize(
    "wrong",
    [
        {**CLASSIFICATION, "confidence": 7},
        {**CLASSIFICATION, "category": "weather"},
        {**CLASSIFICATION, "extra": 1},
        {},
        [],
    ],
)
async def test_json_of_another_shape_is_not_taken(
    openai: Server, models: HostedModels, wrong: object
) -> None:
    openai.says(rule(wrong))
    with pytest.raises(ModelFailed):
        await models.classify(CALL)


async def test_silence_is_unavailable_by_the_deadline(openai: Server) -> None:
    config = OpenAIConfig(api_key=KEY, base_url=f"{openai.url}/v1", timeout=0.3)
    for settings in (None, HostedSettings(deadline=0.2)):
        openai.says(rule(fault="hang"))
        models = open_openai(config, settings=settings)
        # Who waited for an answer would wait for ever.
        with pytest.raises(ModelUnavailable):
            await asyncio.wait_for(models.classify(CALL), PATIENCE)
        await models.aclose()


async def test_nobody_there_is_unavailable() -> None:
    models = open_openai(OpenAIConfig(api_key=KEY, base_url="http://127.0.0.1:9/v1"))
    with pytest.raises(ModelUnavailable, match="could not be reached"):
        await models.classify(CALL)
    await models.aclose()


async def test_a_wrong_key_is_unavailable(openai: Server) -> None:
    openai.says(rule(CLASSIFICATION))
    stranger = open_openai(OpenAIConfig(api_key="other", base_url=f"{openai.url}/v1"))
    with pytest.raises(ModelUnavailable, match="401"):
        await stranger.classify(CALL)
    await stranger.aclose()


async def test_a_request_that_is_not_taken_is_not_repeated(
    openai: Server, models: HostedModels
) -> None:
    openai.says(rule(IMAGE))
    with pytest.raises(ModelFailed, match="400"):
        await models.describe_image(CALL, b"", "image/png")
    assert len(openai.asked()) == 1


def test_a_key_is_never_shown() -> None:
    assert KEY not in repr(OpenAIConfig(api_key=KEY))
