"""Whether somebody else may answer for the one who was asked. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from domain.assignment import Decision
from domain.room import OpenIncident, TurnFacts
from domain.wording import addressed, plain

# Words that say where somebody else is: 'es la 45', 'ella está en la tienda 45'.
_FOR_ANOTHER = re.compile(
    r"\b(?:es|son|esta|estan|era|trabaja|seria|pertenece|hablan?|escribe|reporta)\b|"
    r"\b(?:ella|ellos|ellas|su tienda)\b"
)
SHORT = 5


def refuse_stranger(
    decision: Decision, turn: TurnFacts, incident: OpenIncident | None, names: Mapping[str, str]
) -> Decision:
    """The same decision, unless it takes a bare answer of somebody who was not asked, has nothing
    to do with it and does not say that they speak for another: that may be about anything."""
    if incident is None or incident.pending_field is None or decision.outcome != "join":
        return decision
    if turn.person_id == incident.asked_person or turn.person_id in incident.participants:
        return decision
    if turn.quoted_incident == incident.id or turn.from_support or not _is_bare(turn):
        return decision
    gist = turn.gist
    same = (gist.said_store or "").casefold() == (turn.home_store or "?").casefold()
    if same or _FOR_ANOTHER.search(plain(gist.text)):
        return decision
    if incident.reporter_id in addressed(gist.text, names) | turn.mentioned:
        return decision
    return Decision("none", None, 0.6, "a bare answer of somebody who was not asked")


def _is_bare(turn: TurnFacts) -> bool:
    """No more than a number, a store or a thing: it tells of no failure of its own."""
    gist = turn.gist
    names = gist.signs.get("digits_only") or gist.signs.get("names_store") or gist.system
    tells = gist.signs.get("fault") or gist.signs.get("also") or gist.error or turn.has_media
    return bool(names or gist.said_store) and not tells and len(gist.text.split()) <= SHORT
