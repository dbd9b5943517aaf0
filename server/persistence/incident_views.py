"""Questions of the page to the database about incidents and effects."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from server.persistence.corrections import corrections_of
from server.persistence.database import Connection

ROW = """i.id, i.chat, coalesce(nullif(c.name, ''), i.chat) AS chat_name, p.name AS reporter,
  i.status, i.owner, i.category, i.priority, i.store, i.system, i.error, i.subject, i.ticket_id,
  i.ticket_number, i.ticket_status, i.failure, i.opened_at, i.last_at, i.pending, i.asked, i.fields,
  i.sources, i.trace_id, i.parent, i.merged_into,
  coalesce((SELECT m.text FROM messages m WHERE m.incident_id = i.id AND m.text <> ''
            AND NOT m.from_me ORDER BY m.sent_at, m.id LIMIT 1), '') AS words,
  (SELECT jsonb_build_object('name', t.name, 'due_at', t.due_at) FROM timers t
   WHERE t.incident_id = i.id ORDER BY t.due_at LIMIT 1) AS next_timer"""
_FROM = """FROM incidents i JOIN persons p ON p.id = i.reporter_id
           LEFT JOIN chats c ON c.chat = i.chat"""
EFFECT = """o.id, o.effect_key, o.incident_id, o.lane, o.kind, o.purpose, o.state, o.attempts,
  o.reason, o.text, o.payload, CASE WHEN jsonb_typeof(o.remote) = 'object' THEN o.remote END AS
  remote, o.not_before, o.created_at, o.done_at"""
_OF_ONE = {
    # People's times come in whole seconds, ours do not: within one, the order of arrival counts.
    "messages": """SELECT m.message_id, m.kind, m.name, m.text, m.sent_at, m.from_me, m.quotes,
        (SELECT coalesce(jsonb_agg(coalesce(a ->> 'name', a ->> 'mimetype', 'file')), '[]')
         FROM jsonb_array_elements(m.attachments) a) AS files
      FROM messages m WHERE m.id IN (
        SELECT id FROM messages WHERE incident_id = %(id)s UNION
        SELECT x.message FROM matters x JOIN turns t ON t.id = x.turn_id
        WHERE t.incident_id = %(id)s)
      ORDER BY date_trunc('second', m.sent_at), m.id""",
    "assignments": """SELECT coalesce(a.message_id, m.message_id) AS message_id, a.outcome,
        a.confidence, a.reason, a.decided_by, a.evidence, a.at,
        CASE WHEN c.use IS NOT NULL AND a.decided_by <> 'person' THEN c.use || jsonb_build_object(
          'turn', a.turn_id, 'outcome', c.outcome, 'places', c.question -> 'places',
          'answer', c.answer, 'local', c.local, 'failure', c.failure) END AS asked
      FROM assignments a LEFT JOIN messages m ON m.turn_id = a.turn_id AND a.message_id IS NULL
      LEFT JOIN close_calls c ON c.turn_id = a.turn_id
      WHERE a.incident_id = %(id)s ORDER BY a.id""",
    "steps": "SELECT * FROM steps WHERE incident_id = %(id)s ORDER BY id",
    "effects": f"SELECT {EFFECT} FROM outbox o WHERE o.incident_id = %(id)s ORDER BY o.id",  # noqa: S608 - our own words
    "timers": "SELECT name, due_at FROM timers WHERE incident_id = %(id)s ORDER BY due_at",
}
Row = dict[str, Any]


async def list_rows(conn: Connection, status: str | None, limit: int) -> list[Row]:
    """The newest incidents; without what holds only an answer to who asked how it goes, for which
    nothing was ever assigned."""
    return await (
        await conn.execute(
            f"""SELECT {ROW} {_FROM}
                WHERE (%(status)s::text IS NULL OR i.status = %(status)s)
                  AND (i.status <> 'dismissed' OR coalesce(i.subject, '') <> ''
                       OR EXISTS (SELECT 1 FROM assignments a WHERE a.incident_id = i.id))
                ORDER BY i.last_at DESC LIMIT %(limit)s""",  # noqa: S608 - our own words
            {"status": status, "limit": limit},
        )
    ).fetchall()


async def one_row(conn: Connection, incident: UUID) -> Row | None:
    """One incident with all that belongs to it."""
    row = await (
        await conn.execute(f"SELECT {ROW} {_FROM} WHERE i.id = %s", (incident,))
    ).fetchone()
    if row is None:
        return None
    for name, query in _OF_ONE.items():
        row[name] = await (await conn.execute(query, {"id": incident})).fetchall()
    row["corrections"] = await corrections_of(conn, incident)
    return row


async def waiting_effects(conn: Connection, state: str | None, limit: int) -> list[Row]:
    """Effects in these states, those in trouble first: dead, unknown, then what waits longest."""
    return await (
        await conn.execute(
            f"""SELECT {EFFECT} FROM outbox o WHERE o.state = %(state)s
                  OR (%(state)s::text IS NULL AND o.state <> 'done' AND o.state <> 'dropped')
                ORDER BY o.state = 'dead' DESC, o.state = 'unknown' DESC, o.id LIMIT %(limit)s""",  # noqa: S608 - our own words
            {"state": state, "limit": limit},
        )
    ).fetchall()
