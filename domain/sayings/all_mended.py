"""'Ya quedó todo' of somebody of whom nobody knows the store, while several stores have something
open: it is of none of theirs. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from domain.assignment import Decision
from domain.deciding.talk import names_a_role
from domain.gist import Act
from domain.incident import OPEN_STATUSES
from domain.room import OpenIncident, Room, TurnFacts
from domain.sayings.mended import works_again
from domain.wording import addressed, plain

NOBODY_KNOWS_WHERE = "says that all works, and several stores have something open"
# So few words say no more.
LONGEST = 9
OPEN_WITHIN = timedelta(days=2)
_ALL = re.compile(r"\btod[oa]s?\b")


def refuse_all_clear(
    decision: Decision,
    turn: TurnFacts,
    incidents: Sequence[OpenIncident],
    name: str,
    room: Room,
) -> Decision:
    """The same decision, unless it lets somebody who takes part in nothing that is open say that
    all of it works: who helps by trade, or calls somebody by name, knows of what."""
    if decision.outcome != "join" or turn.quotes_something or turn.from_support:
        return decision
    gist = turn.gist
    where = turn.home_store or gist.said_store or gist.system
    if where or names_a_role(name) or not _says_all_works(turn):
        return decision
    others = {person: one for person, one in room.names.items() if person != turn.person_id}
    if turn.mentioned or addressed(gist.text, others):
        return decision
    near = [
        one
        for one in incidents
        if one.status in OPEN_STATUSES and turn.at - one.last_at <= OPEN_WITHIN
    ]
    takes_part = any(turn.person_id in one.participants for one in near)
    if takes_part or len({one.store for one in near}) < 2:
        return decision
    return replace(decision, outcome="none", incident_id=None, reason=NOBODY_KNOWS_WHERE)


def _says_all_works(turn: TurnFacts) -> bool:
    words = plain(turn.gist.text)
    if len(words.split()) > LONGEST or "?" in turn.gist.text or not _ALL.search(words):
        return False
    return turn.gist.act is Act.FIXED or works_again(turn.gist.text)
