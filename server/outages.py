"""Keeps the members of an outage in step: each hears, once, what the others mean for it.

Level-triggered: a look at the family says what everybody must have heard by now, so that a lost
job costs time and nothing else. One row is written at a time, never two incidents' in one
transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import structlog

from domain.outage import GONE, heir, news_of
from domain.ports import Clock
from graph.context import Context
from server.persistence.database import Pool
from server.persistence.outages import (
    load_outage,
    make_head,
    mark_over,
    tell_news,
)
from server.queue import Queue, defer_run

log = structlog.get_logger(__name__)


class OutageKeeper:
    """Tends outages. `context` gives the settings of a chat."""

    def __init__(
        self, pool: Pool, queue: Queue, clock: Clock, context: Callable[[str], Context]
    ) -> None:
        self._pool = pool
        self._queue = queue
        self._clock = clock
        self._context = context

    async def tend(self, incident: str) -> None:
        """Tell every member of this incident's outage what it has not heard yet."""
        now = self._clock.now()
        async with self._pool.connection() as conn:
            outage = await load_outage(conn, UUID(incident))
            if outage is None:
                return
            if outage.head.status in GONE:
                # Taken back or no incident at all: the others' problem is theirs.
                # Where it works again before there was a ticket, it was a report all the same.
                next_head = heir(outage)
                if next_head is None and outage.head.back:
                    return
                await make_head(
                    conn,
                    UUID(outage.head.id),
                    UUID(next_head.id) if next_head else None,
                    stays=outage.head.back,
                )
                outage = await load_outage(conn, UUID(next_head.id)) if next_head else None
            if outage is None:
                return
            outage = replace(outage, over_at=await mark_over(conn, outage, now))
        stores = self._context(outage.head.chat).outage_urgent_stores
        for news in news_of(outage, stores):
            async with self._pool.connection() as conn, conn.transaction():
                if await tell_news(conn, news, now):
                    await defer_run(self._queue, conn, news.member)
                    log.info("outage", news=news.name, incident=news.member)
