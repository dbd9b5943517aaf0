"""Incidents as the server, the page and the API read them; and the lease that fences a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from domain.deciding.small_numbers import was_assumed
from domain.incident import REACHABLE_STATUSES, Status
from domain.reading import code_of
from domain.room import OpenIncident
from server.persistence.database import Connection, Pool
from server.persistence.turns import StoredTurn, waiting_turns

_REACHABLE = [s.value for s in REACHABLE_STATUSES]
# Everything of an incident but its meaning, whose 512 numbers only assignment reads.
_LOAD = """
    SELECT i.id, i.account, i.channel, i.chat, i.reporter_id, i.participants, i.status, i.owner,
      i.category, i.priority, i.store, i.system, i.error, i.subject, i.fields, i.sources,
      i.pending, i.asked, i.ticket_id, i.ticket_number, i.ticket_status, i.ticket_closed,
      i.failure, i.trace_id, i.turn_count, i.last_turn, i.opened_at, i.last_at, i.parent,
      i.follows, f.ticket_number AS followed_number, f.fields AS followed_fields,
      c.name AS group_name, c.store AS group_store, p.name AS reporter_name,
      p.store AS reporter_store, o.system AS outage_system, o.priority AS outage_priority,
      o.category AS outage_category, o.fields ->> 'problem' AS outage_problem,
      o.ticket_number AS outage_ticket_number, o.store AS outage_store,
      EXISTS (SELECT 1 FROM incidents c WHERE c.parent = i.id) AS is_head,
      EXISTS (SELECT 1 FROM checkpoints t WHERE t.thread_id = i.id::text) AS has_thread,
      ARRAY(SELECT a.key FROM answers a WHERE a.incident_id = i.id::text) AS answered
    FROM incidents i JOIN persons p ON p.id = i.reporter_id
    LEFT JOIN incidents o ON o.id = i.parent
    LEFT JOIN incidents f ON f.id = i.follows
    LEFT JOIN chats c ON c.chat = i.chat WHERE i.id = %s"""


class LeaseLost(Exception):
    """Another worker has taken the incident over; nothing more may be written for it."""


@dataclass(frozen=True)
class Lease:
    """The right to run one incident. Every write carries the fence."""

    incident: UUID
    owner: str
    fence: int


async def reachable_incidents(
    conn: Connection, chat: str, since: datetime, limit: int = 200, quoted: str | None = None
) -> list[OpenIncident]:
    """Incidents of a chat that may still take a message, newest first.

    One that ended without a ticket is among them: thanks belong to it, and it may start anew. So is
    the one that was `quoted`, however long ago it was spoken of.
    """
    rows = await (
        await conn.execute(
            # Nobody answers what was never sent; what is sent again may have been read. What was
            # handed over for lack of an answer still waits for it.
            """SELECT id, status, reporter_id, participants, last_at, store, system, error,
                      meaning, parent, opened_at, ticket_closed_at,
                      sources ->> 'store' AS store_from, fields ->> 'problem' AS problem,
                      CASE WHEN status = 'escalated' THEN (
                        SELECT o.payload ->> 'field' FROM outbox o
                        WHERE o.incident_id = incidents.id AND o.purpose = 'ask'
                          AND o.state = 'done' AND NOT fields ? (o.payload ->> 'field')
                        ORDER BY o.id DESC LIMIT 1)
                      WHEN NOT EXISTS (
                        SELECT 1 FROM outbox o WHERE o.incident_id = incidents.id
                          AND o.purpose = 'ask' AND o.state = 'pending'
                          AND o.attempts = 0) THEN pending ->> 'field' END AS asked_for
               FROM incidents WHERE chat = %(chat)s
                 AND merged_into IS NULL AND set_aside_at IS NULL
                 AND (last_at >= %(since)s AND (status = ANY (%(open)s)
                        OR (status IN ('withdrawn', 'closed') AND ticket_id IS NULL))
                      OR id = %(quoted)s AND status NOT IN ('dismissed', 'merged'))
               ORDER BY last_at DESC LIMIT %(limit)s""",
            {
                "chat": chat,
                "since": since,
                "open": _REACHABLE,
                "limit": limit,
                "quoted": UUID(quoted) if quoted else None,
            },
            binary=True,  # 512 numbers a row: reading them as text takes four times as long
        )
    ).fetchall()
    return [
        OpenIncident(
            id=str(row["id"]),
            status=row["status"],
            reporter_id=str(row["reporter_id"]),
            participants=frozenset(map(str, row["participants"])),
            last_at=row["last_at"],
            store=row["store"],
            system=row["system"],
            error=code_of(row["error"]),
            meaning=tuple(row["meaning"]),
            # Who is asked is the reporter, under whatever id they are known by now.
            asked_person=str(row["reporter_id"]) if row["asked_for"] else None,
            pending_field=row["asked_for"],
            parent=str(row["parent"]) if row["parent"] else None,
            opened_at=row["opened_at"],
            closed_at=row["ticket_closed_at"],
            assumed=was_assumed(row["store"], row["store_from"], row["problem"]),
        )
        for row in rows
    ]


async def outages_elsewhere(
    conn: Connection, account: str, chat: str, since: datetime, limit: int = 50
) -> list[OpenIncident]:
    """Open incidents of the other chats of an account that began lately, newest first."""
    rows = await (
        await conn.execute(
            """SELECT i.id, i.status, i.reporter_id, i.last_at, i.store, i.system, i.error,
                 i.parent, i.opened_at, (SELECT string_agg(m.text, ' ') FROM (
                   SELECT text FROM messages WHERE incident_id = i.id AND person_id = i.reporter_id
                   ORDER BY sent_at, id LIMIT 3) m) AS words
               FROM incidents i WHERE account = %s AND chat <> %s AND status = ANY (%s)
                 AND merged_into IS NULL AND set_aside_at IS NULL AND opened_at >= %s
               ORDER BY opened_at DESC LIMIT %s""",
            (account, chat, _REACHABLE, since, limit),
        )
    ).fetchall()
    return [
        OpenIncident(
            id=str(row["id"]),
            status=row["status"],
            reporter_id=str(row["reporter_id"]),
            participants=frozenset(),
            last_at=row["last_at"],
            store=row["store"],
            system=row["system"],
            error=code_of(row["error"]),
            parent=str(row["parent"]) if row["parent"] else None,
            opened_at=row["opened_at"],
            words=row["words"] or "",
        )
        for row in rows
    ]


async def create_incident(
    conn: Connection,
    incident: UUID,
    values: Mapping[str, Any],
    status: Status = Status.CANDIDATE,
) -> None:
    """Insert an incident.

    `values`: account, channel, chat, reporter, at, trace; store, system, error, meaning, parent
    and follows where they are known.
    """
    await conn.execute(
        """INSERT INTO incidents (id, account, channel, chat, reporter_id, participants, store,
             system, error, meaning, opened_at, last_at, trace_id, parent,
             follows, status)
           VALUES (%(id)s, %(account)s, %(channel)s, %(chat)s, %(reporter)s, ARRAY[%(reporter)s],
             %(store)s, %(system)s, %(error)s, %(meaning)s::real[], %(at)s, %(at)s, %(trace)s,
             %(parent)s, %(follows)s, %(status)s)""",
        # Written out here: the driver takes its time over each of 512 numbers.
        {
            **dict.fromkeys(("store", "system", "error", "parent", "follows")),
            **values,
            "id": incident,
            "meaning": f"{{{','.join(map(repr, values.get('meaning', ())))}}}",
            "status": status.value,
        },
    )


async def touch_incident(
    conn: Connection, incident: UUID, person: UUID, at: datetime, said: Mapping[str, str | None]
) -> None:
    """Somebody wrote about it; what was unknown and is now said becomes known."""
    await conn.execute(
        """UPDATE incidents SET last_at = greatest(last_at, %(at)s),
             participants = CASE WHEN %(person)s = ANY (participants) THEN participants
                                 ELSE participants || %(person)s END,
             store = coalesce(store, %(store)s), system = coalesce(system, %(system)s),
             error = coalesce(error, %(error)s), updated_at = now()
           WHERE id = %(id)s""",
        {"at": at, "person": person, "id": incident, **said},
    )


async def claim(conn: Connection, incident: UUID, owner: str, seconds: float) -> Lease | None:
    """Take the lease of an incident, or None while somebody else holds it (database's clock)."""
    row = await (
        await conn.execute(
            """UPDATE incidents SET lease_owner = %(owner)s, fence = fence + 1,
                 lease_until = clock_timestamp() + make_interval(secs => %(seconds)s)
               WHERE id = %(id)s AND (lease_until IS NULL OR lease_until < clock_timestamp())
               RETURNING fence""",
            {"owner": owner, "seconds": seconds, "id": incident},
        )
    ).fetchone()
    return None if row is None else Lease(incident, owner, row["fence"])


async def renew(pool: Pool, lease: Lease, seconds: float) -> None:
    """Keep the lease. Raises LeaseLost."""
    async with pool.connection() as conn:
        result = await conn.execute(
            """UPDATE incidents SET lease_until = clock_timestamp() + make_interval(secs => %s)
               WHERE id = %s AND fence = %s""",
            (seconds, lease.incident, lease.fence),
        )
    if result.rowcount == 0:
        raise LeaseLost(str(lease.incident))


async def release(conn: Connection, lease: Lease) -> None:
    """Give the lease back; harmless when it was lost."""
    await conn.execute(
        """UPDATE incidents SET lease_until = NULL, lease_owner = NULL
           WHERE id = %s AND fence = %s""",
        (lease.incident, lease.fence),
    )


async def release_when_done(conn: Connection, lease: Lease) -> bool:
    """Give the lease back unless turns wait that no run has taken; whether it was given back."""
    given = await (
        await conn.execute(
            """UPDATE incidents SET lease_until = NULL, lease_owner = NULL
               WHERE id = %(id)s AND fence = %(fence)s AND NOT EXISTS (
                 SELECT 1 FROM turns WHERE incident_id = %(id)s AND state = 'assigned')
               RETURNING id""",
            {"id": lease.incident, "fence": lease.fence},
        )
    ).fetchone()
    return given is not None


async def check_fence(conn: Connection, lease: Lease) -> str | None:
    """Lock the incident's row for this transaction; the person who owns it now.

    Raises LeaseLost when the fence has moved.
    """
    row = await (
        await conn.execute(
            "SELECT owner FROM incidents WHERE id = %s AND fence = %s FOR UPDATE",
            (lease.incident, lease.fence),
        )
    ).fetchone()
    if row is None:
        raise LeaseLost(str(lease.incident))
    owner: str | None = row["owner"]
    return owner


async def load(conn: Connection, incident: UUID) -> dict[str, Any] | None:
    """One incident's row with its chat's name and its reporter's name and store."""
    return await (await conn.execute(_LOAD, (incident,))).fetchone()


async def load_with_turns(
    conn: Connection, incident: UUID
) -> tuple[dict[str, Any] | None, list[StoredTurn]]:
    """An incident's row and the turns that no run has taken yet, in one trip."""
    async with conn.pipeline():
        row = await conn.execute(_LOAD, (incident,))
        turns = await waiting_turns(conn, incident)
        return await row.fetchone(), turns


async def save_state(conn: Connection, incident: UUID, values: Mapping[str, Any]) -> None:
    """Write what a run learnt into the incident's row: the graph's state in columns."""
    await conn.execute(
        """UPDATE incidents SET status = %(status)s,
             owner = %(owner)s, category = %(category)s, priority = %(priority)s,
             store = coalesce(%(store)s, store), system = coalesce(%(system)s, system),
             error = coalesce(%(error)s, error), subject = coalesce(%(subject)s, subject),
             fields = %(fields)s, sources = %(sources)s, pending = %(pending)s, asked = %(asked)s,
             failure = %(failure)s, back = %(back)s, last_turn = %(last_turn)s, updated_at = now()
           WHERE id = %(id)s""",
        {
            **values,
            "fields": Jsonb(values["fields"]),
            "sources": Jsonb(values["sources"]),
            "pending": Jsonb(values["pending"]) if values["pending"] else None,
            "asked": Jsonb(values["asked"]),
            "id": incident,
        },
    )


async def save_ticket(conn: Connection, incident: UUID, ticket: Mapping[str, Any]) -> None:
    """What the desk has: id, number, status, closed."""
    await conn.execute(
        """UPDATE incidents SET ticket_id = %(id)s, ticket_number = %(number)s,
             ticket_status = %(status)s, ticket_closed = %(closed)s, updated_at = now(),
             ticket_closed_at = CASE WHEN %(closed)s THEN %(changed_at)s::timestamptz END
           WHERE id = %(incident)s""",
        {"changed_at": None, **ticket, "incident": incident},
    )


async def lock_idle(conn: Connection, incident: UUID) -> bool:
    """Lock an incident's row for this transaction; False while somebody runs the incident."""
    row = await (
        await conn.execute(
            """SELECT 1 FROM incidents WHERE id = %s
                 AND (lease_until IS NULL OR lease_until < clock_timestamp()) FOR UPDATE""",
            (incident,),
        )
    ).fetchone()
    return row is not None


async def hand_over(
    conn: Connection, incident: UUID, status: str, owner: str | None, why: str
) -> None:
    """Leave an incident to a person; what is escalated asks nothing more and no timer fires."""
    await conn.execute(
        """UPDATE incidents SET status = %s, owner = coalesce(owner, %s), failure = %s,
             pending = NULL, updated_at = now() WHERE id = %s""",
        (status, owner, why, incident),
    )
    if status == Status.ESCALATED:
        await conn.execute("DELETE FROM timers WHERE incident_id = %s", (incident,))
