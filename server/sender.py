"""Make planned effects happen, once each, in order, and tell the incident what was learnt.

`attempting` is committed before a call and its outcome after it. An outcome that nobody knows is
left to settle and looked up before anything is sent again (effectively-once.md, step 4).
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog

from domain.errors import (
    DeskRefused,
    OutcomeUnknown,
    RateLimited,
    Refused,
    RetryLater,
)
from domain.ports import Channel, Clock
from server.desk import DeskHand, Learnt
from server.gate import Gate, Verdict
from server.metrics import Metrics
from server.persistence import outbox
from server.persistence.database import Connection, Pool
from server.persistence.outbox import Row
from server.persistence.turns import add_turn
from server.queue import Queue, defer_run, defer_send

log = structlog.get_logger(__name__)

DESK, CHAT = "desk", "chat"


@dataclass(frozen=True)
class SendSettings:
    """Durations in seconds. `settle` is how long an unknown outcome is left alone before each
    look; `looks` how many empty looks it takes until something is sent again; `attempt` bounds
    one call and must outlast every timeout of the adapters. `budget` is how many messages a group
    may be sent an hour; 0: as many as there are. `repeat` is how long the same answer is not said
    again in a group, `doubt` how long a question waits about what may be no incident."""

    retry: float = 300.0
    settle: float = 60.0
    looks: int = 2
    attempt: float = 45.0
    first_retry: float = 2.0
    settling: bool = True
    budget: int = 0
    repeat: float = 120.0
    doubt: float = 90.0


class Sender:
    """Sends the lanes of incidents."""

    def __init__(
        self,
        pool: Pool,
        queue: Queue,
        clock: Clock,
        desk: DeskHand,
        channels: Mapping[str, Channel],
        settings: SendSettings,
        metrics: Metrics,
    ) -> None:
        self._pool = pool
        self._queue = queue
        self._clock = clock
        self._desk = desk
        self._channels = channels
        self._settings = settings
        self._metrics = metrics
        self._gate = Gate(settings.first_retry, settings.budget, settings.repeat, settings.doubt)

    async def send_lane(self, incident: str, lane: str) -> None:
        """Do what is due in one lane of an incident, in order, until something has to wait."""
        while True:
            async with self._pool.connection() as conn:
                rows = await outbox.lane_rows(conn, UUID(incident), lane)
            moved = False
            for row in rows:
                verdict = await self._step(row)
                moved = moved or verdict in ("done", "again")
                if verdict == "again":
                    break
                # In the desk lane nothing overtakes; in the chat lane a notice that waits for a
                # ticket must not hold back the word that the ticket will follow, nor a question
                # that waits for its turn an answer.
                may_be_overtaken = lane == CHAT and (row.needs or row.purpose == "ask")
                if verdict == "wait" and not may_be_overtaken:
                    return
            if not moved:
                return

    async def _step(self, row: Row) -> str:
        """One effect: 'done' when it is over, 'wait' when it is not its time yet, 'again' when
        the lane must be read anew."""
        now = self._clock.now()
        if row.state == "attempting" or (row.not_before is not None and row.not_before > now):
            return "wait"
        if row.state == "unknown":
            return await self._look(row)
        async with self._pool.connection() as conn, conn.transaction():
            verdict = await self._gate.judge(conn, row, now)
            if verdict.drop:
                await outbox.finish(conn, row, "dropped", now, reason=verdict.why)
                self._count(row, "dropped")
                log.info("effect dropped", effect=row.effect_key, reason=verdict.why)
                return "done"
            if verdict.hold:
                if verdict.told_store:
                    await self._tell(conn, row, "told", {"store": verdict.told_store}, now)
                if verdict.seconds:
                    later = now + timedelta(seconds=verdict.seconds)
                    await outbox.postpone(conn, row, "pending", later, verdict.why)
                return "wait"
            started = await outbox.start_attempt(
                conn, row, self._settings.attempt, verdict.text or None
            )
        return "wait" if started is None else await self._attempt(started, verdict)

    async def _attempt(self, row: Row, verdict: Verdict) -> str:
        now = self._clock.now()
        try:
            # Never longer than the attempt: after it, others take the outcome for unknown.
            async with asyncio.timeout(self._settings.attempt * 0.8):
                learnt = await self._act(row, verdict)
        except TimeoutError:
            return await self._unknown(row, "no answer in time", now)
        except RateLimited as limit:
            return await self._later(row, limit, limit.retry_after)
        except RetryLater as error:
            return await self._later(row, error, None)
        except OutcomeUnknown as error:
            return await self._unknown(row, str(error), now)
        except Refused as refusal:
            return await self._refused(row, refusal)
        await self._done(row, learnt)
        return "done"

    async def _unknown(self, row: Row, why: str, now: datetime) -> str:
        """Leave it to settle, then look; without settling it is blindly sent again."""
        settle = self._settings.settle if self._settings.settling else 0.0
        state = "unknown" if self._settings.settling else "pending"
        async with self._pool.connection() as conn:
            await outbox.postpone(conn, row, state, now + timedelta(seconds=settle), why)
        self._metrics.unknown_outcomes.inc()
        log.warning("outcome unknown", effect=row.effect_key, reason=why)
        return "wait"

    async def _act(self, row: Row, verdict: Verdict) -> Learnt:
        if row.lane == DESK:
            return await self._desk.act(row)
        channel = self._channels[verdict.channel]
        stanza = await channel.send_text(
            verdict.chat,
            verdict.text,
            quote=verdict.quote,
            mentions=row.payload.get("mentions", []),
            effect_key=row.effect_key,
        )
        return Learnt(remote={"id": stanza})

    async def _look(self, row: Row) -> str:
        """Look whether an unknown outcome happened; adopt it, look again later, or send again."""
        now = self._clock.now()
        try:
            learnt = await self._find(row)
        except NotImplementedError:
            async with self._pool.connection() as conn:
                await outbox.finish(conn, row, "dead", now, reason="outcome unknown, not repeated")
            log.error("effect given up", effect=row.effect_key, reason="outcome unknown")
            return "done"
        except (RetryLater, OutcomeUnknown) as error:
            return await self._look_again(row, str(error), row.looks)
        if learnt is not None:
            return await self._adopt(row, learnt)
        if row.looks + 1 < self._settings.looks:
            return await self._look_again(row, "not found yet", row.looks + 1)
        async with self._pool.connection() as conn:
            await outbox.postpone(conn, row, "pending", now, "certainly not done: sent again")
        return "again"

    async def _look_again(self, row: Row, why: str, looks: int) -> str:
        later = self._clock.now() + timedelta(seconds=self._settings.settle)
        async with self._pool.connection() as conn:
            await outbox.postpone(conn, row, "unknown", later, why, looks)
        return "wait"

    async def _find(self, row: Row) -> Learnt | None:
        if row.lane == DESK:
            return await self._desk.find(row)
        async with self._pool.connection() as conn, conn.transaction():
            verdict = await self._gate.address(conn, row)
            others, _ = await outbox.claimed_words(conn, row)
        since = row.attempted_at or row.created_at
        stanza = await self._channels[verdict.channel].find_sent(
            verdict.chat, row.text or "", since, quote=verdict.quote, others=others
        )
        return None if stanza is None else Learnt(remote={"id": stanza})

    async def _adopt(self, row: Row, learnt: Learnt) -> str:
        """Take what was found for ours, unless it may be another effect's."""
        now = self._clock.now()
        async with self._pool.connection() as conn, conn.transaction():
            if row.lane == CHAT:
                others, under_way = await outbox.claimed_words(conn, row)
                if under_way or learnt.remote["id"] in others:
                    later = now + timedelta(seconds=self._settings.settle)
                    why = "the same words are under way for another incident"
                    await outbox.postpone(conn, row, "unknown", later, why, row.looks)
                    return "wait"
            await self._write_done(conn, row, learnt, now)
        log.info("effect found", effect=row.effect_key, looks=row.looks + 1)
        return "done"

    async def _later(self, row: Row, error: RetryLater, seconds: float | None) -> str:
        if seconds is None:
            grown = self._settings.first_retry * 2.0 ** min(row.attempts - 1, 16)
            seconds = min(grown, self._settings.retry)
        when = self._clock.now() + timedelta(seconds=seconds)
        async with self._pool.connection() as conn:
            await outbox.postpone(conn, row, "pending", when, str(error))
        log.warning("effect postponed", effect=row.effect_key, reason=str(error), seconds=seconds)
        return "wait"

    async def _refused(self, row: Row, refusal: Refused) -> str:
        """A settings error parks the lane and shouts; any other refusal is final."""
        if isinstance(refusal, DeskRefused) and self._desk.is_settings_error(refusal):
            when = self._clock.now() + timedelta(seconds=self._settings.retry)
            async with self._pool.connection() as conn:
                await outbox.postpone(conn, row, "pending", when, str(refusal))
            log.error("desk refuses our settings", effect=row.effect_key, reason=str(refusal))
            return "wait"
        now = self._clock.now()
        async with self._pool.connection() as conn, conn.transaction():
            over = await outbox.finish(conn, row, "dead", now, reason=str(refusal))
            if over and row.kind == "open_ticket":
                await self._tell(conn, row, "ticket_refused", {"reason": str(refusal)}, now)
        self._count(row, "dead")
        log.error("effect refused", effect=row.effect_key, reason=str(refusal))
        return "done"

    async def _done(self, row: Row, learnt: Learnt) -> None:
        """Commit the outcome, and in the same transaction what the incident learns from it."""
        now = self._clock.now()
        async with self._pool.connection() as conn, conn.transaction():
            await self._write_done(conn, row, learnt, now)

    async def _write_done(self, conn: Connection, row: Row, learnt: Learnt, now: datetime) -> None:
        if not await outbox.finish(conn, row, "done", now, learnt.remote):
            return
        if row.lane == CHAT:
            await self._remember_sent(conn, row, str(learnt.remote["id"]), now)
        if learnt.fact:
            await self._tell(conn, row, learnt.fact, learnt.remote, now)
            await defer_send(self._queue, conn, str(row.incident_id), CHAT)
        self._count(row, "done")
        log.info(
            "effect done",
            effect=row.effect_key,
            incident=str(row.incident_id),
            trace_id=row.trace_id,
            duration=(now - row.created_at).total_seconds(),
        )

    def _count(self, row: Row, state: str) -> None:
        self._metrics.effects.labels(kind=row.kind, state=state).inc()
        if row.kind == "open_ticket" and state == "done":
            self._metrics.tickets_created.inc()
        elif row.kind == "open_ticket" and state == "dead":
            self._metrics.tickets_failed.labels(reason="refused").inc()
        elif row.kind == "say" and state == "done":
            self._metrics.messages_sent.labels(channel="chat").inc()

    async def _tell(
        self, conn: Connection, row: Row, fact: str, data: Mapping[str, Any], now: datetime
    ) -> None:
        await add_turn(conn, row.incident_id, "fact", fact, dict(data), now)
        await defer_run(self._queue, conn, str(row.incident_id))

    async def _remember_sent(self, conn: Connection, row: Row, stanza: str, now: datetime) -> None:
        """Our own message, so that a quote of it leads to its incident."""
        await conn.execute(
            """INSERT INTO messages (account, chat, message_id, kind, channel, from_me, sent_at,
                 received_at, text, incident_id)
               SELECT i.account, i.chat, %(stanza)s, 'text', i.channel, true, %(now)s, %(now)s,
                 o.text, CASE WHEN o.purpose <> 'clarify' THEN i.id END
               FROM outbox o JOIN incidents i ON i.id = o.incident_id WHERE o.id = %(row)s
               ON CONFLICT (account, chat, message_id, kind, version)
                 DO UPDATE SET incident_id = excluded.incident_id""",
            {"stanza": stanza, "now": now, "row": row.id},
        )
