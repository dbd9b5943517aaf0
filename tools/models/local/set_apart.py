"""A store's number that a sign sets apart from what fails, 'no jala la impresora, la 18', or that
stands beside words of who has the same, 'también 42'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tools.models.local.numbers import NumberSpan
from tools.models.local.systems import find_systems

LEAST, MOST = 10, 9999
# Without 'la' a longer number is a code or an extension, and a smaller one than this may be a
# till's where it stands beside something that is numbered.
MOST_BARE, MOST_TILLS = 999, 20
_POLITE = (
    r"(?:por fa(?:vor|vo)?|porfa\w*|x fa(?:vor)?|gracias|grax|ayuda\w*|apoyo|urge\w*|saludos|"
    r"buen[oa]?s? (?:dias?|tardes?|noches?)|please)"
)
_ENDS = re.compile(rf"[\s.!)\]🙏😭]*(?:[,.;!\s-]*{_POLITE})*[\s.,!)\]🙏😭]*$")
# What stands right before a number that is set apart; 'no sirve la 18' names a till.
_APART = re.compile(
    r"\s*(?:(?P<sign>[,;.\n]|\s[-–—](?=\s))\s*(?:(?:es|soy|somos|de|en|desde|aqui|aca) )?"
    r"(?P<the>la )?|\((?:(?:de|en|es) )?(?P<in_the>la )?)#?$"
)
# Nothing sets it apart, and of these no two are told from another by a number.
_SUPPLY_OF = re.compile(
    r"\b(?:sin|no hay|no (?:tenemos|tengo|llega)|se (?:nos )?(?:fue|cayo|corto)) (?:el |la )?"
    r"(?:luz|agua|corriente|energia|electricidad|internet|wifi|sistema|senal) la #?$"
)
FAILS = re.compile(
    r"\b(?:no (?:(?:se|me|nos|le|ha|han|hay|tenemos|tengo|tiene) ){0,2}(?!es\b|son\b|era\b|fue\b|"
    r"cuesta|vale|quedan?\b|llegan?\b|llego|llegaron|viene|vino)\w+|sin \w+|"
    r"se (?:nos |me |le )?(?:cayo|fue|apago|trabo|descompuso|dano|jodio|malogro|quemo|"
    r"congelo|bloqueo|colgo|rompio|murio)|(?:esta|anda|sigue|quedo) (?:\w+ )?(?:caid|trabad|muert|"
    r"bloquead|danad|descompuest|apagad|malograd|lent|colgad|pegad|congelad)[oa]s?|fall(?:a|o|ando))\b"
)
WORKS = re.compile(
    r"\b(?:ya (?:no fall|qued|jala|funciona|sirve|hay|volvio|regres)|no es\b|no son\b)"
)
# Of these a shop has many with numbers of their own.
_NUMBERED = re.compile(
    r"\b(?:cajas?|cajer[oa]s?|cajon(?:es)?|gavetas?|registradoras?|pcs?|compu\w*|mesas?|terminal(?:es)?|"
    r"tpvs?|pos|pasillos?|puertas?|camaras?|probador(?:es)?|lockers?|casilleros?|mostrador(?:es)?|"
    r"bombas?|islas?|estaciones?|estacion|habitacion(?:es)?|puestos?)\b"
)
# What another number than a store's may stand beside: sizes, prices, heat, papers, codes, lines.
_OTHER = re.compile(
    r"\b(?:tall[ae]s?|numero|medida|calzado|zapat\w+|tenis|pantalon\w*|blusas?|camis\w+|vestidos?|"
    r"ruta|linea|unidad|llave|clave|extension|habitacion|calle|avenida|version|pagina|serie|orden|"
    r"pedidos?|folio|tickets?|factur\w+|boletas?|guia|remision|codigos?|productos?|articulos?|"
    r"precios?|promo\w*|pieza)\b"
)
_MEASURED = re.compile(
    r"\b(?:aire|clima|minisplit|calor|frio|enfri\w+|calient\w+|congel\w+|nevera|heladera|refri\w*|freezer|"
    r"camara fria|horno|temperatura|grados|error|codigo|da|dice|sale|marca|pesa|cobra|precio|vale|"
    r"cuesta|faltan?|sobran?|quedan?|llegaron|tarjetas?|rechaz\w+|deneg\w+|declin\w+|pasa|telefono|"
    r"celular|extension|voltaje|luz a|desde|hasta|ayer|hoy|manana|lunes|martes|miercoles|jueves|"
    r"viernes|sabado|domingo|como|unas?|unos|los|las|varios|varias|much[oa]s|tod[oa]s|"
    r"focos?|bombill\w+|lampara|tinta|toner|cartucho|bateria|pilas?|papel|cambio|bolsas|rollos|"
    r"(?:hay|tenemos|tengo|sirven|jalan|prenden|funcionan) \w+s)\b|\d"
)
_TOO = (
    r"(?:idem|tambien|tambn|tmbn?|tbn?|tampoco|igual(?:mente)?|lo mismo|"
    r"mismo (?:caso|problema|tema)|misma (?:falla|historia)|x ?2|\+ ?1|confirm(?:o|amos|ad[oa]))"
)
_WHO = (
    r"(?:(?:y|si|pues|ok|hola|uy|uff?|oigan|nosotr[oa]s|yo|aqui|aca|por aca|por aqui|x aca|"
    r"en (?:la )?(?:mia|nuestra)|en mi tienda|la mia|a mi|a nosotr[oa]s|estamos|estoy|"
    r"andamos)[\s,.!]+)*"
)
_TOO_BEFORE = re.compile(rf"^\W*?{_WHO}{_TOO}[\s,.:;(-]+(?:(?:en|de|desde|aqui|aca) )*(?:la )?#?$")
_CONFIRMS = re.compile(r"^\W*(?:la )?#?$")
_CONFIRMED = re.compile(r"[\s,]*confirm(?:o|amos|ad[oa])[\s.!]*$")
_IN = re.compile(rf"^\W*{_WHO}en (?:la )?#?$")
_TOO_AFTER = re.compile(rf"[\s,]*{_TOO}[\s.!]*$")
_SAYS_SO = re.compile(
    r"^\W*(?:confirm[oa]\w*|correcto|hola\w*|buen[oa]?s?(?: (?:dias?|tardes?|noches?))?|oigan|"
    r"equipo|si|report[oa]\w*|aviso|x ?2|\+ ?1|igual|tambien)(?:[\s,.:;!]+(?:confirm[oa]\w*|"
    r"buen[oa]?s?(?: (?:dias?|tardes?|noches?))?|equipo|reporto))*[\s,.:;!]+(?:aqui |aca )?#?$"
)
_WITHOUT = re.compile(
    r"[\s,:]*(?:tampoco |tambien |igual |sigue |seguimos )?(?:sin|no hay|no tenemos) "
)


def set_apart_number(folded: str, numbers: Sequence[NumberSpan]) -> str | None:
    """The number that is a store's by what it is set apart from; None where it may be another's.

    'no hay sistema, la 18', 'no funciona el datafono (18)', 'idem 42', 'confirmo, 42 sin sistema'.
    """
    for number in numbers:
        if not LEAST <= number.value <= MOST:
            continue
        before, after = folded[: number.start], folded[number.end :]
        if _beside_the_same(before, after) or _behind_a_failure(number, before, after):
            return str(number.value)
    return None


def _beside_the_same(before: str, after: str) -> bool:
    """'Tambien 42', 'en la mia igual, 42', 'en 42 igual', 'confirmo, 42 sin sistema'."""
    if _TOO_BEFORE.match(before) and (_ENDS.match(after) or not _SAYS_SO.match(before)):
        return bool(_ENDS.match(after))
    if _IN.match(before) and _TOO_AFTER.match(after):
        return True
    if _CONFIRMS.match(before) and _CONFIRMED.match(after):
        return True
    lacks = _WITHOUT.match(after)
    return bool(lacks and _SAYS_SO.match(before) and _names_thing(after[lacks.end() :]))


def _behind_a_failure(number: NumberSpan, before: str, after: str) -> bool:
    """'No jala la impresora, la 18'."""
    if _SUPPLY_OF.search(before):
        return bool(_ENDS.match(after))
    apart = _APART.search(before)
    if apart is None or not _ENDS.match(after):
        return False
    if (apart["sign"] is None) != after.lstrip().startswith(")"):
        return False
    told = re.split(r"[.;\n]", before[: apart.start()])[-1]
    if not FAILS.search(told) or WORKS.search(told) or _OTHER.search(told):
        return False
    if not _names_thing(told) or (number.value < MOST_TILLS and _NUMBERED.search(told)):
        return False
    bare = not (apart["the"] or apart["in_the"])
    return not bare or (number.value <= MOST_BARE and not _MEASURED.search(told))


def _names_thing(folded: str) -> bool:
    return any(not span.weak for span in find_systems(folded))
