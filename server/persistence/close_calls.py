"""What models are asked of close calls, kept with what they answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from psycopg.types.json import Jsonb

from server.persistence.database import Connection

WINDOW = timedelta(hours=1)
# Under which name a turn keeps what was heard of it.
ASKED = "close_call"
Row = dict[str, Any]


async def is_within(conn: Connection, limit: int, now: datetime) -> bool:
    """Whether one more may be asked this hour. Until the transaction ends nobody else may take the
    same place."""
    await conn.execute("SELECT pg_advisory_xact_lock(hashtext('close_calls'))")
    row = await (
        await conn.execute(
            "SELECT count(*) AS number FROM close_calls WHERE at > %s", (now - WINDOW,)
        )
    ).fetchone()
    return row is not None and row["number"] < limit


async def put_question(
    conn: Connection,
    turn: int,
    chat: str,
    question: Mapping[str, Any],
    local: Mapping[str, Any],
    now: datetime,
    until: datetime,
) -> None:
    """Keep what is to be asked, and let its turn wait for the answer."""
    await conn.execute(
        """INSERT INTO close_calls (turn_id, chat, question, local, at)
           VALUES (%s, %s, %s, %s, %s)""",
        (turn, chat, Jsonb(question), Jsonb(local), now),
    )
    await conn.execute(
        """UPDATE turns SET state = 'asked', due_at = %s, data = data || %s, updated_at = now()
           WHERE id = %s""",
        (until, Jsonb({ASKED: {}}), turn),
    )


async def open_question(conn: Connection, turn: int) -> Row | None:
    """What is to be asked of a turn; None when it waits no longer."""
    return await (
        await conn.execute(
            """SELECT c.question, t.trace_id FROM close_calls c JOIN turns t ON t.id = c.turn_id
               WHERE c.turn_id = %s AND t.state = 'asked' AND c.use IS NULL""",
            (turn,),
        )
    ).fetchone()


async def keep_answer(
    conn: Connection,
    turn: int,
    answer: Mapping[str, Any] | None,
    failure: str | None,
    use: Mapping[str, Any],
    heard: Mapping[str, Any],
    now: datetime,
) -> None:
    """Keep an answer and what it cost; its turn is due now, unless it waits no longer."""
    await conn.execute(
        "UPDATE close_calls SET answer = %s, failure = %s, use = %s WHERE turn_id = %s",
        (None if answer is None else Jsonb(answer), failure, Jsonb(use), turn),
    )
    await conn.execute(
        """UPDATE turns SET data = data || %s, due_at = %s, updated_at = now()
           WHERE id = %s AND state = 'asked'""",
        (Jsonb({ASKED: heard}), now, turn),
    )


async def settle_question(conn: Connection, turn: int, outcome: str) -> None:
    """Keep what came of a question."""
    await conn.execute("UPDATE close_calls SET outcome = %s WHERE turn_id = %s", (outcome, turn))


async def outcomes(conn: Connection) -> dict[str, int]:
    """How many questions had which outcome."""
    rows = await (
        await conn.execute(
            """SELECT outcome, count(*) AS number FROM close_calls WHERE outcome IS NOT NULL
               GROUP BY outcome ORDER BY outcome"""
        )
    ).fetchall()
    return {row["outcome"]: row["number"] for row in rows}
