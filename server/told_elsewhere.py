"""What somebody has just told another group, where it has its ticket: one report."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.assignment import Decision
from domain.deciding.told_twice import Reported, tells_again
from domain.incident import TICKETED, Priority
from domain.wording import plain
from server.persistence.database import Connection
from server.situation import Situation

TWICE = "was told by the same person in another group, with its store"
# So long after the first they still mean the same.
WITHIN = timedelta(minutes=10)


async def unless_told_elsewhere(conn: Connection, seen: Situation, decision: Decision) -> Decision:
    """The same decision, unless it begins anew what has its ticket in another group: told there by
    the same person, of the same thing and the same store, just before."""
    facts, turn = seen.facts, seen.turn
    store = facts.gist.said_store or facts.home_store
    if decision.outcome != "new" or not store or not plain(facts.gist.text) or facts.has_media:
        return decision
    rows = await (
        await conn.execute(
            """SELECT m.text, i.store, i.system, i.priority
               FROM messages m JOIN incidents i ON i.id = m.incident_id
               WHERE m.person_id = %s AND m.chat <> %s AND i.account = %s AND m.sent_at >= %s
                 AND i.reporter_id = m.person_id AND i.status = ANY (%s)
                 AND i.merged_into IS NULL AND i.set_aside_at IS NULL
               ORDER BY m.id DESC LIMIT 20""",
            (turn.person_id, turn.chat, turn.account, turn.last_at - WITHIN, sorted(TICKETED)),
        )
    ).fetchall()
    told = (
        Reported(row["text"], row["store"], row["system"], row["priority"] == Priority.URGENT)
        for row in rows
    )
    if any(tells_again(facts.gist, store, one) for one in told):
        return replace(decision, outcome="none", incident_id=None, reason=TWICE, parent=None)
    return decision
