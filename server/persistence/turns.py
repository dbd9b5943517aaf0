"""Turns and timers: what is due, what is ripe, and what an incident has not taken yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from domain.message import MessageKind
from server.persistence.database import Connection


@dataclass(frozen=True)
class StoredMessage:
    """One row of messages, as assignment and runs need it."""

    row: int
    id: str
    kind: str
    person_id: UUID | None
    name: str
    sent_at: datetime
    text: str
    quotes: str | None
    mentions: list[str]
    attachments: list[dict[str, Any]]
    target: str | None
    incident_id: UUID | None = None
    quoted_text: str | None = None


@dataclass(frozen=True)
class StoredTurn:
    """One row of turns, with the messages of a message turn in order."""

    id: int
    account: str
    channel: str
    chat: str
    kind: str
    name: str
    data: dict[str, Any]
    first_at: datetime
    last_at: datetime
    number: int | None
    person_id: UUID | None
    incident_id: UUID | None
    trace_id: str | None
    setbacks: int = 0
    messages: list[StoredMessage] = field(default_factory=list)

    @property
    def files(self) -> list[dict[str, Any]]:
        """What its messages show, but for those that were taken back."""
        return [a for m in self.messages if m.kind != MessageKind.REVOKE for a in m.attachments]

    @property
    def points(self) -> bool:
        """Whether it is about a message that it names."""
        return any(message.quotes or message.target for message in self.messages)

    @property
    def opening(self) -> dict[str, Any]:
        """What an incident that this turn opens takes from it."""
        return {
            "account": self.account,
            "channel": self.channel,
            "chat": self.chat,
            "reporter": self.person_id,
            "at": self.last_at,
            "trace": self.trace_id,
        }


_TURN_FIELDS = [one.name for one in fields(StoredTurn) if one.name != "messages"]
_TURN = ", ".join(_TURN_FIELDS)


async def due_chats(conn: Connection, now: datetime, limit: int = 500) -> list[str]:
    """The chats in which somebody's burst is over, the longest over first."""
    rows = await (
        await conn.execute(
            """SELECT chat FROM turns WHERE state IN ('open', 'shown', 'asked') AND due_at <= %s
               GROUP BY chat ORDER BY min(due_at) LIMIT %s""",
            (now, limit),
        )
    ).fetchall()
    return [row["chat"] for row in rows]


async def lock_chat(conn: Connection, chat: str) -> bool:
    """Take the turns of a chat for this transaction; False while somebody else has them."""
    row = await (
        await conn.execute(
            "SELECT pg_try_advisory_xact_lock(hashtext(%s)) AS mine", (f"chat:{chat}",)
        )
    ).fetchone()
    return bool(row and row["mine"])


async def ripen(conn: Connection, chat: str, now: datetime) -> tuple[list[StoredTurn], int | None]:
    """Mark the message turns of a chat that are due; all that are ripe, with their messages, oldest
    first, and the one that began first among those still being written or asked about."""
    await conn.execute(
        """UPDATE turns SET state = 'ripe', updated_at = now()
           WHERE chat = %s AND state IN ('open', 'shown', 'asked') AND due_at <= %s""",
        (chat, now),
    )
    # Read after the next answer: in a pipeline both come in one trip.
    still_open = await conn.execute(
        """SELECT least(
             (SELECT min(id) FROM turns WHERE chat = %(chat)s AND state = 'open'),
             (SELECT min(id) FROM turns WHERE chat = %(chat)s AND state = 'asked')) AS id""",
        {"chat": chat},
    )
    ripe = await ripe_turns(conn, chat)
    row = await still_open.fetchone()
    return ripe, row["id"] if row else None


async def fire_timers(conn: Connection, now: datetime, limit: int = 500) -> list[str]:
    """Turn the timers that are due into turns of their incidents; the incidents, each once."""
    rows = await (
        await conn.execute(
            """DELETE FROM timers WHERE (incident_id, name) IN (
                 SELECT incident_id, name FROM timers WHERE due_at <= %s
                 ORDER BY due_at LIMIT %s FOR UPDATE SKIP LOCKED)
               RETURNING incident_id, name, due_at""",
            (now, limit),
        )
    ).fetchall()
    # Two timers of one incident that fire together keep the order they were due in.
    for row in sorted(rows, key=lambda r: r["due_at"]):
        await add_turn(
            conn,
            row["incident_id"],
            "timer",
            row["name"],
            {"due_at": row["due_at"].isoformat()},
            now,
        )
    return list(dict.fromkeys(str(row["incident_id"]) for row in rows))


