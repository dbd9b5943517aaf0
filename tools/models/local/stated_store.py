"""A store that is stated in a sentence: 'me dicen que es la 45', 'la 45 inge', 'es la 45 y ya hay
fila'. To be believed only where it was asked for."""

from __future__ import annotations

import re
from functools import lru_cache

from tools.models.local.numbers import find_numbers
from tools.models.local.places import in_title_case, longest_name, proper_names
from tools.models.local.spelling import expand, fold

# A number below it may be a till's, or the hour, unless somebody says that they are it.
LEAST = 10
MOST = 9999
# 'Ya 20 inge': how many by now.
_SO_MANY = re.compile(r"\b(?:ya|como|casi|unos|mas de) $")
_HOURS = 12
# The last day of a month: 'el 15 y nadie ha venido'.
_LAST_DAY = 31
_NOUN = (
    r"(?:(?:tienda|local|sucursal|suc|tda|sede|punto)\.? ?)?"
    r"(?:(?:numero|num|nro)\.? ?|n[o°º]?\. ?|n[°º] ?)?#?$"
)
_THE = (
    r"(?:(?:en|de|para|a) ?)?(?:(?:la|el|ala|dela|del) ?)?(?:(?:de|que esta en) (?:la |el )?)?"
    + _NOUN
)
_BE = (
    r"(?:es|seria|sera|soy|somos|estoy|estamos|reporto|reportamos|hablo|hablamos|escribo|"
    r"escribimos|llamo|llamamos)"
)
_OPENS = (
    r"(?:(?:a+h|o+k|okey|si+|sip|pues|bueno|buenas?|buen[oa]s? (?:dias|tardes|noches)|hola|claro|"
    r"listo|perdon|disculp\w+|oye|oiga|mira|mire|ya|yo|ahora si|ahorita|aqui|aca|nosotr[oa]s|"
    r"jefe|jefa|inge|amig[oa]|ja(?:ja)+|mmm+|este|a ver|la misma(?: de (?:siempre|ayer))?)"
    r"[\s,.:;!…]+)*"
)
_SAYS = (
    r"(?:di(?:ce|cen|jo|je|jimos|jeron|cho)|puse|escribi|repito|repetimos|confirm\w+|"
    r"coment\w+|indic\w+|avis\w+|inform\w+|segur[oa]|pone|"
    r"parece|resulta|entiendo|recuerdo|imagino|vi|veo)"
)
_GUESSES = (
    r"(?:creo(?: yo)?|me parece|supongo|pienso|imagino|diria|calculo|me suena|seguro|capaz|quizas?|"
    r"tal vez|a lo mejor|(?:ha|debe|puede) (?:de )?ser|podria ser|segun yo)"
)
# Who has asked around, or looked it up.
_FOUND_OUT = (
    r"(?:(?:me|nos|les?|ya|si|lo|la|ah|ok|listo|bueno|pues|ahora|aqui|aca) )*"
    r"(?:dijeron|dicen|dijo|dice|confirm\w+|avis\w+|inform\w+|pregunt\w+|vi|encontr\w+|busque|"
    r"averigu\w+|cheque|revise|acorde|se|no (?:lo |la )?(?:se|recuerdo)|no estoy (?:muy |tan )?"
    r"segur[oa])(?: \w+){0,3}"
)
# It is stated that they are it; then a sentence may go on.
_STATED = re.compile(
    rf"(?:^\W*{_OPENS}|[,.:;!…\n]\s*{_OPENS}|\b(?:pero|y) |\b{_SAYS}(?: \w+){{0,3}} que |"
    rf"\b{_GUESSES}[ ,]+(?:que )?){_BE} {_THE}"
)
_GUESSED = re.compile(rf"\b{_GUESSES}[ ,]+(?:que )?{_THE}")
_FOUND = re.compile(rf"^\W*{_FOUND_OUT}(?:\s*[,.:;!…]+\s*{_THE}| {_BE} {_THE})")
# 'Ay sí, la 31', 'cuál va a ser, la 31': what closes an answer is the answer.
_CLOSES = re.compile(
    rf"^[^\d?]*[^\d\s?]\s*[,.:;!…\n]\s*{_OPENS}(?:(?:en|de|desde) )?(?:la|el|ala|dela|del) {_NOUN}"
)
# Characters of an answer that names its store.
LONGEST_STATED = 200
_BARE = re.compile(rf"^\W*{_OPENS}(?:(?:(?:en|de|para|d) ?)?(?:la|el|ala|dela|del) ?)?{_NOUN}")
# 'A la 1', 'desde el 15': when it was.
_WHEN = re.compile(r"\b(?:a|desde|hasta|ya(?: es)?) ?la $")
_AN_ARTICLE = re.compile(r"\b(?:(?:de|a)?la|del?|el) ?(?:\w+\.? ?)?#?[°º]?$")
_EL = re.compile(r"\bel #?$")
_DENIES = re.compile(
    r"\bno (?:es|era|creo|parece|pienso|somos|soy|estoy en|estamos en|dij\w+ que)\b|"
    r"\b(?:ni|tampoco|sino)\b|\bsi es\b"
)
# What else a number may be of.
_OF_ANOTHER = re.compile(
    r"\b(?:cajas?|cajer[oa]s?|registradoras?|terminal(?:es)?|pcs?|compu\w*|lineas?|pisos?|mesas?|"
    r"pasillos?|puertas?|camaras?|impresoras?|tpvs?|pos|posnets?|datafonos?|balanzas?|equipos?|"
    r"error(?:es)?|folios?|codigos?|horas?|version|extension|telefono|ips?|facturas?|orden(?:es)?|"
    r"pedidos?|guias?|turnos?|dias?|fechas?|precios?|lotes?|marcas?|modelos?|toner|cartuchos?|"
    r"(?:lun|mart|miercol|juev|viern)es|sabado|domingo)\b"
)
_CALLED = (
    r"inge\w*|ing|jef\w+|senor\w*|sra?|joven|don|dona|patron\w*|bro|brother|broder|man[oa]?|"
    r"herman[oa]|hno|veci\w*|compa\w*|colegas?|lic|licenciad[oa]|corazon|amor|mi (?:amor|rey|reina|"
    r"corazon|lic|inge|estimad[oa])|cielo|reina|linda|lindo|carino|ami[gx]\w*|prof\w*|maestr[oa]|"
    r"che|wey|guey|we|tio|tia|parce\w*|pana|causa|causita|mij[oa]|crack|master|estimad[oa]s?|"
    r"muchach[oa]s?|chic[oa]s|equipo|soporte|sistemas|caballero|dama|pata|papi|"
    r"mami|bb|bebe|flac[oa]|viej[oa]|loco|weon|socio|doc|doctora?"
)
_PLEADS = (
    r"por fa\w*|porfis?|porfa\w*|xfis|p?lis+|plz|please|pf[va]?|saludos|"
    r"(?>gracia\w*(?: por \w+(?: \w+)?)?)|(?:(?:es|muy|super|nos|me|y) )*urge\w*|"
    r"rapido|apur\w+|ayud\w+|ok|si+|sip|pues|creo(?: yo)?|la de siempre|como siempre|"
    r"(?:de |del )?(?:norte|sur|oriente|poniente|occidente|oeste|centro)|tambien|igual|"
    r"saludo|buen dia|buenas (?:tardes|noches)|ja(?:ja)+"
)
_GAP = r"[^\w%:/°-]"
_ENDS = re.compile(rf"(?:{_GAP}+(?P<word>{_CALLED}|{_PLEADS})(?!\w))*[^\w%]*$")
_GOES_ON = re.compile(
    rf"(?P<words>(?:{_GAP}+(?:{_CALLED}|{_PLEADS})(?!\w))*)"
    r"(?P<tie>\s*[,.;!\n]+\s*(?!\d)|[\s,.;]+(?:y|pero|porque|que)\s+)"
    r"(?!\d|media\b|cuarto\b|pico\b|mil\b|punto\b|(?:la|el|tambien|tampoco) )(?P<rest>\S.*)$",
    re.DOTALL,
)
_ANOTHER_NUMBER = re.compile(r"\b(?:la|el|en|es|no|tienda|local|suc\w*|o|y) #?\d")


