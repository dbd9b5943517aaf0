"""Questions to people: one at a time for each person of a chat, in the order they came up."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.incident import Field
from domain.sayings.several import Waiting
from server.persistence.database import Connection
from server.persistence.outbox import Row

# A question that has left, or may have.
OUT = ["attempting", "unknown", "done"]
# Of a turn that answers for its incident, and for none that was told in the same breath.
APART = "apart"


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


# The turns of two incidents that one burst was divided into: a copy keeps its times.
_ONE_BREATH = """turns t JOIN turns u ON u.chat = t.chat AND u.person_id = t.person_id
  AND u.first_at = t.first_at AND u.last_at = t.last_at AND u.kind = t.kind AND u.id <> t.id
  JOIN incidents b ON b.id = u.incident_id AND b.id <> t.incident_id"""


# Where nothing was said of that incident alone.
_FOR_ALL = "NOT EXISTS (SELECT 1 FROM turns a WHERE a.incident_id = {} AND a.data ? 'apart')"


_NOT_TOLD = """NOT EXISTS (SELECT 1 FROM turns f WHERE f.incident_id = b.id
  AND f.kind = 'fact' AND f.name = 'told')"""
# So many seconds apart two reports of one person are told together.
SOON = 1800
# Who reports two things within that time is at one store, unless they have reported from
# another: those who look after several stores are asked for each, and so is what a person set
# apart.
_TOGETHER = f"""FROM incidents i JOIN incidents b ON b.chat = i.chat AND b.id <> i.id
    AND b.reporter_id = i.reporter_id AND b.merged_into IS NULL AND b.set_aside_at IS NULL
    AND abs(extract(epoch FROM b.opened_at - i.opened_at)) <= {SOON}
  WHERE i.id = %(incident)s AND b.fields ->> 'store' IS NULL
    AND b.status IN ('collecting', 'escalated')
    AND NOT EXISTS (SELECT 1 FROM incidents o WHERE o.reporter_id = i.reporter_id
      AND o.fields ->> 'store' <> i.fields ->> 'store')
    AND NOT EXISTS (SELECT 1 FROM corrections c
      WHERE c.source IN (i.id, b.id) AND c.target IN (i.id, b.id))"""  # noqa: S608 - our own words


async def told_in_one_breath(conn: Connection, incident: UUID) -> list[UUID]:
    """The incidents that still lack a store and were told of in one burst with this one, or soon
    before or after it by the same person."""
    rows = await (
        await conn.execute(
            f"""SELECT DISTINCT b.id FROM {_ONE_BREATH}
               WHERE t.incident_id = %(incident)s AND t.kind = 'message'
                 AND b.status IN ('collecting', 'escalated') AND b.fields ->> 'store' IS NULL
                 AND {_FOR_ALL.format("t.incident_id")} AND {_NOT_TOLD}
               UNION SELECT b.id {_TOGETHER}
                 AND {_FOR_ALL.format("i.id")} AND {_NOT_TOLD}""",  # noqa: S608 - our own words
            {"incident": incident},
        )
    ).fetchall()
    return [row["id"] for row in rows]


async def store_told(conn: Connection, incident: UUID) -> str | None:
    """The store that was said for what was told of in one burst with this incident, and that this
    one has not heard of yet."""
    row = await (
        await conn.execute(
            f"""SELECT b.fields ->> 'store' AS store FROM {_ONE_BREATH}
               WHERE t.incident_id = %s AND t.kind = 'message'
                 AND b.fields ->> 'store' IS NOT NULL AND b.asked ? 'store'
                 AND {_FOR_ALL.format("b.id")}
                 AND NOT EXISTS (SELECT 1 FROM turns f WHERE f.incident_id = t.incident_id
                   AND f.kind = 'fact' AND f.name = 'told')
               ORDER BY b.last_at DESC LIMIT 1""",  # noqa: S608 - our own words
            (incident,),
        )
    ).fetchone()
    return row["store"] if row else None


async def asked_in_vain(conn: Connection, row: Row) -> bool:
    """Whether the person of this question was asked the same until it was handed over, for what
    they told in the same breath, or soon before or after it; and of such a last word, whether they
    have read the same of that."""
    ending = row.effect_key.rpartition(":")[2]
    found = await (
        await conn.execute(
            f"""SELECT 1 FROM incidents b WHERE b.asked ? %(field)s AND NOT b.fields ? %(field)s
                 AND CASE WHEN %(asks)s THEN b.status = 'escalated'
                     ELSE EXISTS (SELECT 1 FROM outbox o WHERE o.incident_id = b.id
                       AND o.effect_key = 'notice:' || b.id || ':' || %(ending)s
                       AND o.state = ANY (%(out)s)) END
                 AND b.id IN (
                   SELECT b.id FROM {_ONE_BREATH} WHERE t.incident_id = %(incident)s
                     AND t.kind = 'message'
                   UNION SELECT b.id FROM incidents i JOIN incidents b ON b.chat = i.chat
                     AND b.id <> i.id AND b.reporter_id = i.reporter_id
                     AND abs(extract(epoch FROM b.opened_at - i.opened_at)) <= {SOON}
                   WHERE i.id = %(incident)s)
               LIMIT 1""",  # noqa: S608 - our own words
            {
                "incident": row.incident_id,
                "field": row.payload.get("field", Field.STORE),
                "asks": row.purpose == "ask",
                "ending": ending,
                "out": OUT,
            },
        )
    ).fetchone()
    return found is not None


async def answered_elsewhere(conn: Connection, incident: UUID) -> bool:
    """Whether its reporter told the same in another group as well, and said there where it is."""
    found = await (
        await conn.execute(
            f"""SELECT 1 FROM incidents i
               JOIN incidents b ON b.account = i.account AND b.chat <> i.chat
                 AND b.reporter_id = i.reporter_id AND lower(b.system) = lower(i.system)
                 AND abs(extract(epoch FROM b.opened_at - i.opened_at)) <= {SOON}
               WHERE i.id = %s AND i.fields ->> 'store' IS NULL
                 AND b.fields ->> 'store' IS NOT NULL
                 AND b.status IN ('queued', 'ticketed', 'resolved')
               LIMIT 1""",  # noqa: S608 - our own words
            (incident,),
        )
    ).fetchone()
    return found is not None


async def waiting_for_store(conn: Connection, chat: str, person: UUID | None) -> list[Waiting]:
    """The reports of somebody that wait for their store, in the order in which they were told."""
    rows = await (
        await conn.execute(
            """SELECT i.id, coalesce(i.fields ->> 'system', i.system) AS system FROM incidents i
               WHERE i.chat = %s AND i.reporter_id = %s AND i.status IN ('collecting', 'escalated')
                 AND i.merged_into IS NULL AND i.set_aside_at IS NULL
                 AND i.asked ? 'store' AND i.fields ->> 'store' IS NULL
               ORDER BY i.opened_at, (SELECT min(t.id) FROM turns t WHERE t.incident_id = i.id)""",
            (chat, person),
        )
    ).fetchall()
    return [Waiting(str(row["id"]), row["system"]) for row in rows]


async def asked_lately_for_store(conn: Connection, chat: str, since: datetime) -> list[Waiting]:
    """The reports of anybody in a chat that wait for their store and were spoken of `since`."""
    rows = await (
        await conn.execute(
            """SELECT i.id, coalesce(i.fields ->> 'system', i.system) AS system FROM incidents i
               WHERE i.chat = %s AND i.status = 'collecting' AND i.last_at >= %s
                 AND i.merged_into IS NULL AND i.set_aside_at IS NULL
                 AND i.asked ? 'store' AND i.fields ->> 'store' IS NULL
               ORDER BY i.opened_at, i.id""",
            (chat, since),
        )
    ).fetchall()
    return [Waiting(str(row["id"]), row["system"]) for row in rows]
