"""The HTTP server: the doors, health and metrics, and the API, over the opened parts."""

from __future__ import annotations

import asyncio
import time

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
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
from server.parts import Parts
from server.problems import ProblemView, as_problem, code_of, tell_invalid, tell_problem
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
        responses={"4XX": {"model": ProblemView, "description": "RFC 9457"}},
    )
    app.state.dist = page.DIST
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
    app.add_exception_handler(HTTPException, tell_problem)
    app.add_exception_handler(RequestValidationError, tell_invalid)

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
            problem = as_problem(500, code_of(500), "Something went wrong; it has been logged.")
            await problem(scope, receive, watched)

    def _count(self, scope: Scope, status: int, seconds: float) -> None:
        method, endpoint = scope["method"], getattr(scope.get("route"), "path", "unknown")
        metrics = self._parts.metrics
        self._parts.pulse.answered(status)
        metrics.api_requests.labels(method, endpoint, status).inc()
        metrics.api_request_duration.labels(method, endpoint).observe(seconds)
