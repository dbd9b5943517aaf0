"""What can be searched: kept here, indexed in Chroma, and found by its metadata's `about`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from domain.ports import Ticket
from domain.ticket import what_happens
from server.persistence.database import Connection

SOLUTION_MAX = 2000


async def keep_ticket(
    conn: Connection, incident: UUID, subject: str, fields: Mapping[str, str]
) -> None:
    """Keep an incident searchable, as of type `ticket`; the first words about it stay."""
    await conn.execute(
        """INSERT INTO documents (id, type, content, metadata)
           SELECT 'ticket:' || i.id, 'ticket', %s, jsonb_build_object(
             'incident', i.id, 'user_id', i.reporter_id, 'chat', i.chat,
             'timestamp', extract(epoch FROM i.opened_at), 'classification', i.category,
             'resolved', false, 'about', %s::text)
           FROM incidents i WHERE i.id = %s ON CONFLICT (id) DO NOTHING""",
        (subject, what_happens(fields) or subject, incident),
    )


async def number_ticket(conn: Connection, incident: UUID, ticket: Mapping[str, Any]) -> None:
    """Write the desk's id and number to it, and whether the desk holds it for closed."""
    known = {
        "ticket_id": ticket["id"],
        "ticket_number": ticket["number"],
        "resolved": bool(ticket["closed"]),
    }
    await conn.execute(
        """UPDATE documents SET metadata = metadata || %(known)s, indexed_at = NULL
           WHERE id = 'ticket:' || %(incident)s::text AND NOT metadata @> %(known)s""",
        {"known": Jsonb(known), "incident": incident},
    )


async def keep_solution(conn: Connection, incident: UUID, ticket: Ticket) -> None:
    """Keep what solved it, as of type `solution`, and beside the ticket that it solved."""
    if not ticket.closed or not ticket.resolution:
        return
    solution = ticket.resolution[:SOLUTION_MAX]
    known = {
        "incident": str(incident),
        "ticket_id": ticket.id,
        "ticket_number": ticket.number,
        "resolved": True,
    }
    await conn.execute(
        """INSERT INTO documents (id, type, content, metadata)
           SELECT 'solution:' || i.id, 'solution', coalesce(i.subject || ': ', '') || %(solution)s,
             jsonb_strip_nulls(%(known)s || jsonb_build_object(
               'user_id', i.reporter_id, 'classification', i.category,
               'timestamp', extract(epoch FROM i.opened_at), 'about', d.metadata -> 'about'))
           FROM incidents i LEFT JOIN documents d ON d.id = 'ticket:' || i.id
           WHERE i.id = %(incident)s
           ON CONFLICT (id) DO UPDATE SET content = excluded.content,
             metadata = excluded.metadata, indexed_at = NULL""",
        {"solution": solution, "known": Jsonb(known), "incident": incident},
    )
    await conn.execute(
        """UPDATE documents SET metadata = metadata || %s, indexed_at = NULL
           WHERE id = 'ticket:' || %s::text""",
        (Jsonb({"resolved": True, "solution": solution}), incident),
    )
