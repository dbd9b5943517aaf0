"""Questions to people: one at a time for each person of a chat, in the order they came up."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from server.persistence.database import Connection
from server.persistence.outbox import Row

# A question that has left, or may have.
OUT = ["attempting", "unknown", "done"]


async def is_being_asked(conn: Connection, row: Row) -> bool:
    """Whether the person of this question still owes an answer in another incident of the chat.

    Locks the person's questions in this chat for the transaction, so that of two only one leaves.
    """
    person = str(row.payload.get("person_id", ""))
    await conn.execute(
        """SELECT pg_advisory_xact_lock(hashtext('ask:' || chat || ':' || %s)) FROM incidents
           WHERE id = %s""",
        (person, row.incident_id),
    )
    found = await (
        await conn.execute(
            """SELECT 1 FROM incidents i JOIN incidents b ON b.chat = i.chat AND b.id <> i.id
               JOIN outbox o ON o.incident_id = b.id AND o.purpose = 'ask'
                 AND o.payload ->> 'field' = b.pending ->> 'field'
               WHERE i.id = %s AND b.status = 'collecting' AND b.owner IS NULL
                 AND b.pending ->> 'person_id' = %s AND o.state = ANY (%s) LIMIT 1""",
            (row.incident_id, person, OUT),
        )
    ).fetchone()
    return found is not None


async def questions_held(conn: Connection, incident: UUID) -> list[UUID]:
    """The other incidents of the chat whose question to this one's reporter has not left yet."""
    rows = await (
        await conn.execute(
            """SELECT DISTINCT o.incident_id FROM incidents i
               JOIN incidents b ON b.chat = i.chat AND b.id <> i.id AND b.status = 'collecting'
               JOIN outbox o ON o.incident_id = b.id AND o.purpose = 'ask' AND o.state = 'pending'
               WHERE i.id = %s AND o.payload ->> 'person_id' = i.reporter_id::text""",
            (incident,),
        )
    ).fetchall()
    return [row["incident_id"] for row in rows]


async def asked_at(conn: Connection, incident: UUID) -> datetime | None:
    """When the newest question of an incident left, or was dropped; None when it still waits."""
    row = await (
        await conn.execute(
            """SELECT state, done_at FROM outbox WHERE incident_id = %s AND purpose = 'ask'
               ORDER BY id DESC LIMIT 1""",
            (incident,),
        )
    ).fetchone()
    return row["done_at"] if row and row["state"] in (*OUT, "dropped") else None


async def told_in_one_breath(conn: Connection, incident: UUID) -> list[UUID]:
    """The incidents that still lack a store and were told of in one message with this one."""
    rows = await (
        await conn.execute(
            """SELECT DISTINCT b.id FROM turns t JOIN matters x ON x.turn_id = t.id
               JOIN matters y ON y.message = x.message AND y.turn_id <> x.turn_id
               JOIN turns u ON u.id = y.turn_id JOIN incidents b ON b.id = u.incident_id
               WHERE t.incident_id = %s AND b.id <> t.incident_id AND b.status = 'collecting'
                 AND b.fields ->> 'store' IS NULL""",
            (incident,),
        )
    ).fetchall()
    return [row["id"] for row in rows]
