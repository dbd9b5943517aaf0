"""Whether words tell that another thing fails besides what is open: 'la puerta tampoco cierra'.
Pure.

They read like a detail or like 'still broken', and are so of nobody's thing: what is open is about
another. A part of the reporter's own thing is more of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from domain.assignment import Decision
from domain.gist import Act, Gist
from domain.incident import OPEN_STATUSES, REACHABLE_STATUSES
from domain.matters import Matter
from domain.room import Alike, OpenIncident, Room, TurnFacts
from domain.sayings.mended import works_in_part
from domain.sayings.nor_this import nor_this
from domain.sayings.undone import denied_verbs
from domain.wording import laughs, plain

BESIDES = "says that something else fails as well"
PART = "says that a part of what they reported fails as well"
# So surely the words belong to an incident, and so little they may be talk; and where they say
# nothing that fails but that it is so again: 'otra vez el TPV pasmado'.
SURELY, TALK = 0.85, 0.3
BARELY, NO_TALK = 0.92, 0.1
# So surely where their form tells it: 'ni la puerta cierra'.
LEAST, MOST_TALK = 0.4, 0.5
# So long after its last word what is open may be what somebody speaks of.
SPOKEN_OF = timedelta(hours=2)
_BESIDES = re.compile(
    r"\b(?:tampoco|tambien|tmb|tbn?|ademas|encima(?! del?\b)|aparte|para colmo|para rematar|"
    r"otra vez|de nuevo|nuevamente|volvio a|volvieron a|se (?:me |nos )?vuelven? a|"
    r"ahora resulta que|y ahora|ni (?:el|la|los|las|siquiera))\b"
)
# 'La compu tampoco la detecta' is said of the thing that was told of before.
_TO_IT = re.compile(
    r"\b(?:no|ni|tampoco|sin) (?:(?:me|nos|se|te) )*l[aoe]s? (?:quiere |puede )?"
    r"(?:recono|detect|encuentr|ve|vemos|lee|agarra|jala|toma|acept|conect|muestra|abr|deja|"
    r"registr|ubic|identific|carg|imprim|marc|pas|cobr|prend|enciend)\w*"
)
# Who comes, goes or is spoken of: 'otra vez vino el de la puerta', 'con la misma camisa la cajera'.
_PEOPLE = re.compile(
    r"\b(?:el|ese|este|un|los) de(?:l| la| los| las)\b|"
    r"\b(?:senor\w*|cajer[oa]s?(?! automatic)|chic[oa]s?|muchach[oa]s?|gerent\w+|jef[ea]\w*|"
    r"client\w+|tecnic\w+|compa|companer\w+|vino|vinieron|viene|vienen|venir|irse|a ir|platic\w+|"
    r"com(?:er|i))\b"
)
# What everything in a store may fail for want of.
_SUPPLY = re.compile(r"\b(?:luz|corriente|energia|internet|red|wifi|sistema|agua|linea|servicio)\b")
_ELSEWHEN = ("past", "private", "conditional", "notice", "staffing", "question", "status")
_TALK = (Act.CHATTER, Act.ACK, Act.FIXED, Act.STATUS_QUESTION, Act.COMMAND, Act.REFUSAL)
Divide = Callable[[Sequence[str]], list[Matter]]


def tells_besides(gist: Gist) -> bool:
    """Whether words say of a thing, which they name, that it fails as well, or again."""
    if gist.system is None or "?" in gist.text or laughs(gist.text):
        return False
    if any(gist.signs.get(sign) for sign in _ELSEWHEN) or works_in_part(gist.text):
        return False
    words = plain(gist.text)
    if not _BESIDES.search(words) or _PEOPLE.search(words):
        return False
    talk = sum(gist.acts.get(act, 0.0) for act in _TALK)
    if nor_this(gist.text):
        return gist.incident >= LEAST and talk <= MOST_TALK
    fails = _says_what_fails(gist)
    return gist.incident >= (SURELY if fails else BARELY) and talk <= (TALK if fails else NO_TALK)


def _says_what_fails(gist: Gist) -> bool:
    return bool((gist.problem and gist.signs.get("fault")) or nor_this(gist.text))


def begin_besides(
    decision: Decision,
    turn: TurnFacts,
    incidents: Sequence[OpenIncident],
    same_system: Alike,
    room: Room,
    divide: Divide,
) -> Decision:
    """The same decision, unless words that tell of another failing thing went to what is open, or
    nowhere: they begin anew where nothing that is spoken of has to do with it, and are more of
    their writer's own report where they name a part of its thing."""
    gist = turn.gist
    if turn.quotes_something or turn.from_support or not tells_besides(gist):
        return decision
    if any(i.asked_person == turn.person_id and i.pending_field != "store" for i in incidents):
        return decision
    mine = [i for i in incidents if _is_theirs(i, turn)]
    if decision.outcome == "new":
        lately = [i for i in mine if turn.at - i.last_at <= SPOKEN_OF and i.status in OPEN_STATUSES]
        echoes = any(same_system(gist.system, i.system) for i in incidents if i not in mine)
        if gist.said_store or echoes or not lately:
            return decision
        whole = [i for i in lately if _is_part_of(turn, i, same_system, divide)]
        if whole:
            return _as_part(whole, gist)
        return replace(decision, reason=BESIDES) if _says_what_fails(gist) else decision
    near = [i for i in incidents if turn.at - i.last_at <= SPOKEN_OF and i not in mine]
    told = {i.id: [r.text for r in room.remarks if r.incident_id == i.id] for i in incidents}
    close = [i for i in (*mine, *near) if _may_be_of(turn, i, told[i.id], same_system, divide)]
    if close:
        own = [i for i in close if i in mine and i.status in OPEN_STATUSES]
        return _as_part(own, gist) if own and decision.outcome == "none" else decision
    if decision.outcome == "none" and not (_says_what_fails(gist) and (mine or _again(gist))):
        return decision  # 'nor here' of what somebody else told
    begun = replace(decision, outcome="new", incident_id=None, reason=BESIDES)
    return replace(begun, confidence=gist.incident, close=True, parent=None, near=())


