"""The decisions of assignment, a row for each message of a turn."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from psycopg.types.json import Jsonb

from domain.assignment import Decision
from server.persistence.database import Connection
from server.persistence.turns import StoredTurn


async def keep_decision(
    conn: Connection,
    turn: StoredTurn,
    incident: UUID | None,
    decision: Decision,
    now: datetime,
    by: str = "rules",
) -> None:
    """Write down where the messages of a turn went, why, and who decided."""
    for message in turn.messages:
        await conn.execute(
            """INSERT INTO assignments (turn_id, message_id, incident_id, outcome, confidence,
                 reason, decided_by, evidence, at)
               VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)""",
            (
                turn.id,
                message.id,
                incident,
                decision.outcome,
                decision.confidence,
                decision.reason,
                by,
                Jsonb(decision.evidence),
                now,
            ),
        )
