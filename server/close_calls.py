"""Asks a model where a burst belongs, when the evidence is close; nobody else waits for it.

Assignment leaves such a turn here and lets go of its chat. The model is asked with no lock and no
connection held, within a limit and a budget; then the turn is assigned anew, with the answer. What
is late, refused, unsure or lost leaves the local decision as it was.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

import structlog

import prompts
from domain.assignment import Decision
from domain.deciding.close_call import Heard, hear, heard_of, may_ask, offer, same_place, take
from domain.errors import ModelFailed, RetryLater
from domain.ports import Clock, Models
from domain.reading import Line, ModelCall, OwnChoice, PlaceChoice, PlaceOffered, Who
from domain.room import OpenIncident, Room, TurnFacts
from server.metrics import Metrics
from server.persistence.close_calls import (
    ASKED,
    is_within,
    keep_answer,
    open_question,
    put_question,
    settle_question,
)
from server.persistence.database import Connection, Pool
from server.persistence.turns import StoredTurn
from server.queue import Queue, defer_close_call
from server.trace import Use, counting

log = structlog.get_logger(__name__)

NODE = "assign"
# What the way through the queue may take, beside the model.
ON_THE_WAY = timedelta(seconds=1)
LONGEST_NAME = 60


@dataclass(frozen=True)
class CloseCallSettings:
    """How long a model may take, in seconds; how many may be asked an hour; which, as
    provider:name, or the configured order."""

    seconds: float
    per_hour: int
    model: str | None = None


@dataclass(frozen=True)
class Doubt:
    """A turn, what weights and rules make of it, and what they know."""

    turn: StoredTurn
    facts: TurnFacts
    local: Decision
    incidents: Sequence[OpenIncident]
    room: Room
    writer: str
    group: str


class CloseCalls:
    """Leaves close calls to a model; without settings to nobody."""

    def __init__(
        self,
        pool: Pool,
        queue: Queue,
        clock: Clock,
        models: Models,
        metrics: Metrics,
        settings: CloseCallSettings | None,
    ) -> None:
        self._pool = pool
        self._queue = queue
        self._clock = clock
        self._models = models
        self._metrics = metrics
        self._settings = settings

    async def leave(self, conn: Connection, doubt: Doubt, decision: Decision) -> bool:
        """Leave a turn to a model, if it may be asked: then it is assigned later. Never twice, and
        not where a rule has changed what the weights said."""
        settings, turn = self._settings, doubt.turn
        if settings is None or ASKED in turn.data or not same_place(decision, doubt.local):
            return False
        if not may_ask(doubt.local, doubt.facts):
            return False
        now = self._clock.now()
        if not await is_within(conn, settings.per_hour, now):
            self._metrics.close_calls.labels(outcome="over_budget").inc()
            log.info("close call not asked", reason="over budget", trace_id=turn.trace_id)
            return False
        until = now + timedelta(seconds=settings.seconds) + ON_THE_WAY
        local = {
            "outcome": decision.outcome,
            "incident_id": decision.incident_id,
            "confidence": decision.confidence,
            "reason": decision.reason,
        }
        await put_question(conn, turn.id, turn.chat, question_of(doubt), local, now, until)
        await defer_close_call(self._queue, conn, turn.id)
        return True

    async def ask(self, turn: int) -> None:
        """Ask what was left, and have its turn assigned."""
        async with self._pool.connection() as conn:
            row = await open_question(conn, turn)
        if row is None or self._settings is None:
            return
        call = call_of(row["question"], self._settings.model)
        started, use = time.perf_counter(), Use()
        choice: PlaceChoice | None = None
        heard: Heard | None = None
        why, failure = "failed", None
        try:
            async with asyncio.timeout(self._settings.seconds):
                with counting(NODE) as use:
                    choice = await self._models.assign(call)
            # Who stands in for all others decided already. Who was paid is no sign of it: a model
            # may have answered before it, and not usably.
            if not isinstance(choice, OwnChoice):
                heard, why = hear(choice, call.places), "unsure"
        except TimeoutError:
            why, failure = "late", f"no answer within {self._settings.seconds:g} s"
        except (RetryLater, ModelFailed) as error:
            failure = str(error) or type(error).__name__
        seconds = round(time.perf_counter() - started, 3)
        kept = {"heard": asdict(heard)} if heard else {"why": why}
        async with self._pool.connection() as conn, conn.transaction():
            await keep_answer(
                conn,
                turn,
                choice.model_dump() if choice else None,
                failure,
                {**asdict(use), "seconds": seconds},
                kept,
                self._clock.now(),
            )
        log.info(
            "close call asked",
            turn=turn,
            place=choice.place if heard and choice else None,
            why=None if heard else why,
            reason=failure,
            model=use.model,
            usd=use.usd,
            duration=seconds,
            trace_id=row["trace_id"],
        )

    def answer(self, turn: StoredTurn, local: Decision) -> Decision | None:
        """The decision as a model answered it, where one did and the world is still the same."""
        heard = heard_of(turn.data.get(ASKED, {}))
        return take(local, heard) if heard else None

    async def settle(
        self, conn: Connection, doubt: Doubt, taken: Decision | None, decision: Decision
    ) -> str:
        """Write down what came of a question, if there was one; who decided: model or rules."""
        told = doubt.turn.data.get(ASKED)
        if told is None:
            return "rules"
        if taken is None:
            outcome = "overtaken" if told.get("heard") else told.get("why", "late")
        elif not same_place(taken, decision):
            outcome = "overruled"
        else:
            outcome = "kept" if same_place(taken, doubt.local) else "moved"
        await settle_question(conn, doubt.turn.id, outcome)
        self._metrics.close_calls.labels(outcome=outcome).inc()
        log.info(
            "close call settled",
            outcome=outcome,
            turn=doubt.turn.id,
            trace_id=doubt.turn.trace_id,
        )
        return "model" if outcome in ("kept", "moved") else "rules"


def question_of(doubt: Doubt) -> dict[str, Any]:
    """What is asked, as plain JSON: the burst, what it quotes, the places."""
    who: Who = "support" if doubt.facts.from_support else "staff"
    said = {remark.id: remark.text for remark in doubt.room.remarks}
    quoted = (m.quoted_text or said.get(m.quotes) for m in doubt.turn.messages if m.quotes)
    return {
        "lines": [
            asdict(Line(m.id, m.sent_at.isoformat(), who, doubt.writer, m.text))
            for m in doubt.turn.messages
            if m.text.strip()
        ],
        "quoted": next((text for text in quoted if text), None),
        "places": [
            asdict(place) for place in offer(doubt.local, doubt.facts, doubt.incidents, doubt.room)
        ],
        "group": " ".join(doubt.group.split())[:LONGEST_NAME],
    }


def call_of(question: dict[str, Any], model: str | None) -> ModelCall:
    """A kept question as it is put to a model."""
    lines = tuple(Line(**line) for line in question["lines"])
    return ModelCall(
        incident_id="",
        node=NODE,
        instructions=prompts.load(NODE).say("system", group_name=question["group"]),
        conversation=lines,
        new=len(lines),
        model=model,
        group_name=question["group"],
        places=tuple(PlaceOffered(**place) for place in question["places"]),
        quoted=question["quoted"],
    )
