"""When somebody takes back what they reported: as a joke, or because nothing is wrong after all.

Pure, and no matter of weights: the words are few, and only who reported can say them.
"""

from __future__ import annotations

import re
from enum import StrEnum

from domain.incident import HAS_TICKET
from domain.room import OpenIncident, TurnFacts
from domain.wording import plain


class TakenBack(StrEnum):
    """Why a report is taken back: a joke never was one, a false alarm is over."""

    JOKE = "joke"
    FALSE_ALARM = "false_alarm"


_JOKE = re.compile(
    r"\b(?:era|fue|pura|puro|todo) (?:\w+ ){0,2}(?:bromas?|bromita|chiste|relajo|guasa|joda|"
    r"jodita|cotorreo|vacile|tomadura de pelo|cachondeo|cona)\b|"
    # 'Esto es una broma' is what an angry person says.
    r"\bes (?:bromas?|bromita|chiste|guasa|joda|cotorreo|vacile|cona)\b|^(?:ja\w* )*bromas?\b|"
    r"\b(?:ja\w*|nada|no mentira|mentira) (?:\w+ )?(?:broma|bromita)\b|"
    r"\b(?:los|les|te|os|le) (?:estaba |estoy )?(?:troleo|trol+ea\w+|vacil\w+|bromeando|"
    r"tomando el pelo|cotorreando|jodiendo)\b|\bestaba (?:jugando|bromeando|de broma|de joda)\b|"
    r"\b(?:feliz|dia de los|por) inocentes\b|\binocentes palomitas\b|"
    r"\b(?:grupo|chat) equivocado\b|\b(?:me )?equivoque de (?:grupo|chat)\b|"
    r"\bno era (?:para|en) (?:este|aqui|aca)(?: grupo| chat)?\b|\bjust kidding\b"
)
_FALSE_ALARM = re.compile(
    r"\bfalsas? alarmas?\b|\b(?:olvid(?:en|e|a|alo|ense|ate)(?:lo|la)?|olvidadlo|olvidate|"
    r"olvidense)\b(?! (?:de )?(?:cerrar|pasar|mandar|llevar|traer|poner|firmar|el|la|los|las|que))|"
    r"\bcancelen?\b|\bcancel(?:a|ar|ad|enlo|ado|alo) (?:el |mi |lo |la )?(?:reporte|aviso|ticket|"
    r"solicitud)\b|\bcancelado\b|\bno era nada\b|\bno (?:hagan|haga|hagais) caso\b|"
    r"\bhagan caso omiso\b|\bignor(?:en|ar|ad|a|enlo|alo)\b|"
    r"\bya no (?:hace falta|es necesari\w+|se necesita|lo necesit\w+|vengan|manden)\b|"
    r"\bera (?:yo|mi error|error mio|culpa mia)\b|\bdej(?:en|e|a)lo asi\b|\bnevermind\b"
)
# 'This is no joke', 'is this a joke?', 'do not ignore me' take nothing back.
_NOT_MEANT = re.compile(
    r"\bno (?:es|era|fue|son|estoy)(?: \w+)? (?:broma|bromas|chiste|joda|relajo|bromeando|jugando|"
    r"falsa alarma)\b|\bno (?:me |nos |lo |la |le |se )?(?:olvid|ignor|cancel)\w*|\bparece broma|"
    r"\b(?:sin|ni en|esto no es) broma\b|\bsigue (?:sin|igual|fallando)\b"
)

# What answers the question what is wrong with 'nothing'. 'No es nada fácil' does not.
_NOTHING_WRONG = re.compile(
    r"^(?:(?:no|nada|ah|tranquil\w*|descuid\w*|gracias|perdon|disculp\w*|aqui|aca|por) )*"
    r"(?:(?:nada|no es nada|no pasa nada|ningun\w*(?: falla| problema)?|(?:todo|esta|estamos) "
    r"(?:bien|ok|en orden|normal)|sin novedad(?:es)?|no hay (?:falla|problema)s?)(?: |$))+"
    r"(?:gracias|ya|por aqui|por aca|jefe|jaja\w*)?$"
)


def denies(text: str) -> bool:
    """Whether a text answers that nothing is wrong."""
    return "?" not in text and bool(_NOTHING_WRONG.search(plain(text)))


def takes_back(text: str) -> TakenBack | None:
    """Whether a text takes a report back, and why; a question and a denial never do."""
    said = plain(text)
    if "?" in text or _NOT_MEANT.search(said):
        return None
    if _JOKE.search(said):
        return TakenBack.JOKE
    return TakenBack.FALSE_ALARM if _FALSE_ALARM.search(said) else None


def why_taken_back(turn: TurnFacts, met: OpenIncident) -> TakenBack | None:
    """Why a turn takes its incident back; where we asked, anybody may answer that it was none."""
    theirs = met.pending_field is not None and met.asked_person == turn.person_id
    asked = theirs or (turn.quotes_bot and met.status not in HAS_TICKET)
    if asked and denies(turn.gist.text):
        return TakenBack.FALSE_ALARM
    return takes_back(turn.gist.text) if asked or met.reporter_id == turn.person_id else None
