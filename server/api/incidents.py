"""Incidents for clients: the list, one with everything that was decided about it, taking over."""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from domain.incident import Category, Status, missing_fields
from graph.build import Ports, build
from server.api.envelope import Envelope
from server.api.incident_views import Edge, GraphView, IncidentFull, IncidentRow
from server.api.policy import ACT, READ
from server.api.texts import Text
from server.parts import Parts, PartsDep
from server.persistence.incident_views import list_rows, one_row
from server.problems import Problem

router = APIRouter(prefix="/api/incidents", tags=["incidents"])


class Taking(BaseModel):
    """Who takes an incident over."""

    owner: Text = Field(min_length=1, max_length=200)


class Owned(BaseModel):
    """An incident and who owns it now."""

    id: UUID
    owner: str | None
    status: str


@router.get("", dependencies=[Depends(READ)])
async def list_incidents(
    parts: PartsDep, limit: int = 50, status: Status | None = None
) -> Envelope[list[IncidentRow]]:
    """The newest incidents, at most 500."""
    async with parts.pool.connection() as conn:
        rows = await list_rows(conn, status, max(1, min(limit, 500)))
    return Envelope(data=[IncidentRow.model_validate(row) for row in rows])


@router.get("/map", dependencies=[Depends(READ)])
async def show_map() -> Envelope[GraphView]:
    """The graph that every incident is run on."""
    return Envelope(data=_map())


@router.get("/{incident_id}", dependencies=[Depends(READ)])
async def one_incident(incident_id: UUID, parts: PartsDep) -> Envelope[IncidentFull]:
    """One incident: its messages, why each is here, what each node decided, its effects."""
    async with parts.pool.connection() as conn:
        row = await one_row(conn, incident_id)
    if row is None:
        raise Problem(404, "no_such_incident", "there is no such incident")
    row |= {
        "known": _known(row),
        "missing": _missing(parts, row),
        "usd": sum(step["usd"] or 0.0 for step in row["steps"]) + _asking(row),
    }
    return Envelope(data=IncidentFull.model_validate(row))


@router.post("/{incident_id}/take", dependencies=[Depends(ACT)])
async def take_over(incident_id: UUID, taking: Taking, parts: PartsDep) -> Envelope[Owned]:
    """A person owns it from now on: the bot says nothing more in the group about it."""
    async with parts.pool.connection() as conn, conn.transaction():
        row = await (
            await conn.execute(
                """UPDATE incidents SET owner = %s, updated_at = now() WHERE id = %s
                   RETURNING id, owner, status""",
                (taking.owner, incident_id),
            )
        ).fetchone()
        if row is None:
            raise Problem(404, "no_such_incident", "there is no such incident")
    return Envelope(data=Owned.model_validate(row))


def _known(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields with the message that said each, where its source is one of the incident's."""
    ids = {message["message_id"] for message in row["messages"]}
    return [
        {
            "name": name,
            "value": value,
            "message_id": source if (source := row["sources"].get(name)) in ids else None,
            "source": source,
        }
        for name, value in row["fields"].items()
    ]


def _missing(parts: Parts, row: dict[str, Any]) -> list[str]:
    """What a ticket of its category still needs in this chat."""
    category = Category(row["category"] or Category.TECHNICAL)
    required = {category: parts.settings.file.required_in(row["chat"], category)}
    return [field.value for field in missing_fields(category, row["fields"], required)]


@cache
def _map() -> GraphView:
    # Drawing asks no port anything.
    nothing: Any = None
    ports = Ports(models=nothing, media=nothing, knowledge=nothing, tools=nothing)
    drawn = build(ports).compile().get_graph()
    return GraphView(
        # LangGraph draws what catches a node's error as a node that nothing leads to.
        nodes=[name for name in drawn.nodes if not name.startswith("__error_handler__")],
        edges=[
            Edge(source=edge.source, target=edge.target, conditional=edge.conditional)
            for edge in drawn.edges
        ],
    )


def _asking(row: dict[str, Any]) -> float:
    """What close calls cost; every message of a turn tells it, and it is paid once."""
    told = {one["asked"]["turn"]: one["asked"] for one in row["assignments"] if one["asked"]}
    return sum(one["usd"] or 0.0 for one in told.values())
