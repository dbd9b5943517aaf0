"""What names a thing, and says nothing wrong of it: the bank that does not open tomorrow, the floor
that is not that dirty. Pure.

Such words read like a report by their 'no' and 'tampoco', above all beside what somebody else has
reported. Nothing else may be told in them: 'no está tan sucio, pero no hay agua' is heard.
"""

from __future__ import annotations

import re

from domain.gist import Gist
from domain.wording import plain

CLOSED = "says that another house is closed, and tells of no failure"
NOT_SO = "says that a thing is not so bad, and tells of no failure"

# A longer text tells more than that.
LONGEST = 160
_LEAD = (
    r"(?:(?:y|e|ah|oh|uy|oye|oigan?|pues|bueno|no|si|ya|pero|que|la verdad|creo|segun|ojo|aviso|"
    r"les|aviso|recuerd\w+|por cierto|jaj\w*|jej\w*|neta|igual|hoy|manana|gente|chic[oa]s|"
    r"buen[oa]s|dias|tardes|noches|hola|fijense|sabian|es|de hecho|eso|mira|miren) ){0,4}"
)
_WHEN = (
    r"(?: (?:hoy|manana|pasado|ayer|el|la|los|las|lunes|martes|miercoles|jueves|viernes|sabados?|"
    r"domingos?|fin|fines|de|semana|en|tarde|noche|temprano|hasta|a|\d{1,2}|am|pm|por|feriados?|"
    r"festivos?|puente|dia|que|viene|proximo|este|esta|y|ni|verdad|no|creo|dicen|segun|jaj\w*|"
    r"jej\w*|aca|aqui|cerca|tambien|tampoco|ya|mediodia|horas?|hrs?|siempre|gente|chic[oa]s|ojo|"
    r"eh|nada|cree|quincena|santa|patri[oa]s?|navidad)){0,8}"
)
_FUTURE = re.compile(
    r"\b(?:manana|pasado|lunes|martes|miercoles|jueves|viernes|sabados?|domingos?|feriados?|"
    r"festivos?|puente|fin de semana|proximo|navidad)\b"
)
# Where nobody of a store works; and where some do, or whose page a till may need.
_FAR = (
    r"(?:bancos?|escuelas?|colegios?|kinder|jardin|primaria|secundaria|guarderia|prepa|facu\w*|"
    r"uni(?:versidad)?|iglesia|ayuntamiento|municipio|municipalidad|alcaldia|consulado|"
    r"registro civil|metro|estadio|museo|biblioteca|tianguis|taqueria|fonda|cantina|antro|boliche|"
    r"teatro)"
)
_NEAR = (
    r"(?:super|supermercado|farmacia|gasolinera|restaurante|plaza|centro comercial|mall|comedor|"
    r"cafeteria|panaderia|oxxo|kiosco|tiendita|ferreteria|papeleria|libreria|sat|hacienda|imss|"
    r"seguro|anses|notaria|correos|peluqueria|estetica|lavanderia|cine|gym|gimnasio|bar|clinica|"
    r"hospital|mercado|feria)"
)
_OF = r"(?: (?:de|del|de la|de los|de mi) \w+)?"
_ART = r"(?:el|la|los|las|mi|tu|su|ese|esa|aquel|aquella)"
_OPENS = (
    r"(?:abren?|abrio|abrieron|abriran?|van? a abrir|estaran? abiert[oa]s?|atienden?|atendera\w*|"
    r"trabajan?|trabajara\w*|laboran?|labora\w+|cierran?|cerrara\w*)"
)
_SHUT = re.compile(
    rf"{_LEAD}{_ART} (?P<a>{_FAR}|{_NEAR}){_OF} (?:ya )?(?:no|tampoco|ni|nunca) (?:me |nos )?"
    rf"{_OPENS}{_WHEN}|"
    rf"{_LEAD}(?:ya )?(?:no|tampoco|ni|nunca) {_OPENS} (?:{_ART} )?(?P<b>{_FAR}|{_NEAR})"
    rf"{_OF}{_WHEN}|"
    rf"{_LEAD}(?:no|tampoco|ni) (?:hay|habra|va a haber) (?:bancos?|clases|escuela|colegio|kinder|"
    rf"metro|cine|mercado|tianguis|partido|fut\w*|gym|gimnasio|misa|feria){_WHEN}"
)
# What is worse than bad says more of a failure than that it is not so: 'no está tan dañada'.
_BAD = (
    r"(?:suci[oa]|mal|mal[oa]|fe[oa]|car[oa]|lejos|llen[oa]|lent[oa]|viej[oa]|cansad[oa]|"
    r"complicad[oa]|dificil|horrible|saturad[oa]|tarde|desordenad[oa]|ruidos[oa]|cochin[oa]|"
    r"asqueros[oa]|mugros[oa]|desastre|incomod[oa]|aburrid[oa]|larg[oa])(?:s|es)?"
)
_IS = (
    r"(?:esta|estan|estuvo|estaba|anda|andan|es|son|era|fue|se ve|se ven|se veia|parece|parecen|"
    r"quedo|quedaron|va|van|vi)"
)
_AFTER = (
    r"(?: (?:hoy|ahorita|ahora|como|dicen|ayer|antes|otras|otros|veces|dias?|pensaba|pense|"
    r"parece|decian|decia|creia|la|el|mi[oa]|tuy[oa]|nuestr[oa]|verdad|jaj\w*|jej\w*|que|digamos|"
    r"eh|gracias|aqui|aca|entonces|creo|despues|de|todo|pues|en|por|esta|este|vez|alla|"
    r"lo|pintan|otra|otro|siempre|no|cierto)){0,6}"
)
_NO = r"(?:no|tampoco|ni|nunca|ya no|no me|no se)"
# 'El baño tampoco está tan sucio', 'no está tan feo el uniforme'.
_MILD = re.compile(
    rf"{_LEAD}(?:(?P<thing>(?:\w+ ){{1,6}}?))?{_NO} {_IS} (?:tan|tanto|ni tan|tampoco tan) {_BAD}"
    rf"(?: {_ART} (?P<of>\w+{_OF}))?{_AFTER}"
)
# What is a failure by itself, however mild, and who denies more than how bad it is.
_FAILURE = re.compile(
    r"\b(?:fugas?|goteras?|olor\w*|huel\w+|humo|ruidos?|fallas?|error\w*|problemas?|grietas?|"
    r"corto|filtraci\w+|humedad|golpes?|herid\w+|no|ni|sin|se|esta|sigue\w*|nada|agua|luz|"
    r"temperatura|fri[oa]|nevera\w*|refri\w*|congelador\w*|camara fria|leche|carne|moho)\b"
)


def why_nothing_wrong(gist: Gist) -> str | None:
    """Why a text that reads like a report is none: nothing wrong is said in it. None when it may
    be one."""
    if gist.signs.get("danger") or gist.error or gist.said_store or len(gist.text) > LONGEST:
        return None
    if "\n" in gist.text.strip():
        return None
    words = plain(gist.text)
    if shut := _SHUT.fullmatch(words):
        place = shut["a"] or shut["b"]
        near = place is not None and re.fullmatch(_NEAR, place)
        return None if near and not _FUTURE.search(words) else CLOSED
    mild = _MILD.fullmatch(words)
    if mild is None or _FAILURE.search(f"{mild['thing'] or ''} {mild['of'] or ''}"):
        return None
    return NOT_SO
