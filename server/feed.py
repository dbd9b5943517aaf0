"""The live feed of the page: what changed, in an order that can be resumed after a break.

Triggers write the events; a cursor is (transaction, number), and only events that no older
transaction can still come before are told, so that nobody skips one that commits late.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import psycopg
import structlog

from server.persistence.database import Pool

log = structlog.get_logger(__name__)
CHANNEL = "recado_page"
KEPT_HOURS = 24
# A transaction that was in the way ends without a notification of its own.
LOOK_SECONDS = 0.5
MOST_AT_ONCE = 500
# What the database counts in: a transaction is an xid8, an event a bigint.
MOST_TX, MOST_ID = 2**64 - 1, 2**63 - 1
LONGEST = len(f"{MOST_TX}-{MOST_ID}")


@dataclass(frozen=True)
class Cursor:
    """A place in the feed."""

    tx: int = 0
    id: int = 0

    def __str__(self) -> str:
        return f"{self.tx}-{self.id}"

    @classmethod
    def read(cls, text: str) -> Cursor:
        """Raises ValueError for what is none."""
        tx, dash, number = text.partition("-")
        if not (dash and tx.isdecimal() and number.isdecimal() and len(text) <= LONGEST):
            raise ValueError("no place in the feed")
        cursor = cls(int(tx), int(number))
        if cursor.tx > MOST_TX or cursor.id > MOST_ID:
            raise ValueError("no place in any feed")
        return cursor


@dataclass(frozen=True)
class Event:
    """Something changed; the reader asks for what it wants to know of it."""

    cursor: Cursor
    kind: str
    incident_id: UUID | None
    chat: str | None
    at: datetime


async def latest(pool: Pool) -> Cursor:
    """Where the feed is now: everything after it is news."""
    async with pool.connection() as conn:
        row = await (
            await conn.execute(
                """SELECT tx::text AS tx, id FROM events
                   WHERE tx < pg_snapshot_xmin(pg_current_snapshot())
                   ORDER BY tx DESC, id DESC LIMIT 1"""
            )
        ).fetchone()
    return Cursor() if row is None else Cursor(int(row["tx"]), row["id"])


async def is_kept(pool: Pool, cursor: Cursor) -> bool:
    """Whether the feed still holds everything after this place."""
    if cursor == Cursor():
        return True
    async with pool.connection() as conn:
        row = await (
            await conn.execute(
                "SELECT 1 FROM events WHERE tx = %s::text::xid8 AND id = %s",
                (str(cursor.tx), cursor.id),
            )
        ).fetchone()
    return row is not None


async def events_after(pool: Pool, cursor: Cursor) -> list[Event]:
    """The next events, in order, at most MOST_AT_ONCE."""
    async with pool.connection() as conn:
        rows = await (
            await conn.execute(
                """SELECT tx::text AS tx, id, kind, incident_id, chat, at FROM events
                   WHERE (tx, id) > (%s::text::xid8, %s)
                     AND tx < pg_snapshot_xmin(pg_current_snapshot())
                   ORDER BY tx, id LIMIT %s""",
                (str(cursor.tx), cursor.id, MOST_AT_ONCE),
            )
        ).fetchall()
    return [
        Event(Cursor(int(row["tx"]), row["id"]), row["kind"], row["incident_id"], row["chat"], at)
        for row in rows
        for at in [row["at"]]
    ]


async def forget_old(pool: Pool) -> int:
    """Drop what no page will resume from; how many."""
    async with pool.connection() as conn:
        gone = await conn.execute(
            "DELETE FROM events WHERE at < now() - make_interval(hours => %s)", (KEPT_HOURS,)
        )
    return gone.rowcount


class Bell:
    """Wakes every reader of this process when something is written; one connection for all."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._readers: set[asyncio.Event] = set()
        self._listener: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def heard(self) -> AsyncIterator[asyncio.Event]:
        """An event that is set whenever there may be news; whoever waits clears it."""
        rung = asyncio.Event()
        self._readers.add(rung)
        if self._listener is None:
            self._listener = asyncio.create_task(self._listen())
        try:
            yield rung
        finally:
            self._readers.discard(rung)
            if not self._readers and self._listener is not None:
                listener, self._listener = self._listener, None
                listener.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await listener

    async def _listen(self) -> None:
        while True:
            try:
                conn = await psycopg.AsyncConnection.connect(self._url, autocommit=True)
                async with conn:
                    await conn.execute(f"LISTEN {CHANNEL}")
                    self._ring()
                    async for _ in conn.notifies():
                        self._ring()
            except psycopg.Error as error:
                log.warning("feed: database away", reason=str(error))
            await asyncio.sleep(1)

    def _ring(self) -> None:
        for rung in self._readers:
            rung.set()
