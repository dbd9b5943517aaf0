"""A question to colleagues of whether something fails, and who says that it does. Pure.

'¿Se cayó el sistema?' reports nothing. 'Acá tampoco hay' and 'sí, en la 12' behind it do.
"""

from __future__ import annotations

import re

from domain.wording import laughs, plain

_THING = (
    r"(?P<thing>sistema|internet|luz|corriente|energia|electricidad|agua|red|wifi|linea|senal|"
    r"conexion)"
)
_FORMS = (
    r"se (?:(?:l[ea]s?|nos|te|me) )?(?:cayo|fue|corto|perdio|ha caido|ha ido|habra caido)"
    r" (?:otra vez )?(?:el|la) ",
    r"(?:esta|estan|anda|sigue) (?:otra vez )?(?:caid[oa]|fallando) (?:el|la) ",
    r"(?:sin|no (?:hay|tienen|tiene|les (?:jala|funciona|sirve|anda|carga|abre|llega))|"
    r"(?:problemas?|fallas?) (?:con|de|en)|les (?:falla|fallo|esta fallando)) (?:el |la )?",
)
_ASKED = (
    *(re.compile(rf"\b{form}{_THING}\b") for form in _FORMS),
    re.compile(
        rf"\b(?:el|la) {_THING} (?:se (?:les |nos |te )?(?:cayo|fue|corto)|(?:esta |anda )?"
        r"caid[oa])\b"
    ),
)
# Who wants to know why, when or whether it is over has heard of it already.
_OTHERWISE = re.compile(
    r"\b(?:por que|porque|cuando|cuant\w+|a que hora|quien\w*|saben si ya|sigue[ns]?|siguen|"
    r"todavia|aun|ayer|anoche|manana|si (?:se|no)|que (?:hacer|hago|hacemos))\b"
)
_STATED = re.compile(
    r"(?:(?:hola|y|ya|oigan?|es que|otra vez|de nuevo|aqui|aca|seguimos|estamos) ){0,3}"
    rf"(?:sin|no (?:hay|tenemos|tengo)|se (?:nos |me )?(?:cayo|fue) (?:el|la)) {_THING}"
    r"(?: (?:otra vez|de nuevo|aqui|aca))?"
)
# What stands behind the question and says where its writer is.
_THEN_WHERE = re.compile(
    r"(?:(?:aca|aqui|soy|somos|es|de|en|la|el|tienda|suc\w*|local|sede|nosotr[oa]s) ){1,5}\d{1,4}"
    r"(?: (?:gracias|por favor|porfa\w*))?"
)
_WHERE = re.compile(
    r"\b(?:aqui|aca|alla|nosotr[oa]s|yo|(?:a|en) mi|(?:la|en) mia|\d{1,4}|mi tienda)\b"
)
_SO = re.compile(
    r"\b(?:si|sip|simon|tambien|tmb|tambn|tampoco|igual|igualito|igualmente|lo mismo|"
    r"mism[oa] (?:caso|situacion|problema))\b"
)
_LACKS = re.compile(
    r"\b(?:no|ni|tampoco|nada) (?:(?:nos|me|se) )?(?:hay|ay|tenemos|tengo|jala|funciona|sirve|"
    r"anda|abre|carga|entra|prende)\b|\bsin (?:sistema|internet|luz|corriente|energia|"
    r"electricidad|agua|red|wifi|linea|senal|conexion|nada)\b|"
    r"\bse (?:(?:nos|me) )?(?:fue|cayo|corto)\b"
)
_HAS = re.compile(
    r"\b(?:hay|tenemos|tengo|jala|funciona|sirve|anda|abre|carga|entra|prende|volvio|regreso|"
    r"llego|bien|normal)\b"
)
_NO = re.compile(r"\b(?:no|nop|nel|para nada|nada)\b")
# Nothing else stands in such an answer.
_WORD = re.compile(
    r"(?:aqui|aca|alla|en|la|el|a|mi|mia|yo|nosotr[oa]s|tienda|local|suc\w*|sede|\d{1,4}|si|sip|"
    r"simon|tambien|tmb|tambn|tampoco|igual|igualito|igualmente|lo|mism[oa]|caso|situacion|"
    r"problema|no|ni|nada|hay|ay|tenemos|tengo|jala|funciona|sirve|anda|abre|carga|entra|prende|"
    r"sin|se|nos|me|fue|cayo|corto|sistema|internet|luz|corriente|energia|electricidad|agua|red|"
    r"wifi|linea|senal|conexion|pues|uy|ay|hola|y|es|de|por|desde|hace|rato|un|ahorita|ahora|"
    r"estamos|esta|estoy|caid[oa]|compa\w*|amig[oa]s?|chic[oa]s|jefe|oye|gracias|buen[oa]s?|"
    r"dias|tardes|noches|todavia|aun)"
)
LONGEST = 80


def asks_whether(text: str) -> str | None:
    """What a text asks colleagues about, whether it fails; None where it asks nothing so."""
    words = plain(text[:200])
    if "?" not in text or _OTHERWISE.search(words):
        return None
    found = next((met for form in _ASKED if (met := form.search(words))), None)
    return found["thing"] if found else None


def states_besides(text: str) -> bool:
    """Whether a text says that there is none, and asks something besides: 'se nos cayó el sistema,
    ¿alguien más?', '¿me ayudan? se cayó el sistema'."""
    if "?" not in text:
        return False
    pieces = re.split(r"(?<=\?)|[,.;!\n]|(?=¿)", text[:200])
    stated = (plain(one) for one in pieces if "?" not in one)
    return any(_STATED.fullmatch(words) for words in stated)


def asks_from_store(text: str) -> bool:
    """Whether who asks says behind it where they are: '¿se cayó el sistema? tienda 45'."""
    question, _, behind = text[:200].partition("?")
    where = plain(behind.strip(" ?!.,"))
    return bool(asks_whether(f"{question}?") and _THEN_WHERE.fullmatch(where))


def says_so(text: str) -> bool:
    """Whether an answer says of its writer's place that it fails there: 'sí, en la 12', 'acá
    tampoco hay', and not 'acá sí hay'."""
    words = plain(text)
    if "?" in text or len(text) > LONGEST or laughs(text) or not _WHERE.search(words):
        return False
    if not all(_WORD.fullmatch(word) for word in words.split()):
        return False
    if _LACKS.search(words):
        return True
    return bool(_SO.search(words)) and not _HAS.search(words) and not _NO.search(words)


def place_of(text: str) -> str | None:
    """The number of the store in an answer that says so; None where it names none, or two."""
    numbers = re.findall(r"\b\d{1,4}\b", text) if says_so(text) else []
    return str(int(numbers[0])) if len(numbers) == 1 else None
