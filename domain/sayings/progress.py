"""When somebody asks how the repair of what they reported goes, in words that name no thing. Pure.

Small talk asks for news too ('¿qué novedades del aumento?'): only words that are said whole of a
ticket, or of nothing at all, count.
"""

from __future__ import annotations

import re

from domain.wording import laughs, plain

# No text is longer that only asks.
LONGEST = 200
_FRONT = (
    r"(?:(?:hola|oye|oiga\w*|ola|che|buen[oa]?s?|dias?|tardes?|noches?|hey|disculp\w+|perdon|"
    r"por favor|porfa\w*|amig[oa]s?|equipo|soporte|sistemas|a tod[oa]s|tod[oa]s|que tal|y|entonces|"
    r"pero|una? (?:pregunta|consulta|duda)|estimad[oa]s?|jefe|inge\w*|compas?|grupo|gracias) )*"
)
_END = (
    r"(?: (?:por favor|porfa\w*|porfis|xfa|plis|gracias|de antemano|muchas|ya|hoy|ahi|aun|o que|"
    r"amig[oa]s?|jefe|inge\w*|equipo|che|wey|ustedes|saludos|aqui|aca))*"
)
_TICKET = (
    r"(?:mis?|el|los|la|las|nuestros?|nuestras?|ese|este|esa|esta) "
    r"(?:ticket|reporte|caso|folio|incidencia|incidente|solicitud)(?:e?s)?(?: (?:numero )?\d+)?"
)
_NEWS = (
    r"(?:(?:algun[ao]?s?|algo de|nuev[ao]s?|que) )?"
    r"(?:novedad(?:es)?|noticias?|actualizacion(?:es)?|avances?|update)"
)
_GIVES = (
    r"(?:me|nos) (?:puede\w*|podria\w*|podes|dan|das|da|pueden|podeis|ayudan con)"
    r"(?: (?:dar|pasar|compartir|decir|brindar|regalar))?(?: (?:un|una|algun|alguna|el|la|los))?"
)
_OF = r"(?:de|del|con|sobre|acerca de|respecto a|para)"
_OF_TICKET = (
    rf"{_OF} (?:{_TICKET}|(?:ticket|reporte|caso|folio)s?(?: \d+)?|lo mio|lo nuestro|eso|esto)"
)
_INFO = (
    r"(?:informes?|informacion|info|razon|estatus|status|estado|seguimiento|noticias?|novedad\w*|"
    r"avances?|actualizacion\w*|respuesta|resolucion)"
)
# 'Cuál es mi número de ticket?', 'me pasan el folio porfa'.
_KEPT_NUMBER = r"(?:(?:numero|num|nro) (?:de|del) (?:ticket|reporte|caso|folio)|folio)"
_NUMBER = rf"(?:el|mi|nuestro|ese) {_KEPT_NUMBER}(?: (?:de mi (?:reporte|ticket)|que me toco))?"
_HAS = r"(?:hay|tienen|tienes|tenemos|tendran|tendras|habra|saben|sabes|se sabe|sigue sin haber)"
# Said so, it asks without a question mark too, and means a ticket whoever speaks of what.
_OF_A_TICKET = re.compile(
    rf"{_FRONT}(?:"
    rf"(?:{_HAS} )?(?:{_NEWS}|(?:algo|nada) (?:nuevo|mas|de nuevo)|algo|{_INFO}|alguna respuesta) "
    rf"{_OF_TICKET}|"
    rf"que (?:onda|paso|hubo|ha pasado|sucedio|saben|sabes|se sabe|dicen|fue|hay|pex) {_OF_TICKET}|"
    rf"{_GIVES} {_INFO} {_OF_TICKET}|"
    rf"(?:cual|que) (?:es|era|seria|fue) {_NUMBER}|que {_KEPT_NUMBER} (?:tengo|tenemos|me toco|"
    rf"nos toco|es|era|le toco|me (?:dieron|asignaron)|nos (?:dieron|asignaron))|"
    rf"(?:me|nos) (?:puede\w*|podria\w*|podes|dan|das|da|pasan?|pasas|comparten?|dicen|regalan) "
    rf"(?:(?:dar|pasar|compartir|decir|regalar) )?{_NUMBER}|"
    rf"como (?:va|van|vamos|sigue|siguen|quedo|quedaron|anda|andan|viene) (?:con )?{_TICKET}|"
    rf"en que (?:va|van|quedo|anda|esta) {_TICKET}"
    rf"){_END}"
)
_WORKS = (
    r"(?:viendo|revisando|atendiendo|checando|chequeando|arreglando|reparando|resolviendo|"
    r"solucionando|trabajando(?: en (?:eso|ello|esto|lo mio))?)"
)
_SEEN = r"(?:vieron|revisaron|checaron|chequearon|atendieron|arreglaron|repararon|resolvieron)"
_MENDS = r"(?:arregl|repar|revis|chec|cheque|compon|atend|solucion|resolv)(?:arl|erl)[oa]s?"
_WHO = r"(?:quien(?:es)?|alguien|cuando|a que horas?|ya|hoy|si|a quien|que dia|entonces)"
_COMES = (
    r"(?:viene|vienen|va a venir|van a venir|vendran?|mandan|mandaron|mandaran|envian|enviaron|"
    r"pasan?|llegan?|pueden venir|puede venir|va|van)"
)
# These need the mark: without it whoever helps tells that they do. They name nothing, so that they
# mean whatever the talk is of.
_OF_THE_TALK = re.compile(
    rf"{_FRONT}(?:(?:{_HAS} )?{_NEWS}(?: {_OF} (?:lo mio|eso|esto))?|"
    rf"(?:{_HAS} )?algo nuevo|"
    rf"(?:(?:ya|si|alguien|aun|todavia|quien) )*l[oae]s? (?:estan?|andan?|van a estar|siguen?) "
    rf"{_WORKS}|"
    rf"(?:ya )?(?:estan?|andan?) (?:{_WORKS}|viendol[oae]s?|revisandol[oae]s?|arreglandol[oae]s?)|"
    rf"(?:ya|alguien ya|si) l[oa]s? {_SEEN}|"
    rf"{_WHO} (?:nos |me |lo |la )?{_COMES} (?:alguien )?(?:a |para )?{_MENDS}"
    rf"){_END}"
)
# Of whom has a ticket these ask for its technician, whoever else may come at another time.
_WHEN = re.compile(
    rf"{_FRONT}(?:(?:como |mas o menos )?a que horas?|cuando|que dia|en cuanto tiempo|"
    r"cuanto tardan en|ya(?: mero| casi)?|si|todavia|aun|entonces|hoy) (?:si |ya |me |nos |hoy )*"
    r"(?:van a |va a )?(?:vienen?|venir|llegan?|llegar(?:an?|ian?)?|vendran?|caen|pasan?|"
    r"pasar(?:an?|ian?)?)(?: (?:a (?:verl[oa]|revisar(?:l[oa])?|arreglar(?:l[oa])?)|"
    r"(?:el |los |un |algun )?(?:tecnic\w+|ingenier\w+|inge\w*|de (?:soporte|sistemas))|ustedes|"
    rf"alguien|mas o menos|aprox\w*|siempre|a (?:la|mi|esta) tienda|aca|aqui))*{_END}"
)


def asks_when_they_come(text: str) -> bool:
    """Whether a text asks when somebody comes, and names nobody but who mends: '¿a qué hora
    llegan?'. Small talk asks so too: only of who has a ticket it is a question after it."""
    short = len(text) <= LONGEST and "?" in text
    return short and not laughs(text) and bool(_WHEN.fullmatch(plain(text)))


def asks_of_a_ticket(text: str) -> bool:
    """Whether a text asks how a ticket goes, and says so: 'qué onda con mi ticket'."""
    return not laughs(text) and bool(_OF_A_TICKET.fullmatch(plain(text)))


def asks_of_progress(text: str) -> bool:
    """Whether a text asks how the matter that is spoken of goes: so, or '¿ya lo están viendo?'."""
    if asks_of_a_ticket(text):
        return True
    return "?" in text and not laughs(text) and bool(_OF_THE_TALK.fullmatch(plain(text)))
