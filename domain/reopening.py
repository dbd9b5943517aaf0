"""When somebody says that it still fails although its ticket was closed long ago. Pure."""

from __future__ import annotations

from datetime import timedelta

from domain.assignment import Decision
from domain.gist import Act
from domain.room import OpenIncident, TurnFacts

FAILS = frozenset({Act.REPORT, Act.SAME_PROBLEM, Act.STILL_BROKEN})
ANEW = "goes on with what was closed too long ago to be reopened"


def go_on_anew(
    decision: Decision, turn: TurnFacts, incident: OpenIncident | None, within: timedelta
) -> Decision:
    """The same decision; but what would have to be reopened too late is a new incident, which
    follows the old one."""
    if decision.outcome != "join" or incident is None or incident.closed_at is None:
        return decision
    if turn.at - incident.closed_at <= within or turn.gist.act not in FAILS or turn.from_support:
        return decision
    return Decision("new", None, decision.confidence, ANEW, follows=incident.id)
