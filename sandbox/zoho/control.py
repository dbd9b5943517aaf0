"""The stand-in's own routes under /sandbox: faults, the log, and an agent's hands. Not Zoho's."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from sandbox.zoho.exchange import answer, nothing, read_changes, read_json, standin_of, visit_of
from sandbox.zoho.faults import FaultPlan

router = APIRouter(prefix="/sandbox")


@router.get("/health")
async def show_health() -> Response:
    """Is the process there?"""
    return answer({"ok": True})


@router.get("/faults")
async def show_faults(request: Request) -> Response:
    """The plan in force."""
    return answer(standin_of(request).faults.plan.model_dump(mode="json"))


@router.put("/faults")
async def set_faults(request: Request, plan: FaultPlan) -> Response:
    """Replace the whole plan; {} ends all faults."""
    standin_of(request).faults.follow(plan)
    return answer(plan.model_dump(mode="json"))


@router.get("/log")
async def show_log(request: Request, after: int = 0) -> Response:
    """The log's lines with a `seq` above `after`."""
    return answer(standin_of(request).journal.lines(after))


@router.get("/tickets")
async def show_everything(request: Request) -> Response:
    """Every ticket with its comments and attachments, and every contact, with no lag."""
    standin = standin_of(request)
    tickets: list[dict[str, Any]] = [
        {
            **ticket,
            "comments": standin.tickets.comments(ticket["id"]),
            "attachments": standin.tickets.attachments(ticket["id"]),
        }
        for ticket in standin.store.every("ticket")
    ]
    return answer({"tickets": tickets, "contacts": standin.store.every("contact")})


@router.put("/tickets/{ticket_id}/status")
async def set_status(request: Request, ticket_id: str) -> Response:
    """Change a ticket's status, and resolution, as an agent would: {"status", "resolution"?}."""
    body = await read_changes(request)
    return answer(standin_of(request).tickets.update(visit_of(request), ticket_id, body))


@router.post("/tickets/{ticket_id}/comments")
async def add_comment(request: Request, ticket_id: str) -> Response:
    """Comment as an agent: {"content", "isPublic"?}."""
    body = await read_json(request)
    return answer(standin_of(request).tickets.comment(visit_of(request), ticket_id, body))


@router.post("/tokens/expire")
async def expire_tokens(request: Request) -> Response:
    """End every access token; the refresh token stays good."""
    return answer({"expired": standin_of(request).tokens.expire_all()})


@router.post("/reset")
async def reset(request: Request) -> Response:
    """Forget tickets, contacts, tokens and faults; the log goes on."""
    standin_of(request).reset()
    return nothing()