async def add_turn(
    conn: Connection, incident: UUID, kind: str, name: str, data: dict[str, Any], at: datetime
) -> None:
    """Give an incident its next turn, ready to be run: a timer or a fact."""
    await conn.execute(
        """WITH i AS (UPDATE incidents SET turn_count = turn_count + 1 WHERE id = %(incident)s
                      RETURNING id, account, channel, chat, turn_count, trace_id)
           INSERT INTO turns (account, channel, chat, incident_id, number, kind, name, data,
                              state, first_at, last_at, due_at, trace_id)
           SELECT account, channel, chat, id, turn_count, %(kind)s, %(name)s, %(data)s,
                  'assigned', %(at)s, %(at)s, %(at)s, trace_id FROM i""",
        {"incident": incident, "kind": kind, "name": name, "data": Jsonb(data), "at": at},
    )


async def ripe_turns(conn: Connection, chat: str) -> list[StoredTurn]:
    """The ripe turns of a chat with their messages, oldest first."""
    return await _turns(conn, "chat = %s AND state = 'ripe'", "id", chat)


async def unworded_turn(conn: Connection, turn: int) -> StoredTurn | None:
    """A turn that went nowhere, with its messages; None when it has gone somewhere since."""
    found = await _turns(conn, "id = %s AND state = 'nothing'", "id", turn)
    return found[0] if found else None


async def unclear_turn(
    conn: Connection, chat: str, person: UUID, since: datetime
) -> StoredTurn | None:
    """The newest turn of a person that went nowhere because nobody knew what it quotes."""
    row = await (
        await conn.execute(
            """SELECT id FROM turns WHERE chat = %s AND person_id = %s AND state = 'nothing'
                 AND data ? 'unclear' AND last_at >= %s ORDER BY id DESC LIMIT 1""",
            (chat, person, since),
        )
    ).fetchone()
    return None if row is None else (await _turns(conn, "id = %s", "id", row["id"]))[0]


async def waiting_turns(conn: Connection, incident: UUID) -> list[StoredTurn]:
    """The turns of an incident that no run has taken yet, in order."""
    return await _turns(conn, "incident_id = %s AND state = 'assigned'", "number", incident)


async def _turns(conn: Connection, where: str, order: str, value: object) -> list[StoredTurn]:
    """Turns with the messages of message turns, in order: a row for each message, or one."""
    rows = await (
        await conn.execute(
            # WAHA names nobody who deletes a message: the person's own name is known by then.
            # Of a message that two turns share each has its own words.
            f"""SELECT t.*, m.id AS row, m.message_id, m.kind AS said_as, m.person_id AS said_by,
                  m.sent_at, coalesce(m.words, m.text) AS text, m.quotes, m.quoted_text, m.mentions,
                  m.attachments, m.target, m.incident_id AS said_of,
                  coalesce(nullif(m.name, ''), p.name, '') AS said_name
                FROM (SELECT {_TURN} FROM turns WHERE {where}) t
                LEFT JOIN LATERAL (
                  SELECT s.*, x.text AS words FROM messages s
                  LEFT JOIN matters x ON x.message = s.id AND x.turn_id = t.id
                  WHERE s.turn_id = t.id
                  UNION ALL
                  SELECT s.*, x.text FROM matters x
                  JOIN messages s ON s.id = x.message AND s.turn_id <> t.id
                  WHERE x.turn_id = t.id) m ON t.kind = 'message'
                LEFT JOIN persons p ON p.id = m.person_id
                ORDER BY t.{order}, m.sent_at, m.id""",  # noqa: S608 - our own words
            (value,),
        )
    ).fetchall()
    turns: dict[int, StoredTurn] = {}
    for row in rows:
        known = {name: row[name] for name in _TURN_FIELDS}
        turn = turns.setdefault(row["id"], StoredTurn(**known))
        if row["row"] is not None:
            turn.messages.append(
                StoredMessage(
                    row=row["row"],
                    id=row["message_id"],
                    kind=row["said_as"],
                    person_id=row["said_by"],
                    name=row["said_name"],
                    sent_at=row["sent_at"],
                    text=row["text"],
                    quotes=row["quotes"],
                    quoted_text=row["quoted_text"],
                    mentions=row["mentions"],
                    attachments=row["attachments"],
                    target=row["target"],
                    incident_id=row["said_of"],
                )
            )
    return list(turns.values())


