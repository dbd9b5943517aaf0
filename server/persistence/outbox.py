"""What must happen outside, in two ordered lanes an incident; every state change is a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from domain.effect import Effect
from server.persistence.database import Connection

_ROW = """o.id, o.effect_key, o.incident_id, o.lane, o.kind, o.purpose, o.payload, o.needs, o.turn,
          o.state, o.attempts, o.looks, o.not_before, o.attempted_at, o.text, o.created_at,
          o.trace_id"""


@dataclass(frozen=True)
class Row:
    """One effect of the outbox. States: pending, attempting, unknown; done, dropped, dead."""

    id: int
    effect_key: str
    incident_id: UUID
    lane: str
    kind: str
    purpose: str
    payload: dict[str, Any]
    needs: str | None
    turn: int
    state: str
    attempts: int
    looks: int
    not_before: datetime | None
    attempted_at: datetime | None
    text: str | None
    created_at: datetime
    trace_id: str | None


async def plan_effects(
    conn: Connection, incident: UUID, effects: Sequence[Effect], turn: int, now: datetime
) -> list[str]:
    """Insert what is new, in order; the lanes that have something to do because of it.

    What waits for an effect of the same plan wakes nobody: that effect's outcome does. Whoever was
    to send it may die: it is looked for after a minute.
    """
    if not effects:
        return []
    planned = [
        {
            "key": effect.key,
            "lane": effect.lane.value,
            "kind": effect.kind.value,
            "purpose": effect.purpose,
            "payload": dict(effect.payload),
            "needs": effect.needs,
        }
        for effect in effects
    ]
    rows = await (
        await conn.execute(
            """INSERT INTO outbox (effect_key, incident_id, lane, kind, purpose, payload, needs,
                 turn, created_at, wake_at, trace_id)
               SELECT e.key, i.id, e.lane, e.kind, e.purpose, e.payload, e.needs,
                 %(turn)s, %(now)s, %(now)s + interval '60 seconds', i.trace_id
               FROM incidents i, ROWS FROM (jsonb_to_recordset(%(planned)s) AS (
                   key text, lane text, kind text, purpose text, payload jsonb, needs text))
                 WITH ORDINALITY AS e (key, lane, kind, purpose, payload, needs, place)
               WHERE i.id = %(incident)s ORDER BY e.place
               ON CONFLICT (effect_key) DO NOTHING RETURNING effect_key, lane, needs""",
            {"planned": Jsonb(planned), "turn": turn, "now": now, "incident": incident},
        )
    ).fetchall()
    new = {row["effect_key"] for row in rows}
    return list(dict.fromkeys(row["lane"] for row in rows if row["needs"] not in new))


async def lane_rows(conn: Connection, incident: UUID, lane: str) -> list[Row]:
    """What is still to do in a lane, in order."""
    rows = await (
        await conn.execute(
            f"""SELECT {_ROW} FROM outbox o WHERE o.incident_id = %s AND o.lane = %s
                  AND o.state IN ('pending', 'attempting', 'unknown') ORDER BY o.id""",  # noqa: S608 - our own words
            (incident, lane),
        )
    ).fetchall()
    return [Row(**row) for row in rows]


async def find_effect(conn: Connection, key: str) -> dict[str, Any] | None:
    """State and outcome of one effect by its key, and when it was over."""
    return await (
        await conn.execute(
            "SELECT state, remote, done_at FROM outbox WHERE effect_key = %s", (key,)
        )
    ).fetchone()


async def start_attempt(conn: Connection, row: Row, seconds: float, text: str | None) -> Row | None:
    """Write down that we are about to act, before we do; None when somebody else has it.

    `attempted_at` and the deadline (`seconds` from now) are on the database's clock: the other
    side knows nothing of business time.
    """
    found = await (
        await conn.execute(
            f"""UPDATE outbox o SET state = 'attempting', attempts = attempts + 1,
                  attempted_at = clock_timestamp(), text = %s,
                  deadline = clock_timestamp() + make_interval(secs => %s)
                WHERE id = %s AND state = 'pending' AND attempts = %s
                RETURNING {_ROW}""",  # noqa: S608 - our own words
            (text, seconds, row.id, row.attempts),
        )
    ).fetchone()
    return None if found is None else Row(**found)


async def finish(
    conn: Connection, row: Row, state: str, now: datetime, remote: object = None, reason: str = ""
) -> bool:
    """Write an outcome that is final: done, dropped, dead. False when it already was.

    That it is done stays true however late it is heard; the rest must come from the attempt or
    look at hand.
    """
    result = await conn.execute(
        """UPDATE outbox SET state = %(state)s, remote = %(remote)s, reason = %(reason)s,
             done_at = %(now)s, deadline = NULL
           WHERE id = %(id)s AND state IN ('pending', 'attempting', 'unknown')
             AND (%(state)s = 'done' OR (state = %(was)s AND attempts = %(attempts)s))""",
        {
            "state": state,
            "remote": Jsonb(remote),
            "reason": reason,
            "now": now,
            "id": row.id,
            "was": row.state,
            "attempts": row.attempts,
        },
    )
    return result.rowcount > 0


async def postpone(
    conn: Connection, row: Row, state: str, not_before: datetime, reason: str, looks: int = 0
) -> None:
    """Write an outcome that is not: pending again, or unknown until we have looked.

    Nothing is written for a `row` that somebody has taken on since: a sender that was frozen
    must not reopen what another is sending.
    """
    await conn.execute(
        """UPDATE outbox SET state = %s, not_before = %s, wake_at = %s, reason = %s, looks = %s,
             deadline = NULL
           WHERE id = %s AND state = %s AND attempts = %s""",
        (state, not_before, not_before, reason, looks, row.id, row.state, row.attempts),
    )


async def claimed_words(conn: Connection, row: Row) -> tuple[list[str], bool]:
    """Of other effects with the same words in the same chat: the ids that are theirs, and whether
    one of them is under way, so that what the chat shows may be its. Locks these words in this
    chat for the transaction."""
    await conn.execute(
        """SELECT pg_advisory_xact_lock(hashtext(i.chat || %s)) FROM incidents i WHERE i.id = %s""",
        (row.text or "", row.incident_id),
    )
    found = await (
        await conn.execute(
            """SELECT o.state, o.remote->>'id' AS id FROM outbox o
                 JOIN incidents i ON i.id = o.incident_id
               WHERE i.chat = (SELECT chat FROM incidents WHERE id = %s) AND o.lane = 'chat'
                 AND o.text = %s AND o.id <> %s AND o.state IN ('attempting', 'done')""",
            (row.incident_id, row.text, row.id),
        )
    ).fetchall()
    ids = [one["id"] for one in found if one["id"]]
    return ids, any(one["state"] == "attempting" for one in found)


async def said_since(conn: Connection, row: Row, text: str, since: datetime) -> bool:
    """Whether the chat of this effect was told the same by another one since then, or may be being
    told it now."""
    found = await (
        await conn.execute(
            """WITH here AS (SELECT chat FROM incidents WHERE id = %(incident)s)
               SELECT 1 FROM messages m, here
               WHERE m.chat = here.chat AND m.from_me AND m.sent_at > %(since)s
                 AND m.text = %(text)s
               UNION ALL
               SELECT 1 FROM outbox o JOIN incidents i ON i.id = o.incident_id, here
               WHERE i.chat = here.chat AND o.lane = 'chat' AND o.text = %(text)s
                 AND o.id <> %(row)s AND o.state IN ('attempting', 'unknown')
               LIMIT 1""",
            {"incident": row.incident_id, "since": since, "text": text, "row": row.id},
        )
    ).fetchone()
    return found is not None


async def expire_attempts(conn: Connection, look_at: datetime) -> int:
    """Attempts whose worker died: nobody knows their outcome, so it is looked up at `look_at`."""
    result = await conn.execute(
        """UPDATE outbox SET state = 'unknown', not_before = %s, wake_at = %s, deadline = NULL,
             looks = 0, reason = 'the worker died while it was sending'
           WHERE state = 'attempting' AND deadline < clock_timestamp()""",
        (look_at, look_at),
    )
    return result.rowcount


async def due_lanes(conn: Connection, now: datetime, limit: int = 500) -> list[tuple[str, str]]:
    """Lanes with something to wake up for; each is found again a minute later if nothing moved,
    so that a lost job costs latency and not an effect."""
    rows = await (
        await conn.execute(
            """UPDATE outbox SET wake_at = %(now)s + interval '60 seconds' WHERE id IN (
                 SELECT id FROM outbox WHERE state IN ('pending', 'unknown')
                   AND wake_at <= %(now)s ORDER BY wake_at LIMIT %(limit)s
                 FOR UPDATE SKIP LOCKED)
               RETURNING incident_id, lane""",
            {"now": now, "limit": limit},
        )
    ).fetchall()
    return list(dict.fromkeys((str(row["incident_id"]), row["lane"]) for row in rows))
