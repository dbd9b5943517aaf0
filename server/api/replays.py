"""Replay in the browser: drop an exported chat, watch it, read what it would have become."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel

from server.api.envelope import Envelope
from server.api.policy import ACT, READ
from server.inbound.body import read_body
from server.problems import Problem
from server.replays import Busy, Replay, Replays

router = APIRouter(prefix="/api/replays", tags=["replay"])
MOST_BYTES = 200 * 1024 * 1024


class ReplayView(BaseModel):
    """How far a replay is; `result` is what `recado replay --json` prints, at its end."""

    id: UUID
    name: str
    state: str
    done: int
    total: int
    incidents: int
    why: str
    code: str
    result: dict[str, Any]


def _view(replay: Replay) -> ReplayView:
    return ReplayView.model_validate(replay, from_attributes=True)


def _find(request: Request, replay: UUID) -> Replay:
    replays: Replays = request.app.state.replays
    found = replays.find(replay)
    if found is None:
        raise Problem(404, "no_such_replay", "there is no such replay")
    return found


@router.post("", dependencies=[Depends(ACT)])
async def start(
    request: Request,
    name: Annotated[str, Query(min_length=1, max_length=255)],
    language: Literal["es", "en"] | None = None,
) -> Envelope[ReplayView]:
    """Replay the file in the body, a .txt or .zip by its content; nothing is sent anywhere.

    `language` is that of the report's own words; unset, the server's.
    """
    content = await read_body(request, MOST_BYTES)
    replays: Replays = request.app.state.replays
    try:
        return Envelope(data=_view(replays.start(name, content, language)))
    except Busy:
        raise Problem(409, "replay_busy", "another replay is running; wait for its end") from None


@router.get("/{replay}", dependencies=[Depends(READ)])
async def show(replay: UUID, request: Request) -> Envelope[ReplayView]:
    """How far it is."""
    return Envelope(data=_view(_find(request, replay)))


@router.get("/{replay}/report.html", dependencies=[Depends(READ)])
async def report(replay: UUID, request: Request, save: bool = False) -> Response:
    """The file that `recado replay --html` writes; `save` offers it to be kept."""
    found = _find(request, replay)
    if found.state != "done":
        raise Problem(409, "replay_not_done", "it is not done yet")
    headers = {
        "Content-Security-Policy": "sandbox allow-same-origin; frame-ancestors 'self'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    if save:
        headers["Content-Disposition"] = 'attachment; filename="recado-replay.html"'
    return HTMLResponse(found.html, headers=headers)
