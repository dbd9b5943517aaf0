"""WAHA's door: check the signature over the raw bytes, store each message once, answer."""

from __future__ import annotations

from dataclasses import asdict

import structlog
from fastapi import APIRouter, HTTPException, Request

from domain.errors import BadInput
from server.inbound.body import read_body
from server.logs import bind_trace
from server.parts import PartsDep
from server.persistence.database import DATABASE_AWAY
from tools.channels.waha.parse import parse_delivery
from tools.channels.waha.signature import is_signed

router = APIRouter(tags=["webhooks"])
log = structlog.get_logger(__name__)


@router.post("/webhooks/waha")
async def receive(request: Request, parts: PartsDep) -> dict[str, object]:
    """Store each message once; the worker takes it from there (flow.md, Errors at the doors)."""
    key = parts.settings.waha_hmac_key
    if key is None:
        raise HTTPException(404, "the WAHA door is not configured")
    raw = await read_body(request, parts.settings.webhook_max_bytes)
    if not is_signed(key.get_secret_value(), raw, request.headers.get("x-webhook-hmac")):
        raise HTTPException(401, "the signature is missing or wrong")
    with bind_trace(channel="waha") as trace_id:
        try:
            parsed = parse_delivery(raw, parts.clock.now())
        except BadInput as error:
            raise HTTPException(400, str(error)) from error
        try:
            receipt = await parts.engine.inbox.store(parsed.messages, parts.clock.now(), trace_id)
            for bad in parsed.bad:
                await parts.engine.inbox.set_aside("waha", bad.reason, bad.body)
        except DATABASE_AWAY as error:
            log.error("database away", reason=str(error))
            raise HTTPException(503, "the database is away, send it again") from error
        parts.metrics.messages_received.labels(channel="waha").inc(receipt.stored)
        parts.metrics.quarantined.labels(reason="waha").inc(len(parsed.bad))
        parts.metrics.quarantined.labels(reason="conflict").inc(receipt.conflicts)
        log.info("received", **asdict(receipt), quarantined=len(parsed.bad), ignored=parsed.ignored)
        return {"accepted": receipt.stored, "trace_id": trace_id}
