"""Turns that tell of several matters: each matter is a turn of its own, and a message that two of
them share stays one row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from server.persistence.database import Connection
from server.persistence.turns import StoredTurn

# Of a share of an edit: the message tells nothing of that incident any more.
LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Share:
    """What of a turn belongs to one matter: the words of each message by its row, and what is
    known of it already."""

    texts: Mapping[int, str]
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """An incident, and the words of a message that tell of it; `gone` when it was taken back."""

    incident: UUID
    text: str
    gone: bool


async def divide_turn(
    conn: Connection, turn: StoredTurn, shares: Sequence[Share]
) -> list[StoredTurn]:
    """A turn for each share, the first of them the turn itself."""
    found: list[StoredTurn] = []
    taken: set[int] = set()
    for share in shares:
        data = {**turn.data, **share.data}
        id = turn.id if not found else await _copy(conn, turn)
        await conn.execute("UPDATE turns SET data = %s WHERE id = %s", (Jsonb(data), id))
        said = []
        for message in turn.messages:
            if message.row not in share.texts:
                continue
            text = share.texts[message.row]
            shared = sum(message.row in other.texts for other in shares) > 1
            if shared:
                await conn.execute(
                    "INSERT INTO matters (message, turn_id, text) VALUES (%s, %s, %s)",
                    (message.row, id, text),
                )
            if message.row not in taken and id != turn.id:
                await conn.execute(
                    "UPDATE messages SET turn_id = %s WHERE id = %s", (id, message.row)
                )
            taken.add(message.row)
            said.append(replace(message, text=text))
        found.append(replace(turn, id=id, data=data, messages=said))
    return found


async def _copy(conn: Connection, turn: StoredTurn) -> int:
    row = await (
        await conn.execute(
            """INSERT INTO turns (account, channel, chat, person_id, kind, state, first_at,
                 last_at, due_at, trace_id)
               SELECT account, channel, chat, person_id, kind, state, first_at, last_at, due_at,
                 trace_id
               FROM turns WHERE id = %s RETURNING id""",
            (turn.id,),
        )
    ).fetchone()
    assert row is not None  # noqa: S101 - the turn is there: it is being assigned
    return int(row["id"])


async def told_of(conn: Connection, chat: str, message_ids: Sequence[str]) -> list[Told]:
    """What these messages and their edits tell of, the incident of their first words in front."""
    rows = await (
        await conn.execute(
            """SELECT found.incident, found.text, i.status = 'withdrawn' AS gone FROM (
                 SELECT m.id, m.incident_id AS incident, 0 AS place, coalesce((
                     SELECT x.text FROM matters x JOIN turns t ON t.id = x.turn_id
                     WHERE x.message = m.id AND t.incident_id = m.incident_id LIMIT 1), m.text)
                   AS text FROM messages m
                 WHERE m.chat = %(chat)s
                   AND (m.message_id = ANY (%(ids)s) OR m.target = ANY (%(ids)s))
                   AND m.incident_id IS NOT NULL
                 UNION ALL
                 SELECT m.id, t.incident_id, t.id, x.text FROM messages m
                 JOIN matters x ON x.message = m.id JOIN turns t ON t.id = x.turn_id
                 WHERE m.chat = %(chat)s
                   AND (m.message_id = ANY (%(ids)s) OR m.target = ANY (%(ids)s))
                   AND t.incident_id IS NOT NULL) found
               JOIN incidents i ON i.id = found.incident ORDER BY found.id, found.place""",
            {"chat": chat, "ids": list(message_ids)},
        )
    ).fetchall()
    found: dict[UUID, Told] = {}
    for row in rows:
        found.setdefault(row["incident"], Told(row["incident"], row["text"], row["gone"]))
    return list(found.values())
