"""The live feed over WebSocket: a ticket first, then news from where the page left off."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import psycopg
from fastapi import APIRouter, Depends, WebSocket, WebSocketDisconnect
from psycopg_pool import PoolTimeout
from pydantic import BaseModel

from server.access import new_ticket, take_ticket
from server.api.envelope import Envelope
from server.api.policy import PUBLIC, READ
from server.feed import LOOK_SECONDS, Bell, Cursor, events_after, is_kept, latest
from server.parts import Parts, PartsDep

router = APIRouter(prefix="/api/feed", tags=["feed"])
REFUSED, TRY_LATER = 1008, 1013
UNREADABLE, GONE = "feed_cursor_unreadable", "feed_cursor_gone"


class FeedTicket(BaseModel):
    """Opens one connection, once, within half a minute."""

    ticket: str


@router.post("/tickets", dependencies=[Depends(READ)])
async def make_ticket(parts: PartsDep) -> Envelope[FeedTicket]:
    """A ticket for `/api/feed?ticket=...&after=...`."""
    return Envelope(data=FeedTicket(ticket=await new_ticket(parts.pool)))


@router.websocket("", dependencies=[Depends(PUBLIC)])
async def follow(socket: WebSocket, ticket: str = "", after: str = "") -> None:
    """News as JSON: {type: hello | reset | event, cursor, kind, incident_id, chat, at}.

    `after` is the cursor of the last one seen. `reset` says that nothing can be resumed from there
    and all must be read anew, with a `code`: `feed_cursor_gone` is one that the feed no longer, or
    never, held, `feed_cursor_unreadable` is none at all. The ticket stands for the login.
    """
    parts: Parts = socket.app.state.parts
    if not await take_ticket(parts.pool, ticket):
        await socket.close(REFUSED)
        return
    await socket.accept()
    bell: Bell = socket.app.state.bell
    async with bell.heard() as rung:
        gone = asyncio.create_task(_until_gone(socket))
        telling = asyncio.create_task(_tell(socket, parts, after, rung))
        await asyncio.wait({gone, telling}, return_when=asyncio.FIRST_COMPLETED)
        for task in (gone, telling):
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError, WebSocketDisconnect, RuntimeError):
            await telling


async def _until_gone(socket: WebSocket) -> None:
    with contextlib.suppress(WebSocketDisconnect):
        while True:
            await socket.receive_text()


async def _start(parts: Parts, after: str) -> tuple[Cursor, str | None]:
    """Where the telling begins, and the code of what keeps it from going on where it was left."""
    if not after:
        return await latest(parts.pool), None
    try:
        cursor = Cursor.read(after)
    except ValueError:
        return await latest(parts.pool), UNREADABLE
    if await is_kept(parts.pool, cursor):
        return cursor, None
    return await latest(parts.pool), GONE


async def _tell(socket: WebSocket, parts: Parts, after: str, rung: asyncio.Event) -> None:
    try:
        cursor, problem = await _start(parts, after)
        begun = {"type": "reset", "code": problem} if problem else {"type": "hello"}
        await socket.send_json({**begun, "cursor": str(cursor)})
        while True:
            rung.clear()
            for event in await events_after(parts.pool, cursor):
                cursor = event.cursor
                told: dict[str, Any] = {
                    "type": "event",
                    "cursor": str(cursor),
                    "kind": event.kind,
                    "incident_id": str(event.incident_id) if event.incident_id else None,
                    "chat": event.chat,
                    "at": event.at.isoformat(),
                }
                await socket.send_json(told)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(rung.wait(), LOOK_SECONDS)
    except (psycopg.Error, PoolTimeout):
        await socket.close(TRY_LATER)