@lru_cache(maxsize=1024)
def stated(text: str) -> str | None:
    """The store that an answer states among other words, normalised; None for a question, for
    what is denied, and where the number may be that of something else.

    A colleague's '45 norte' and 'la 45 inge' count as well: so few words that nothing else fits.
    """
    if "?" in text:
        return None
    written = expand(text)
    folded = fold(written)
    for number in find_numbers(written):
        before, after = folded[: number.start], folded[number.end :]
        if number.value <= MOST and _is_stated(before, after, number.value):
            return str(number.value)
    if len(folded) > LONGEST_STATED:
        return None
    for match in re.finditer(r"\b[^\W\d_]", folded):
        before = folded[: match.start()]
        told = _STATED.search(before) or _GUESSED.search(before)
        if not before or not told or _DENIES.search(before):
            continue
        known = longest_name(written[match.start() :], proper_names())
        if known and _ENDS.match(folded[match.start() + len(known) :]):
            return in_title_case(known)
    return None


def _is_stated(before: str, after: str, value: int) -> bool:
    if _DENIES.search(before) or _OF_ANOTHER.search(before):
        return False
    if value <= _HOURS and _WHEN.search(before):
        return False
    sure = bool(_STATED.search(before))
    led = sure or _GUESSED.search(before) or _FOUND.search(before)
    closes = value >= LEAST and not _EL.search(before) and _CLOSES.fullmatch(before)
    if closes and _ENDS.match(after):
        return True
    if not (led or _BARE.search(before)):
        return False
    the = bool(_AN_ARTICLE.search(before))
    if not the and (value < LEAST or _SO_MANY.search(before)):
        return False
    if _ENDS.match(after):
        return True
    goes_on = _GOES_ON.match(after)
    if goes_on is None or _ANOTHER_NUMBER.search(goes_on["rest"]):
        return False
    if goes_on["tie"].strip().startswith("que") and not goes_on["words"]:
        return False  # 'es la 45 que no prende' tells which one of several
    if sure:
        return True
    day = _EL.search(before) and value <= _LAST_DAY
    return the and value >= LEAST and not day
