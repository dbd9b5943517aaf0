"""What exists in a demo only: the hands of people in the group and of agents at the desk.

Recado has no other door for them: this passes a request of the page on to the stand-ins' own
control routes, which speak WAHA's and Zoho's wire to us as the real ones would.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Annotated, Any

import httpx
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from server.api.envelope import Envelope
from server.api.policy import DEMO
from server.api.texts import Text
from server.demo_clock import jump
from server.inbound.body import read_body
from server.parts import Parts, PartsDep
from server.problems import Problem

router = APIRouter(prefix="/api/demo", tags=["demo"], dependencies=[Depends(DEMO)])
MOST_BYTES = 24 * 1024 * 1024
_ACTS = frozenset({"say", "edit", "revoke", "react"})
_PASSED_ON = ("content-type", "content-disposition", "x-content-type-options")


class Jump(BaseModel):
    """How far the demo's clock goes forward."""

    seconds: Annotated[float, Field(gt=0, le=31 * 86_400)]


class Jumped(BaseModel):
    """Business time after a jump."""

    now: datetime
    ahead_seconds: float


class NewStatus(BaseModel):
    """What an agent makes of a ticket."""

    status: Text = Field(min_length=1, max_length=100)
    resolution: Text | None = None


class Comment(BaseModel):
    """What an agent writes on a ticket."""

    content: Text = Field(min_length=1, max_length=10_000)


@router.get("/chats")
async def list_chats(parts: PartsDep) -> Envelope[Any]:
    """Every group with the people who have spoken in it."""
    return Envelope(data=await _ask(_waha(parts), "GET", "chats"))


@router.get("/chats/{chat}")
async def read_chat(chat: str, parts: PartsDep) -> Envelope[Any]:
    """One group's transcript, oldest first."""
    return Envelope(data=await _ask(_waha(parts), "GET", f"chats/{_segment(chat)}"))


@router.post("/acts/{act}")
async def act(act: str, request: Request, parts: PartsDep) -> Envelope[Any]:
    """Somebody says, edits, revokes or reacts, in the words of the stand-in's control routes."""
    if act not in _ACTS:
        raise Problem(404, "not_found", "there is no such act")
    body = await read_body(request, MOST_BYTES)
    _check_whole(body)
    return Envelope(data=await _ask(_waha(parts), "POST", act, body))


@router.get("/media/{name}")
async def show_media(name: str, parts: PartsDep) -> Response:
    """A file of the group; what a browser could run is only offered to be saved."""
    async with _client(_waha(parts)) as http:
        answer = await http.get(f"/sandbox/media/{_segment(name)}")
    if answer.status_code != 200:
        raise Problem(404, "no_such_file", "there is no such file")
    kept = {key: value for key in _PASSED_ON if (value := answer.headers.get(key))}
    return Response(answer.content, headers=kept)


@router.get("/events")
async def watch_chats(request: Request, parts: PartsDep) -> StreamingResponse:
    """What happens in the groups, as server-sent events."""
    url = _waha(parts)

    async def stream() -> AsyncIterator[bytes]:
        stopping: asyncio.Event = request.app.state.stopping
        stopped = asyncio.create_task(stopping.wait())
        try:
            async with (
                _client(url, timeout=None) as http,
                http.stream("GET", "/sandbox/events") as s,
            ):
                chunks = s.aiter_raw()
                while True:
                    nxt = asyncio.ensure_future(anext(chunks))
                    try:
                        await asyncio.wait({nxt, stopped}, return_when=asyncio.FIRST_COMPLETED)
                        if not nxt.done():
                            return
                    finally:
                        nxt.cancel()  # also where the page has gone: nobody else waits for it
                    yield nxt.result()
        except (httpx.TransportError, StopAsyncIteration):
            return  # the page connects again
        finally:
            stopped.cancel()

    headers = {"cache-control": "no-store"}
    return StreamingResponse(stream(), media_type="text/event-stream", headers=headers)


@router.post("/clock")
async def jump_clock(jump_: Jump, parts: PartsDep) -> Envelope[Jumped]:
    """Let time pass: what would be due by then is due now."""
    ahead = await jump(parts, timedelta(seconds=jump_.seconds))
    return Envelope(data=Jumped(now=parts.clock.now(), ahead_seconds=ahead.total_seconds()))


@router.get("/tickets")
async def list_tickets(parts: PartsDep) -> Envelope[Any]:
    """Every ticket of the desk's stand-in with its comments and attachments, and every contact."""
    return Envelope(data=await _ask(_zoho(parts), "GET", "tickets"))


@router.put("/tickets/{ticket}/status")
async def change_status(ticket: str, new: NewStatus, parts: PartsDep) -> Envelope[Any]:
    """Change a ticket as an agent would; the group is told by the way that a real desk takes."""
    path = f"tickets/{_segment(ticket)}/status"
    body = new.model_dump_json(exclude_none=True).encode()
    return Envelope(data=await _ask(_zoho(parts), "PUT", path, body))


@router.post("/tickets/{ticket}/comments")
async def comment(ticket: str, new: Comment, parts: PartsDep) -> Envelope[Any]:
    """Comment as an agent."""
    path = f"tickets/{_segment(ticket)}/comments"
    return Envelope(data=await _ask(_zoho(parts), "POST", path, new.model_dump_json().encode()))


def _waha(parts: Parts) -> str:
    return parts.settings.waha_url or ""


def _zoho(parts: Parts) -> str:
    return parts.settings.zoho_desk_url or ""


def _segment(given: str) -> str:
    """One segment of a path that leads nowhere else. Raises HTTPException."""
    odd = any(sign in "/\\?#%" or not sign.isprintable() for sign in given)
    if given in {".", ".."} or odd:
        raise Problem(404, "not_found", "there is nothing by that name")
    return given


def _check_whole(body: bytes) -> None:
    """Refuse half a character, which only an escape can bring: nothing could pass it on."""
    if b"\\u" not in body:
        return
    try:
        json.dumps(json.loads(body), ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:  # also UnicodeEncodeError
        raise Problem(422, "invalid", "the body is no JSON that can be passed on") from error


def _client(url: str, timeout: float | None = 20) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=url, timeout=timeout, trust_env=False)


async def _ask(url: str, method: str, path: str, body: bytes | None = None) -> Any:
    headers = {"content-type": "application/json"} if body is not None else {}
    try:
        async with _client(url) as http:
            answer = await http.request(method, f"/sandbox/{path}", content=body, headers=headers)
    except httpx.TransportError as error:
        raise Problem(502, "stand_in_away", "the stand-in does not answer") from error
    if answer.is_success:
        return answer.json() if answer.content else None
    if answer.status_code >= 500:
        raise Problem(502, "stand_in_away", "the stand-in failed")
    raise Problem(answer.status_code, "stand_in_refused", answer.text[:500], answer.text[:500])
