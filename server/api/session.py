"""What the page asks first, and logging in and out."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Cookie, Depends, Response
from pydantic import BaseModel, Field

from server.access import (
    COOKIE,
    SESSION_SECONDS,
    is_password,
    is_session,
    needs_login,
    new_session,
)
from server.api.envelope import Envelope
from server.api.health import VERSION
from server.api.policy import ACT, PUBLIC
from server.api.texts import Text
from server.clock import ShiftedClock
from server.parts import Parts, PartsDep
from server.problems import Problem

router = APIRouter(prefix="/api/session", tags=["session"])
Held = Annotated[str | None, Cookie(alias=COOKIE)]


class SessionView(BaseModel):
    """Where the page is. `now` is business time, `ahead_seconds` what a demo has jumped."""

    version: str
    mode: str
    language: str
    needs_login: bool
    logged_in: bool
    now: datetime
    ahead_seconds: float


class Login(BaseModel):
    """The page's password."""

    password: Text = Field(min_length=1, max_length=200)


def _view(parts: Parts, *, logged_in: bool) -> SessionView:
    settings, clock = parts.settings, parts.clock
    ahead = clock.ahead.total_seconds() if isinstance(clock, ShiftedClock) else 0.0
    return SessionView(
        version=VERSION,
        mode=settings.mode,
        language=settings.language,
        needs_login=needs_login(settings),
        logged_in=logged_in,
        now=clock.now(),
        ahead_seconds=ahead,
    )


@router.get("", dependencies=[Depends(PUBLIC)])
async def show_session(parts: PartsDep, held: Held = None) -> Envelope[SessionView]:
    """Who asks, and what this server is."""
    open_to_all = not needs_login(parts.settings)
    return Envelope(data=_view(parts, logged_in=open_to_all or is_session(parts.settings, held)))


@router.post("", dependencies=[Depends(PUBLIC)])
async def log_in(login: Login, parts: PartsDep, response: Response) -> Envelope[SessionView]:
    """Trade the password for a session of twelve hours."""
    if not await is_password(parts.pool, login.password):
        await asyncio.sleep(1)  # a guess is slow, whoever makes it
        raise Problem(401, "wrong_password", "the password is wrong")
    response.set_cookie(
        COOKIE,
        new_session(parts.settings),
        max_age=SESSION_SECONDS,
        httponly=True,
        samesite="strict",
    )
    return Envelope(data=_view(parts, logged_in=True))


@router.delete("", dependencies=[Depends(ACT)])
async def log_out(parts: PartsDep, response: Response) -> Envelope[SessionView]:
    """Forget the session in this browser."""
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return Envelope(data=_view(parts, logged_in=not needs_login(parts.settings)))
