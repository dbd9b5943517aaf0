"""Corrections of persons: what they are decided on, what they move, and their history for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from domain.correction import Case, Plan
from domain.incident import Status
from server.persistence.database import Connection
from server.persistence.turns import StoredMessage, StoredTurn

# What somebody said, and not what somebody later did to it.
_SAID = "NOT m.from_me AND m.kind NOT IN ('edit', 'revoke', 'reaction')"


@dataclass(frozen=True)
class Moving:
    """One stored message on its way, with the turn it came in and what was read of its writer."""

    row: int
    id: str
    turn_id: int | None
    person_id: UUID | None
    sent_at: datetime
    text: str
    from_me: bool


async def lock_chats(conn: Connection, incidents: Sequence[UUID]) -> None:
    """Keep assignment out of these incidents' chats for this transaction, and lock their rows.

    The chats first and in one order, as assignment does it.
    """
    rows = await (
        await conn.execute(
            "SELECT DISTINCT chat FROM incidents WHERE id = ANY (%s) ORDER BY chat",
            (list(incidents),),
        )
    ).fetchall()
    for row in rows:
        lock = f"chat:{row['chat']}"
        await conn.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (lock,))
    await conn.execute(
        "SELECT 1 FROM incidents WHERE id = ANY (%s) ORDER BY id FOR UPDATE", (list(incidents),)
    )


async def load_case(conn: Connection, incident: UUID) -> Case | None:
    """An incident as a correction is decided on; what was set aside just now is already so."""
    row = await (
        await conn.execute(
            f"""SELECT i.id, i.account, i.chat, i.opened_at, i.ticket_number, i.ticket_closed,
                  i.parent, i.merged_into, o.at AS ticket_at,
                  CASE WHEN i.merged_into IS NOT NULL THEN 'merged'
                       WHEN i.set_aside_at IS NOT NULL THEN 'dismissed' ELSE i.status END AS status,
                  (SELECT count(*) FROM incidents r WHERE r.parent = i.id) AS reports,
                  (SELECT coalesce(array_agg(m.message_id ORDER BY m.sent_at, m.id), '{{}}')
                   FROM messages m WHERE m.incident_id = i.id AND {_SAID}) AS messages
                FROM incidents i LEFT JOIN LATERAL (
                  SELECT coalesce(o.done_at, o.created_at) AS at FROM outbox o
                  WHERE o.effect_key = 'ticket:' || i.id
                    AND o.state IN ('pending', 'attempting', 'unknown', 'done')) o ON true
                WHERE i.id = %s""",  # noqa: S608 - our own words
            (incident,),
        )
    ).fetchone()
    if row is None:
        return None
    return Case(
        id=str(row["id"]),
        account=row["account"],
        chat=row["chat"],
        status=Status(row["status"]),
        opened_at=row["opened_at"],
        messages=tuple(dict.fromkeys(row["messages"])),
        ticket_at=row["ticket_at"],
        ticket_number=row["ticket_number"],
        ticket_closed=row["ticket_closed"],
        parent=str(row["parent"]) if row["parent"] else None,
        reports=row["reports"],
        merged_into=str(row["merged_into"]) if row["merged_into"] else None,
    )


async def came_by_merging(conn: Connection, gone: UUID, kept: UUID) -> list[str]:
    """The messages that the newest merging of one incident took to the other and left there."""
    rows = await (
        await conn.execute(
            """SELECT m.message_id FROM (
                 SELECT moved FROM corrections WHERE kind = 'merge' AND source = %(gone)s
                   AND target = %(kept)s ORDER BY id DESC LIMIT 1) c
               JOIN messages m ON m.incident_id = %(kept)s AND c.moved ? m.message_id
               GROUP BY m.message_id ORDER BY min(m.sent_at), min(m.id)""",
            {"gone": gone, "kept": kept},
        )
    ).fetchall()
    return [row["message_id"] for row in rows]


async def moving(
    conn: Connection, incident: UUID, messages: Sequence[str], *, with_ours: bool
) -> list[Moving]:
    """These messages of an incident with what was done to them later, oldest first.

    `with_ours`: also what we said about it, so that a quote of it leads where the rest went.
    """
    rows = await (
        await conn.execute(
            """SELECT m.id AS row, m.message_id AS id, m.turn_id, m.person_id, m.sent_at, m.text,
                 m.from_me
               FROM messages m WHERE m.incident_id = %(incident)s AND (
                 (m.from_me AND %(ours)s) OR m.message_id = ANY (%(ids)s)
                 OR m.target = ANY (%(ids)s))
               ORDER BY m.sent_at, m.id""",
            {"incident": incident, "ids": list(messages), "ours": with_ours},
        )
    ).fetchall()
    return [Moving(**row) for row in rows]


async def move(
    conn: Connection,
    rows: Sequence[Moving],
    target: UUID | None,
    author: str,
    reason: str,
    at: datetime,
) -> None:
    """Say where these messages belong now, who says so, and which decision that replaces."""
    await conn.execute(
        "UPDATE messages SET incident_id = %s WHERE id = ANY (%s)",
        (target, [one.row for one in rows]),
    )
    await conn.execute(
        """INSERT INTO assignments (turn_id, message_id, incident_id, outcome, confidence, reason,
             decided_by, replaces, at)
           SELECT m.turn_id, m.message_id, %(target)s, 'moved', 1, %(reason)s, %(author)s,
             (SELECT max(a.id) FROM assignments a
              WHERE a.turn_id = m.turn_id AND a.message_id = m.message_id), %(at)s
           FROM messages m WHERE m.id = ANY (%(rows)s) AND m.turn_id IS NOT NULL
           ORDER BY m.sent_at, m.id""",
        {
            "target": target,
            "reason": reason,
            "author": author,
            "at": at,
            "rows": [one.row for one in rows],
        },
    )


async def moved_turns(conn: Connection, rows: Sequence[int]) -> list[StoredTurn]:
    """Stored messages by their rows, as turns of whoever wrote them."""
    found = await (
        await conn.execute(
            """SELECT m.id AS row, m.message_id AS id, m.kind, m.person_id, m.sent_at, m.text,
                 m.quotes, m.mentions, m.attachments, m.target, m.incident_id, m.account, m.channel,
                 m.chat, coalesce(nullif(m.name, ''), p.name, '') AS name,
                 coalesce(t.data ->> 'who', 'staff') AS who
               FROM messages m LEFT JOIN turns t ON t.id = m.turn_id
               LEFT JOIN persons p ON p.id = m.person_id
               WHERE m.id = ANY (%s) AND NOT m.from_me AND m.kind <> 'reaction'
               ORDER BY m.sent_at, m.id""",
            (list(rows),),
        )
    ).fetchall()
    turns = []
    for row in found:
        who = row.pop("who")
        account, channel, chat = (row.pop(name) for name in ("account", "channel", "chat"))
        message = StoredMessage(**row)
        turns.append(
            StoredTurn(
                id=0,
                account=account,
                channel=channel,
                chat=chat,
                kind="message",
                name="",
                data={"who": who},
                first_at=message.sent_at,
                last_at=message.sent_at,
                number=None,
                person_id=message.person_id,
                incident_id=message.incident_id,
                trace_id=None,
                messages=[message],
            )
        )
    return turns


async def make_incident(
    conn: Connection, incident: UUID, source: UUID, values: dict[str, Any]
) -> None:
    """Insert the candidate that a split makes, in the chat of the incident it comes from.

    `values`: reporter (None: that of the source), store, system, error, meaning, opened_at,
    last_at.
    """
    await conn.execute(
        """INSERT INTO incidents (id, account, channel, chat, reporter_id, participants, store,
             system, error, meaning, opened_at, last_at, trace_id)
           SELECT %(id)s, account, channel, chat, coalesce(%(reporter)s, reporter_id),
             ARRAY[coalesce(%(reporter)s, reporter_id)], %(store)s, %(system)s, %(error)s,
             %(meaning)s::real[], %(opened_at)s, %(last_at)s, trace_id
           FROM incidents WHERE id = %(source)s""",
        {**values, "id": incident, "source": source},
    )


async def count_people(conn: Connection, incident: UUID, lost: Sequence[str]) -> None:
    """Who takes part in an incident and who reported it, as its messages say now; what only a
    message said that has gone (`lost` columns) is unknown again."""
    await conn.execute(
        """WITH said AS (
             SELECT person_id, min(sent_at) AS first_at, min(id) AS first, max(sent_at) AS last_at
             FROM messages WHERE incident_id = %(id)s AND NOT from_me AND person_id IS NOT NULL
             GROUP BY person_id)
           UPDATE incidents SET updated_at = now(),
             last_at = greatest(last_at, (SELECT max(said.last_at) FROM said)),
             participants = coalesce((SELECT array_agg(person_id ORDER BY first_at, first)
                                      FROM said), participants),
             reporter_id = CASE
               WHEN reporter_id IN (SELECT person_id FROM said) THEN reporter_id
               ELSE coalesce((SELECT person_id FROM said ORDER BY first_at, first LIMIT 1),
                             reporter_id) END,
             store = CASE WHEN 'store' = ANY (%(lost)s) THEN NULL ELSE store END,
             system = CASE WHEN 'system' = ANY (%(lost)s) THEN NULL ELSE system END,
             error = CASE WHEN 'error' = ANY (%(lost)s) THEN NULL ELSE error END
           WHERE id = %(id)s""",
        {"id": incident, "lost": list(lost)},
    )


async def set_aside(conn: Connection, incident: UUID, into: UUID | None, at: datetime) -> None:
    """From now on no turn finds this incident. Reports of an outage that is merged are reports of
    what it was merged into."""
    await conn.execute(
        """UPDATE incidents SET merged_into = %s, set_aside_at = %s, updated_at = now()
           WHERE id = %s""",
        (into, at, incident),
    )
    if into is None:
        return
    await conn.execute(
        """UPDATE incidents SET parent = NULL WHERE id = %(into)s AND parent = %(gone)s""",
        {"into": into, "gone": incident},
    )
    await conn.execute(
        """UPDATE incidents SET parent = (SELECT coalesce(k.parent, k.id) FROM incidents k
             WHERE k.id = %(into)s)
           WHERE parent = %(gone)s""",
        {"into": into, "gone": incident},
    )


async def bring_back(conn: Connection, incident: UUID, now: datetime) -> None:
    """Turns find this incident again. What was dropped unsent may be planned anew: its row stays
    under another key. A withdrawal that has not begun never happens."""
    await conn.execute(
        """UPDATE incidents SET merged_into = NULL, set_aside_at = NULL, updated_at = now()
           WHERE id = %s""",
        (incident,),
    )
    await conn.execute(
        """UPDATE outbox SET effect_key = effect_key || ':dropped:' || id
           WHERE incident_id = %s AND state = 'dropped' AND effect_key IN (
             'ticket:' || incident_id, 'notice:' || incident_id || ':created')""",
        (incident,),
    )
    await conn.execute(
        """UPDATE outbox SET state = 'dropped', reason = 'taken up again', done_at = %s
           WHERE incident_id = %s AND purpose = 'withdraw' AND state = 'pending'""",
        (now, incident),
    )


async def set_parent(conn: Connection, incident: UUID, parent: UUID | None) -> None:
    """Whether, and of which outage, an incident is another report."""
    await conn.execute(
        "UPDATE incidents SET parent = %s, updated_at = now() WHERE id = %s", (parent, incident)
    )


async def keep_correction(
    conn: Connection, plan: Plan, values: dict[str, Any], at: datetime
) -> dict[str, Any]:
    """Write a correction down. `values`: request_key, asked, author, why, account, target."""
    row = await (
        await conn.execute(
            """INSERT INTO corrections (request_key, kind, asked, author, why, account, source,
                 target, moved, changes, at)
               VALUES (%(request_key)s, %(kind)s, %(asked)s, %(author)s, %(why)s, %(account)s,
                 %(source)s, %(target)s, %(moved)s, %(changes)s, %(at)s) RETURNING *""",
            {
                **values,
                "kind": plan.kind.value,
                "asked": Jsonb(values["asked"]),
                "source": UUID(plan.source),
                "moved": Jsonb(list(plan.moved)),
                "changes": Jsonb([asdict(change) for change in plan.changes]),
                "at": at,
            },
        )
    ).fetchone()
    assert row is not None  # noqa: S101 - an insert returns its row
    return row


async def find_correction(conn: Connection, request_key: str) -> dict[str, Any] | None:
    """What was made of a request, if it came before."""
    return await (
        await conn.execute("SELECT * FROM corrections WHERE request_key = %s", (request_key,))
    ).fetchone()


async def corrections_of(conn: Connection, incident: UUID) -> list[dict[str, Any]]:
    """The history of an incident, oldest first."""
    return await (
        await conn.execute(
            "SELECT * FROM corrections WHERE source = %(id)s OR target = %(id)s ORDER BY id",
            {"id": incident},
        )
    ).fetchall()
