"""Short turns of phrase of one country that the fitted model has seen too seldom to be sure of."""

from __future__ import annotations

import re
from collections.abc import Mapping

from domain.gist import Act
from domain.sayings.spared import not_here, says_none
from tools.models.local.spelling import fold

# Longer texts say more than a turn of phrase.
LONGEST = 9
# What the phrase is taken for, and what is left to the model.
SURE = 0.85

_LEAD = r"^\W*(?:(?:ok|listo|si|bueno|ah|ya|y|oye|oigan|che|disculp\w+|perdon|hola|nada)[\s,.]+)*"
_END = r"[\s,.!¡]*(?:gracias|po|pues|che|wey|jefe|amigos?|parce|causa|tio)?\W*$"
_PLACE = (
    r"(?:(?:pero|y|que)[ ,]+)?(?:aqui|aca|por aca|(?:a )?nosotr[oa]s|en mi tienda|"
    r"(?:(?:aqui|aca) )?en (?:la|el) #?\d{1,4}|"
    r"(?:en )?(?:la )?(?:tienda|suc|sucursal) #?\d{1,4})[ ,]+"
)
_SUPPLY = (
    r"(?: (?:la|el|nuestra|nuestro) (?:luz|corriente|energia|sistema|internet|red|agua|senal))"
)
_AS_YET = r"(?: (?:nada|aun|todavia|de nada))*"
# 'Acá no ha llegado' may be said of a truck: likely, and not surely.
_ARRIVED = re.compile(
    rf"{_LEAD}{_PLACE}(?:(?:aun|todavia|pero) )*no (?:nos )?(?:ha llegado|llega){_AS_YET}{_END}"
)
LIKELY = 0.75
_PHRASES: tuple[tuple[Act, re.Pattern[str]], ...] = (
    (
        Act.FIXED,
        re.compile(
            rf"{_LEAD}(?:ya (?:nos |me )?(?:jalo|agarro|funca|funco|camina|quedo)|"
            rf"ya (?:todo )?(?:quedo|quedamos|esta|estan|estamos) "
            rf"(?:operativ[oa]s?|normal|restablecid[oa]s?|funcionando)|"
            rf"(?:ya )?(?:quedo|esta|anda) (?:joya|al tiro|al cien|de diez|impeque|pepa|bacan|"
            rf"chevere|de lujo)){_END}"
        ),
    ),
    (
        Act.STILL_BROKEN,
        re.compile(
            rf"{_LEAD}(?:(?:aun |todavia )?no ha (?:servido|funcionado|jalado|andado|quedado)|"
            rf"nada que (?:sirve|funciona|prende|jala|carga|imprime|abre|entra|arranca|conecta))"
            rf"(?: (?:nada|aun|todavia))?{_END}|{_LEAD}(?:ahi )?siguen? mal[oa]?s?{_END}|"
            rf"{_LEAD}{_PLACE}(?:(?:aun|todavia|pero|sigue|seguimos) )*"
            r"(?:no (?:nos |se )?(?:ha (?:regresado|vuelto|restablecido|resuelto|arreglado)|"
            r"regresa|vuelve|restablece)|"
            rf"sin (?:haber|regresar|volver|llegar|funcionar|jalar|servir))"
            rf"{_SUPPLY}?{_AS_YET}{_END}"
        ),
    ),
    (
        Act.STATUS_QUESTION,
        re.compile(
            rf"{_LEAD}(?:(?:se sabe|saben|sabes|sabe|supieron) algo|"
            r"(?:hay|tienen|tenemos|alguna) noticias?|"
            r"(?:para |desde )?cuando (?:vienen|viene|llegan?|pasan?|queda)|"
            r"(?:ya )?(?:hay|tienen) (?:fecha|hora)|en que quedo|a que hora (?:viene|vienen|llega)|"
            r"como (?:lo )?(?:llevais|llevan)|que ha pasado con (?:lo|el|la|mi|eso)|"
            r"cachai?n? si (?:viene|vienen|va|van))\b[^.!]*\?*\W*$"
        ),
    ),
    (Act.ACK, re.compile(r"^\W*[🙏👍👌🙌💪🫡]+\W*$")),
    (Act.ACK, re.compile(rf"{_LEAD}(?:buenisimo|barbaro|bacan|chevere|ya po|filete){_END}")),
)


def with_registers(text: str, acts: Mapping[Act, float]) -> dict[Act, float]:
    """The probabilities of the acts, settled where the text is such a phrase."""
    found = dict(acts)
    if says_none(text):
        return _settled(found, Act.CHATTER)
    if not_here(text):
        return _settled(found, Act.STILL_BROKEN)
    if not text.strip() or len(text.split()) > LONGEST:
        return found
    folded = fold(text)
    for act, phrase in _PHRASES:
        if phrase.match(folded):
            return _settled(found, act)
    return _settled(found, Act.STILL_BROKEN, LIKELY) if _ARRIVED.match(folded) else found


def _settled(acts: Mapping[Act, float], act: Act, sure: float = SURE) -> dict[Act, float]:
    return {**{a: p * (1 - sure) for a, p in acts.items()}, act: sure}
