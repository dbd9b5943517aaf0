"""Few words that tell of another thing without any word of failure: 'ni la puerta cierra', 'otra
vez el TPV apagado'. Pure."""

from __future__ import annotations

import re

from domain.wording import plain

LONGEST = 80
_LEAD = (
    r"(?:(?:y|pero|ya|oigan?|oye|che|fijate que|encima|ademas|es que|ahora|hoy|aqui|aca|pues|"
    r"tampoco|bueno) ){0,3}"
)
_WORKS = (
    r"(?:cierran?|abren?|prenden?|enciend\w+|enfrian?|leen?|imprim\w+|funcionan?|jalan?|sirven?|"
    r"andan?|pesan?|suenan?|cargan?|cobran?|pasan?|sube|suben|baja|bajan|marcan?|responden?|"
    r"arrancan?|conectan?|giran?|calientan?|se (?:ven?|oyen?|escuchan?|abren?|cierran?|prenden?|"
    r"apagan?|conectan?)|da (?:senal|linea|imagen|tono)|hace (?:nada|hielo))"
)
_TAIL = r"(?: (?:ya|bien|aqui|aca|hoy|ahora|ahorita|tampoco|por favor|porfa|chicos|jefe)){0,2}"
# A thing of up to three words.
_NOR = re.compile(
    rf"{_LEAD}ni (?:siquiera )?(?P<thing>(?:el|la|los|las) (?:[a-z0-9]+ ){{1,3}}?)"
    rf"(?P<does>{_WORKS}){_TAIL}"
)
_STATE = (
    r"(?:(?:apagad|desconectad|congelad|pasmad|colgad|trabad|muert|caid|atorad|bloquead|frizad|"
    r"pegad|botad|tildad|dad[oa] de baj)[oa]s?|en (?:negro|blanco|cero|rojo)|sin (?:senal|luz|"
    r"linea|imagen|conexion|sistema|red|internet|servicio))"
)
_AGAIN = re.compile(
    rf"{_LEAD}(?:otra vez|de nuevo|nuevamente|de vuelta) (?P<thing>(?:(?:el|la|los|las) )?"
    rf"(?:[a-z0-9]+ ){{1,3}}?)(?P<state>{_STATE}){_TAIL}"
)


def nor_this(text: str) -> str | None:
    """What fails, in words of a report, by a text that says no more than that another thing fails
    as well, or again; None where it says anything else."""
    words = plain(text)
    if len(words) > LONGEST or "?" in text:
        return None
    if met := _NOR.fullmatch(words):
        return f"{met['thing']}no {met['does']}"
    if met := _AGAIN.fullmatch(words):
        return f"{met['thing']}{met['state']}"
    return None
