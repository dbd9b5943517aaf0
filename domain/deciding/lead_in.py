"""What was said just before a report, or an answer, that went nowhere and belongs to it. Pure.

People knock before they enter: 'oigan', a photo, 'soy de la 45', and then what is wrong. Alone none
of that is an incident.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.deciding.halves import are_halves
from domain.gist import Act, Gist
from domain.room import OpenIncident, Remark, Room, TurnFacts
from domain.wording import plain

# More words than these are a matter of their own.
LONGEST = 8
# So surely small talk is nothing that leads to a report.
SMALL_TALK = 0.6
_KNOCKS = re.compile(
    r"(?:hola|holi|buen[oa]s?|dias?|tardes?|noches?|que tal|saludos|oigan?|oye|oiga|che|hey|ey|"
    r"disculp\w+|perdon\w*|permiso|por favor|porfa\w*|una?|duda|consulta|pregunta|favor|ayuda\w*|"
    r"auxilio|apoyo|urge\w*|urgente|me|nos|pueden?|podrian?|ayudar|apoyar|alguien|ahi|aqui|aca|"
    r"esta|estan|va|van|les|mando|paso|foto|fotos|evidencia|imagen|tengo|tenemos|hay|otro|otra|"
    r"problem\w+|falla|detalle|incidencia|inconveniente|situacion|bronca|lio|reporte|reportar|"
    r"quiero|quisiera|necesito|soporte|equipo|grupo|tod[oa]s|gente|chic[oa]s|inge\w*|jef[ea]s?|"
    r"compa\w*|amig[oa]s?|mir[ae]n?|vean|vea|ve|chequen|esto|este|la|el|lo|de|en|con|a|y|es|como|"
    r"algo|paso|pasa|tambien)"
)
# How long after a colleague's question a few words still answer it.
QUESTION_WITHIN = timedelta(minutes=10)
_ASKS = re.compile(r"(?:(?:y|oye|pero|en|de|a) )*(?:que|cual|cuales|cuant[oa]s?|cuando|donde)\b")


@dataclass(frozen=True)
class Before:
    """An earlier turn of a report's writer. `nowhere` says that it belongs to no incident, `gone`
    that it was deleted since, `deletes` that it does nothing but delete."""

    turn: int
    at: datetime
    gist: Gist
    has_files: bool = False
    nowhere: bool = True
    gone: bool = False
    deletes: bool = False


def leads_in(
    before: Sequence[Before], at: datetime, within: timedelta, report: Gist | None = None
) -> list[int]:
    """The turns, oldest first, that go along with a `report` of `at`: photos, words that tell
    where, and its other half. A mere 'oigan' stays where it is; anything else that was said, or
    opened, ends it."""
    found: list[int] = []
    for one in sorted(before, key=lambda b: (b.at, b.turn), reverse=True):
        if at - one.at > within:
            break
        if one.deletes:
            continue
        text = one.gist.text.strip()
        knocks = not text or _is_knock(text)
        half = report is not None and are_halves(one.gist, report)
        if not one.nowhere or one.gone or not (knocks or half or _tells_where(one.gist)):
            break
        if one.has_files or not knocks:
            found.append(one.turn)
    return found[::-1]


def _is_knock(text: str) -> bool:
    words = plain(text).split()
    return len(words) <= LONGEST and all(_KNOCKS.fullmatch(word) for word in words)


def _tells_where(gist: Gist) -> bool:
    short = len(gist.text.split()) <= LONGEST and "?" not in gist.text
    small_talk = gist.acts.get(Act.CHATTER, 0.0) >= SMALL_TALK or gist.act in (Act.ACK, Act.FIXED)
    return short and not small_talk and bool(gist.said_store or gist.error)


def question_before(turn: TurnFacts, incident: OpenIncident | None, room: Room) -> Remark | None:
    """A colleague's question that went nowhere and that a few words of whom we asked may answer,
    as the last thing said before: without it 'la 2', said of a till, reads like an answer to us."""
    if incident is None or incident.pending_field is None or turn.quotes_something:
        return None
    if incident.asked_person != turn.person_id or len(turn.gist.text.split()) > LONGEST:
        return None
    last = next(reversed(room.remarks), None)
    if last is None or last.incident_id is not None or last.person_id == turn.person_id:
        return None
    asks = "?" in last.text or _ASKS.match(plain(last.text))
    return last if asks and turn.at - last.at <= QUESTION_WITHIN else None
