"""Corrections for clients: what a person changes about where messages belong, and its history."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from domain.correction import Change, CorrectionKind, Plan, Wish
from domain.errors import BadInput, OutOfPlace
from server.api.envelope import Envelope
from server.api.incident_views import ChangeView, CorrectionView
from server.api.policy import ACT, READ
from server.api.texts import Text
from server.correct import NoSuchIncident, Order
from server.parts import PartsDep
from server.persistence.corrections import corrections_of
from server.problems import Problem

router = APIRouter(prefix="/api/corrections", tags=["corrections"])


class Wanted(BaseModel):
    """What to change. `messages` are ids of the incident's messages, for move and split; `other` is
    the incident to move to (none: they are chatter), to merge with, or the outage to attach to."""

    kind: CorrectionKind
    incident: UUID
    messages: list[Annotated[Text, Field(max_length=200)]] = Field(default=[], max_length=500)
    other: UUID | None = None


class Ordered(Wanted):
    """What to change, who says so, and why. A `request_key` that came before is not done again."""

    author: Text = Field(min_length=1, max_length=100)
    why: Text = Field(default="", max_length=1_000)
    request_key: Text = Field(min_length=8, max_length=100)


class PlanView(BaseModel):
    """What it would come to. Without `target`, what is moved becomes chatter or a new incident."""

    kind: CorrectionKind
    source: UUID
    target: UUID | None
    moved: list[str]
    changes: list[ChangeView]


@router.post("/preview", dependencies=[Depends(ACT)])
async def preview(wanted: Wanted, parts: PartsDep) -> Envelope[PlanView]:
    """What it would come to, for whoever must confirm it; nothing is changed."""
    with _problems():
        plan = await parts.engine.corrector.preview(_wish(wanted))
    return Envelope(data=_plan_view(plan))


@router.post("", dependencies=[Depends(ACT)])
async def correct(ordered: Ordered, parts: PartsDep) -> Envelope[CorrectionView]:
    """Change it. The incidents and their tickets follow within seconds."""
    order = Order(_wish(ordered), ordered.author.strip(), ordered.why.strip(), ordered.request_key)
    if not order.author:
        raise Problem(422, "no_author", "say who corrects it")
    with _problems():
        made = await parts.engine.corrector.correct(order)
    return Envelope(data=CorrectionView.model_validate(made))


@router.get("", dependencies=[Depends(READ)])
async def list_corrections(incident: UUID, parts: PartsDep) -> Envelope[list[CorrectionView]]:
    """The history of an incident, oldest first."""
    async with parts.pool.connection() as conn:
        rows = await corrections_of(conn, incident)
    return Envelope(data=[CorrectionView.model_validate(row) for row in rows])


def _wish(wanted: Wanted) -> Wish:
    other = None if wanted.other is None else str(wanted.other)
    return Wish(wanted.kind, str(wanted.incident), tuple(wanted.messages), other)


def _plan_view(plan: Plan) -> PlanView:
    told: dict[str, Any] = {
        "kind": plan.kind,
        "source": plan.source,
        "target": plan.target,
        "moved": list(plan.moved),
        "changes": [_change_view(change) for change in plan.changes],
    }
    return PlanView.model_validate(told)


def _change_view(change: Change) -> ChangeView:
    return ChangeView.model_validate(change, from_attributes=True)


@contextmanager
def _problems() -> Iterator[None]:
    """404 for an incident that is not there, 409 for what is not possible now, 422 for nonsense."""
    try:
        yield
    except NoSuchIncident as error:
        raise Problem(404, "no_such_incident", f"there is no such incident: {error}") from error
    except OutOfPlace as error:
        raise Problem(409, error.code, str(error)) from error
    except BadInput as error:
        raise Problem(422, error.code, str(error)) from error
