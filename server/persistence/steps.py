"""The steps of every run: what each node decided, with which model, for how much."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from psycopg.types.json import Jsonb

from server.persistence.database import Connection
from server.trace import Step


async def keep_steps(
    conn: Connection, incident: UUID, turn: int, steps: Sequence[Step], now: datetime
) -> None:
    """Write the steps of one run, in order."""
    for step in steps:
        await conn.execute(
            """INSERT INTO steps (incident_id, turn, node, model, prompt_version, remembered,
                 input_tokens, output_tokens, usd, seconds, learnt, at)
               VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)""",
            (
                *(incident, turn, step.node, step.model, step.prompt_version, step.remembered),
                *(step.input_tokens, step.output_tokens, step.usd, step.seconds),
                *(Jsonb(step.learnt), now),
            ),
        )
