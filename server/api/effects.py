"""Outbox and quarantine: what waits, what failed and why, and what a person does about it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from domain.errors import BadInput, OutOfPlace
from server.api.envelope import Envelope
from server.api.incident_views import EffectView
from server.api.policy import ACT, READ
from server.api.texts import Number, Text
from server.logs import new_trace_id
from server.mend import drop_effect, keep_mended, read_again, retry_effect, set_aside, settle
from server.parts import PartsDep
from server.persistence.incident_views import waiting_effects
from server.problems import Problem

router = APIRouter(prefix="/api", tags=["outbox"])
State = Literal["pending", "attempting", "unknown", "done", "dropped", "dead"]


class Retry(BaseModel):
    """Try again; `text` are other words for a message."""

    text: Text | None = Field(default=None, min_length=1, max_length=4_000)


class Mended(BaseModel):
    """What was set aside, as it should have been."""

    body: Text | None = Field(default=None, min_length=1, max_length=65_536)


class Settled(BaseModel):
    """What became of it; `stored` counts messages."""

    id: int
    stored: int = 0


class SetAside(BaseModel):
    """Something that came in and could not be used."""

    id: int
    source: str
    reason: str
    body: str
    at: datetime


@router.get("/outbox", dependencies=[Depends(READ)])
async def list_effects(
    parts: PartsDep, state: State | None = None, limit: int = 200
) -> Envelope[list[EffectView]]:
    """What is not over, trouble first; or everything in one state. At most 500."""
    async with parts.pool.connection() as conn:
        rows = await waiting_effects(conn, state, max(1, min(limit, 500)))
    return Envelope(data=[EffectView.model_validate(row) for row in rows])


@router.post("/outbox/{effect}/retry", dependencies=[Depends(ACT)])
async def retry(effect: Number, again: Retry, parts: PartsDep) -> Envelope[Settled]:
    """Let it happen now. One whose outcome is unknown may then happen twice."""
    async with parts.pool.connection() as conn, conn.transaction():
        if not await retry_effect(conn, parts.queue, effect, parts.clock.now(), again.text):
            raise Problem(409, "under_way", "it is under way or over, or has no words to change")
    return Envelope(data=Settled(id=effect))


@router.post("/outbox/{effect}/drop", dependencies=[Depends(ACT)])
async def drop(effect: Number, parts: PartsDep) -> Envelope[Settled]:
    """Let it go; the row stays and says so."""
    async with parts.pool.connection() as conn, conn.transaction():
        if not await drop_effect(conn, parts.queue, effect, parts.clock.now()):
            raise Problem(409, "under_way", "it is under way or over")
    return Envelope(data=Settled(id=effect))


@router.get("/quarantine", dependencies=[Depends(READ)])
async def list_set_aside(parts: PartsDep, limit: int = 200) -> Envelope[list[SetAside]]:
    """What could not be used, newest first, at most 500."""
    async with parts.pool.connection() as conn:
        rows = await set_aside(conn, max(1, min(limit, 500)))
    return Envelope(data=[SetAside.model_validate(row) for row in rows])


@router.post("/quarantine/{item}/replay", dependencies=[Depends(ACT)])
async def replay_item(item: Number, mended: Mended, parts: PartsDep) -> Envelope[Settled]:
    """Read it again as it is, or as mended, and take in what it says."""
    async with parts.pool.connection() as conn:
        if mended.body is not None:
            await keep_mended(conn, item, mended.body)
        rows = await (
            await conn.execute(
                "SELECT source, body FROM quarantine WHERE id = %s AND settled IS NULL", (item,)
            )
        ).fetchall()
    if not rows:
        raise Problem(404, "not_waiting", "there is nothing set aside by that number")
    now, trace_id = parts.clock.now(), new_trace_id()
    try:
        stored = await read_again(parts.engine.inbox, rows[0], now, trace_id)
    except OutOfPlace as error:
        raise Problem(409, error.code, str(error)) from error
    except BadInput as error:
        raise Problem(
            422, "still_unusable", f"it still cannot be used: {error}", str(error)
        ) from error
    async with parts.pool.connection() as conn:
        await settle(conn, item, "replayed")
    return Envelope(data=Settled(id=item, stored=stored), trace_id=trace_id)


@router.post("/quarantine/{item}/drop", dependencies=[Depends(ACT)])
async def drop_item(item: Number, parts: PartsDep) -> Envelope[Settled]:
    """Take it off the list; it is kept."""
    async with parts.pool.connection() as conn:
        if not await settle(conn, item, "dropped"):
            raise Problem(404, "not_waiting", "there is nothing set aside by that number")
    return Envelope(data=Settled(id=item))
