"""The OpenAI-compatible server: checks a request as OpenAI does, then answers from the script."""

import asyncio
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, TypeAdapter

from sandbox.openai import replies
from sandbox.openai.requests import InvalidRequest, check_request
from sandbox.openai.schema import Json, SchemaError
from sandbox.openai.script import Answer, Rule, Script, Seen
from sandbox.waha.journal import Journal
from sandbox.waha.listener import bind, drop, serve

_RULES = TypeAdapter(list[Rule])
_MODELS = ("gpt-4o-mini", "gpt-4o", "gpt-4.1-mini")


class _Rules(BaseModel):
    rules: list[Rule]


@dataclass(frozen=True, slots=True)
class OpenAiConfig:
    """Settings of one OpenAI stand-in."""

    script: Path | None = None
    """JSON file with the rules to start with."""
    log: Path | None = None
    """Append-only JSON lines: each request and its status, fsynced before the answer."""
    api_key: str | None = None
    """The one key that is taken; unset: any."""


def read_rules(path: Path | None) -> list[Rule]:
    """Return the rules of a file: a list, or {"rules": [...]}."""
    if path is None:
        return []
    told: Any = json.loads(path.read_text(encoding="utf-8"))
    return _RULES.validate_python(told["rules"] if isinstance(told, dict) else told)


@dataclass
class Desk:
    """What one running server holds."""

    config: OpenAiConfig
    journal: Journal
    script: Script
    requests: list[Json] = field(default_factory=list)


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


DeskDep = Annotated[Desk, Depends(_desk)]


def _unauthorised(request: Request, desk: Desk) -> Response | None:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    wanted = desk.config.api_key
    if scheme.lower() == "bearer" and key.strip():
        if wanted is None or hmac.compare_digest(key.strip().encode(), wanted.encode()):
            return None
        return replies.error(
            401, "Incorrect API key provided.", "invalid_request_error", "invalid_api_key"
        )
    return replies.error(401, "You didn't provide an API key.", "invalid_request_error")


def _refuse(problem: InvalidRequest) -> Response:
    return replies.error(400, str(problem), "invalid_request_error", problem.code, problem.param)


async def _hang(request: Request) -> Response:
    """Say nothing until the caller has gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    return Response(status_code=204)


async def _give(answer: Answer, body: Json, request: Request) -> Response:
    """Return the response an answer stands for."""
    if answer.delay_seconds:
        await asyncio.sleep(answer.delay_seconds)
    if answer.fault == "hang":
        return await _hang(request)
    if answer.fault == "drop":
        return await drop(request)
    if answer.fault == "not_json":
        return Response("<html>502 Bad Gateway</html>", media_type="text/html")
    failed = replies.failure(answer)
    if failed is not None:
        return failed
    whole = replies.completion(answer, body)
    if body.get("stream"):
        usage = bool((body.get("stream_options") or {}).get("include_usage"))
        return StreamingResponse(replies.chunks(whole, usage=usage), media_type="text/event-stream")
    return JSONResponse(whole)


def create_app(desk: Desk) -> FastAPI:
    """Return the application."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        desk.journal.close()

    app = FastAPI(title="OpenAI (sandbox)", lifespan=lifespan)
    app.state.desk = desk

    @app.post("/v1/chat/completions")
    async def complete(request: Request, desk: DeskDep) -> Response:
        """Check, find the rule, answer."""
        refused = _unauthorised(request, desk)
        if refused is not None:
            return refused
        raw = await request.body()
        try:
            body = json.loads(raw)
            if not isinstance(body, dict):
                raise InvalidRequest("the body must be a JSON object")
        except ValueError as error:
            problem = error if isinstance(error, InvalidRequest) else InvalidRequest(str(error))
            return _refuse(problem)
        desk.requests.append(body)
        try:
            check_request(body)
            answer = desk.script.answer(Seen(body))
            scripted = answer is not None
            answer = answer or replies.unscripted(body)
        except (InvalidRequest, SchemaError) as error:
            problem = error if isinstance(error, InvalidRequest) else InvalidRequest(str(error))
            await desk.journal.write("refused", error=str(problem), body=body)
            return _refuse(problem)
        await desk.journal.write("completion", scripted=scripted, fault=answer.fault, body=body)
        return await _give(answer, body, request)

    @app.get("/v1/models")
    async def models(request: Request, desk: DeskDep) -> Response:
        """List a few models; any name works."""
        refused = _unauthorised(request, desk)
        listed = [
            {"id": name, "object": "model", "created": 1700000000, "owned_by": "sandbox"}
            for name in _MODELS
        ]
        return refused or JSONResponse({"object": "list", "data": listed})

    @app.get("/sandbox/script")
    async def script(desk: DeskDep) -> list[Rule]:
        """Return the rules in force."""
        return desk.script.rules

    @app.put("/sandbox/script")
    async def set_script(body: list[Rule] | _Rules, desk: DeskDep) -> Json:
        """Replace the rules; their counts begin again."""
        rules = body.rules if isinstance(body, _Rules) else body
        desk.script = Script(rules)
        return {"rules": len(rules)}

    @app.get("/sandbox/requests")
    async def requests(desk: DeskDep) -> list[Json]:
        """Return every request body received with a key, oldest first, refused ones too."""
        return desk.requests

    @app.post("/sandbox/reset")
    async def reset(desk: DeskDep) -> Json:
        """Forget the requests and go back to the script the server was started with."""
        desk.requests.clear()
        desk.script = Script(read_rules(desk.config.script))
        return {"ok": True}

    return app


def run(config: OpenAiConfig, host: str = "127.0.0.1", port: int = 3100) -> None:
    """Serve until SIGTERM; port 0 takes a free one, told in the line on stderr."""
    listening = bind(host, port)
    desk = Desk(config, Journal(config.log), Script(read_rules(config.script)))
    serve(create_app(desk), listening, "openai")
