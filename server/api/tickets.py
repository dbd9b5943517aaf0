"""The ticket of an incident as the desk has it now."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from domain.errors import DeskRefused, OutcomeUnknown, RetryLater
from server.api.envelope import Envelope
from server.api.policy import READ
from server.parts import PartsDep
from server.problems import Problem

router = APIRouter(prefix="/api/incidents", tags=["incidents"])


class TicketView(BaseModel):
    """A ticket in the desk's own words; `url` leads to it there."""

    id: str
    number: str
    subject: str | None
    status: str
    closed: bool
    priority: str | None
    description: str | None
    resolution: str | None
    url: str | None
    modified_at: str | None


@router.get("/{incident_id}/ticket", dependencies=[Depends(READ)])
async def desk_ticket(incident_id: UUID, parts: PartsDep) -> Envelope[TicketView]:
    """Ask the desk; 404 while there is no ticket, 502 or 503 when the desk does not tell."""
    async with parts.pool.connection() as conn:
        row = await (
            await conn.execute("SELECT ticket_id FROM incidents WHERE id = %s", (incident_id,))
        ).fetchone()
    if row is None or row["ticket_id"] is None:
        raise Problem(404, "no_ticket", "there is no ticket of this incident")
    try:
        ticket = await parts.desk.get_ticket(row["ticket_id"])
    except (RetryLater, OutcomeUnknown) as error:
        raise Problem(503, "desk_away", "the desk does not answer now") from error
    except DeskRefused as error:
        raise Problem(502, "desk_refuses", f"the desk refuses: {error}", str(error)) from error
    return Envelope(data=TicketView.model_validate(ticket, from_attributes=True))
