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
    """Insert what is new; the lanes that got something."""
    lanes: dict[str, None] = {}
    for effect in effects:
        result = await conn.execute(
            """INSERT INTO outbox (effect_key, incident_id, lane, kind, purpose, payload, needs,
                 turn, created_at, wake_at, trace_id)
               SELECT %(key)s, i.id, %(lane)s, %(kind)s, %(purpose)s, %(payload)s, %(needs)s,
                 %(turn)s, %(now)s, %(now)s + interval '60 seconds', i.trace_id
               FROM incidents i WHERE i.id = %(incident)s
               ON CONFLICT (effect_key) DO NOTHING""",
            {
                "key": effect.key,
                "lane": effect.lane.value,
                "kind": effect.kind.value,
                "purpose": effect.purpose,
                "payload": Jsonb(dict(effect.payload)),
                "needs": effect.needs,
                "turn": turn,
                "now": now,
                "incident": incident,
            },
        )
        if result.rowcount:
            lanes[effect.lane.value] = None
    return list(lanes)


async def lane_rows(conn: Connection, incident: UUID, lane: str) -> list[Row]:
    """What is still to do in a lane, in order."""
    rows = await (
        await conn.execute(
            f"""SELECT {_ROW} FROM outbox o WHERE o.incident_id = %s AND o.lane = %s
                  AND o.state IN ('pending', 'attempting', 'unknown') ORDER BY o.id""",  # noqa: S608
            (incident, lane),
        )
    ).fetchall()
    return [Row(**row) for row in rows]


async def find_effect(conn: Connection, key: str) -> dict[str, Any] | None:
    """State and outcome of one effect by its key."""
    return await (
        await conn.execute("SELECT state, remote FROM outbox WHERE effect_key = %s", (key,))
    ).fetchone()


async def start_attempt(conn: Connection, row: Row, seconds: float, text: str | None) -> bool:
    """Write down that we are about to act, before we do; False when somebody else has it.

    `attempted_at` and the deadline (`seconds` from now) are on the database's clock: the other
    side knows nothing of business time.
    """
    result = await conn.execute(
        """UPDATE outbox SET state = 'attempting', attempts = attempts + 1,
             attempted_at = clock_timestamp(), text = %s,
             deadline = clock_timestamp() + make_interval(secs => %s)
           WHERE id = %s AND state = 'pending'""",
        (text, seconds, row.id),
    )
    return result.rowcount > 0


async def finish(
    conn: Connection, row: Row, state: str, now: datetime, remote: object = None, reason: str = ""
) -> bool:
    """Write an outcome that is final: done, dropped, dead. False when it already was."""
    result = await conn.execute(
        """UPDATE outbox SET state = %s, remote = %s, reason = %s, done_at = %s, deadline = NULL
           WHERE id = %s AND state IN ('pending', 'attempting', 'unknown')""",
        (state, Jsonb(remote), reason, now, row.id),
    )
    return result.rowcount > 0


async def postpone(
    conn: Connection, row: Row, state: str, not_before: datetime, reason: str, looks: int = 0
) -> None:
    """Write an outcome that is not: pending again, or unknown until we have looked."""
    await conn.execute(
        """UPDATE outbox SET state = %s, not_before = %s, wake_at = %s, reason = %s, looks = %s,
             deadline = NULL
           WHERE id = %s AND state IN ('pending', 'attempting', 'unknown')""",
        (state, not_before, not_before, reason, looks, row.id),
    )


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
