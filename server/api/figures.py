"""What an operator wants to see at a glance: what comes in, what stays open, what it costs."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from server.api.envelope import Envelope
from server.api.policy import READ
from server.parts import PartsDep
from server.persistence.figures import cost_by_day, flow_by_hour, open_by_age

router = APIRouter(prefix="/api/figures", tags=["figures"])


class HourView(BaseModel):
    """What came in within an hour; `tickets` counts those of the incidents that began then."""

    at: datetime
    messages: int
    incidents: int
    tickets: int


class AgeView(BaseModel):
    """Open incidents that are at most so many hours old; `hours` is None for all older ones."""

    hours: int | None
    normal: int
    urgent: int


class CostView(BaseModel):
    """What a model cost on a day of our time zone, in US dollars."""

    at: datetime
    model: str
    usd: float
    tokens: int


class Figures(BaseModel):
    """A day by the hour, the open incidents by age, and two weeks of models."""

    hours: list[HourView]
    ages: list[AgeView]
    costs: list[CostView]


@router.get("", dependencies=[Depends(READ)])
async def show_figures(parts: PartsDep) -> Envelope[Figures]:
    """The figures until now."""
    now, zone = parts.clock.now(), parts.settings.tz
    async with parts.pool.connection() as conn:
        hours = await flow_by_hour(conn, now)
        ages = await open_by_age(conn, now)
        costs = await cost_by_day(conn, now, zone)
    return Envelope(
        data=Figures(
            hours=[HourView.model_validate(row) for row in hours],
            ages=[AgeView.model_validate(row) for row in ages],
            costs=[CostView.model_validate(row) for row in costs],
        )
    )
