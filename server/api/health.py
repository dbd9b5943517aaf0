"""Alive, able to work, and what Prometheus reads."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from importlib.metadata import version
from typing import Any

import psycopg
from fastapi import APIRouter, Response
from psycopg_pool import PoolTimeout

from domain.errors import RecadoError
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
    dependencies = await _dependencies(parts)
    able = dependencies["database"]["status"] == "ok"
    response.status_code = 200 if able else 503
    return {"status": "ready" if able else "not ready", "dependencies": dependencies}


@router.get("/health/detailed")
async def detailed(parts: PartsDep) -> dict[str, Any]:
    """Each dependency with its latency in milliseconds."""
    return {**await health(), "dependencies": await _dependencies(parts)}


@router.get("/metrics")
async def metrics(parts: PartsDep) -> Response:
    """Prometheus' text format."""
    await _count_rows(parts)
    return Response(parts.metrics.render(), media_type=CONTENT_TYPE)


async def _dependencies(parts: Parts) -> dict[str, dict[str, Any]]:
    async def database() -> None:
        async with parts.pool.connection(timeout=3) as conn:
            await conn.execute("SELECT 1")

    async def chroma() -> None:
        await parts.knowledge.count()

    checks: dict[str, Callable[[], Awaitable[None]]] = {"database": database, "chroma": chroma}
    return {name: await _timed(check) for name, check in checks.items()}


async def _timed(check: Callable[[], Awaitable[None]]) -> dict[str, Any]:
    started = time.perf_counter()
    status, reason = "ok", None
    try:
        await check()
    except (psycopg.Error, PoolTimeout, RecadoError) as error:
        status, reason = "away", str(error) or type(error).__name__
    told = {"status": status, "latency_ms": round((time.perf_counter() - started) * 1000, 1)}
    return told if reason is None else {**told, "reason": reason}


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
