"""Who answers a colleague that there is none: '¿hay sistema?', 'en la 12 no'. Pure.

The question reports nothing, and the answer says neither what nor why; together they are a report.
Asked whether something has failed ('¿se cayó el sistema?'), a 'no' says the opposite, and 'sí, en
la 12' reports it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from domain.assignment import Decision
from domain.deciding.asked_whether import asks_whether, says_so
from domain.likeness import agree
from domain.room import OpenIncident, Remark, TurnFacts
from domain.wording import laughs, plain

ANSWERS_NONE = "answers a colleague that there is none of what was asked for"
# So long after the question it is answered, and among so many remarks.
WITHIN = timedelta(minutes=10)
_REMARKS = 8
_ASKED = re.compile(
    r"\b(?:(?:ya )?(?:hay|ay|tienen|tiene|tienes|tenes|les (?:jala|funciona|anda|sirve|carga|abre|"
    r"volvio|regreso|llego)|(?:ya )?(?:volvio|regreso|llego)|(?:esta|anda) (?:jalando|funcionando|"
    r"bien)|(?:jala|funciona|sirve|anda)) (?:bien )?(?:ya )?(?:el |la |con )?"
    r"(?P<thing>sistema|internet|luz|corriente|energia|electricidad|agua|red|wifi|linea|senal|"
    r"conexion))\b"
)
_FAILED = re.compile(
    r"\b(?:sin|no (?:hay|tienen|tiene|jala|funciona|sirve|anda)|(?:cay|fue|fall|cort)\w*|"
    r"problem\w*|alguien mas|tampoco|por que|porque|cuando)\b"
)
# A report, beside which 'en la 33 no hay' is another; a mere 'en la 33 no' may say the opposite.
_LACKS = re.compile(
    r"\b(?:no hay|no tenemos|no tengo|sin|se (?:nos )?(?:fue|cayo) (?:el|la)) (?:el |la )?"
    r"(?P<thing>sistema|internet|luz|corriente|energia|electricidad|agua|red|wifi|linea|senal|"
    r"conexion)\b"
)
_PLAINLY = re.compile(r"\b(?:no|tampoco) (?:hay|ay|tenemos|tengo)\b|\bnada\b")
_WHERE = (
    r"(?:(?:por )?(?:aqui|aca)(?: en)?(?: (?:la|el|tienda|local|suc\w*))*(?: \d{1,4})?|"
    r"(?:en )?(?:la |el )?(?:tienda |local |suc\w* )?\d{1,4}|nosotr[oa]s(?: en la \d{1,4})?|"
    r"en (?:la|mi) (?:mia|tienda|sucursal))"
)
_NO = (
    r"(?:no|tampoco|nada|ni|sin|nop)(?: (?:hay|ay|tenemos|tengo|nada|tampoco|no|jala|funciona|"
    r"sirve|anda|desde (?:hace rato|temprano|la manana|ayer|hoy)|todavia|aun|ha vuelto|"
    r"ha regresado|ni luces|{thing}))*"
)
_LEAD = r"(?:(?:pues|no|uy|ay|hola|y|mira|oye|buen[oa]s|dias|tardes|la verdad|chic[oa]s) ){0,3}"
_TAIL = (
    r"(?: (?:tambien|tampoco|compa\w*|amig[oa]|oye|gracias|jefe|saludos|ahorita|ahora|por|aqui|"
    r"aca)){0,2}"
)


def begin_of_answer(
    decision: Decision,
    turn: TurnFacts,
    said: Sequence[Remark],
    incidents: Sequence[OpenIncident] = (),
) -> Decision:
    """The same decision, unless it takes for nothing, or for who knows what, an answer that there
    is none of what a colleague asked for."""
    thing = none_of(turn, said)
    nowhere = decision.outcome == "none" or (
        decision.outcome == "new" and not turn.gist.system and decision.parent is None
    )
    if not thing or not nowhere:
        return decision
    store = turn.gist.said_store or turn.home_store
    same = [one for one in incidents if plain(one.system or "") == thing]
    parent = next((one.parent or one.id for one in same if not agree(store, one.store)), None)
    if any(one.reporter_id == turn.person_id or agree(store, one.store) for one in same):
        return decision
    return Decision("new", None, 0.8, ANSWERS_NONE, close=True, parent=parent)


def none_of(turn: TurnFacts, said: Sequence[Remark]) -> str | None:
    """What a turn says there is none of where its writer is; None where it does not."""
    text = turn.gist.text
    if turn.from_support or turn.quotes_something or "?" in text or laughs(text):
        return None
    if len(text) > 80:
        return None
    for one in reversed(said[-_REMARKS:]):
        if turn.at - one.at > WITHIN:
            continue
        if one.incident_id is None and (fails := asks_whether(one.text)):
            return fails if says_so(text) else None
        if one.person_id == turn.person_id:
            continue
        if "?" not in one.text:
            told = _LACKS.search(plain(one.text[:200])) if one.incident_id else None
            if told and _PLAINLY.search(plain(text)) and _says_none(plain(text), told["thing"]):
                return told["thing"]
            continue
        asked = _ASKED.search(plain(one.text[:200]))
        if asked is None or _FAILED.search(plain(one.text[:200])):
            return None
        thing = asked["thing"]
        return thing if _says_none(plain(text), thing) else None
    return None


def _says_none(words: str, thing: str) -> bool:
    no = _NO.replace("{thing}", thing)
    forms = rf"{_LEAD}(?:{_WHERE} {no}|{no} {_WHERE}){_TAIL}"
    return re.fullmatch(forms, words) is not None
