"""How much the bot may say in a group: so many messages an hour, of whatever kind.

What is over it is never lost silently: reminders are dropped and say why, everything else waits in
the outbox until there is room. The word that hands an incident to a person always goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from server.persistence.database import Connection
from server.persistence.outbox import Row

WINDOW = timedelta(hours=1)
ALWAYS = frozenset({"escalation"})
# Why something waits; in front of it `a reminder` when that is dropped.
OVER = "over the messages an hour that this group may be sent"


@dataclass(frozen=True)
class Room:
    """Whether there is room for one more; else in how many seconds there may be, and why."""

    free: bool
    seconds: float = 0.0
    drop: bool = False
    why: str = ""


async def room_for(conn: Connection, row: Row, chat: str, limit: int, now: datetime) -> Room:
    """Whether `row` may be said in `chat` now, at most `limit` an hour; 0 is no limit.

    Until the transaction ends nobody else may take the same room.
    """
    if limit <= 0 or row.purpose in ALWAYS:
        return Room(free=True)
    await conn.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (f"say:{chat}",))
    said = await (
        await conn.execute(
            """SELECT count(*) AS number, min(sent_at) AS oldest FROM messages
               WHERE chat = %s AND from_me AND sent_at > %s""",
            (chat, now - WINDOW),
        )
    ).fetchone()
    leaving = await (
        await conn.execute(
            """SELECT count(*) AS number FROM outbox o JOIN incidents i ON i.id = o.incident_id
               WHERE i.chat = %s AND o.lane = 'chat' AND o.state IN ('attempting', 'unknown')""",
            (chat,),
        )
    ).fetchone()
    assert said is not None and leaving is not None  # noqa: S101, PT018 - an aggregate is a row
    if said["number"] + leaving["number"] < limit:
        return Room(free=True)
    if await _is_reminder(conn, row):
        return Room(free=False, drop=True, why=f"a reminder {OVER}")
    oldest: datetime = said["oldest"] or now
    return Room(free=False, seconds=max((oldest + WINDOW - now).total_seconds(), 1.0), why=OVER)


async def _is_reminder(conn: Connection, row: Row) -> bool:
    """What was said before in other words: a question that stands in the group, or the closing."""
    if row.effect_key.endswith(":closed"):
        return True
    if row.purpose != "ask":
        return False
    field = str(row.payload.get("field"))
    asked = await (
        await conn.execute(
            """SELECT 1 FROM outbox WHERE incident_id = %s AND purpose = 'ask' AND state = 'done'
                 AND payload ->> 'field' = %s LIMIT 1""",
            (row.incident_id, field),
        )
    ).fetchone()
    return asked is not None
