"""When somebody says which store theirs is: it puts right what was only assumed of their report,
and tells of nothing that fails or works. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from domain.assignment import Decision
from domain.incident import OPEN_STATUSES, Status
from domain.likeness import agree
from domain.room import OpenIncident, Remark, TurnFacts
from domain.wording import plain

PUTS_RIGHT = "says which store theirs is, and that of their report was assumed"
MOVED = "says where they work now"
# How long after their report a store alone is meant for it; and who says that they work elsewhere.
BARE_WITHIN, MOVED_WITHIN = timedelta(minutes=30), timedelta(hours=12)
# What may be a failure, or a thing, besides the store.
_TELLS = ("fault", "trigger", "urgent", "danger", "also")
# 'La tienda está mal, es la 22': no failure but ours.
_WRONG_STORE = re.compile(
    r"\b(?:tienda|sucursal|local|ticket|reporte)(?: \w+)? (?:mal|incorrect[oa]|equivocad[oa])\b"
)


def puts_right(turn: TurnFacts, one: OpenIncident, said: Sequence[Remark]) -> bool:
    """Whether a turn of its reporter says which store is right where nobody had said it. `said` is
    what the chat said before, oldest first: a number alone answers who just asked for one."""
    if not one.assumed or one.reporter_id != turn.person_id or turn.from_support:
        return False
    last = next(reversed(said), None)
    asked = last is not None and last.person_id != turn.person_id and "?" in last.text
    if asked and turn.gist.signs.get("digits_only") and not turn.quotes_bot:
        return False
    says = turn.gist.signs.get("tells_where") or turn.gist.signs.get("moved")
    return bool(says) and one.status in OPEN_STATUSES and not _tells_more(turn)


def take_where(
    decision: Decision,
    turn: TurnFacts,
    incidents: Sequence[OpenIncident],
    said: Sequence[Remark] = (),
) -> Decision:
    """The same decision, unless it puts elsewhere what puts an assumed store right, or takes for
    news of an incident that somebody works elsewhere now."""
    if turn.quotes_something or turn.from_support or _tells_more(turn):
        return decision
    moved = bool(turn.gist.signs.get("moved"))
    within = MOVED_WITHIN if moved else BARE_WITHIN
    waits = any(_waits_for_store(i, turn) for i in incidents)
    meant = [i for i in incidents if puts_right(turn, i, said) and turn.at - i.last_at <= within]
    newest = max(meant, key=lambda i: i.last_at, default=None)
    same = not moved and newest and agree(turn.gist.said_store, newest.store)
    if newest is not None and not waits and not same:
        return Decision("join", newest.id, 0.8, PUTS_RIGHT, close=True)
    if moved and not waits and decision.outcome != "none":
        return replace(decision, outcome="none", incident_id=None, reason=MOVED, parent=None)
    return decision


def _waits_for_store(one: OpenIncident, turn: TurnFacts) -> bool:
    """Whether it is asked for its store, or was handed over for lack of it, and is theirs."""
    lacks = one.store is None and one.status in (Status.COLLECTING, Status.ESCALATED)
    return lacks and turn.person_id in {one.reporter_id, one.asked_person}


def _tells_more(turn: TurnFacts) -> bool:
    gist = turn.gist
    if _WRONG_STORE.search(plain(gist.text)):
        return turn.has_media
    fails = any(gist.signs.get(sign) for sign in _TELLS)
    return bool(fails or gist.system or gist.error or gist.problem or turn.has_media)
