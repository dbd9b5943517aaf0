"""What groups are called: asked of their channel beside the path of a message, and kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog

from domain.errors import ChannelRefused, RetryLater
from domain.ports import Clock, GroupDirectory
from server.persistence.database import Pool

log = structlog.get_logger(__name__)
# A message's webhook does not say the name, and a group may be given another one.
AGAIN = timedelta(minutes=10)
RENAMED = timedelta(days=1)
# A group that nobody has written in for so long is not asked for.
ALIVE = timedelta(days=14)
AT_ONCE = 5
LONGEST_NAME = 200


class GroupNames:
    """Asks for the names that are not known, a few at a time. `clock` is real time.

    Nothing waits for it: without a name a group is one whose name tells no store.
    """

    def __init__(self, pool: Pool, clock: Clock, directories: Mapping[str, GroupDirectory]) -> None:
        self._pool = pool
        self._clock = clock
        self._directories = directories
        self._due: dict[str, datetime] = {}

    async def look(self) -> int:
        """Ask for the names that are due; how many were learnt. Raises psycopg.Error."""
        now = self._clock.now()
        learnt = 0
        for chat, channel in (await self._wanted(now))[:AT_ONCE]:
            self._due[chat] = now + AGAIN
            try:
                name = await self._directories[channel].group_name(chat)
            except (RetryLater, ChannelRefused) as error:
                log.info("group's name not learnt", channel=channel, reason=str(error))
                continue
            if name and (name := " ".join(name.split())[:LONGEST_NAME]):
                self._due[chat] = now + RENAMED
                learnt += await self._keep(chat, name)
        return learnt

    async def _wanted(self, now: datetime) -> list[tuple[str, str]]:
        """(chat, channel) of the groups whose name is due, those without one first."""
        async with self._pool.connection() as conn:
            rows = await (
                await conn.execute(
                    """SELECT chat, channel, name FROM chats
                       WHERE channel = ANY (%s) AND last_message_at > %s
                       ORDER BY name <> '', last_message_at DESC LIMIT 1000""",
                    (list(self._directories), now - ALIVE),
                )
            ).fetchall()
        for row in rows:
            self._due.setdefault(row["chat"], now + RENAMED if row["name"] else now)
        return [(row["chat"], row["channel"]) for row in rows if self._due[row["chat"]] <= now]

    async def _keep(self, chat: str, name: str) -> int:
        async with self._pool.connection() as conn:
            done = await conn.execute(
                "UPDATE chats SET name = %(name)s WHERE chat = %(chat)s AND name <> %(name)s",
                {"chat": chat, "name": name},
            )
        return done.rowcount
