"""The family of an outage in the database, and what its members have heard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.outage import GONE, OVER, Member, News, Outage
from server.persistence.database import Connection
from server.persistence.outbox import Row
from server.persistence.turns import add_turn

OUT = ["attempting", "unknown", "done"]


async def load_outage(conn: Connection, incident: UUID) -> Outage | None:
    """The outage that an incident is in; None when nobody else is in it."""
    rows = await (
        await conn.execute(
            """SELECT i.id, i.chat, i.status, i.opened_at, i.store, i.owner, i.back, i.parent,
                 i.over_at, coalesce(nullif(c.name, ''), '') AS name,
                 EXISTS (SELECT 1 FROM outbox o WHERE o.state = ANY (%(out)s)
                   AND o.effect_key = 'notice:' || i.id || ':created') AS told,
                 EXISTS (SELECT 1 FROM outage_news n WHERE n.incident_id = i.id
                   AND n.news LIKE 'over:%%') AS ended
               FROM incidents i LEFT JOIN chats c ON c.chat = i.chat
               WHERE i.id = (SELECT coalesce(parent, id) FROM incidents WHERE id = %(id)s)
                  OR i.parent = (SELECT coalesce(parent, id) FROM incidents WHERE id = %(id)s)
               ORDER BY i.parent IS NOT NULL, i.opened_at, i.id""",
            {"id": incident, "out": OUT},
        )
    ).fetchall()
    if len(rows) < 2:
        return None
    members = [
        Member(
            id=str(row["id"]),
            chat=row["chat"],
            status=row["status"],
            opened_at=row["opened_at"],
            store=row["store"],
            owner=row["owner"],
            told=row["told"],
            back=row["back"] in ("here", "everywhere"),
            back_everywhere=row["back"] == "everywhere",
            still=row["back"] == "still",
            ended=row["ended"],
            where=row["name"],
        )
        for row in rows
    ]
    return Outage(members[0], tuple(members[1:]), rows[0]["over_at"])


async def mark_over(conn: Connection, outage: Outage, now: datetime) -> datetime | None:
    """Write down when the head was resolved, or that it is not any more; that time.

    Of a head that was alone then nobody wrote it down: it was when its ticket was closed, and who
    reports after that is late.
    """
    over = outage.head.status in OVER
    if over == (outage.over_at is not None):
        return outage.over_at
    row = await (
        await conn.execute(
            """UPDATE incidents SET over_at = CASE WHEN %(over)s
                 THEN least(coalesce(ticket_closed_at, %(now)s), %(now)s) END
               WHERE id = %(head)s RETURNING over_at""",
            {"over": over, "now": now, "head": UUID(outage.head.id)},
        )
    ).fetchone()
    return row["over_at"] if row else None


async def tell_news(conn: Connection, news: News, now: datetime) -> bool:
    """Give a member its news as a turn, once; False when it has heard them."""
    member = UUID(news.member)
    told = await conn.execute(
        """INSERT INTO outage_news (incident_id, news, at) VALUES (%s, %s, %s)
           ON CONFLICT DO NOTHING""",
        (member, news.key, now),
    )
    if told.rowcount:
        await add_turn(conn, member, "fact", news.name, news.data, now)
    return bool(told.rowcount)


async def make_head(conn: Connection, old: UUID, new: UUID | None, *, stays: bool) -> None:
    """Give the children of `old` another head; without one they stand alone. Where it `stays`,
    `old` is a report of the same outage from then on."""
    await conn.execute(
        """UPDATE incidents SET parent = CASE WHEN id = %(new)s THEN NULL ELSE %(new)s END
           WHERE parent = %(old)s OR (%(stays)s AND id = %(old)s AND parent IS NULL)""",
        {"old": old, "new": new, "stays": stays},
    )


async def is_told_by_another(conn: Connection, row: Row) -> str | None:
    """Why a notice need not be said: another member speaks for the outage in this group.

    Of other words than those on its ticket and its status, nobody else can speak.
    Locks what this outage says in this group for the transaction, so that of two only one leaves.
    """
    kind = row.effect_key.split(":")[2]
    if kind not in ("created", "status"):
        return None
    me = await (
        await conn.execute(
            """SELECT i.id, i.chat, i.parent, i.status, i.opened_at, h.id AS head,
                 h.chat AS head_chat, h.over_at,
                 EXISTS (SELECT 1 FROM outage_news n WHERE n.incident_id = i.id
                   AND n.news LIKE 'over:%%') AS ended,
                 pg_advisory_xact_lock(hashtext('outage:' || h.id || ':' || i.chat))
               FROM incidents i JOIN incidents h ON h.id = coalesce(i.parent, i.id)
               WHERE i.id = %s AND (i.parent IS NOT NULL
                 OR EXISTS (SELECT 1 FROM incidents c WHERE c.parent = i.id))""",
            (row.incident_id,),
        )
    ).fetchone()
    if me is None:
        return None
    late = me["over_at"] is not None and me["opened_at"] >= me["over_at"]
    if kind == "status":
        # The head speaks in its own group; what was ended with it and fails again, for itself.
        if me["parent"] is None or me["ended"] or late:
            return None
        if me["chat"] == me["head_chat"]:
            return "the outage speaks for it"
    others = await _told_in(conn, me, late=late)
    mine = kind == "status" and me["id"] in others[:1]
    return "the outage was told in this group" if others and not mine else None


async def _told_in(conn: Connection, me: dict[str, Any], *, late: bool) -> Sequence[UUID]:
    rows = await (
        await conn.execute(
            """SELECT m.id FROM incidents m JOIN outbox o
                 ON o.effect_key = 'notice:' || m.id || ':created' AND o.state = ANY (%(out)s)
               WHERE (m.id = %(head)s OR m.parent = %(head)s) AND m.chat = %(chat)s
                 AND m.status <> ALL (%(gone)s)
                 AND (NOT %(late)s OR m.opened_at >= %(over)s) ORDER BY o.id""",
            {
                "head": me["head"],
                "chat": me["chat"],
                "late": late,
                "over": me["over_at"],
                "out": OUT,
                "gone": [status.value for status in GONE],
            },
        )
    ).fetchall()
    return [row["id"] for row in rows]
