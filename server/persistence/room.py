"""What was lately said in a chat and by whom: what assignment looks back on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import AsyncCursor
from psycopg.rows import DictRow

from domain.hearing import heard
from domain.room import OpenIncident, Remark, Room
from server.persistence.database import Connection
from server.persistence.senses import unpacked
from server.persistence.turns import StoredTurn

# Messages that assignment looks back on.
LOOK_BACK = 80
# Messages of who writes that tell which store is theirs, however long ago: most days people call
# out that it is open.
OWN_LOOK_BACK = 60


async def ask_room(conn: Connection, turn: StoredTurn) -> AsyncCursor[DictRow]:
    """Ask for what `load_room` reads: in a pipeline it comes with the next answer."""
    return await conn.execute(
        """SELECT m.id AS row, m.message_id AS id, m.person_id, m.name, m.sent_at,
                 coalesce(x.text, m.text) AS text, t.data ->> 'act' AS act,
                 t.data ->> 'sense' AS sense,
                 CASE WHEN x.turn_id IS NULL THEN m.incident_id ELSE t.incident_id END
                   AS incident_id
               FROM messages m LEFT JOIN matters x ON x.message = m.id
               JOIN turns t ON t.id = coalesce(x.turn_id, m.turn_id)
               WHERE m.chat = %s AND t.id <> %s AND NOT m.from_me AND m.person_id IS NOT NULL
                 AND t.state NOT IN ('open', 'ripe', 'asked')
               ORDER BY m.id DESC LIMIT %s""",
        (turn.chat, turn.id, LOOK_BACK),
    )


async def ask_own(conn: Connection, turn: StoredTurn, person: str) -> AsyncCursor[DictRow]:
    """Ask for what its writer said in the chat before a turn, as `ask_room` does. What was edited
    or withdrawn since is left out."""
    return await conn.execute(
        """SELECT m.id AS row, m.message_id AS id, m.person_id, m.name, m.sent_at, m.text
           FROM messages m JOIN turns t ON t.id = m.turn_id
           WHERE m.chat = %(chat)s AND m.person_id = %(person)s AND NOT m.from_me AND m.text <> ''
             AND m.turn_id < %(turn)s AND t.state NOT IN ('open', 'ripe', 'asked')
             AND NOT EXISTS (SELECT FROM messages later
               WHERE later.chat = m.chat AND later.target = m.message_id
                 AND later.kind IN ('edit', 'revoke'))
           ORDER BY m.id DESC LIMIT %(limit)s""",
        {"chat": turn.chat, "person": person, "turn": turn.id, "limit": OWN_LOOK_BACK},
    )


async def load_room(
    conn: Connection,
    asked: AsyncCursor[DictRow],
    own: AsyncCursor[DictRow],
    incidents: Sequence[OpenIncident],
    writer: tuple[str, str],
) -> Room:
    """The messages before a turn that found their place, oldest first, and everybody's names.
    `writer` is who wrote the turn: id and name."""
    rows = await asked.fetchall()
    remarks = [
        Remark(
            id=row["id"],
            person_id=str(row["person_id"]),
            name=row["name"],
            at=row["sent_at"],
            text=heard(row["text"]),
            incident_id=str(row["incident_id"]) if row["incident_id"] else None,
            act=row["act"] or "",
            sense=unpacked(row["sense"]),
        )
        for row in sorted(rows, key=_order)
    ]
    near = {row["row"] for row in rows}
    earlier = [
        Remark(row["id"], str(row["person_id"]), row["name"], row["sent_at"], heard(row["text"]))
        for row in sorted(await own.fetchall(), key=_order)
        if row["row"] not in near
    ]
    names = {remark.person_id: remark.name for remark in remarks} | dict([writer])
    unnamed = {p for i in incidents for p in i.participants} - names.keys()
    if unnamed:
        people = await (
            await conn.execute(
                "SELECT id, name FROM persons WHERE id = ANY (%s::uuid[])", (list(unnamed),)
            )
        ).fetchall()
        names |= {str(row["id"]): row["name"] for row in people}
    return Room(remarks, names, earlier)


def _order(row: DictRow) -> tuple[Any, int]:
    return row["sent_at"], row["row"]
