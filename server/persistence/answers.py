"""Answers of models, kept by (incident, node, what was asked): a run that is taken again costs
nothing and takes the same branch."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict
from typing import TypeVar

from psycopg.types.json import Jsonb
from pydantic import BaseModel

from domain.ports import Models, Toolbox
from domain.reading import (
    Classification,
    Extraction,
    FollowUp,
    ImageDescription,
    ModelCall,
    PlaceChoice,
)
from server.persistence.database import Pool
from server.trace import Use, counting, remembered

T = TypeVar("T", bound=BaseModel)
# The run that was given the answer has told its cost if it was recorded: its turns ended after it.
_KEPT = """SELECT a.answer, a.use, EXISTS (SELECT 1 FROM turns t
      WHERE t.incident_id = a.incident_id::uuid AND t.state = 'done' AND t.updated_at > a.at)
      AS is_paid
    FROM answers a WHERE a.key = %s"""
# The keys of the answers that the incident at hand has, while a run says so.
_kept: ContextVar[set[str] | None] = ContextVar("recado_kept_answers", default=None)


@contextmanager
def recalling(keys: Iterable[str]) -> Iterator[None]:
    """Within it only these answers are looked for, and those that are given meanwhile."""
    token = _kept.set(set(keys))
    try:
        yield
    finally:
        _kept.reset(token)


class RememberedModels:
    """Models that never ask the same thing twice for one incident.

    A call with tools is remembered too, unless it planned an effect: the plan is not in the answer.
    """

    def __init__(self, inner: Models, pool: Pool) -> None:
        self._inner = inner
        self._pool = pool

    async def classify(self, call: ModelCall) -> Classification:
        return await self._once(call, Classification, lambda: self._inner.classify(call))

    async def extract(self, call: ModelCall, tools: Toolbox | None = None) -> Extraction:
        return await self._once(call, Extraction, lambda: self._inner.extract(call, tools), tools)

    async def describe_image(
        self, call: ModelCall, image: bytes, mimetype: str
    ) -> ImageDescription:
        return await self._once(
            call,
            ImageDescription,
            lambda: self._inner.describe_image(call, image, mimetype),
            extra=hashlib.sha256(image).hexdigest(),
        )

    async def follow_up(self, call: ModelCall, tools: Toolbox | None = None) -> FollowUp:
        return await self._once(call, FollowUp, lambda: self._inner.follow_up(call, tools), tools)

    async def assign(self, call: ModelCall) -> PlaceChoice:
        return await self._inner.assign(call)  # of no incident: server/close_calls.py keeps it

    async def _once(
        self,
        call: ModelCall,
        kind: type[T],
        ask: Callable[[], Awaitable[T]],
        tools: Toolbox | None = None,
        extra: str = "",
    ) -> T:
        asked = json.dumps([asdict(call), kind.__name__, extra], sort_keys=True)
        key = hashlib.sha256(asked.encode()).hexdigest()
        row, kept = None, _kept.get()
        if kept is None or key in kept:
            async with self._pool.connection() as conn:
                row = await (await conn.execute(_KEPT, (key,))).fetchone()
        if row is not None:
            remembered(call.node, Use(**(row["use"] or {})), is_paid=row["is_paid"])
            return kind.model_validate(row["answer"])
        with counting(call.node) as use:
            answer = await ask()  # no connection is held while a model thinks
        if tools is None or not tools.planned:
            told = Jsonb(answer.model_dump(mode="json"))
            async with self._pool.connection() as conn:
                await conn.execute(
                    """INSERT INTO answers (key, incident_id, node, answer, use)
                       VALUES (%s, %s, %s, %s, %s) ON CONFLICT (key) DO NOTHING""",
                    (key, call.incident_id, call.node, told, Jsonb(asdict(use))),
                )
            if kept is not None:
                kept.add(key)
        return answer
