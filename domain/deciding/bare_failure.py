"""Who says that something fails and not what, 'no jala', 'se quedó actualizando', where nobody
speaks of anything else: it begins a report, and they are asked once what it is. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from domain.assignment import Decision
from domain.deciding.talk import names_a_role
from domain.gist import Gist
from domain.room import OpenIncident, Remark, Room, TurnFacts
from domain.wording import laughs, plain

BARE = "says that something fails, and nothing else is spoken of"
# What was said so lately is what the words are about, if it is about anything.
SPOKEN_OF = timedelta(minutes=10)
# So long after its last word an incident may still be what fails.
OPEN = timedelta(hours=2)
# And so long after it that of who has told of it.
OWN = timedelta(days=1)
# What serves nobody and who does not answer are no things of a store.
_OF_ONES_OWN = re.compile(
    r"\bno (?:me|nos|te|le|les) sirven?\b|\bno (?:(?:me|nos|te|le|les) )?responden?\b"
)
# A greeting has no more words, and speaks of nothing.
GREETING_WORDS = 5


def said_lately(room: Room, turn: TurnFacts) -> Sequence[Remark]:
    """What was said in the chat just before a turn, whoever said it."""
    return [one for one in room.remarks if turn.at - one.at <= SPOKEN_OF and one.text]


def begin_of_failure(
    decision: Decision,
    turn: TurnFacts,
    name: str,
    incidents: Sequence[OpenIncident],
    talk: Sequence[Gist],
) -> Decision:
    """The same decision, unless it takes for nothing a failure that is told by itself; `talk` is
    what was said just before, and `name` the writer's."""
    gist = turn.gist
    if decision.outcome != "none" or not gist.signs.get("fails_only"):
        return decision
    if turn.from_support or turn.quotes_something or laughs(gist.text) or names_a_role(name):
        return decision
    if _OF_ONES_OWN.search(plain(gist.text)):
        return decision
    if any(_may_mean(turn, one) for one in incidents) or not all(map(_leads_in, talk)):
        return decision
    return replace(Decision("new", None, gist.incident, BARE, close=True), kin=decision.kin)


def _may_mean(turn: TurnFacts, one: OpenIncident) -> bool:
    own = turn.person_id in one.participants
    return turn.at - one.last_at <= (OWN if own else OPEN)


def _leads_in(said: Gist) -> bool:
    """Whether words may go before a report: they greet, cry for help, or name a thing of a store
    and none of one's own."""
    if laughs(said.text) or said.signs.get("private"):
        return False
    if said.system is not None:
        return not said.signs.get("trade")
    greets = said.signs.get("greeting") or said.signs.get("help") or said.signs.get("urgent_word")
    return bool(greets) and len(said.text.split()) <= GREETING_WORDS
