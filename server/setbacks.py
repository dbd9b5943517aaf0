"""A turn whose run fails again and again: it is set aside, and a person is told.

Without this a fault of ours, or a text that nobody foresaw, would be run again for ever and the
incident would stand still behind it, in silence.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

import structlog

import prompts
from domain.effect import Effect, EffectKind, Lane, comment_key, notice_key, ticket_key
from domain.errors import RetryLater
from domain.incident import HAS_TICKET, Status
from domain.ports import Clock
from graph.context import Context
from graph.replies import mention
from server.metrics import Metrics
from server.persistence import turns
from server.persistence.database import DATABASE_AWAY, Connection, Pool
from server.persistence.inbox import quarantine
from server.persistence.incidents import LeaseLost, hand_over, load, lock_idle
from server.persistence.outbox import plan_effects
from server.persistence.turns import StoredTurn, add_turn, count_setback, waiting_turns
from server.queue import Handler, Queue, defer_run, defer_send
from server.turns import batches

log = structlog.get_logger(__name__)

# What says nothing against the turn itself.
COMES_BACK = (RetryLater, LeaseLost, *DATABASE_AWAY)
FACT = "set_aside"
# Assigns a chat's turns, or the one that is named.
AssignChat = Callable[[str, int | None], Awaitable[None]]


class Setbacks:
    """Counts failed runs. After `tries` of them a turn is a person's."""

    def __init__(
        self,
        pool: Pool,
        queue: Queue,
        clock: Clock,
        metrics: Metrics,
        context: Callable[[str], Context],
        tries: int,
    ) -> None:
        self._pool = pool
        self._queue = queue
        self._clock = clock
        self._metrics = metrics
        self._context = context
        self._tries = tries

    def guard(self, run: Handler) -> Handler:
        """The same job, whose failures are counted. Raises what it raises."""

        async def guarded(incident: str) -> None:
            try:
                await run(incident)
            except COMES_BACK:
                raise
            except Exception as error:  # counted and raised again
                await self.count(incident, error)
                raise

        return guarded

    def guard_assigning(self, assign: AssignChat) -> Callable[[str], Awaitable[None]]:
        """The same job, where a turn that cannot be assigned holds up no other of its chat."""

        async def guarded(chat: str) -> None:
            try:
                await assign(chat, None)
            except COMES_BACK:
                raise
            except Exception:  # the worker's door: one turn must not hold up its whole group
                log.exception("not assigned together", chat=chat)
                await self._assign_singly(chat, assign)

        return guarded

    async def _assign_singly(self, chat: str, assign: AssignChat) -> None:
        async with self._pool.connection() as conn, conn.transaction():
            await turns.ripen(conn, chat, self._clock.now())
            ripe = [turn.id for turn in await turns.ripe_turns(conn, chat)]
        for turn in ripe:
            try:
                await assign(chat, turn)
            except COMES_BACK:
                raise
            except Exception as error:  # counted, and in the end a person's
                log.exception("not assigned", turn=turn, chat=chat)
                await self._count_turn(turn, chat, error)

    async def _count_turn(self, turn: int, chat: str, error: Exception) -> None:
        """It is tried again with every look at its chat; then a person finds it in quarantine."""
        async with self._pool.connection() as conn, conn.transaction():
            tries = await count_setback(conn, [turn])
            if tries < self._tries:
                return
            await turns.set_aside(conn, [turn])
            await quarantine(conn, "assign", "failed", f"turn {turn} of {chat}: {_words(error)}")
            self._metrics.turns_set_aside.inc()
            self._metrics.quarantined.labels(reason="failed").inc()
            log.error("turn set aside for a person", turn=turn, tries=tries, reason=_words(error))

    async def count(self, incident: str, error: Exception) -> None:
        """A run of this incident has failed for no reason that passes by itself."""
        incident_id = UUID(incident)
        async with self._pool.connection() as conn, conn.transaction():
            if not await lock_idle(conn, incident_id):
                return  # somebody else runs it by now
            waiting = await waiting_turns(conn, incident_id)
            row = await load(conn, incident_id)
            if not waiting or row is None:
                return
            failed = batches(waiting)[0].turns
            tries = await count_setback(conn, [turn.id for turn in failed])
            numbers = [turn.number for turn in failed]
            facts = {"incident": incident, "turns": numbers, "tries": tries}
            if tries < self._tries:
                log.warning("run failed", reason=_words(error), **facts)
                return
            await self._give_up(conn, row, failed, error)
            log.error("turn set aside for a person", exc_info=error, **facts)

    async def _give_up(
        self, conn: Connection, row: dict[str, Any], failed: Sequence[StoredTurn], error: Exception
    ) -> None:
        incident, now = row["id"], self._clock.now()
        await turns.set_aside(conn, [turn.id for turn in failed])
        self._metrics.turns_set_aside.inc(len(failed))
        support = _support(self._context(row["chat"]))
        if row["status"] in HAS_TICKET:
            status, effects = row["status"], _comments(incident, failed)
        else:
            status, effects = Status.ESCALATED.value, [_notice(row, support)]
            if row["owner"]:
                effects = []
            if row["status"] != Status.ESCALATED:
                self._metrics.escalations.labels(reason="failure").inc()
        owner = ",".join(support) or None if status == Status.ESCALATED else None
        await hand_over(conn, incident, status, owner, _words(error))
        await plan_effects(conn, incident, effects, failed[-1].number or 0, now)
        for lane in {effect.lane.value for effect in effects}:
            await defer_send(self._queue, conn, str(incident), lane)
        # The graph is told as well, so that it asks nothing of an incident that is a person's.
        if failed[-1].name != FACT:
            await add_turn(conn, incident, "fact", FACT, {}, now)
        await defer_run(self._queue, conn, str(incident))


def _words(error: Exception) -> str:
    """An error as a row can hold it."""
    return f"{type(error).__name__}: {error}".replace("\x00", "")[:2000]


def _support(context: Context) -> list[str]:
    return [one.strip() for one in context.human_support.split(",") if one.strip()]


def _notice(row: dict[str, Any], support: list[str]) -> Effect:
    """The word to the group; the same one that the graph would plan, so that it is said once."""
    slots = {"person": prompts.address(row["reporter_name"] or "")}
    if support:
        slots["mention"] = " ".join(map(mention, support))
    text = prompts.load("escalate").say("to_person_now" if support else "needs_person", **slots)
    return Effect(
        key=notice_key(str(row["id"]), "escalated"),
        lane=Lane.CHAT,
        kind=EffectKind.SAY,
        purpose="escalation",
        payload={"text": text, "quote": None, "mentions": support},
    )


def _comments(incident: UUID, failed: Sequence[StoredTurn]) -> list[Effect]:
    """What was said, for whoever has the ticket."""
    return [
        Effect(
            key=comment_key(str(incident), message.id),
            lane=Lane.DESK,
            kind=EffectKind.ADD_COMMENT,
            purpose="comment",
            payload={"text": f"{message.name}: {message.text}"},
            needs=ticket_key(str(incident)),
        )
        for turn in failed
        for message in turn.messages
        if message.text
    ]
