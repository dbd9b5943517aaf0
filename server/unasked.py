"""Answers who asks the bot how it goes where nothing is open.

What leaves belongs to an incident: this word has one of its own, which is over before it begins,
so that nothing joins it, nobody counts it and no run is made of it.
"""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import prompts
from domain.effect import Effect, EffectKind, Lane, reply_key
from domain.incident import Status
from server.persistence.database import Connection
from server.persistence.incidents import create_incident
from server.persistence.outbox import plan_effects
from server.persistence.turns import StoredTurn
from server.queue import Queue, defer_send


async def say_nothing_open(
    conn: Connection, queue: Queue, turn: StoredTurn, name: str, now: datetime
) -> None:
    """Plan one answer to the newest message of the turn."""
    incident, said = uuid4(), turn.messages[-1].id
    await create_incident(
        conn,
        incident,
        {
            "account": turn.account,
            "channel": turn.channel,
            "chat": turn.chat,
            "reporter": turn.person_id,
            "meaning": [],
            "at": turn.last_at,
            "trace": turn.trace_id,
            **dict.fromkeys(("parent", "follows", "store", "system", "error")),
        },
        Status.DISMISSED,
    )
    effect = Effect(
        key=reply_key(str(incident), said),
        lane=Lane.CHAT,
        kind=EffectKind.SAY,
        # Like a question what is meant, it speaks of no incident: who quotes it means none.
        purpose="clarify",
        payload={
            "text": prompts.load("follow_up").say("status_none", person=prompts.address(name)),
            "quote": said,
            "mentions": [],
        },
    )
    for lane in await plan_effects(conn, incident, [effect], 0, now):
        await defer_send(queue, conn, str(incident), lane)
