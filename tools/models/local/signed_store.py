"""A store's number by its place alone, whatever the words before it say: signed at the end of a
message ('... y ni pita. La 38'), or said of here, with a small word behind it that nothing counts
('acá 41 que hay fila', 'aquí en 49 os lo agradezco')."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tools.models.local.numbers import NumberSpan
from tools.models.local.set_apart import FAILS, LEAST, MOST
from tools.models.local.systems import find_systems

# Fewer words before it are no report that anybody signs.
LEAST_TOLD = 4
# A store's number below this may be minutes, where it is said with 'en': 'aquí en 10 ya cierro'.
MINUTES = 60
MOST_HERE = 999
_SIGNS = re.compile(r"[.;\n)!…]\s*(?:en |somos |de )?la #?$")
_BESIDE = re.compile(r"\(\s*(?:en |somos |de )?la #?$")
_BESIDE_ENDS = re.compile(r"\s*\)")
_POLITE = r"(?:por fa\w*|porfa\w*|gracias|saludos|un saludo|urge\w*|ayuda\w*)"
_ENDS = re.compile(rf"\s*[.!)]*(?:[,.;!\s]*{_POLITE})*[\s.!]*$")
_HERE = re.compile(r"\b(?:aqui|aca) (?P<in>en )?#?$")
# What is counted is a noun: these stand before none of which there are so many.
_SMALL_WORD = re.compile(
    r"\s+(?:por fa\w*|porfa\w*|que|os|les?|se|me|nos|ya|pero|porque|si|desde|gracias|mil gracias|"
    r"muchas gracias|saludos|urge\w*|necesit\w+|ayud\w+|agradez\w+|quedo)\b"
)
# Of these a shop has a second and a third, and of these the number tells how much or which.
_NUMBERED = re.compile(
    r"\b(?:cajas?|cajer[oa]s?|registradoras?|pcs?|compu\w*|mesas?|terminal(?:es)?|tpvs?|pos|"
    r"pasillos?|puertas?|camaras?|probador(?:es)?|lockers?|casilleros?|gancho|llaves?|tallas?|"
    r"rutas?|lineas?|bombas?|estacion(?:es)?|habitacion(?:es)?|puestos?|impresoras?|pantallas?)"
    r"(?: (?:numero )?\d| de la derecha| de la izquierda)|"
    r"\b(?:gancho|talla|ruta|hora|pagina|numero|camiseta|casaca|la otra|por la)\b"
)
_MEASURED = re.compile(
    r"\b(?:grados|calor|frio|clima|temperatura|marca|cuesta|vale|precio|sale|salio|llev\w+|tengo|"
    r"tenemos|hay|quedan?|sobran?|faltan?|vendi\w*|vamos|van|son|lleg\w+|vien\w+|"
    r"hice|hicimos|a las?|edad|anos)\b"
)


def signed_number(folded: str, numbers: Sequence[NumberSpan]) -> str | None:
    """The number that is a store's by where it stands; None where it may be another's.

    'ya no cobra nada. La 55', 'mando el cierre y rebota, acá 41 que hay fila'.
    """
    for number in numbers:
        if not LEAST <= number.value <= MOST:
            continue
        before, after = folded[: number.start], folded[number.end :]
        if _is_signed(before, after) or _is_here(number, before, after):
            return str(number.value)
    return None


def _is_signed(before: str, after: str) -> bool:
    beside = _BESIDE.search(before)
    if beside is None and not _SIGNS.search(before):
        return False
    if not (_BESIDE_ENDS if beside else _ENDS).match(after):
        return False
    if len(before.split()) <= LEAST_TOLD or _NUMBERED.search(before):
        return False
    return bool(FAILS.search(before)) or _names_thing(before)


def _is_here(number: NumberSpan, before: str, after: str) -> bool:
    here = _HERE.search(before)
    if here is None or number.value > MOST_HERE or not _SMALL_WORD.match(after):
        return False
    if here["in"] and number.value <= MINUTES and number.value % 5 == 0:
        return False
    told = before[: here.start()]
    clause = re.split(r"[,.;:\n]", told.rstrip(" ,.;:\n"))[-1]
    return _names_thing(told) and not _MEASURED.search(clause)


def _names_thing(folded: str) -> bool:
    return any(not span.weak for span in find_systems(folded))
