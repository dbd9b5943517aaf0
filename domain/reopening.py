"""When somebody says that it still fails although its ticket was closed long ago. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from domain.assignment import Decision
from domain.gist import Act
from domain.incident import OPEN_STATUSES
from domain.room import OpenIncident, TurnFacts

FAILS = frozenset({Act.REPORT, Act.SAME_PROBLEM, Act.STILL_BROKEN})
SINCE = "names nothing, and is of what its writer has told of since"
ANEW = "goes on with what was closed too long ago to be reopened"


def go_on_anew(
    decision: Decision,
    turn: TurnFacts,
    incident: OpenIncident | None,
    within: timedelta,
    others: Sequence[OpenIncident] = (),
) -> Decision:
    """The same decision; but what would have to be reopened too late is a new incident, which
    follows the old one. 'Todavía no' of somebody who has told of something since is of that."""
    if decision.outcome != "join" or incident is None or incident.closed_at is None:
        return decision
    if turn.at - incident.closed_at <= within or turn.gist.act not in FAILS or turn.from_support:
        return decision
    since = [
        i
        for i in others
        if i.reporter_id == turn.person_id
        and i.status in OPEN_STATUSES
        and (i.opened_at or i.last_at) > incident.closed_at
    ]
    if since and turn.gist.system is None and turn.gist.said_store is None:
        newest = max(since, key=lambda i: i.last_at)
        return replace(decision, incident_id=newest.id, reason=SINCE, close=True)
    return Decision("new", None, decision.confidence, ANEW, follows=incident.id)
