"""When somebody says how long they have been without something. Pure.

'Llevamos 2 horas sin cobrar' names neither the thing nor a fault: who has reported something says
it of that, and it is no small talk.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from domain.assignment import Decision
from domain.incident import OPEN_STATUSES
from domain.likeness import same
from domain.room import OpenIncident, TurnFacts
from domain.wording import laughs, plain

WAITS = "says how long they have been without it"
# How long after the last word of their incident its reporter still means it.
MEANT_WITHIN = timedelta(hours=12)
# So long it may take until somebody comes.
COMES_WITHIN = timedelta(days=3)
# A longer text tells more than that nobody came.
LONGEST = 120
_MANY = (
    r"(?:\d{1,3}|una?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|quince|veinte|treinta|"
    r"cuarenta|media|como|casi|mas de|toda la|todo el|un buen|mucho|varias|horas y)"
)
# Folded words for a time of hours at most: 'llevamos casi 2 horas', 'desde hace un buen rato'.
HOW_LONG = (
    rf"\b(?:{_MANY} )+(?:horas?|hrs?|minutos?|mins?|ratos?|manana|tarde|dia|turno)"
    r"(?: y (?:media|cuarto|pico))?"
)
# Nobody else's waiting: 'sin comer' and 'esperando el pedido' are no matter of ours.
_SIN = (
    r"sin (?:poder (?!dormir|comer)\w+|vender|cobrar|facturar|operar|atender|despachar|trabajar|"
    r"servicio|respuesta(?! de (?!sistemas|soporte))|solucion)"
)
# 'Van 3 horas así de lluvia' goes on with something else.
_ASI = r"asi(?=$| (?:y|ya|por favor|porfa\w*|ayuda\w*|urge\w*|gracias|todavia|aun|pero|no)\b)"
_WITHOUT = re.compile(
    rf"\b(?:llev(?:o|amos|an)|van|vamos|son|tenemos|tengo|hace|desde)(?: \w+)? {HOW_LONG}"
    rf"(?: \w+)? (?:{_SIN}|{_ASI}|detenid[oa]s?|"
    r"esperando (?:\w+ ){0,3}(?:tecnic\w+|soporte|sistemas|"
    r"respuesta(?! de (?!sistemas|soporte))|solucion|ayuda))\b|"
    # 'Llevo todo el día parada' is said of the feet.
    rf"\b(?:llev(?:amos|an)|van|vamos|son|tenemos|hace|desde)(?: \w+)? {HOW_LONG}"
    r"(?: \w+)? parad[oa]s?\b|"
    rf"\b{_SIN}(?: \w+)? (?:desde )?hace {HOW_LONG}"
)

# 'Buenos días, nadie ha venido': who was to mend it. Who came to buy is told in more words.
_NOBODY = re.compile(
    r"(?:(?:hola|buen(?:[oa]s)?|dias?|tardes|noches|y|pero|oigan?|oye|disculp\w*|perdon|pues|aqui|aca|"
    r"soporte|equipo|jefe|inge|chic[oa]s|todavia|aun|hasta|ahora|ahorita|el|momento) ){0,8}"
    r"(?:(?:nadie|nunca|ningun tecnico)(?: de (?:sistemas|soporte|mantenimiento))?"
    r"(?: (?:me|nos))?|(?:el|los) tecnicos? (?:aun |todavia )?(?:no|nunca)(?: (?:me|nos))?|"
    r"no (?:me |nos )?(?=ha|han|vin))"
    r" ?(?:ha venido|han venido|vino|vinieron|ha llegado(?= a)|han llegado(?= a)|llego(?= a)|"
    r"se ha presentado|se presento|ha pasado(?= a)|paso(?= a)|ha atendido|atendio|"
    r"ha dado (?:respuesta|solucion))"
    r"(?: (?:nadie|el tecnico|los tecnicos|ningun tecnico|a (?:revisar|ver|verl[oa]|arreglar|"
    r"checar|repararl[oa]|atender|revisarl[oa])(?:nos)?|(?:el|la|lo) \w+|todavia|aun|ayer|"
    r"desde ayer|en todo el dia|ni ayer ni hoy|por favor|ayuda|al local|a la tienda|y|sigue igual|"
    r"seguimos igual|gracias|saludos|hasta ahora|ahorita)){0,4}"
)

# Who laughs or speaks of the weather complains of nothing of ours.
_SMALL_TALK = re.compile(r"\b(?:lluvia|llueve|lloviendo|clima|trafico)\b")


def says_how_long(text: str) -> bool:
    """Whether a text says since when something is missing, or that nobody has come to mend it."""
    words = plain(text)
    if "?" in text or laughs(text) or _SMALL_TALK.search(words):
        return False
    return bool(_WITHOUT.search(words) or _says_nobody_came(words))


def _says_nobody_came(words: str) -> bool:
    return len(words) <= LONGEST and bool(_NOBODY.fullmatch(words))


def go_on_waiting(
    decision: Decision, turn: TurnFacts, incidents: Sequence[OpenIncident]
) -> Decision:
    """The same decision, unless it puts nowhere, or anew, how long a reporter has waited: that is
    more of what they told of last. What names a thing of its own speaks for itself."""
    gist = turn.gist
    if decision.outcome == "join" or turn.quotes_something or turn.from_support or gist.system:
        return decision
    if not says_how_long(gist.text):
        return decision
    within = COMES_WITHIN if _says_nobody_came(plain(gist.text)) else MEANT_WITHIN
    mine = [
        i
        for i in incidents
        if i.reporter_id == turn.person_id
        and i.status in OPEN_STATUSES
        and turn.at - i.last_at <= within
        and (gist.said_store is None or same(gist.said_store, i.store))
    ]
    newest = max(mine, key=lambda i: i.last_at, default=None)
    return decision if newest is None else Decision("join", newest.id, 0.8, WAITS, close=True)
