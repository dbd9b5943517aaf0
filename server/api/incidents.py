"""Incidents for clients: the list, one with everything that was decided about it, taking over."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, Field

from server.logs import new_trace_id
from server.parts import PartsDep

router = APIRouter(prefix="/api/incidents", tags=["incidents"])


class Envelope(BaseModel):
    """Success on /api, as brief.md has it."""

    success: bool = True
    data: Any
    error: None = None
    trace_id: str = Field(default_factory=new_trace_id)
    timestamp: datetime = Field(default_factory=lambda: datetime.now(UTC))


class Taking(BaseModel):
    """Who takes an incident over."""

    owner: str = Field(min_length=1, max_length=200)


_COLUMNS = """id, chat, status, owner, category, priority, store, system, error, subject, fields,
  pending, ticket_id, ticket_number, ticket_status, failure, opened_at, last_at, trace_id"""


@router.get("")
async def list_incidents(parts: PartsDep, limit: int = 50, status: str | None = None) -> Envelope:
    """The newest incidents, at most 500."""
    async with parts.pool.connection() as conn:
        rows = await (
            await conn.execute(
                f"""SELECT {_COLUMNS} FROM incidents WHERE %(status)s::text IS NULL
                      OR status = %(status)s ORDER BY last_at DESC LIMIT %(limit)s""",  # noqa: S608
                {"status": status, "limit": max(1, min(limit, 500))},
            )
        ).fetchall()
    return Envelope(data=rows)


@router.get("/{incident_id}")
async def one_incident(incident_id: UUID, parts: PartsDep) -> Envelope:
    """One incident: its messages, why each is here, its effects and their states."""
    parts_of = {
        "messages": """SELECT message_id, kind, name, text, sent_at, from_me FROM messages
                       WHERE incident_id = %s ORDER BY sent_at, id""",
        "assignments": """SELECT message_id, outcome, confidence, reason, decided_by, evidence, at
                          FROM assignments WHERE incident_id = %s ORDER BY id""",
        "effects": """SELECT effect_key, lane, kind, state, attempts, reason, text, remote,
                        created_at, done_at FROM outbox WHERE incident_id = %s ORDER BY id""",
        "timers": "SELECT name, due_at FROM timers WHERE incident_id = %s ORDER BY due_at",
    }
    async with parts.pool.connection() as conn:
        row = await (
            await conn.execute(
                f"SELECT {_COLUMNS} FROM incidents WHERE id = %s",  # noqa: S608
                (incident_id,),
            )
        ).fetchone()
        if row is None:
            raise HTTPException(404, "there is no such incident")
        told = {
            name: await (await conn.execute(query, (incident_id,))).fetchall()
            for name, query in parts_of.items()
        }
    return Envelope(data={**row, **told})


@router.post("/{incident_id}/take")
async def take_over(incident_id: UUID, taking: Taking, parts: PartsDep) -> Envelope:
    """A person owns it from now on: the bot says nothing more in the group about it."""
    async with parts.pool.connection() as conn, conn.transaction():
        row = await (
            await conn.execute(
                """UPDATE incidents SET owner = %s, updated_at = now() WHERE id = %s
                   RETURNING id, owner, status""",
                (taking.owner, incident_id),
            )
        ).fetchone()
        if row is None:
            raise HTTPException(404, "there is no such incident")
    return Envelope(data=row)
