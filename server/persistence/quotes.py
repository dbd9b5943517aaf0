"""What the messages of a turn point at: by id, by the quoted words, or at nothing we can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from server.persistence.database import Connection
from server.persistence.turns import StoredMessage, StoredTurn

# A quote whose id is not ours is looked for by its words so far back.
QUOTED_WITHIN = timedelta(days=30)


@dataclass(frozen=True)
class Pointed:
    """What one pointer leads to. `known` is False for a quote that cannot be read."""

    incident: UUID | None
    ours: bool
    known: bool


async def follow_pointers(conn: Connection, turn: StoredTurn) -> dict[str, Pointed]:
    """What each quote and each target of a turn leads to, by its id."""
    pointers = [p for m in turn.messages for p in (m.quotes, m.target) if p]
    if not pointers:
        return {}
    rows = await (
        await conn.execute(
            """SELECT message_id, incident_id, from_me FROM messages
               WHERE chat = %s AND message_id = ANY (%s) ORDER BY incident_id IS NULL DESC""",
            (turn.chat, pointers),
        )
    ).fetchall()
    found = {
        row["message_id"]: Pointed(row["incident_id"], row["from_me"], known=True) for row in rows
    }
    for message in turn.messages:
        if message.quotes and message.quotes not in found:
            found[message.quotes] = await _by_words(conn, turn, message)
    return found


async def _by_words(conn: Connection, turn: StoredTurn, message: StoredMessage) -> Pointed:
    row = (
        await (
            await conn.execute(
                """SELECT incident_id, from_me FROM messages
                   WHERE chat = %s AND text = %s AND sent_at BETWEEN %s AND %s AND id <> %s
                   ORDER BY sent_at DESC LIMIT 1""",
                (
                    turn.chat,
                    message.quoted_text,
                    message.sent_at - QUOTED_WITHIN,
                    message.sent_at,
                    message.row,
                ),
            )
        ).fetchone()
        if message.quoted_text
        else None
    )
    if row is None:
        return Pointed(None, ours=False, known=False)
    return Pointed(row["incident_id"], row["from_me"], known=True)


async def part_by_quotes(conn: Connection, turn: StoredTurn) -> list[StoredTurn]:
    """A burst whose messages quote several incidents, as a turn for each; what quotes nothing stays
    with the quote before it. Any other turn as it is."""
    if sum(bool(m.quotes) for m in turn.messages) < 2:
        return [turn]
    pointed = await follow_pointers(conn, turn)
    parts: dict[UUID | None, list[StoredMessage]] = {}
    current: UUID | None = None
    for message in turn.messages:
        target = pointed.get(message.quotes or message.target or "")
        current = target.incident if target and target.incident else current
        parts.setdefault(current, []).append(message)
    first, *others = (parts.pop(None, []), *parts.values())
    if not first:
        first, *others = others
    found = [replace(turn, messages=first)]
    return found + [await _apart(conn, turn, messages) for messages in others]


async def _apart(
    conn: Connection, turn: StoredTurn, messages: Sequence[StoredMessage]
) -> StoredTurn:
    row = await (
        await conn.execute(
            """INSERT INTO turns (account, channel, chat, person_id, kind, state, first_at, last_at,
                 due_at, trace_id)
               SELECT account, channel, chat, person_id, kind, state, first_at, last_at, due_at,
                 trace_id FROM turns WHERE id = %s RETURNING id""",
            (turn.id,),
        )
    ).fetchone()
    assert row is not None  # noqa: S101 - INSERT ... SELECT of a row that is there
    await conn.execute(
        "UPDATE messages SET turn_id = %s WHERE id = ANY (%s)",
        (row["id"], [message.row for message in messages]),
    )
    return replace(turn, id=row["id"], messages=list(messages))
