"""What this process needs, and how it is: asked cheaply, and of what costs money only what was
seen when it was last used."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import psycopg
from psycopg_pool import PoolTimeout

from domain.errors import RecadoError
from server.doctor_outside import Trouble, outside_checks
from server.parts import Parts

Told = dict[str, dict[str, Any]]
# Asked for by every look at health; of the rest we know what we saw.
ASKED = ("redis", "waha")
PATIENCE_SECONDS = 3.0


async def look_at_all(parts: Parts) -> Told:
    """Each dependency by name: status `ok`, `away` or `idle`, and its latency in milliseconds."""

    async def database() -> None:
        async with parts.pool.connection(timeout=PATIENCE_SECONDS) as conn:
            await conn.execute("SELECT 1")

    async def chroma() -> None:
        await parts.knowledge.count()

    checks: dict[str, Callable[[], Awaitable[object]]] = {"database": database, "chroma": chroma}
    checks |= {name: ask for name, ask in outside_checks(parts.settings) if name in ASKED}
    answers = await asyncio.gather(*(_timed(check) for check in checks.values()))
    told = dict(zip(checks, answers, strict=True))
    told["zoho"] = parts.pulse.told("zoho")
    for provider in parts.settings.providers:
        told[provider.name] = (
            {"status": "ok", "latency_ms": None}
            if provider.name == "local"
            else parts.pulse.told(provider.name)
        )
    for name in parts.channels:
        if name in told:
            parts.metrics.connection_status.labels(channel=name).set(told[name]["status"] == "ok")
    return told


async def _timed(check: Callable[[], Awaitable[object]]) -> dict[str, Any]:
    started = time.perf_counter()
    reason = None
    try:
        async with asyncio.timeout(PATIENCE_SECONDS + 1):
            await check()
    except (psycopg.Error, PoolTimeout, RecadoError, Trouble, TimeoutError) as error:
        reason = str(error) or type(error).__name__
    told: dict[str, Any] = {
        "status": "ok" if reason is None else "away",
        "latency_ms": round((time.perf_counter() - started) * 1000, 1),
    }
    return told if reason is None else told | {"reason": reason}
