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
    if not steps:
        return
    rows = [
        {
            "node": step.node,
            "model": step.model,
            "prompt_version": step.prompt_version,
            "remembered": step.remembered,
            "input_tokens": step.input_tokens,
            "output_tokens": step.output_tokens,
            "usd": step.usd,
            "seconds": step.seconds,
            "learnt": step.learnt,
        }
        for step in steps
    ]
    await conn.execute(
        """INSERT INTO steps (incident_id, turn, node, model, prompt_version, remembered,
             input_tokens, output_tokens, usd, seconds, learnt, at)
           SELECT %(incident)s, %(turn)s, s.node, s.model, s.prompt_version, s.remembered,
             s.input_tokens, s.output_tokens, s.usd, s.seconds, s.learnt, %(now)s
           FROM ROWS FROM (jsonb_to_recordset(%(rows)s) AS (
               node text, model text, prompt_version integer, remembered boolean,
               input_tokens integer, output_tokens integer, usd double precision,
               seconds double precision, learnt jsonb))
             WITH ORDINALITY AS s (node, model, prompt_version, remembered, input_tokens,
               output_tokens, usd, seconds, learnt, place)
           ORDER BY s.place""",
        {"incident": incident, "turn": turn, "rows": Jsonb(rows), "now": now},
    )
