"""The door every request goes through: strikes it with faults, writes the log, then answers.

The body is read whole before anything else, so a request that arrived is carried out even if its
client has gone, as at a real server.
"""

import asyncio
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.zoho.exchange import refusal
from sandbox.zoho.faults import Strike
from sandbox.zoho.standin import StandIn
from sandbox.zoho.visit import AGENT_ID, Visit

CONTROL = "/sandbox"
HTML_ERROR = b"<html><body><h1>Something went wrong</h1><p>Please try again.</p></body></html>"


@dataclass
class _Answer:
    """A response held back until the log is written."""

    messages: list[Message] = field(default_factory=list)

    async def send(self, message: Message) -> None:
        self.messages.append(message)

    @property
    def status(self) -> int:
        return int(self.messages[0]["status"])

    def add_headers(self, headers: list[tuple[bytes, bytes]]) -> None:
        self.messages[0]["headers"] = [*self.messages[0]["headers"], *headers]


class Gate:
    """ASGI middleware round the whole application."""

    def __init__(self, app: ASGIApp, standin: StandIn) -> None:
        self._app = app
        self._standin = standin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = await _whole_body(receive)
        if body is None:
            return
        method, path = scope["method"], scope["path"]
        visit = Visit(method, path, scope["query_string"].decode("latin-1"))
        scope.setdefault("state", {})["visit"] = visit
        if path.startswith(CONTROL):
            visit.agent_id = AGENT_ID
        zoho = path.startswith(("/api/", "/oauth/"))
        strike = self._standin.faults.draw(method, path) if zoho else Strike()

        if strike.blow == "refuse":
            self._log(visit, None, "refuse")
            _cut(scope)
            return
        if strike.delay_when == "before":
            await asyncio.sleep(strike.delay_seconds)
        answer = _Answer()
        spoilt = strike.blow in ("status_5xx", "status_429")
        if not spoilt or strike.blow_when == "after":
            await self._app(scope, _replay(body), answer.send)
        if spoilt:
            answer = await self._injected(scope, body, strike)
        if path.startswith("/api/"):
            answer.add_headers(self._standin.credits.headers(visit.weight))
        if zoho or (path.startswith(CONTROL) and method != "GET"):
            fault = strike.blow or ("slow" if strike.delay_seconds else None)
            self._log(visit, answer.status, fault)
        if strike.delay_when == "after":
            await asyncio.sleep(strike.delay_seconds)
        if strike.blow == "lost_answer":
            _cut(scope)
            return
        for message in answer.messages:
            await send(message)

    async def _injected(self, scope: Scope, body: bytes, strike: Strike) -> _Answer:
        faults = self._standin.faults
        assert strike.blow is not None  # noqa: S101 (asked by the caller)
        response = refusal(faults.error(strike.blow))
        if strike.blow == "status_5xx" and faults.plan.html_errors:
            response.body = HTML_ERROR
            response.headers["content-type"] = "text/html"
            response.headers["content-length"] = str(len(HTML_ERROR))
        answer = _Answer()
        await response(scope, _replay(body), answer.send)
        return answer

    def _log(self, visit: Visit, status: int | None, fault: str | None) -> None:
        line = {"method": visit.method, "path": visit.path, "status": status, "fault": fault}
        if visit.query and not visit.path.startswith("/oauth/"):
            line["query"] = visit.query
        for note in visit.notes or [{}]:
            self._standin.journal.write({**line, **note})


async def _whole_body(receive: Receive) -> bytes | None:
    """The request's body, or None if the client left before it was complete."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if not message.get("more_body", False):
            return bytes(body)


def _replay(body: bytes) -> Receive:
    messages: list[Message] = [
        {"type": "http.request", "body": body, "more_body": False},
        {"type": "http.disconnect"},
    ]

    async def receive() -> Message:
        return messages.pop(0) if len(messages) > 1 else messages[0]

    return receive


def _cut(scope: Scope) -> None:
    cut = scope["state"].get("cut")
    if cut is None:  # not behind the stand-in's own server
        raise ConnectionResetError("the stand-in cut the connection")
    cut()
