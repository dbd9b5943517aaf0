"""What somebody wrote in the same words to another group, where it has its store: one report."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.assignment import Decision
from domain.incident import TICKETED
from domain.likeness import agree
from domain.wording import plain
from server.persistence.database import Connection
from server.situation import Situation

TWICE = "was told in the same words in another group, with its store"
# So long after the first they still mean the same.
WITHIN = timedelta(minutes=10)


async def unless_told_elsewhere(conn: Connection, seen: Situation, decision: Decision) -> Decision:
    """The same decision, unless it begins anew what has its ticket in another group: told there by
    the same person, in the same words and of the same store, just before."""
    facts, turn = seen.facts, seen.turn
    store, said = facts.gist.said_store or facts.home_store, plain(facts.gist.text)
    if decision.outcome != "new" or not store or not said or facts.has_media:
        return decision
    rows = await (
        await conn.execute(
            """SELECT m.text, i.store FROM messages m JOIN incidents i ON i.id = m.incident_id
               WHERE m.person_id = %s AND m.chat <> %s AND i.account = %s AND m.sent_at >= %s
                 AND i.reporter_id = m.person_id AND i.status = ANY (%s)
                 AND i.merged_into IS NULL AND i.set_aside_at IS NULL
               ORDER BY m.id DESC LIMIT 20""",
            (turn.person_id, turn.chat, turn.account, turn.last_at - WITHIN, sorted(TICKETED)),
        )
    ).fetchall()
    if any(plain(row["text"]) == said and agree(store, row["store"]) for row in rows):
        return replace(decision, outcome="none", incident_id=None, reason=TWICE, parent=None)
    return decision
