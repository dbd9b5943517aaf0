"""What changed at the desk: a webhook's hint or a poll, told to the incident as a fact."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from domain.errors import DeskRefused, RetryLater
from domain.ports import Clock, Ticket, TicketDesk
from server.persistence.database import Pool
from server.persistence.documents import keep_solution
from server.persistence.turns import add_turn
from server.queue import Queue, defer_run

log = structlog.get_logger(__name__)
POLLED = "desk.polled_at"
# How far a poll looks back beyond its last time: clocks differ, and search may lag.
OVERLAP = timedelta(minutes=10)


class DeskWatch:
    """Looks at tickets and tells their incidents when the status has changed.

    `desk_clock` is the desk's own time, which no demo jumps.
    """

    def __init__(
        self, pool: Pool, queue: Queue, clock: Clock, desk: TicketDesk, desk_clock: Clock
    ) -> None:
        self._pool = pool
        self._queue = queue
        self._clock = clock
        self._desk = desk
        self._desk_clock = desk_clock

    async def look_at(self, ticket_id: str) -> None:
        """Look at one ticket of ours, now; one that is not ours is left alone."""
        async with self._pool.connection() as conn:
            known = await (
                await conn.execute("SELECT 1 FROM incidents WHERE ticket_id = %s", (ticket_id,))
            ).fetchone()
        if known is not None:
            await self._tell(await self._desk.get_ticket(ticket_id))

    async def poll(self) -> int:
        """Look at everything that changed since the last poll; the number of changes told."""
        now = self._desk_clock.now()
        since = await self._since(now)
        changes = 0
        for ticket in await self._desk.changed_tickets(since - OVERLAP):
            changes += await self._tell(ticket)
        async with self._pool.connection() as conn:
            await conn.execute(
                """INSERT INTO marks (name, value) VALUES (%s, %s)
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value""",
                (POLLED, now.isoformat()),
            )
        return changes

    async def poll_quietly(self) -> None:
        """Poll, and let a desk that is away be looked at next time."""
        try:
            await self.poll()
        except (RetryLater, DeskRefused) as error:
            log.warning("desk not polled", reason=str(error))

    async def _since(self, now: datetime) -> datetime:
        async with self._pool.connection() as conn:
            row = await (
                await conn.execute("SELECT value FROM marks WHERE name = %s", (POLLED,))
            ).fetchone()
        return datetime.fromisoformat(row["value"]) if row else now

    async def _tell(self, ticket: Ticket) -> int:
        """Tell a change, unless what was told last is newer: a list may be long under way."""
        async with self._pool.connection() as conn, conn.transaction():
            row = await (
                await conn.execute(
                    """UPDATE incidents SET ticket_status = %(status)s, ticket_closed = %(closed)s,
                         ticket_modified_at = %(modified)s::timestamptz
                       WHERE ticket_id = %(id)s AND (ticket_status IS DISTINCT FROM %(status)s
                             OR ticket_closed <> %(closed)s)
                         AND coalesce(%(modified)s::timestamptz >= ticket_modified_at, true)
                       RETURNING id""",
                    {
                        "id": ticket.id,
                        "status": ticket.status,
                        "closed": ticket.closed,
                        "modified": ticket.modified_at,
                    },
                )
            ).fetchone()
            if row is None:
                return 0
            data = {
                "id": ticket.id,
                "number": ticket.number,
                "status": ticket.status,
                "closed": ticket.closed,
            }
            now = self._clock.now()
            await add_turn(conn, row["id"], "fact", "ticket_changed", data, now)
            await keep_solution(conn, row["id"], ticket)
            await defer_run(self._queue, conn, str(row["id"]))
        return 1
