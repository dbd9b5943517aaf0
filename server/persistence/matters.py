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


@dataclass(frozen=True)
class Share:
    """What of a turn belongs to one matter: the words of each message by its row, and what is
    known of it already."""

    texts: Mapping[int, str]
    data: Mapping[str, Any]


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


async def incidents_of(conn: Connection, chat: str, message_ids: Sequence[str]) -> list[UUID]:
    """The incidents that these messages tell of, those of their first words in front."""
    rows = await (
        await conn.execute(
            """SELECT m.id, m.incident_id AS incident, 0 AS place FROM messages m
               WHERE m.chat = %(chat)s AND m.message_id = ANY (%(ids)s)
                 AND m.incident_id IS NOT NULL
               UNION ALL
               SELECT m.id, t.incident_id, t.id FROM messages m
               JOIN matters x ON x.message = m.id JOIN turns t ON t.id = x.turn_id
               WHERE m.chat = %(chat)s AND m.message_id = ANY (%(ids)s)
                 AND t.incident_id IS NOT NULL
               ORDER BY 1, 3""",
            {"chat": chat, "ids": list(message_ids)},
        )
    ).fetchall()
    return list(dict.fromkeys(row["incident"] for row in rows))
