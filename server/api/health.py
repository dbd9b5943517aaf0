"""Alive, able to work, and what Prometheus reads."""

from __future__ import annotations

import time
from importlib.metadata import version
from typing import Any

import psycopg
from fastapi import APIRouter, Response
from psycopg_pool import PoolTimeout

from server.api.dependencies import look_at_all
from server.metrics import CONTENT_TYPE
from server.parts import Parts, PartsDep

VERSION = version("recado")
STARTED = time.monotonic()
router = APIRouter(tags=["health"])


@router.get("/health")
async def health() -> dict[str, Any]:
    """The process is alive."""
    return {
        "status": "ok",
        "version": VERSION,
        "uptime_seconds": round(time.monotonic() - STARTED, 1),
    }


@router.get("/ready")
async def ready(parts: PartsDep, response: Response) -> dict[str, Any]:
    """Able to take messages: 503 while the database is away; the rest may be away and is told."""
    dependencies = await look_at_all(parts)
    able = dependencies["database"]["status"] == "ok"
    response.status_code = 200 if able else 503
    return {"status": "ready" if able else "not ready", "dependencies": dependencies}


@router.get("/health/detailed")
async def detailed(parts: PartsDep) -> dict[str, Any]:
    """Each dependency with its latency in milliseconds, and what was asked of us lately."""
    dependencies = await look_at_all(parts)
    return {**await health(), **parts.pulse.traffic(), "dependencies": dependencies}


@router.get("/metrics")
async def metrics(parts: PartsDep) -> Response:
    """Prometheus' text format."""
    await _count_rows(parts)
    return Response(parts.metrics.render(), media_type=CONTENT_TYPE)


async def _count_rows(parts: Parts) -> None:
    """Gauges that only the database knows; left as they were while it is away."""
    try:
        async with parts.pool.connection(timeout=3) as conn:
            row = await (
                await conn.execute(
                    """SELECT
                      (SELECT count(*) FROM incidents WHERE status IN
                        ('candidate', 'collecting', 'queued', 'ticketed', 'escalated')) AS open,
                      (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo') AS jobs,
                      (SELECT count(*) FROM outbox WHERE lane = 'desk'
                        AND state IN ('pending', 'attempting', 'unknown')) AS desk,
                      (SELECT count(*) FROM outbox WHERE lane = 'chat'
                        AND state IN ('pending', 'attempting', 'unknown')) AS chat"""
                )
            ).fetchone()
    except (psycopg.Error, PoolTimeout):
        return
    if row is None:
        return
    parts.metrics.active_threads.set(row["open"])
    parts.metrics.queue_depth.labels(queue="default").set(row["jobs"])
    parts.metrics.outbox_pending.labels(lane="desk").set(row["desk"])
    parts.metrics.outbox_pending.labels(lane="chat").set(row["chat"])