def _as_part(own: Sequence[OpenIncident], gist: Gist) -> Decision:
    newest = max(own, key=lambda i: i.last_at)
    return Decision("join", newest.id, gist.incident, PART, close=True)


def _is_part_of(
    turn: TurnFacts, incident: OpenIncident, same_system: Alike, divide: Divide
) -> bool:
    """Whether the words name a part of this incident's thing, or what does not know it any more;
    what a store is supplied with has no parts."""
    system = turn.gist.system
    if incident.system is None or system is None or same_system(system, incident.system):
        return False
    if _TO_IT.search(plain(turn.gist.text)):
        return True
    if _SUPPLY.search(plain(incident.system)) or _SUPPLY.search(plain(system)):
        return False
    return _are_one(incident.system, system, divide)


def _are_one(thing: str, other: str, divide: Divide) -> bool:
    return len(divide([f"no funciona {one}" for one in (thing, other)])) < 2


def _is_theirs(incident: OpenIncident, turn: TurnFacts) -> bool:
    return incident.status in REACHABLE_STATUSES and turn.person_id in incident.participants


def _again(gist: Gist) -> bool:
    return gist.acts.get(Act.STILL_BROKEN, 0.0) >= SURELY


def _may_be_of(
    turn: TurnFacts,
    incident: OpenIncident,
    told: Iterable[str],
    same_system: Alike,
    divide: Divide,
) -> bool:
    """Whether the words may be of this incident: the same thing, a part of it, what fails with it,
    or what it was said not to do."""
    system = turn.gist.system
    if incident.system is None or system is None or same_system(system, incident.system):
        return True
    verbs = denied_verbs(turn.gist.text)
    if any(verbs & denied_verbs(one) for one in told):
        return True
    return _TO_IT.search(plain(turn.gist.text)) is not None or _are_one(
        incident.system, system, divide
    )
