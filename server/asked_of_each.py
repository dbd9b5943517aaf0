"""Answers who asks '¿ya quedó?' of each of the tickets that they have open, where nobody has just
spoken of one of them."""

from __future__ import annotations

from datetime import timedelta

from domain.incident import TICKETED
from domain.sayings.whether_mended import asks_of_all
from server.persistence.database import Connection
from server.persistence.matters import Share
from server.persistence.turns import StoredTurn

# Of the share of each ticket: its state is what was asked for.
ASKED = "asked_how"
# What was reported lies so far back at most.
WITHIN = timedelta(days=2)
# The only one of which anybody has spoken so lately is what is meant.
JUST_SAID = timedelta(minutes=15)
# More answers than these are no answer.
MOST = 3


async def shares_of_question(conn: Connection, turn: StoredTurn) -> list[Share]:
    """A share for each ticket of whoever asks how they go, the oldest first; none where they have
    fewer than two, or more than can be told, or mean the one that is spoken of."""
    if any(m.quotes or m.target or m.attachments for m in turn.messages):
        return []
    text = " ".join(m.text for m in turn.messages if m.text)
    if not asks_of_all(text):
        return []
    rows = await (
        await conn.execute(
            """SELECT i.id, EXISTS (
                 SELECT FROM messages m WHERE m.incident_id = i.id AND NOT m.from_me
                   AND m.sent_at >= %s AND m.turn_id IS DISTINCT FROM %s) AS spoken_of
               FROM incidents i
               WHERE i.chat = %s AND i.reporter_id = %s AND i.status = ANY (%s) AND i.last_at >= %s
                 AND i.merged_into IS NULL AND i.set_aside_at IS NULL
               ORDER BY i.opened_at, i.id""",
            (
                turn.last_at - JUST_SAID,
                turn.id,
                turn.chat,
                turn.person_id,
                [status.value for status in TICKETED],
                turn.last_at - WITHIN,
            ),
        )
    ).fetchall()
    meant = sum(row["spoken_of"] for row in rows)
    if not 1 < len(rows) <= MOST or meant == 1:
        return []
    words = {m.row: m.text for m in turn.messages}
    return [Share(words, {"about": str(row["id"]), ASKED: True}) for row in rows]
