"""Who adds a store right behind their report: 'no hay sistema en la 45', 'y la 22'. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from domain.assignment import Decision
from domain.deciding.elsewhere import two_stores
from domain.incident import TICKETED
from domain.room import OpenIncident, Remark, TurnFacts
from domain.wording import plain

AND_THERE = "adds another store right behind the report of an outage"
# So soon after their own words, with nothing said between.
WITHIN = timedelta(minutes=3)
_AND = re.compile(
    r"(?:y|ah y|perdon y|tambien) (?:tambien )?(?:en )?(?:(?:la|el) )?"
    r"(?:(?:tienda|local|sede|suc\w*) )?"
    r"(?P<store>\d{1,4})(?: (?:tambien|igual|tampoco|por favor|porfa|gracias))?"
)


def and_there(
    turn: TurnFacts, incidents: Sequence[OpenIncident], said: Sequence[Remark]
) -> OpenIncident | None:
    """The incident that has the store of its reporter, who says one more and nothing else."""
    met = _AND.fullmatch(plain(turn.gist.text)) if len(turn.gist.text) <= 40 else None
    last = next(reversed(said), None)
    if met is None or last is None or "?" in turn.gist.text:
        return None
    if turn.quotes_something or turn.from_support or turn.has_media:
        return None
    if last.person_id != turn.person_id or turn.at - last.at > WITHIN:
        return None
    one = next((i for i in incidents if i.id == last.incident_id), None)
    if one is None or one.reporter_id != turn.person_id or one.status not in TICKETED:
        return None
    if any(i.asked_person == turn.person_id for i in incidents):
        return None
    return one if one.store and two_stores(str(int(met["store"])), one.store) else None


def begin_and_there(
    decision: Decision,
    turn: TurnFacts,
    incidents: Sequence[OpenIncident],
    said: Sequence[Remark],
) -> Decision:
    """The same decision, or the beginning of what another store has too."""
    one = and_there(turn, incidents, said)
    if one is None:
        return decision
    return Decision("new", None, 0.9, AND_THERE, parent=one.parent or one.id)
