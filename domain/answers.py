"""What answers a question, and who may for the one who was asked. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

from domain.assignment import Decision
from domain.gist import Act, cannot_sell
from domain.incident import Status
from domain.likeness import agree
from domain.room import OpenIncident, Remark, TurnFacts
from domain.sayings.aside import act_of_aside, ends_nothing
from domain.sayings.mended_together import mended_together, still_together
from domain.sayings.reopening import fails_after_its_end
from domain.sayings.replied import replied
from domain.sayings.told_mended import tells_it_is_mended
from domain.sayings.waiting import says_how_long
from domain.wording import addressed, plain

# Words that say where somebody else is: 'es la 45', 'ella está en la tienda 45'.
_FOR_ANOTHER = re.compile(
    r"\b(?:es|son|esta|estan|era|trabaja|seria|pertenece|hablan?|escribe|reporta)\b|"
    r"\b(?:ella|ellos|ellas|su tienda)\b"
)
# Who says that they are there, when a store was asked for: 'acá en Lomas', 'somos la 45'.
_FROM_THERE = re.compile(
    r"^(?:(?:si|ok|hola) )?(?:aca|aqui|en|somos|desde|de la tienda|del local)\b"
)
# 'Qué número de tienda somos?' asks the others for what we asked.
_ASKS_OURS = re.compile(
    r"\b(?:que|cual|k|q) (?:numero|num|nro|tienda|sucursal|local|es (?:la|nuestra) tienda)\b"
)
_ALSO = re.compile(r"\b(?:tambien|tampoco|igual\w*|mism[oa]|x\d|ya|sigue|seguimos|sin)\b")
SHORT = 6
# How long after the last word of an incident a colleague may still say where it is.
ANSWERED_WITHIN = timedelta(minutes=45)
# And how long their reporter, where it was closed because nobody said.
LATE_WITHIN = timedelta(hours=30)
LATE = "says the store that nobody had said when it was closed"
SMALL_TALK = frozenset({Act.ACK, Act.CHATTER})
THERE = "says where they are, and only one report lacks its store"


def take_from_colleague(
    decision: Decision,
    turn: TurnFacts,
    incidents: Sequence[OpenIncident],
    said: Sequence[Remark] = (),
) -> Decision:
    """The same decision, unless it takes for small talk where somebody says that they, or another,
    are while one report alone, and a recent one, is asked for its store; or for another report,
    where its reporter has just asked the others. `said` is what the chat said before."""
    last = next(reversed(said), None)
    told = bool(last and last.person_id != turn.person_id and _ASKS_OURS.search(plain(last.text)))
    free = decision.outcome == "none" or (told and decision.outcome == "new")
    free = free or _says_only_where(decision, turn)
    if not free or turn.quotes_something or turn.from_support:
        return decision
    asked = [
        i
        for i in incidents
        if i.pending_field == "store" and turn.at - i.last_at <= ANSWERED_WITHIN
    ]
    if decision.incident_id in {i.id for i in asked}:
        return decision
    of_another = turn.gist.said_store and _FOR_ANOTHER.search(plain(turn.gist.text))
    if len(asked) != 1 or not _is_bare(turn) or not (_is_from_there(turn) or of_another):
        return decision
    return Decision("join", asked[0].id, 0.8, THERE, close=True)


def _says_only_where(decision: Decision, turn: TurnFacts) -> bool:
    """Whether 'acá la 2' joined what that store has open, of which it says nothing."""
    echoes = _ALSO.search(plain(turn.gist.text)) or turn.gist.system or turn.gist.problem
    return decision.outcome == "join" and _is_from_there(turn) and not echoes


def take_late(decision: Decision, turn: TurnFacts, incidents: Sequence[OpenIncident]) -> Decision:
    """The same decision, unless it takes for small talk the store of a report that was closed for
    lack of it: said by its reporter, late, and with nothing else."""
    if decision.outcome != "none" or turn.quotes_something or turn.from_support:
        return decision
    lacking = [i for i in incidents if _answers_late(turn, i)]
    newest = max(lacking, key=lambda i: i.last_at, default=None)
    return decision if newest is None else Decision("join", newest.id, 0.8, LATE, close=True)


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
    said = plain(gist.text)
    if agree(gist.said_store, turn.home_store) or _FOR_ANOTHER.search(said):
        return decision
    if incident.pending_field == "store" and _is_from_there(turn):
        return decision
    if incident.reporter_id in addressed(gist.text, names) | turn.mentioned:
        return decision
    return Decision("none", None, 0.6, "a bare answer of somebody who was not asked")


def act_of(turn: TurnFacts, incident: OpenIncident | None, said: Sequence[Remark] = ()) -> Act:
    """What a turn does in the incident that it goes to, however like small talk it looks: a bare
    number, and a store where none is known, answers what was asked there; how long somebody has
    been without it is a detail. That several things work again adds none; what asks, or tells of
    another's, is no all-clear. `said` is what the chat said before."""
    gist = turn.gist
    if incident is not None and mended_together(gist.text):
        return Act.FIXED
    if incident and _answers_late(turn, incident):
        return Act.ANSWER
    if reply := replied(turn, incident, said):
        return reply
    if incident and not turn.from_support and still_together(gist.text):
        return Act.STILL_BROKEN
    fixed = gist.act is Act.FIXED or _tells_it_is_mended(turn, incident, said)
    if incident and fixed and ends_nothing(turn, incident, said):
        return act_of_aside(turn, incident)
    if fixed:
        return Act.FIXED
    if incident and fails_after_its_end(turn, incident):
        return Act.STILL_BROKEN
    if incident is None or turn.from_support or gist.act not in SMALL_TALK:
        return gist.act
    if says_how_long(gist.text) or cannot_sell(gist):
        return Act.DETAIL
    places = (gist.signs.get("names_store") or gist.said_store) and incident.store is None
    return Act.ANSWER if gist.signs.get("digits_only") or places else gist.act


def _answers_late(turn: TurnFacts, one: OpenIncident) -> bool:
    """Whether its reporter says the store, and nothing else, of what was closed for lack of it."""
    if one.status != Status.CLOSED or one.store is not None or one.reporter_id != turn.person_id:
        return False
    says = turn.gist.signs.get("tells_where") and not turn.gist.system and not turn.from_support
    return bool(says) and _is_bare(turn) and turn.at - one.last_at <= LATE_WITHIN


def _tells_it_is_mended(
    turn: TurnFacts, incident: OpenIncident | None, said: Sequence[Remark]
) -> bool:
    """Whether people of a store, in words that look like something else, say that it is over."""
    if incident is None or turn.from_support:
        return False
    reported = [one.text for one in said if one.incident_id == incident.id]
    return tells_it_is_mended(turn.gist, incident.system, reported)


def _is_from_there(turn: TurnFacts) -> bool:
    named = turn.gist.said_store or turn.gist.signs.get("names_store")
    return bool(named and _FROM_THERE.search(plain(turn.gist.text)))


def _is_bare(turn: TurnFacts) -> bool:
    """No more than a number, a store or a thing: it tells of no failure of its own."""
    gist = turn.gist
    names = gist.signs.get("digits_only") or gist.signs.get("names_store") or gist.system
    tells = gist.signs.get("fault") or gist.signs.get("also") or gist.error or turn.has_media
    return bool(names or gist.said_store) and not tells and len(gist.text.split()) <= SHORT
