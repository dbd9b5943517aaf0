"""Simulated time: a chat's messages come in at their times, and in between what falls due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby

from domain.message import Message
from server.clock import ManualClock
from server.engine import Engine
from server.queue import InlineQueue

# Longest delivery: what an Android export has in one minute may be many messages.
DELIVERY = 200


class Timeline:
    """Moves an engine's clock from one due time to the next, doing what is due at each."""

    def __init__(self, engine: Engine, queue: InlineQueue, clock: ManualClock) -> None:
        self._engine = engine
        self._queue = queue
        self._clock = clock

    async def receive(self, messages: list[Message]) -> None:
        """What is due before these messages, which have one time, happens; then they come in."""
        at = messages[0].sent_at
        await self.pass_until(at)
        self._clock.move_to(at)
        await self._engine.inbox.store(messages, self._clock.now(), "replay")

    async def pass_until(self, end: datetime | None) -> None:
        """Do everything that falls due before `end`; None: until nothing is due any more.

        A message at the very moment a burst ripens still belongs to it, as at the real door.
        """
        while (due := await self.next_due()) is not None and (end is None or due < end):
            if await self.do_due(due) == 0:
                return

    async def do_due(self, at: datetime) -> int:
        """Go to a moment and do what is due then; how much was done."""
        self._clock.move_to(at)
        left = await self._engine.scheduler.tick()
        return left + await self._queue.drain()

    async def next_due(self) -> datetime | None:
        """When something falls due next, if anything ever does."""
        async with self._engine.pool.connection() as conn:
            row = await (
                await conn.execute(
                    """SELECT least(
                         (SELECT min(due_at) FROM turns WHERE state IN ('open', 'shown', 'asked')),
                         (SELECT min(due_at) FROM timers),
                         (SELECT min(wake_at) FROM outbox WHERE state IN ('pending', 'unknown'))
                       ) AS due"""
                )
            ).fetchone()
        return None if row is None else row["due"]


def deliveries(messages: Iterable[Message]) -> Iterator[list[Message]]:
    """The messages in order, those of one time together."""
    for _, group in groupby(messages, key=lambda message: message.sent_at):
        delivery: list[Message] = []
        for message in group:
            delivery.append(message)
            if len(delivery) == DELIVERY:
                yield delivery
                delivery = []
        if delivery:
            yield delivery
