"""Whether a text asks how something goes: with a question mark, or by words that only ask; and
whether it is a repair that it asks about.

The fitted reader takes 'and the new posters?' for such a question as well: the words themselves
have to speak of a repair, or of the very thing, before a group reads a status nobody asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.wording import plain, words_of
from tools.models.local.spelling import expand, fold
from tools.models.local.systems import find_systems, same_system

_ASKS = re.compile(
    r"\?|\b(?:como (?:va|vamos|van|quedo|esta|sigue|anda)|que (?:paso|onda|hubo|sabes?|saben|dicen|"
    r"fue|hay)|(?:algun[ao]?s? )?(?:novedad(?:es)?|noticias?|avances?|respuesta)|estad[oa]|estatus|"
    r"status|sabe[ns]?|cuando|cuanto|a que hora|ya (?:viene|vienen|va a|van a|mandaron|enviaron|"
    r"sali(?:o|eron)|llega|llegan|se puede)|hoy (?:viene|vienen|llega)|viene[ns]?|falta mucho|"
    r"tard\w+ mucho|demor\w+|mi ticket|mi reporte|lo de(?:l| la| mi)?|hora estimada|tiempo "
    r"aprox\w*|any (?:news|update)|eta)\b"
)

_OF_A_REPAIR = re.compile(
    r"\bcomo (?:va\w*|vamos|sigue\w*|quedo|quedamos|anda|esta (?:eso|lo)|lo lleva\w*|viene)\b|"
    r"\b(?:novedad\w*|noticias?|avances?|seguimiento|estatus|status|estatuz)\b|"
    r"\b(?:que|alguna|hay|tienen) respuesta\b|\b(?:hay|tienen|para) (?:fecha|hora)\b|"
    r"\b(?:el|su|que) estado\b|"
    r"\ben que (?:va|quedo|quedamos|anda|esta)\b|"
    r"\b(?:sabe[ns]?|sabemos|supieron|saben) (?:ya )?(?:algo|cuando|si)\b|"
    r"\bque (?:paso|onda|hubo|hay|saben|sabes|dicen|dijeron|fue) (?:con|de)\b|"
    r"\b(?:tecnic\w*|ticket|reporte|folio|incidencia|incidente|caso|visita|refaccion\w*|repuesto\w*|"
    r"soporte|mantenimiento|ingenier\w*)\b|"
    r"\b(?:ya|aun|todavia|cuando|hoy|manana|si|no|alguien|quien) (?:lo |la |los |las |nos |me |se |"
    r"va a |van a |van |lo van a |lo vienen a |vienen a |viene a |hay )*"
    r"(?:vien\w+|viniendo|vino|venir|vendr\w+|lleg\w+|mand\w+|envi\w+|sali\w+|arregl\w+|repar\w+|"
    r"revis\w+|resolv\w+|resuel\w+|solucion\w*|atend\w+|atien\w+|vieron|ven|quedo|queda\w*|"
    r"funciona\w*|sirve|jala|anda|volvio|regreso|restablec\w+|fecha|hora|algo|avis\w+|confirm\w+|"
    r"dijeron|podemos|se puede|termin\w+|mero)\b|\bp(?:ar)?a cuando\b|\bestimad[oa]\b|"
    r"\ba que hora vien\w+|\bvien\w+ (?:hoy|ya|alguien)\b|\bsigue igual\b|"
    r"\b(?:falta|tarda\w*|demora\w*|cuanto) (?:se |va a |van a )?"
    r"(?:mucho|tiempo|mas|falta|tarda\w*|demora\w*)\b|"
    r"\b(?:hora estimada|tiempo aprox\w*|lo de(?:l| la| los| las| mi)?|lo mio|lo nuestro|eta|"
    r"any (?:news|update))\b"
)
# What is asked of those who pay and plan: 'qué novedades del aumento'.
_OF_THE_HOUSE = re.compile(
    r"\b(?:de|del|con|sobre|para) (?:(?:el|la|los|las|lo|mi|mis|del|de|nuestro|nuestra) )*"
    r"(?:aumentos?|sueldos?|salarios?|nomina|bonos?|aguinaldos?|vacaciones|juntas?|reunion(?:es)?|"
    r"metas?|promos?|promocion(?:es)?|fiestas?|posada|cursos?|capacitacion|uniformes?|horarios?|"
    r"quincena|comision(?:es)?|incentivos?|utilidades|prestamos?|permisos?|vacantes?|partido|"
    r"concurso|sorteo|rifa|contrat\w+|prestaciones|descansos?|convivio)\b"
)
# 'Y?', 'alguien??': who asks so little asks about what was spoken of last.
SHORTEST = 3
# But not who asks for an hour, a place or a person: that is asked of who spoke last, and no state
# of a ticket answers it.
_OF_ANOTHER_THING = re.compile(
    r"(?:y |pero )?(?:a que horas?|que (?:dia|hora)|(?:a |en |por )?donde|"
    r"(?:a |con |por )?quien(?:es)?|cuant[oa]s?|cual(?:es)?)"
)
# What one person is asked of their own coming.
_OF_ONE_PERSON = re.compile(
    r"\b(?:vienes|llegas|vas a (?:venir|llegar|pasar)|(?:puedes|podes|podras) (?:venir|pasar))\b|"
    r"\bya (?:te|les?|os) (?:funcion[oa]|jalo?|sirve|sirvio|anda|anduvo|volvio|regreso|prendio|"
    r"prende|imprim[eo]|imprimio|abre|abrio|carg[ao]|conect[ao]|quedo|deja|entr[ao])\b"
)
# 'Y la luz?', 'y la otra balanza?': a thing and no more.
_AND_A_THING = re.compile(
    r"(?:(?:y|pero|oye|oigan|ah|entonces) )*(?:(?:en|con|de) )?"
    r"(?:el|la|los|las|mi|tu|su|mis|tus|sus|un|una) (?P<other>otr[oa]s? )?(?P<thing>\w+)"
    r"(?: (?:de |del |la |el |al )*\w+){0,2}"
)
# What stands for whatever was reported, or for its repair.
_ANYTHING_WORDS = (
    "cosa asunto tema detalle problema falla fallo equipo equipos aparato maquina maquinita "
    "respuesta solucion arreglo reparacion pieza piezas refaccion repuesto error pendiente "
    "revision servicio"
)
_ANYTHING = frozenset(_ANYTHING_WORDS.split())


def asks(text: str) -> bool:
    """Whether the words can be a question about how it goes: 'ya lo estoy revisando' is none."""
    return bool(_ASKS.search(fold(text)))


def speaks_of_repair(text: str, known: Iterable[str] = ()) -> bool:
    """Whether a question speaks of a repair, or has a telling word of what is `known` of it."""
    said = plain(text)
    if _OF_ANOTHER_THING.fullmatch(said) or _OF_ONE_PERSON.search(said):
        return False
    if _OF_THE_HOUSE.search(said):
        return bool(words_of(text) & frozenset().union(*map(words_of, known)))
    if len(said.split()) <= SHORTEST or _OF_A_REPAIR.search(said):
        return True
    return bool(words_of(text) & frozenset().union(*map(words_of, known)))


def asks_of_another(text: str, named: Iterable[str], told: str = "") -> bool:
    """Whether a question names a thing and no more, and it is none of those `named`, nor a word of
    what was `told`: 'y el internet?' where the till does not start. Where nothing is known to fail,
    anything may be meant."""
    asked, things = _AND_A_THING.fullmatch(plain(text)), list(named)
    if asked is None or not things or _OF_A_REPAIR.search(plain(text)):
        return False
    if asked["other"]:
        return asked["other"].strip() not in plain(told).split()
    spans = find_systems(expand(text))
    if asked["thing"] in _ANYTHING or any(span.weak for span in spans):
        return False
    if words_of(text) & words_of(" ".join([told, *things])):
        return False
    return not any(same_system(span.word, thing) for span in spans for thing in things)
