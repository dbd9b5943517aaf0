"""Wishes for a person in fewer words than people use among each other, and those that name support
and nobody else. Pure.

Said to the bot, 'una persona por favor' leaves no choice; said to nobody, 'pásenme con alguien de
soporte' may be answered with what to do, 'quiero hablar con una persona' may be meant for anybody.
"""

from __future__ import annotations

import re

from domain.wording import plain

LONGEST = 120
_POLITE = (
    r"(?:(?:hola|oye|oiga|oigan|che|buen dia|buen[oa]s(?: (?:dias|tardes|noches))?|por favor|"
    r"porfa\w*|disculpe\w*|disculpa|perdon|si|no|y|ok|es que|urge|urgente|mejor|ya|pero|"
    r"no te entiendo|no entiendes|equipo|chicos|una consulta|el bot no (?:me )?(?:entiende|ayuda|"
    r"sirve)) ){0,4}"
)
_AFTER = (
    r"(?: (?:por favor|porfa\w*|ya|ahora|urgente|urge|es urgente|gracias|directamente|aqui|aca|"
    r"mejor|che|po|cuanto antes|lo antes posible|de favor|no (?:con )?(?:un |una |el )?"
    r"(?:ro)?(?:bot|maquina)s?)){0,4}"
)
_WISH = (
    r"(?:(?:yo )?(?:quiero|quisiera|necesit[oa]|necesitamos|queremos|quisieramos|prefiero|ocupo|"
    r"ocupamos|puedo|podemos|podria|podriamos|me gustaria|exijo|solicito|solicitamos|requiero|"
    r"pido|hay forma de|se puede|es posible|como (?:puedo|hago para|le hago para)|"
    r"(?:me |nos )?urge|a ver si puedo|dame|deme|denme))"
)
_TALK = (
    r"(?:hablar|platicar|comunicar(?:me|nos)|contactar(?:me|nos)?|charlar|conversar|tratar) (?:con|"
    r"a)"
)
_REAL = r"(?:real|de verdad|human[oa]|fisica|de carne y hueso)"
_SUPPORT = (
    r"(?:soporte(?: tecnico)?|sistemas|mesa de (?:ayuda|servicio)|la mesa(?: de ayuda)?|"
    r"help ?desk|el area de (?:soporte|sistemas)|asistencia tecnica)"
)
_OF_SUPPORT = (
    rf"(?:(?:alguien|alguno|una persona|personal|gente|un asesor|una asesora|un agente|un tecnico|"
    rf"un ejecutivo|un ingeniero|un inge|el encargado|la encargada|el equipo|el area|los) "
    rf"(?:de|del) (?:el |la )?{_SUPPORT}|(?:un |el )?{_SUPPORT}|"
    rf"(?:un |algun )?(?:ser )?humano|(?:una |alguna )?persona {_REAL}|alguien {_REAL}|"
    rf"(?:alguien|una persona) que no sea (?:un )?(?:ro)?bot)"
)
_ANYBODY = (
    rf"(?:{_OF_SUPPORT}|(?:(?:una?|algun[ao]?|el|la|otra|al) )?(?:persona|humano|asesora?|agente|"
    r"ejecutiv[oa]|operadora?|representante|tecnic[oa]|ingenier[oa]|inge|encargad[oa]|supervisora?|"
    r"jefe|jefa)|tu jefe|gente|alguien)"
)
_CALLS = (
    r"(?:llam[ae]|marqu?[ae]|contact[ae]|atiend[ae]|contest[ae]|respond[ae]|habl[ae]|ayud[ae]|"
    r"asist[ae]|escrib[ae])n?"
)
_CONNECT = (
    r"(?:pas[ae]n?(?:me|nos|le)|comuni(?:ca|que|quen|can)(?:me|nos)|transfier[ae]n?(?:me|nos)|"
    r"transfieran(?:me|nos)|conect[ae]n?(?:me|nos)|contact[ae]n?(?:me|nos)|pong[ae]n?(?:me|nos)|"
    r"(?:me|nos) (?:pasas?|pasan|comunicas?|comunican|transfieres?|contactan?|"
    r"puedes? (?:pasar|comunicar|transferir|contactar)|pueden (?:pasar|comunicar|contactar)))"
)


def _wish(somebody: str) -> str:
    return (
        rf"(?:{_WISH} )?{_TALK} {somebody}|{_CONNECT} (?:con|a) {somebody}|"
        rf"(?:{_WISH} )?(?:que )?(?:me|nos) (?:puede |podria |pueden |podrian )?{_CALLS} "
        rf"{somebody}|"
        rf"(?:{_WISH} )?(?:que )?{somebody} (?:que )?(?:me|nos) (?:puede |podria |pueden |podrian "
        rf")?"
        rf"(?:{_CALLS}|llamar|marcar|atender|contactar|contestar|hablar)"
    )


_TO_BOT = re.compile(
    rf"{_POLITE}(?:{_wish(_ANYBODY)}|"
    rf"(?:{_WISH} )?(?:la |una )?(?:ayuda|atencion|apoyo|soporte|asistencia) "
    rf"(?:humana|humano|personal|de {_ANYBODY})|"
    rf"(?:{_WISH} (?:a )?)?{_ANYBODY}|(?:mand|envi)[ae]n?(?:me|nos)? (?:a )?{_ANYBODY}|"
    r"(?:hay|esta|anda) (?:alguien|alguna persona)(?: ahi| aqui)?(?: que (?:me|nos) (?:atienda|"
    r"ayude|conteste|responda))?|quien (?:me|nos) (?:atiende|puede atender|ayuda)|"
    rf"(?:{_WISH} )?que (?:me|nos) (?:llam|marqu|contact|habl)en?|"
    r"(?:me|nos) (?:pueden?|podrian?|puedes) (?:llamar|marcar|contactar)|"
    rf"(?:llam|marqu|contact)[ae]n?(?:me|nos)){_AFTER}"
)
# Who tells that support calls them wishes for nothing, and 'alguien me ayuda' begins a report.
_CALL = r"(?:llame|marque|contacte|atienda|hable)n?"
_FOR_SUPPORT = re.compile(
    rf"{_POLITE}(?:{_WISH} {_TALK} {_OF_SUPPORT}|{_CONNECT} (?:con|a) {_OF_SUPPORT}|"
    rf"(?:{_WISH} )?que (?:me|nos) {_CALL} {_OF_SUPPORT}|"
    rf"(?:{_WISH} )?{_OF_SUPPORT} que (?:me|nos) {_CALL}|"
    rf"(?:me|nos) (?:puede|podria)n? (?:llamar|marcar|contactar|atender) {_OF_SUPPORT}){_AFTER}"
)


def asks_bot_for_person(text: str) -> bool:
    """Whether words that are said to the bot, its name left out, wish for a person and say no
    more."""
    words = plain(text)
    return len(words) <= LONGEST and bool(_TO_BOT.fullmatch(words))


def asks_for_support(text: str) -> bool:
    """Whether words that are said to nobody by name wish for somebody of support, or for somebody
    who is no machine, and say no more."""
    words = plain(text)
    return len(words) <= LONGEST and bool(_FOR_SUPPORT.fullmatch(words))
