"""Store numbers by where they stand in a sentence: 'la 45 tampoco', 'la alarma de la cincuenta y
dos', '118 igual'. What a number counts, and the number of a till or a terminal, is none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tools.models.local.numbers import NumberSpan

# From here on a number behind 'en la' is a store's: below it may be a till's.
LEAST = 10
MOST = 9999
# A number that opens a text has at least so many digits to be a store's.
LEADING_DIGITS = 2

_IN_THE = re.compile(
    r"(?:^|[^\w])(?P<at>en|de|desde|aca|aqui|por|para|soy|somos|estamos|y|x\d|tmb|tambien|tampoco|"
    r"idem|igual|falta)[, ]+(?:en |de )?la #?$"
)
_THE = re.compile(r"^\W*(?:(?:en|aca|aqui|y|si|no|pues|tmb|tambien|tampoco|igual) )*la #?$")
_OF_THREE = re.compile(r"\bdel (?:local |punto )?#?$")
# The same fault, or its end, said of a number that opens the text.
_ECHOES = re.compile(
    r"\s*[,:]?\s*(?:igual\w*|tampoco|tambien|tmb|tb|lo mismo|idem|aun|todavia|sigue|x\d|"
    r"sin (?!embargo)\w+|no (?!hay (?:prisa|apuro))\w+)\b(?! #?\d)"
)
_FEW_ECHO = re.compile(r"\s*(?:tampoco|tambien|tmb|tb|igual|lo mismo)\b")
_UNIT_BEFORE = re.compile(
    r"\b(?:cajas?|pcs?|computadoras?|lineas?|mesas?|rutas?|calles?|terminal(?:es)?|datafonos?|"
    r"tpvs?|posnets?|pasillos?|puertas?|balanzas?|impresoras?|camaras?) ?\d"
)
_DENIED = re.compile(r"\bno (?:es|era|soy de|somos|fue)(?: en| de)?(?: la)? #?$")
_MEASURED = re.compile(
    r"\s*(?:[:%/°º]|[.,-]\d|ª|grados\b|de la (?:manana|tarde|noche)|y (?:media|cuarto|pico)|"
    r"de (?:\w+ )?(?:enero|febrero|marzo|abril|mayo|junio|julio|"
    r"agosto|sept?iembre|octubre|noviembre|diciembre)|"
    r"(?:con|esquina)\b|de (?:julio|mayo|agosto)|primer\w*)"
)


def located_number(
    folded: str, numbers: Sequence[NumberSpan], counted: re.Pattern[str]
) -> str | None:
    """The first number that stands where a store does; `counted` is what says how many.

    'y la 40', 'en la sesenta y uno la caja 4', 'la 8 tampoco cobra', '318 aún 91'.
    """
    for number in numbers:
        before, after = folded[: number.start], folded[number.end :]
        if number.value > MOST or _MEASURED.match(after) or counted.match(after):
            continue
        if _UNIT_BEFORE.search(before) or _DENIED.search(before):
            continue
        if _stands_alone(number, before, after) or _after_article(number, before, after):
            return str(number.value)
    return None


def _after_article(number: NumberSpan, before: str, after: str) -> bool:
    if number.value >= LEAST and _OF_THREE.search(before):
        return number.value >= LEAST * LEAST
    if _IN_THE.search(before):
        return number.value >= LEAST or bool(_FEW_ECHO.match(after))
    return bool(_THE.match(before)) and bool(
        (_ECHOES if number.value >= LEAST else _FEW_ECHO).match(after)
    )


def _stands_alone(number: NumberSpan, before: str, after: str) -> bool:
    opens = not before.strip(" ,.¡¿") and number.value >= LEAST
    long = number.end - number.start >= LEADING_DIGITS
    return opens and long and bool(_ECHOES.match(after))
