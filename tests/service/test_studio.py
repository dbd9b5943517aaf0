"""The real `langgraph dev`, offline, driven with `langgraph_sdk` as Studio would."""

from __future__ import annotations

import base64
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from langgraph_sdk import get_client
from langgraph_sdk.client import LangGraphClient
from PIL import Image, ImageDraw

from tests.service.stage import PATIENCE, free_port

ROOT = Path(__file__).parents[2]
NO_STORE = "La impresora de tickets no funciona"

pytestmark = pytest.mark.slow


def copy_config(folder: Path) -> None:
    """langgraph.json with its paths made absolute: its state is written where it is started."""
    config = json.loads((ROOT / "langgraph.json").read_text())
    config["dependencies"] = [str((ROOT / place).resolve()) for place in config["dependencies"]]
    config["graphs"] = {name: str(ROOT / place) for name, place in config["graphs"].items()}
    (folder / "langgraph.json").write_text(json.dumps(config))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running `langgraph dev` of its own, without keys and without a way out."""
    folder = tmp_path_factory.mktemp("studio")
    copy_config(folder)
    url = f"http://127.0.0.1:{free_port()}"
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LANGSMITH_TRACING": "false",
        "LANGGRAPH_CLI_NO_ANALYTICS": "1",
        "RECADO_MODE": "demo",
        # Whoever calls out anyway finds nobody there.
        **{f"{scheme}_PROXY": "http://127.0.0.1:9" for scheme in ("HTTP", "HTTPS", "ALL")},
        "NO_PROXY": "127.0.0.1,localhost",
    }
    command = [str(Path(sys.executable).parent / "langgraph"), "dev", "--no-browser", "--no-reload"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--port", url.rpartition(":")[2]],
            cwd=folder,
            env=environ,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            wait_until_up(process, url, folder / "log")
            yield url
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                raise
    said = (folder / "log").read_text()
    assert "Blocking" not in said
    assert "Failed to get" not in said


def wait_until_up(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + 2 * PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{url}/ok", timeout=2.0).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise AssertionError(f"langgraph dev did not start:\n{log.read_text()[-4000:]}")


@pytest.fixture
async def studio(address: str) -> AsyncIterator[LangGraphClient]:
    """A client of it."""
    async with get_client(url=address) as client:
        yield client


async def run(client: LangGraphClient, thread: str, **more: Any) -> dict[str, Any]:
    """One run, waited for; the values of the state after it."""
    values = await client.runs.wait(thread, "recado", **more)
    assert isinstance(values, dict)
    return values


def user(text: str) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": text}]}


async def new_thread(client: LangGraphClient) -> str:
    return str((await client.threads.create())["thread_id"])


async def test_the_assistant_its_schemas_and_its_drawing(studio: LangGraphClient) -> None:
    [assistant] = await studio.assistants.search()
    assert assistant["graph_id"] == "recado"
    schemas = await studio.assistants.get_schemas(assistant["assistant_id"])
    assert "messages" in (schemas["input_schema"] or {})["properties"]
    assert "effects" in (schemas["state_schema"] or {})["properties"]
    knobs = (schemas["context_schema"] or {})["properties"]
    assert knobs["extract_prompt"]["langgraph_type"] == "prompt"
    assert knobs["extract_prompt"]["langgraph_nodes"] == ["extract"]
    assert "Lees la conversación" in knobs["extract_prompt"]["default"]
    assert knobs["follow_up_model"]["langgraph_nodes"] == ["follow_up"]
    assert knobs["max_reasks"]["langgraph_nodes"] == ["ask_missing"]

    drawing = await studio.assistants.get_graph(assistant["assistant_id"])
    names = {str(node["id"]) for node in drawing["nodes"]}
    assert {"receive", "classify", "extract", "ask_missing", "open_ticket"} <= names
    edges = {(edge["source"], edge["target"]) for edge in drawing["edges"]}
    assert {("__start__", "receive"), ("extract", "ask_missing"), ("ask_missing", "receive")} <= {
        (str(source), str(target)) for source, target in edges
    }


async def test_a_question_a_resume_and_the_ticket_that_would_be(studio: LangGraphClient) -> None:
    thread = await new_thread(studio)
    values = await run(studio, thread, input=user(NO_STORE))
    [waiting] = values["__interrupt__"]
    assert waiting["value"]["waiting_for"] == "store"
    assert "¿De qué tienda" in waiting["value"]["question"]
    state = await studio.threads.get_state(thread)
    assert state["next"] == ["receive"]

    values = await run(studio, thread, command={"resume": "tienda 45"})
    assert values["status"] == "queued"
    assert [effect["kind"] for effect in values["effects"]] == ["open_ticket", "say"]
    assert values["effects"][0]["key"] == f"ticket:{thread}"
    assert [message["type"] for message in values["messages"]] == [
        *("human", "ai"),
        *("human", "ai", "ai"),
    ]
    assert (
        "[Zoho Desk] Impresora de tickets no funciona, tienda 45"
        in (values["messages"][3]["content"])
    )
    assert "Se creó el ticket" in values["messages"][4]["content"]

    history = await studio.threads.get_history(thread, limit=50)
    asked = [past for past in history if past["values"].get("pending")]  # type: ignore[union-attr]
    assert asked


async def test_plain_input_answers_too(studio: LangGraphClient) -> None:
    thread = await new_thread(studio)
    await run(studio, thread, input=user(NO_STORE))
    values = await run(studio, thread, input=user("tienda 45"))
    assert values["status"] == "queued"


async def test_a_run_tunes_its_nodes(studio: LangGraphClient) -> None:
    thread = await new_thread(studio)
    strict = {"min_confidence": 1.0}
    values = await run(studio, thread, input=user(NO_STORE), context=strict)
    assert (values["status"], values["effects"]) == ("dismissed", [])
    fewer = {"required_fields": {"technical": ["problem", "system"]}}
    values = await run(studio, await new_thread(studio), input=user(NO_STORE), context=fewer)
    assert values["status"] == "queued"
    wrong: dict[str, Any] = {"required_fields": {"technical": ["colour"]}}
    thread = await new_thread(studio)
    outcome = await studio.runs.wait(
        thread, "recado", input=user(NO_STORE), context=wrong, raise_error=False
    )
    assert "colour" in str(outcome)


async def test_a_state_may_be_edited(studio: LangGraphClient) -> None:
    thread = await new_thread(studio)
    values = await run(studio, thread, input=user(NO_STORE))
    fields = {**values["fields"], "store": "77"}
    await studio.threads.update_state(thread, {"fields": fields}, as_node="extract")
    state = await studio.threads.get_state(thread)
    assert state["values"]["fields"]["store"] == "77"  # type: ignore[call-overload]
    assert state["next"] == ["open_ticket"]
    values = await run(studio, thread, input=None)
    assert values["subject"].endswith("tienda 77")


async def test_a_photo_in_a_message_is_read(studio: LangGraphClient) -> None:
    image = Image.new("RGB", (700, 160), "white")
    ImageDraw.Draw(image).text((20, 50), "ERROR E-102 SIN PAPEL", fill="black", font_size=48)
    raw = io.BytesIO()
    image.save(raw, "PNG")
    encoded = base64.b64encode(raw.getvalue()).decode()
    content = [
        {"type": "text", "text": f"{NO_STORE}, tienda 45"},
        {"type": "image", "base64": encoded, "mime_type": "image/png"},
    ]
    message = {"messages": [{"role": "user", "content": content}]}
    values = await run(studio, await new_thread(studio), input=message)
    [picture] = values["images"].values()
    assert picture["readable"]
    assert values["fields"]["error"] == "E-102"
    kinds = [effect["kind"] for effect in values["effects"]]
    assert kinds == ["open_ticket", "attach_file", "say"]
