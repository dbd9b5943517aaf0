"""What reads like something missing and is work of the store's own: 'falta limpiar el baño', 'no
llegó el gerente'. Pure; only words that say nothing else, since a spill or keys are a report.
"""

from __future__ import annotations

import re

from domain.wording import plain

CHORE = "tells of work that a store does itself, and of nothing that fails"
THEN = "tells what happened to them before, and of nothing that fails now"
# More words tell more.
LONGEST = 20
_FRONT = (
    r"(?:(?:hola|oigan?|buen[oa]?s?|dias?|tardes?|noches?|chic[oa]s|equipo|oye|y|ojo|gente|tod[oa]s|"
    r"a|aqui|aca|muchach[oa]s?|companer[oa]s?|les|recuerdo|que|solo|nomas|todavia|aun|tambien|hoy|"
    r"nos|me|en la \d+) )*"
)
_DOES = (
    r"(?:limpi|barr|trape|acomod|lav|sacud|orden|recog|desempolv|freg|"
    r"etiquet|dobl|surt|rellen|trapi)(?:ar|er|ir)?(?:l[oae]s?)?"
)
_PLACES = (
    r"(?:banos?|sanitarios?|bodegas?|pisos?|pasillos?|tiendas?|local|vitrinas?|vidrios|cristales|"
    r"anaquel(?:es)?|estantes?|repisas?|mostrador(?:es)?|cocina|patio|banqueta|entrada|almacen|"
    r"probador(?:es)?|comedor|oficina|mercancias?|mercaderia|ropa|productos?|exhibicion(?:es)?|"
    r"estacionamiento|gondolas?|muebles|mesas|sillas|area|zona|pasillo \d+|rack|racks)"
)
_WHERE = (
    r"(?: (?:de|en|del) (?:la |el |los |las )?(?:\w+ )?(?:\d{1,4}|tienda \d{1,4}|entrada|bodega|"
    r"atras|empleados|clientes|damas|caballeros|mujeres|hombres|tienda|local|abajo|arriba))*"
)
_END = r"(?: (?:por favor|porfa\w*|gracias|hoy|ya|chic[oa]s|equipo|antes de (?:abrir|cerrar)))*"
_THINGS = rf"(?:(?:el|la|los|las|un|una|tod[oa]s?) )*{_PLACES}{_WHERE}"
_TO_DO = re.compile(
    rf"{_FRONT}falt(?:a|an|o) (?:por |de )?{_DOES} {_THINGS}(?: y {_THINGS})?{_END}"
)
_BOSS_AWAY = re.compile(
    rf"{_FRONT}(?:no (?:ha )?(?:lleg[oa]|llegado|vino|viene|venido|aparece|aparecio)|"
    r"falta) (?:hoy )?(?:el|la|mi|nuestr[oa]) (?:sub)?(?:gerente|jef[ea]|supervisora?|regional|"
    rf"patron|duen[oa])(?: (?:hoy|todavia|aun|temprano|de (?:zona|tienda|turno)))*{_END}"
)


# 'A mí también me pasó ayer, se arregla apagándola' helps whoever reports.
_HAPPENED_THEN = re.compile(
    r"\b(?:me|nos) (?:paso|pasaba|habia pasado|sucedio|hizo|hacia) (?:(?:lo mismo|igual|eso) )?"
    r"(?:ayer|antier|antes|una vez|el otro dia|la otra vez|hace \w+|"
    r"(?:la|el) (?:semana|mes|ano|vez|lunes|martes|miercoles|jueves|viernes|sabado|domingo) "
    r"pasad[oa])\b"
)
_NOW = re.compile(
    r"\b(?:ahora|ahorita|hoy|otra vez|de nuevo|sigue\w*|seguimos|todavia|aun|no|ni|tampoco|desde|"
    r"volvio)\b"
)


def tells_of_then(text: str) -> bool:
    """Whether somebody tells that it happened to them on another day, and of nothing since."""
    words = plain(text)
    short = "?" not in text and len(words.split()) <= LONGEST
    return short and bool(_HAPPENED_THEN.search(words)) and not _NOW.search(words)


def is_chore(text: str) -> bool:
    """Whether a text tells of a chore that is not done yet, or that the boss is not there, and says
    nothing else."""
    words = plain(text)
    if "?" in text or len(words.split()) > LONGEST:
        return False
    return bool(_TO_DO.fullmatch(words) or _BOSS_AWAY.fullmatch(words))
