"""When somebody answers who asked whether it works again: '¿ya quedó?' 'no'. Pure.

A bare yes or no says nothing by itself: who asked last, and how, tells what it means.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from domain.assignment import Decision
from domain.gist import Act
from domain.incident import HAS_TICKET
from domain.likeness import agree
from domain.room import OpenIncident, Remark, TurnFacts
from domain.sayings.asked_if_mended import only_asks_if_mended
from domain.wording import plain

REPLIES = "answers who asked whether it works again"
# How long such a question waits for its answer, and in so many remarks of others.
WITHIN = timedelta(minutes=45)
_REMARKS = 4
# No longer is a bare answer.
LONGEST = 80
_TAIL = (
    r"(?: (?:gracias|muchas|mil|por fin|todavia|aun|nada|ya|bien|todo|perfecto|inge\w*|jef[ea]|"
    r"amig[oa]s?|equipo|che|parce|wey|compa|la verdad|lamentablemente|desgraciadamente|hasta|"
    r"ahora|ahorita|por|favor|ayuda|el|momento|muy|amables?|excelente))*"
)
_FRONT = (
    r"(?:(?:pues|uy|uf+|ay|huy|eh|mm+|ah+|hola|nop?|noo+|fijate que|la verdad|desafortunadamente)"
    r" )*"
)
_NO = re.compile(
    rf"{_FRONT}(?:no+|nop\w{{0,3}}|nel|nones|nada|negativo|(?:todavia|aun)(?: (?:no|nada))?|"
    r"sigu(?:e|en|imos)(?: (?:igual|fallando|mal|lo mismo|en las mismas|sin \w+|asi))?|igual|"
    r"lo mismo|para nada|que va|ni madres|tampoco|no(?: ha| han)? (?:quedado|quedo|quedaron)|"
    rf"(?:aun|todavia) no (?:queda|quedo|jala|funciona|anda|sirve)){_TAIL}"
)
_YES = re.compile(
    r"(?:(?:ah+|uy|pues|ya|hola) )*(?:s+i+p?|sii+p?|sep|simon|ya|claro(?: que si)?|afirmativo|"
    r"correcto|asi es|listo|exacto|efectivamente|positivo|todo bien|perfecto|(?:si |ya )+(?:quedo|"
    rf"jala|funciona|anda|sirve|esta)(?: bien)?){_TAIL}"
)
_STILL = re.compile(r"\b(?:sigue[n]?|sigues|siguen|continua\w*|persiste\w*|todavia|aun|falla\w*)\b")
_WORKS = re.compile(r"\bya\b|\bqued\w+|\b(?:les|te) (?:funciona|jala|sirve|anda)\b")
_DENIED = re.compile(r"\b(?:no|sin)\b")
# 'Ya' and 'sigue' mean the same however it was asked.
_PLAINLY_STILL = re.compile(r"\bsigu(?:e|en|imos)\b|\b(?:igual|lo mismo)\b")
_PLAINLY_OVER = re.compile(
    r"^(?:ya|listo|todo bien|perfecto)\b|\bya (?:quedo|jala|funciona|anda)\b"
)


def replied(turn: TurnFacts, incident: OpenIncident | None, said: Sequence[Remark]) -> Act | None:
    """What a bare answer of somebody of the store tells of an incident with its ticket: that it
    works again, or still fails. None where nobody has just asked, or it may mean either."""
    if incident is None or turn.from_support or incident.status not in HAS_TICKET:
        return None
    theirs = turn.person_id in incident.participants or agree(turn.home_store, incident.store)
    text = turn.gist.text
    if not theirs or "?" in text or len(text) > LONGEST or turn.quotes_bot:
        return None
    asked = _asked(turn, said)
    if asked is None or asked.incident_id not in (incident.id, incident.parent or incident.id):
        return None
    names = set(plain(asked.name).split())
    words = " ".join(w for w in plain(text).split() if w not in names)
    no, yes = _NO.fullmatch(words), _YES.fullmatch(words)
    if not (no or yes):
        return None
    question = plain(asked.text)
    if _PLAINLY_STILL.search(words):
        return Act.STILL_BROKEN
    if _PLAINLY_OVER.search(words) and not no:
        return Act.FIXED
    if not _STILL.search(question):
        return Act.STILL_BROKEN if no else Act.FIXED
    if _WORKS.search(question):  # 'ya quedó o sigue igual?'
        return None
    if _DENIED.search(question):  # 'todavía no funciona?'
        return Act.STILL_BROKEN
    return Act.FIXED if no and not re.search(r"\b(?:todavia|aun)\b", words) else Act.STILL_BROKEN


def take_reply(
    decision: Decision,
    turn: TurnFacts,
    incidents: Sequence[OpenIncident],
    said: Sequence[Remark],
) -> Decision:
    """The same decision, unless it puts elsewhere what answers who asked after an incident."""
    if turn.quotes_something or _asked(turn, said) is None:
        return decision
    mine = (i for i in incidents if turn.person_id in i.participants)
    met = [i for i in mine if i.id != decision.incident_id and replied(turn, i, said)]
    near = next((i for i in incidents if i.id == decision.incident_id), None)
    if len(met) != 1 or replied(turn, near, said):
        return decision
    return Decision("join", met[0].id, 0.9, REPLIES, close=True)


def _asked(turn: TurnFacts, said: Sequence[Remark]) -> Remark | None:
    """The last question of somebody else, where it asks whether something works again: what others
    say in between asks nothing."""
    lately = (r for r in reversed(said[-_REMARKS:]) if r.person_id != turn.person_id)
    last = next((r for r in lately if "?" in r.text), None)
    if last is None or turn.at - last.at > WITHIN or not only_asks_if_mended(last.text):
        return None
    return last
