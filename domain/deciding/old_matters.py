"""When words that a store cannot work are nothing of what their writer reported hours ago. Pure.

'Nadie puede cobrar' a few minutes after 'no hay luz' tells what comes of it. Hours after the last
word of it, and without 'sigue' or 'desde ayer', it tells of something that nobody has looked at.
So does harm done to the store, 'nos robaron anoche', whoever reported what is older.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

from domain.gist import Act, Gist
from domain.incident import TICKETED, Priority
from domain.likeness import agree
from domain.room import Alike, OpenIncident, TurnFacts
from domain.sayings.harm import Harm, harm_of
from domain.wording import laughs, plain

ANEW = "says, hours after what they had reported, that the store cannot work"
# So long after its last word nobody goes on about a thing without saying so; of what a store
# cannot sell without, not before the next day.
QUIET, QUIET_VITAL = timedelta(hours=4), timedelta(hours=12)
_VITAL = re.compile(
    r"\b(?:sistema|internet|red|wifi|servidor|enlace|modem|router|cajas?|tpvs?|pos|posnets?|"
    r"pinpads?|terminal(?:es)?|datafonos?|registradoras?|computadoras?|compus?|pcs?|banco|"
    r"tarjetas?|cobros?|ventas?|facturacion|facturar|cobrar|vender)\b"
)
# Sure enough that it is meant, and so short that it tells of nothing else.
MEANT, WORDS = 0.4, 12
_GOES_BACK = re.compile(
    r"\b(?:sig(?:o|ue|ues|uen|uimos)|segui\w*|todavia|aun|otra vez|de nuevo|nuevamente|vuelt\w+|"
    r"volvi\w+|igual|asi|entonces|por (?:eso|lo mismo|esto|culpa)|desde|hasta|mientras|ya van|"
    r"llev(?:o|a|amos|an)|lo mismo|mism[oa]|tampoco|ni siquiera|urge\w*|veng[ao]n?|vienen?|"
    r"van a|manden?|apuren?|cuando|nadie (?:ha |vino|viene|llega|responde|contesta)|atiend\w+|"
    r"(?:el|mi|un|del) (?:ticket|reporte|tecnico|caso|folio)|tecnicos?|soporte|solucion\w*|"
    r"respuesta|resuelv\w+|arregl\w+|repar\w+|reporte|reportado|reporto|dije|avise)\b"
)
_ELSEWHEN = ("past", "private", "conditional", "question", "staffing", "still", "notice")
_TALK = (Act.ACK, Act.FIXED, Act.STATUS_QUESTION, Act.COMMAND, Act.REFUSAL)


def left_behind(
    turn: TurnFacts, incidents: Iterable[OpenIncident], same_system: Alike
) -> frozenset[str]:
    """What the writer reported, of which nobody has spoken for hours, and of which plain words
    that nobody can sell are no more: they neither go back to it nor name its thing. Of what is
    told of harm, what anybody reported."""
    if harm := _harm(turn):
        hours_ago = (one for one in incidents if turn.at - one.last_at >= QUIET)
        ticketed = (one for one in hours_ago if one.status in TICKETED)
        return frozenset(one.id for one in ticketed if not harm.is_of(one.system))
    if not tells_anew(turn):
        return frozenset()
    return frozenset(
        one.id
        for one in incidents
        if one.reporter_id == turn.person_id
        and one.status in TICKETED
        and turn.at - one.last_at >= (QUIET_VITAL if _is_vital(one) else QUIET)
        and not same_system(turn.gist.system, one.system)
        and agree(turn.gist.error, one.error) is not True
    )


def tells_anew(turn: TurnFacts) -> bool:
    """Whether words say no more than that a store cannot sell or work, and that it is so now."""
    gist, text = turn.gist, turn.gist.text
    if turn.quotes_something or turn.from_support or turn.has_media or laughs(text):
        return False
    if "?" in text or len(text.split()) > WORDS or _GOES_BACK.search(plain(text)):
        return False
    return _stops_work(gist) and not any(gist.signs.get(sign) for sign in _ELSEWHEN)


def _harm(turn: TurnFacts) -> Harm | None:
    if turn.quotes_something or turn.from_support:
        return None
    return harm_of(turn.gist.text, turn.gist.said_store)


def _stops_work(gist: Gist) -> bool:
    told = gist.problem is not None and bool(gist.signs.get("fault"))
    return (
        told
        and gist.priority is Priority.URGENT
        and gist.incident >= MEANT
        and gist.act not in _TALK
    )


def _is_vital(one: OpenIncident) -> bool:
    return one.system is not None and bool(_VITAL.search(plain(one.system)))
