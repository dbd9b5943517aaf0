"""What went nowhere, and whoever helps by trade takes up: 'los recibos salen ilegibles', and then
'Alonso, ya hablé con el técnico'. Pure.

Who sees to it has understood that it is a report, whatever the words looked like.
"""

from __future__ import annotations

from datetime import timedelta

from domain.assignment import Decision
from domain.deciding.talk import names_a_role
from domain.gist import Act, Gist
from domain.room import Remark, Room, TurnFacts
from domain.wording import addressed, laughs

VOUCHED = "whoever helps takes it up"
# How long after it was told help may still be the first to answer.
WITHIN = timedelta(minutes=30)
# So surely words are spoken of an incident, and so likely an incident the least of what may be one.
HELPS, LEAST = 0.6, 0.25
# What is told of another day, of one's own, or of a case that may come, is none.
_ELSEWHEN = ("laugh", "past", "private", "conditional", "notice", "staffing", "good", "trade")


def taken_up(
    turn: TurnFacts, name: str, room: Room, quoted: frozenset[str] = frozenset()
) -> Remark | None:
    """The last that somebody of a store said, where it went nowhere and this turn of a helper, by
    the `name` they write under, is for its writer: they quote it, or call them by name."""
    if not (turn.from_support or names_a_role(name)) or laughs(turn.gist.text):
        return None
    if turn.gist.acts.get(Act.DETAIL, 0.0) < HELPS:
        return None
    lately = [r for r in room.remarks if turn.at - r.at <= WITHIN and r.text.strip()]
    lost = [r for r in lately if r.incident_id is None and not names_a_role(r.name)]
    if quoted:
        return next((r for r in reversed(lost) if r.id in quoted), None)
    people = {r.person_id: r.name for r in lost if r.person_id != turn.person_id}
    called = addressed(turn.gist.text, people)
    if len(called) != 1:
        return None
    # Who has something open is called about that.
    if any(r.person_id in called and r.incident_id is not None for r in lately):
        return None
    return next((r for r in lost if r.person_id in called), None)


def may_be_told(gist: Gist) -> bool:
    """Whether words that went nowhere may tell of an incident at all."""
    if laughs(gist.text) or any(gist.signs.get(sign) for sign in _ELSEWHEN):
        return False
    if gist.act in (Act.ACK, Act.FIXED, Act.REFUSAL, Act.COMMAND):
        return False
    likely = max(gist.incident, gist.acts.get(Act.REPORT, 0.0)) >= LEAST
    return likely and bool(gist.system or gist.problem or gist.signs.get("fault"))


def begin_vouched(decision: Decision, gist: Gist, *, vouched: bool) -> Decision:
    """The same decision, unless it takes for nothing again what a helper has taken up."""
    if not vouched or decision.outcome != "none":
        return decision
    return Decision("new", None, gist.incident, VOUCHED)
