"""How the WAHA server misbehaves, drawn from a seed so that a bad day can be had again."""

import asyncio
from random import Random
from typing import Annotated

from fastapi import Request, Response
from pydantic import BaseModel, ConfigDict, Field

from sandbox.waha.listener import drop

Chance = Annotated[float, Field(ge=0, le=1)]


class Faults(BaseModel):
    """What goes wrong on /api; chances are 0 to 1. The default is a good day."""

    model_config = ConfigDict(extra="forbid")

    refuse: bool = False
    """Every call is cut off before anything is done."""
    status_5xx: Chance = 0
    """503 before anything is done."""
    status_429: Chance = 0
    """429 before anything is done."""
    lost_answer: Chance = 0
    """sendText posts the message, then the connection dies without an answer."""
    slow_seconds: Annotated[float, Field(ge=0, le=600)] = 0
    """Every call waits this long first."""
    media_404: bool = False
    """Media files are gone."""
    seed: int | None = None
    """Seed from here on; unset: the one the server was started with."""


class Weather:
    """The faults in force and the dice they are drawn with."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self.set(Faults())

    def set(self, faults: Faults) -> None:
        """Replace the faults and start the dice afresh."""
        self.faults = faults
        seed = self._seed if faults.seed is None else faults.seed
        self._dice = Random(seed)  # noqa: S311 - faults, not secrets

    def loses_answer(self) -> bool:
        """Whether this send's answer is lost."""
        return self._dice.random() < self.faults.lost_answer

    async def before(self, request: Request) -> Response | None:
        """Answer in the route's place when a fault strikes; None lets the call through."""
        if self.faults.refuse:
            return await drop(request)
        if self.faults.slow_seconds:
            await asyncio.sleep(self.faults.slow_seconds)
        error, limit = self._dice.random(), self._dice.random()
        if error < self.faults.status_5xx:
            return Response('{"statusCode":503,"message":"Service Unavailable"}', 503, _JSON)
        if limit < self.faults.status_429:
            return Response('{"statusCode":429,"message":"Too Many Requests"}', 429, _JSON)
        return None


_JSON = {"content-type": "application/json; charset=utf-8"}
