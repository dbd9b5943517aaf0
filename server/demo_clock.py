"""The clock of a demo: it may jump forward, and stays ahead over a restart."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timedelta

import httpx
import structlog

from server.clock import ShiftedClock
from server.parts import Parts
from server.persistence.database import Pool

log = structlog.get_logger(__name__)
_MARK = "demo.ahead_seconds"
# How long a jump waits for what is under way, and between two looks.
_PATIENCE_SECONDS = 30.0
_LOOK_SECONDS = 0.05


async def restore(parts: Parts) -> None:
    """Be as far ahead as the last life of this demo was."""
    async with parts.pool.connection() as conn:
        row = await (
            await conn.execute("SELECT value FROM marks WHERE name = %s", (_MARK,))
        ).fetchone()
    if row is not None:
        await _shift(parts, timedelta(seconds=float(row["value"])))


async def jump(parts: Parts, by: timedelta) -> timedelta:
    """Go forward; how far ahead of the machine's clock the demo is now.

    What is under way happens first, as it would have in the time that is left out: a question that
    left after the jump would be a new one, and its reminder would wait for another half hour.
    """
    until = time.monotonic() + _PATIENCE_SECONDS
    while await _is_busy(parts.pool, parts.clock.now()):
        if time.monotonic() > until:
            log.warning("the clock jumps over what is still under way")
            break
        await asyncio.sleep(_LOOK_SECONDS)
    async with parts.pool.connection() as conn, conn.transaction():
        row = await (
            await conn.execute(
                """INSERT INTO marks (name, value) VALUES (%(name)s, %(by)s::float8::text)
                   ON CONFLICT (name) DO UPDATE
                     SET value = (marks.value::float8 + %(by)s::float8)::text
                   RETURNING value""",
                {"name": _MARK, "by": by.total_seconds()},
            )
        ).fetchone()
    assert row is not None  # noqa: S101 - an upsert returns its row
    ahead = timedelta(seconds=float(row["value"]))
    await _shift(parts, ahead)
    return ahead


async def _is_busy(pool: Pool, now: datetime) -> bool:
    """Whether a turn, a run or an effect is due or under way."""
    async with pool.connection() as conn:
        row = await (
            await conn.execute(
                """SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'attempting')
                     OR EXISTS (SELECT 1 FROM turns WHERE state = 'ripe'
                                  OR state IN ('open', 'asked') AND due_at <= %s)
                     OR EXISTS (SELECT 1 FROM procrastinate_jobs WHERE status = 'doing'
                                  OR status = 'todo' AND coalesce(scheduled_at, now()) <= now())
                     AS busy""",
                (now,),
            )
        ).fetchone()
    return bool(row and row["busy"])


async def _shift(parts: Parts, ahead: timedelta) -> None:
    """Move our clock, and the one that the group's messages are stamped with."""
    if isinstance(parts.clock, ShiftedClock):
        parts.clock.ahead = ahead
    if parts.settings.waha_url is None:
        return
    try:
        async with httpx.AsyncClient(timeout=5, trust_env=False) as http:
            await http.put(
                f"{parts.settings.waha_url}/sandbox/clock",
                json={"ahead_seconds": ahead.total_seconds()},
            )
    except httpx.TransportError as error:
        log.warning("the group's clock was not moved", reason=str(error))
