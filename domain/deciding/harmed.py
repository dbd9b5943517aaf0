"""What harm that few words tell of begins, and what it is no detail of. Pure.

A theft, or water in the shop, told hours after 'no hay luz' is another matter; told again, or of
what leaks already, it is the same one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from domain.assignment import Decision
from domain.deciding.repeats import AGAIN
from domain.room import OpenIncident, Room, TurnFacts
from domain.sayings.harm import Harm, harm_of
from domain.wording import plain

HARMED = "tells of harm done to the store, or of somebody hurt"
# So long what was told of harm may be told again.
KNOWN_FOR = timedelta(hours=24)
# 'Nos robaron' is said of a match as well, while that is spoken of.
JUST_SAID = timedelta(minutes=30)
_SPORT = re.compile(
    r"\b(?:partid\w+|gol(?:es|azo)?|arbitro|penal(?:es|ti|ty)?|futbol|seleccion|mundial|final|liga|"
    r"clasico|var|jugador\w*|cancha|equipazo|torneo|semifinal|perdimos|ganamos|jugaron|jugo|"
    r"pelicula|serie|novela|capitulo|juego|videojuego|simulacro|capacitacion)\b"
)


def begin_of_harm(
    decision: Decision, turn: TurnFacts, incidents: Sequence[OpenIncident], room: Room
) -> Decision:
    """The same decision, unless it takes for nothing what plainly tells of harm that nobody has
    told of yet."""
    if decision.outcome != "none" or turn.quotes_something or turn.from_support:
        return decision
    harm = harm_of(turn.gist.text, turn.gist.said_store)
    if harm is None:
        return decision
    if told := [one for one in incidents if _is_told(harm, turn, one)]:
        mine = [one for one in told if turn.person_id in one.participants]
        newest = max(mine, key=lambda one: one.last_at, default=None)
        return Decision("join", newest.id, 0.8, AGAIN, close=True) if newest else decision
    lately = (one.text for one in room.remarks if turn.at - one.at <= JUST_SAID)
    if any(_SPORT.search(plain(text)) for text in lately):
        return decision
    return Decision("new", None, turn.gist.incident, HARMED, close=True)


def _is_told(harm: Harm, turn: TurnFacts, one: OpenIncident) -> bool:
    """Whether an incident may be of the same harm, told a day ago at most."""
    return turn.at - one.last_at <= KNOWN_FOR and harm.is_of(one.system)
