"""What is due: ripe turns, timers, postponed effects, and jobs that got lost.

Turns that are due are assigned at once: it is short, and a job of its own would cost more than it
(docs/decisions/0001-queue.md). The rest becomes immediate jobs in the transaction that marks it.
Due times come from the Clock port, so that a test can run a year; any number of schedulers may run
at once.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import prompts
from domain.effect import Effect, EffectKind, Lane, notice_key
from domain.ports import Clock
from server.persistence import outbox
from server.persistence.database import Connection, Pool
from server.persistence.turns import due_chats, fire_timers
from server.queue import Queue, defer_assign, defer_run, defer_send


@dataclass(frozen=True)
class ScheduleSettings:
    """Seconds: between two looks, until a lost job is left again, and until the group is told
    that the ticket will follow. And how many chats are assigned at once."""

    every: float = 0.2
    chats: int = 4
    lost_after: float = 30.0
    desk_notice: float = 60.0


class Scheduler:
    """Assigns the turns that are due, and leaves jobs for the rest."""

    def __init__(
        self,
        pool: Pool,
        queue: Queue,
        clock: Clock,
        settings: ScheduleSettings,
        assign_chat: Callable[[str], Awaitable[None]],
    ) -> None:
        self._pool = pool
        self._queue = queue
        self._clock = clock
        self._settings = settings
        self._assign_chat = assign_chat

    async def tick(self) -> int:
        """One look; the number of jobs left and of chats assigned."""
        now = self._clock.now()
        jobs = await self._assign_due(now)
        async with self._pool.connection() as conn, conn.transaction():
            for incident in await fire_timers(conn, now):
                await defer_run(self._queue, conn, incident)
                jobs += 1
            # Its deadline has been time enough to settle: it may be looked up at once.
            await outbox.expire_attempts(conn, now)
            jobs += await self._notice_desk_down(conn)
            for incident, lane in await outbox.due_lanes(conn, now):
                await defer_send(self._queue, conn, incident, lane)
                jobs += 1
        return jobs

    async def _assign_due(self, now: datetime) -> int:
        """Assign the chats that are due, each once; how many there were.

        Some at a time, any of the longest over: two workers that took the whole list in its order
        would find each other's lock at most chats.
        """
        slots = asyncio.Semaphore(self._settings.chats)
        seen: set[str] = set()
        while True:
            async with self._pool.connection() as conn:
                due = [chat for chat in await due_chats(conn, now) if chat not in seen]
            if not due:
                return len(seen)
            at_once = 2 * self._settings.chats
            some = due if len(due) <= at_once else random.sample(due[: 4 * at_once], at_once)
            seen.update(some)
            await asyncio.gather(*(self._assign(chat, slots) for chat in some))

    async def _assign(self, chat: str, slots: asyncio.Semaphore) -> None:
        async with slots:
            await self._assign_chat(chat)

    async def sweep(self) -> int:
        """Leave again the jobs of what has been waiting too long (database's clock)."""
        jobs = 0
        seconds = self._settings.lost_after
        async with self._pool.connection() as conn, conn.transaction():
            rows = await (
                await conn.execute(
                    """UPDATE turns SET updated_at = now() WHERE id IN (
                         SELECT id FROM turns WHERE state IN ('ripe', 'assigned')
                           AND updated_at < now() - make_interval(secs => %s)
                         ORDER BY id LIMIT 500 FOR UPDATE SKIP LOCKED)
                       RETURNING chat, incident_id, state""",
                    (seconds,),
                )
            ).fetchall()
            for chat in {row["chat"] for row in rows if row["state"] == "ripe"}:
                await defer_assign(self._queue, conn, chat)
                jobs += 1
            for incident in {row["incident_id"] for row in rows if row["state"] == "assigned"}:
                await defer_run(self._queue, conn, str(incident))
                jobs += 1
        return jobs

    async def _notice_desk_down(self, conn: Connection) -> int:
        """Tell a group once that its ticket will follow, when it has waited for the desk."""
        now = self._clock.now()
        rows = await (
            await conn.execute(
                """SELECT o.incident_id, o.turn FROM outbox o WHERE o.kind = 'open_ticket'
                     AND o.state IN ('pending', 'attempting', 'unknown') AND o.attempts > 0
                     AND o.created_at < %s
                     AND NOT EXISTS (SELECT 1 FROM outbox n
                       WHERE n.effect_key = 'notice:' || o.incident_id || ':waiting')
                   ORDER BY o.id LIMIT 100""",
                (now - timedelta(seconds=self._settings.desk_notice),),
            )
        ).fetchall()
        text = prompts.load("follow_up").say("desk_down")
        for row in rows:
            incident = row["incident_id"]
            effect = Effect(
                key=notice_key(str(incident), "waiting"),
                lane=Lane.CHAT,
                kind=EffectKind.SAY,
                purpose="notice",
                payload={"text": text, "quote": None, "mentions": []},
            )
            await outbox.plan_effects(conn, incident, [effect], row["turn"], now)
            await defer_send(self._queue, conn, str(incident), Lane.CHAT.value)
        return len(rows)

    async def run(self, stop: asyncio.Event) -> None:
        """Look again and again until told to stop. Raises what the database raises."""
        since_sweep = 0.0
        while not stop.is_set():
            await self.tick()
            since_sweep += self._settings.every
            if since_sweep >= self._settings.lost_after / 3:
                since_sweep = 0.0
                await self.sweep()
            try:
                await asyncio.wait_for(stop.wait(), self._settings.every)
            except TimeoutError:
                continue
