"""The floor of the door, a process of its own: it checks a signature, inserts one row, answers."""

from __future__ import annotations

import hashlib
import hmac
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from psycopg_pool import AsyncConnectionPool
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.stage import HMAC_KEY

POOL = AsyncConnectionPool(os.environ["DATABASE_URL"], min_size=10, max_size=10, open=False)


async def receive(request: Request) -> Response:
    """Store the raw body once its signature is right."""
    body = await request.body()
    wanted = hmac.new(HMAC_KEY.encode(), body, hashlib.sha512).hexdigest()
    if not hmac.compare_digest(wanted, request.headers.get("x-webhook-hmac", "")):
        return Response(status_code=401)
    async with POOL.connection() as conn:
        await conn.execute("INSERT INTO bench_inbox (body) VALUES (%s)", (body,))
    return Response("{}", media_type="application/json")


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    """Open the pool, and say so."""
    await POOL.open()
    async with POOL.connection() as conn:
        await conn.execute("CREATE TABLE IF NOT EXISTS bench_inbox (id bigserial, body bytea)")
    print("bare door is ready", flush=True)
    yield
    await POOL.close()


app = Starlette(
    routes=[Route("/webhooks/waha", receive, methods=["POST"])],
    lifespan=lifespan,
)

if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), access_log=False, log_level="warning")
