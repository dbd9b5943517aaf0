"""Zoho Desk's door: a signed hint that a ticket changed; the ticket itself is looked at."""

from __future__ import annotations

import structlog
from fastapi import APIRouter, HTTPException, Request

from domain.errors import BadInput, RetryLater
from server.inbound.body import read_body
from server.logs import bind_trace
from server.parts import PartsDep
from server.persistence.database import DATABASE_AWAY
from server.queue import defer_look
from tools.zoho.errors import NotSigned
from tools.zoho.webhook import parse_events

router = APIRouter(tags=["webhooks"])
log = structlog.get_logger(__name__)


@router.get("/webhooks/zoho")
async def validate() -> dict[str, str]:
    """Zoho validates an address with an unsigned GET."""
    return {"status": "ok"}


@router.post("/webhooks/zoho")
async def receive(request: Request, parts: PartsDep) -> dict[str, object]:
    """Leave a job for each ticket that is hinted at. Empty bodies are Zoho's own validation."""
    raw = await read_body(request, parts.settings.webhook_max_bytes)
    if raw.strip() in (b"", b"{}", b"[]"):
        return {"accepted": 0}
    try:
        await parts.verifier.verify(request.headers.get("x-zdesk-jwt"))
    except NotSigned as error:
        raise HTTPException(401, str(error)) from error
    except RetryLater as error:
        raise HTTPException(503, str(error)) from error
    try:
        hints = parse_events(raw)
    except BadInput as error:
        raise HTTPException(400, str(error)) from error
    tickets = list(dict.fromkeys(hint.ticket_id for hint in hints))
    with bind_trace(channel="zoho") as trace_id:
        try:
            async with parts.pool.connection() as conn, conn.transaction():
                for ticket in tickets:
                    await defer_look(parts.queue, conn, ticket)
        except DATABASE_AWAY as error:
            raise HTTPException(503, "the database is away, send it again") from error
        log.info("received", tickets=len(tickets))
    return {"accepted": len(tickets), "trace_id": trace_id}
