"""The HTTP server: the doors, health and metrics, and the API, over the opened parts."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from http import HTTPStatus

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.api import (
    corrections,
    demo,
    effects,
    feed,
    figures,
    health,
    incidents,
    page,
    replays,
    session,
    tickets,
)
from server.feed import Bell
from server.inbound import waha, zoho
from server.logs import new_trace_id
from server.parts import Parts
from server.replays import Replays

log = structlog.get_logger(__name__)


def bare_app() -> FastAPI:
    """The application's routes without the parts that answer them: enough for its OpenAPI."""
    app = FastAPI(
        title="Recado",
        version=health.VERSION,
        description="Turns WhatsApp group chats of retail stores into help-desk tickets.",
        # FastAPI's own pages would load their scripts from another host; ours is in `server.api`.
        docs_url=None,
        redoc_url=None,
    )
    shown = (session, incidents, corrections, tickets, figures, effects)
    for module in (health, waha, zoho, *shown, feed, demo, replays, page):
        app.include_router(module.router)
    return app


def create_app(parts: Parts) -> FastAPI:
    """The application of one process; `parts` are open and outlive it."""
    app = bare_app()
    app.state.parts = parts
    app.state.stopping = asyncio.Event()
    app.state.replays = Replays()
    assert parts.settings.database_url is not None  # noqa: S101 - filled in before parts open
    app.state.bell = Bell(parts.settings.database_url.get_secret_value())
    app.add_exception_handler(HTTPException, _problem)
    app.add_exception_handler(RequestValidationError, _invalid)

    app.add_middleware(Observed, parts=parts)
    return app


class Observed:
    """Counts and times every answer, and answers for what nobody caught. Plain ASGI: Starlette's
    own base class runs each request in two more tasks."""

    def __init__(self, app: ASGIApp, parts: Parts) -> None:
        self._app = app
        self._parts = parts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, begun = time.perf_counter(), False

        async def watched(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                self._count(scope, message["status"], time.perf_counter() - started)
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception:  # the HTTP door: whatever it is, the trace is ours and not the caller's
            if begun:
                raise
            log.exception("request failed", path=scope["path"])
            problem = _as_problem(500, "Something went wrong; it has been logged.")
            await problem(scope, receive, watched)

    def _count(self, scope: Scope, status: int, seconds: float) -> None:
        method, endpoint = scope["method"], getattr(scope.get("route"), "path", "unknown")
        metrics = self._parts.metrics
        self._parts.pulse.answered(status)
        metrics.api_requests.labels(method, endpoint, status).inc()
        metrics.api_request_duration.labels(method, endpoint).observe(seconds)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class alone
    return _as_problem(error.status_code, str(error.detail), error.headers)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class alone
    first = error.errors()[0]
    return _as_problem(422, f"{'.'.join(map(str, first['loc']))}: {first['msg']}")


def _as_problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """An error body as RFC 9457 has it, with our trace id."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "trace_id": new_trace_id(),
    }
    return JSONResponse(body, status, headers, media_type="application/problem+json")