async def settle_turn(
    conn: Connection, turn: int, incident: UUID | None, data: Mapping[str, Any] | None = None
) -> None:
    """Say where a ripe turn went: to an incident, as its next turn, or nowhere.

    `data` is what assignment has read in it.
    """
    read = Jsonb(dict(data or {}))
    if incident is None:
        await conn.execute(
            """UPDATE turns SET state = 'nothing', data = data || %s, updated_at = now()
               WHERE id = %s""",
            (read, turn),
        )
        return
    await conn.execute(
        """WITH i AS (UPDATE incidents SET turn_count = turn_count + 1 WHERE id = %(incident)s
                      RETURNING id, turn_count),
           t AS (UPDATE turns t SET state = 'assigned', incident_id = i.id, number = i.turn_count,
                                    data = t.data || %(data)s, updated_at = now()
                 FROM i WHERE t.id = %(turn)s)
           UPDATE messages m SET incident_id = i.id FROM i
           WHERE m.id IN (SELECT id FROM messages WHERE turn_id = %(turn)s
                          UNION SELECT message FROM matters WHERE turn_id = %(turn)s)
             AND (m.turn_id = %(turn)s OR m.incident_id IS NULL)""",
        {"turn": turn, "incident": incident, "data": read},
    )


async def earlier_turns(
    conn: Connection, chat: str, person: UUID, since: datetime, until: datetime
) -> list[dict[str, Any]]:
    """What somebody wrote in this time whose assignment is over, a row a message: id, state and
    last_at of its turn, kind, text, whether it has files, and whether it is `gone` since."""
    return await (
        await conn.execute(
            """WITH recent AS (
                 SELECT id, turn_id, message_id, kind, text, attachments, target
                 FROM messages WHERE chat = %(chat)s ORDER BY id DESC LIMIT 80)
               SELECT t.id, t.state, t.last_at, m.kind, m.text,
                 jsonb_array_length(m.attachments) > 0 AS files,
                 EXISTS (SELECT 1 FROM recent r
                   WHERE r.kind = 'revoke' AND r.target = m.message_id) AS gone
               FROM recent m JOIN turns t ON t.id = m.turn_id
               WHERE t.person_id = %(person)s AND t.state NOT IN ('open', 'ripe')
                 AND t.last_at BETWEEN %(since)s AND %(until)s
               ORDER BY t.id, m.id""",
            {"chat": chat, "person": person, "since": since, "until": until},
        )
    ).fetchall()


async def lost_turn(conn: Connection, chat: str, message: str) -> int | None:
    """The turn of a message that went nowhere; None when it went somewhere, or was divided."""
    row = await (
        await conn.execute(
            """SELECT t.id FROM messages m JOIN turns t ON t.id = m.turn_id
               WHERE m.chat = %s AND m.message_id = %s AND m.target IS NULL AND t.state = 'nothing'
                 AND NOT t.data ? 'unclear' LIMIT 1""",
            (chat, message),
        )
    ).fetchone()
    return int(row["id"]) if row else None


async def settle_along(conn: Connection, turn: int, incident: UUID, at: datetime) -> None:
    """Give an incident a turn that had gone nowhere, and say so beside what was decided first."""
    await settle_turn(conn, turn, incident)
    await conn.execute(
        """INSERT INTO assignments (turn_id, message_id, incident_id, outcome, confidence,
             reason, decided_by, replaces, at)
           SELECT turn_id, message_id, %s, 'join', 1, 'sent just before its words', 'rules',
             id, %s FROM assignments WHERE turn_id = %s ORDER BY id""",
        (incident, at, turn),
    )


async def let_go(conn: Connection, turn: int) -> None:
    """A turn that its incident answers, and whose messages are none of its conversation."""
    await conn.execute("UPDATE messages SET incident_id = NULL WHERE turn_id = %s", (turn,))


async def finish_turns(conn: Connection, incident: UUID, up_to: int) -> None:
    """Mark the turns that a run has taken."""
    await conn.execute(
        """UPDATE turns SET state = 'done', updated_at = now()
           WHERE incident_id = %s AND state = 'assigned' AND number <= %s""",
        (incident, up_to),
    )


async def count_setback(conn: Connection, turns: Sequence[int]) -> int:
    """A run of these turns has failed; how often that has happened to one of them by now."""
    rows = await (
        await conn.execute(
            """UPDATE turns SET setbacks = setbacks + 1, updated_at = now() WHERE id = ANY (%s)
               RETURNING setbacks""",
            (list(turns),),
        )
    ).fetchall()
    return max((row["setbacks"] for row in rows), default=0)


async def set_aside(conn: Connection, turns: Sequence[int]) -> None:
    """No run takes these turns any more: a person does."""
    await conn.execute(
        "UPDATE turns SET state = 'failed', updated_at = now() WHERE id = ANY (%s)", (list(turns),)
    )


async def set_timers(conn: Connection, incident: UUID, timers: list[tuple[str, datetime]]) -> None:
    """Replace the timers of an incident."""
    await conn.execute("DELETE FROM timers WHERE incident_id = %s", (incident,))
    for name, due in timers:
        await conn.execute(
            "INSERT INTO timers (incident_id, name, due_at) VALUES (%s, %s, %s)",
            (incident, name, due),
        )
